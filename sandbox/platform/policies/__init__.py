"""Policies that fit somebody without application (免申即享)."""
