"""Codes of electronic identities."""
