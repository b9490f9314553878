"""Cameras that look at faces and at papers."""
