"""The touch panel, and what is drawn on it."""
