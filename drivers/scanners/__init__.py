"""Scanners of bar and QR codes, one module a family."""
