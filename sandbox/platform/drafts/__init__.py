"""Applications kept unfinished."""
