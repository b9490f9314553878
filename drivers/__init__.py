"""Devices of a public-service terminal; knows nothing of the application above it."""
