"""The number on the receipt of a kept request: short, speakable, and safe against slips.

HY0001-261123-48017-K: the terminal, the day, five digits drawn at random, and a check character
over all of it. Drawn, not counted: it tells nobody how many came before, and a terminal whose disk
was replaced does not give out the morning's numbers again.
"""

from __future__ import annotations

from datetime import date
from random import Random

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MISTAKABLE = "ILOQ"  # look or sound like 1, 1, 0 and 9; never the check character


def draw(terminal: str, day: date, rng: Random) -> str:
    """A number that was perhaps given out before: the caller draws again when it was."""
    while True:
        body = f"{terminal}-{day:%y%m%d}-{rng.randrange(100_000):05}"
        check = check_character(body)
        if check not in MISTAKABLE:
            return f"{body}-{check}"


def is_whole(number: str) -> bool:
    """Whether a number as somebody read it out fits its check character."""
    body, _, check = number.rpartition("-")
    return bool(body) and check_character(body) == check.upper()


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over letters (either case) and digits; other characters are passed over.

    It finds every single wrong character and every swap of two neighbours.
    """
    product = 36
    for character in text.upper():
        if (value := ALPHABET.find(character)) >= 0:
            product = (product + value) % 36 or 36
            product = product * 2 % 37
    return ALPHABET[(37 - product) % 36]
