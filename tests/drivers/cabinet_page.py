"""docs/devices/cabinet-protocol.md as data: so the page and the code can not drift apart."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "devices" / "cabinet-protocol.md"


def blocks(kind: str) -> list[str]:
    """What stands in the page's fences of a kind."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def examples() -> dict[str, bytes]:
    """Every worked example: the line as it is read, and its bytes as they are printed below it."""
    parts = [part for block in blocks("line") for part in block.strip().split("\n\n")]
    lines = [part.split("\n", 1) for part in parts]
    return {text: bytes.fromhex(digits) for text, digits in lines}


def limits() -> dict[str, int]:
    """The table of limits and times: what, and the number before its unit."""
    text = PAGE.read_text(encoding="utf-8")
    table = text.split("| limit | value |\n|---|---|\n")[1].split("\n\n")[0]
    rows = [row.strip("|").split("|") for row in table.splitlines()]
    return {what.strip(): int(value.split()[0]) for what, value in rows}


def conversation() -> list[str]:
    """The conversation at the end: `> ` the terminal, `< ` the controller, else what happens."""
    return blocks("conversation")[0].splitlines()
