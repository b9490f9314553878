"""Byte-level simulators: each speaks its device's own wire protocol on a real port."""
