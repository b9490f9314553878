"""The number on the receipt of a kept request: short, speakable, and safe against slips.

HY0001-261123-48017-S: the terminal, the day, five digits drawn at random, and a check character
over all of it. Drawn, not counted: it tells nobody how many came before, and a terminal whose disk
was replaced does not give out the morning's numbers again.
"""

from __future__ import annotations

from datetime import date
from random import Random

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHECKS = ALPHABET + "*"
MISTAKABLE = "ILOQ*"  # look or sound like 1, 1, 0 and 9, or can not be read out; never the check


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
    """ISO 7064 MOD 37-2 over letters (either case) and digits; other characters are passed over.

    It finds every single wrong character and every swap of two neighbours, since 37 is a prime: of
    the standard's other systems for letters, MOD 37,36 lets some swaps pass.
    """
    total = 0
    for character in text.upper():
        if (value := ALPHABET.find(character)) >= 0:
            total = (total + value) * 2 % 37
    return CHECKS[(38 - total) % 37]
