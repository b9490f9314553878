"""The world around a terminal, for demonstrations, development and tests."""
