"""The unified catalogue, issued to terminals."""
