"""Complaints, their replies and what residents say of these (有诉即办)."""
