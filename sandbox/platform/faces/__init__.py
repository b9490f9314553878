"""Faces compared."""
