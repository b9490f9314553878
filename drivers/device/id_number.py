"""The check character of citizens' ID numbers (公民身份号码, GB 11643)."""

from __future__ import annotations

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_digit(first_seventeen: str) -> str:
    """The last character of an 18-character ID number (GB 11643); ValueError unless 17 digits."""
    if len(first_seventeen) != 17 or not first_seventeen.isascii() or not first_seventeen.isdigit():
        raise ValueError("a check digit is computed over 17 digits")
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, first_seventeen, strict=True))
    return "10X98765432"[total % 11]
