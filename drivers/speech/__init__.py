"""The voice of the terminal."""
