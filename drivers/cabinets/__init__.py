"""The cabinet around a terminal."""
