"""Codes of the catalogue's content by which the sandbox itself asks."""

from __future__ import annotations

PROOF_CODE = "990142001000"  # proof of residents' pension insurance: issued at once, to wang
