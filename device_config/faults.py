"""A fault in a configuration file, in the words of the person who will repair it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from pydantic_core import ErrorDetails

from device_config.tables import table_at

_EXPECTED = {
    "string_type": "write a text in quotes",
    "int_type": "write a whole number without quotes",
    "float_type": "write a number without quotes",
    "bool_type": "write true or false without quotes",
    "path_type": "write a path in quotes",
    "tuple_type": "write a list in [brackets]",
}


class Consequence(StrEnum):
    """What the terminal does about a fault until somebody repairs it."""

    STOPS = "stops"  # it can not start
    SECTION_LEFT_OUT = "section_left_out"  # it goes on as though the section was not there
    KEY_IGNORED = "key_ignored"  # it goes on as though the key was not there


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """One fault: where in the file (dotted, and the line), what is wrong, and what to do.

    `where` is empty for a fault of the whole file. What stands under an unknown key is never
    repeated, and nothing of an address, so that no secret gets into a log.
    """

    where: str
    line: int | None
    what: str
    advice: str
    consequence: Consequence

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.where}{': ' if self.where else ''}{self.what}; {self.advice}"


def words(error: ErrorDetails, path: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong and what to do, for one of pydantic's errors at a dotted path."""
    kind, key = error["type"], path[-1]
    match kind:
        case "settings":
            return error["ctx"]["what"], error["ctx"]["advice"]
        case "missing":
            return "missing", f"add {key}{_meaning(path)}"
        case "extra_forbidden":
            return "there is no such setting", _suggest(key, _known(path[:-1]))
        case "literal_error":
            return f"got {_shown(error['input'])}", f"write {error['ctx']['expected']}"
        case "string_pattern_mismatch":
            return f"got {_shown(error['input'])}", f"set {key}{_meaning(path)}"
        case "model_type":
            return "not a table", f"write [{'.'.join(path)}] and its keys below"
        case _ if kind in _EXPECTED:
            return f"got {_shown(error['input'])}", _EXPECTED[kind] + _meaning(path)
        case _:
            rule = error["msg"].removeprefix("Input ").removeprefix("String ")
            return (
                f"got {_shown(error['input'])}, which {rule}",
                f"set {key}{_meaning(path)}",
            )


def unknown_table(name: str) -> tuple[str, str]:
    """What is wrong and what to do about a table that the schema does not know."""
    return "there is no such section", _suggest(name, _known(()))


def _known(path: tuple[str, ...]) -> Iterable[str]:
    return table_at(path).model_fields


def _suggest(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(known)}"


def _meaning(path: tuple[str, ...]) -> str:
    """What the setting is for, ready to be appended."""
    description = table_at(path[:-1]).model_fields[path[-1]].description
    return f" ({description})" if description else ""


def _shown(value: object) -> str:
    """The value as a technician wrote it, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"
