"""Readers of ID cards and of social security cards."""
