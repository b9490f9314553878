"""The glass: each screen renders one view and emits intents."""
