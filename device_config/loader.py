"""Reads a configuration file, collects every fault in it, and keeps what can be used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from device_config.devices import BarcodeScanner, FaceCamera
from device_config.faults import ConfigFault, Consequence, unknown_table, words
from device_config.fields import Section
from device_config.schema import Catalogue, Screen, Terminal, TerminalConfig
from device_config.tables import table_at

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=")
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file gave: a configuration unless a fault stops the terminal, and every fault.

    `sections` are the tables that hold, for printing them even when the whole does not.
    """

    path: Path
    config: TerminalConfig | None
    faults: tuple[ConfigFault, ...]
    sections: Mapping[str, Section]


def load(path: Path) -> Loaded:
    """Read a file and say everything that is wrong with it; never raises for what is in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Loaded(path, None, (_unreadable(path, error),), {})
    lines = _lines(text)
    sections, faults = _sections(document)
    located = [replace(fault, line=_nearest(lines, fault.where)) for fault in faults]
    stopped = any(fault.consequence is Consequence.STOPS for fault in faults)
    config = None if stopped else TerminalConfig.model_validate(sections)
    return Loaded(path, config, tuple(sorted(located, key=lambda f: f.line or 0)), sections)


def _unreadable(path: Path, error: Exception) -> ConfigFault:
    """The one fault of a file that can not be taken apart."""
    line, advice = None, f"make {path} a file that this user may read"
    match error:
        case FileNotFoundError():
            what = f"there is no file {path}"
            advice = "copy one of device_config/profiles there, or name another with --config"
        case OSError():
            what = f"{path} can not be read: {(error.strerror or 'unknown reason').lower()}"
        case UnicodeDecodeError():
            what, advice = "the file is not UTF-8", "save it as UTF-8 in the editor"
        case _:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else None
            what = "not TOML: " + _AT_LINE.sub(r" (column \2)", str(error))
            advice = "texts stand in quotes, sections in [brackets], each key once"
    return ConfigFault("", line, what, advice, Consequence.STOPS)


def _sections(document: Mapping[str, object]) -> tuple[dict[str, Section], list[ConfigFault]]:
    """The tables that hold and the faults of all, lines still unknown."""
    sections: dict[str, Section] = {}
    faults = [_unknown(name) for name in document if name not in TerminalConfig.model_fields]
    for name, field in TerminalConfig.model_fields.items():
        if name in document or field.is_required():
            section, found = _section(name, document.get(name), required=field.is_required())
            faults.extend(found)
            if section is not None:
                sections[name] = section
    for contradiction in list(_contradictions(sections)):
        del sections[contradiction.where.partition(".")[0]]
        faults.append(contradiction)
    if not any(fault.where.startswith("catalogue") for fault in faults):
        faults.extend(_no_key(sections))
    return sections, faults


def _unknown(name: str) -> ConfigFault:
    what, advice = unknown_table(name)
    return ConfigFault(name, None, what, advice, Consequence.KEY_IGNORED)


def _section(name: str, raw: object, *, required: bool) -> tuple[Section | None, list[ConfigFault]]:
    """One table, or None when it can not be used, and its faults.

    Keys unknown to a required table are ignored, so that a file from a newer version still starts
    an older one; an optional table with a misspelt key might mean something else than it says.
    """
    model = table_at((name,))
    if raw is None:
        advice = f"add [{name}] with {', '.join(model.model_fields)}"
        return None, [ConfigFault(name, None, "missing", advice, Consequence.STOPS)]
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    faults = [_fault(name, detail, required=required) for detail in details]
    if all(fault.consequence is Consequence.KEY_IGNORED for fault in faults):
        return model.model_validate(_without(raw, details)), faults
    return None, faults


def _fault(section: str, detail: ErrorDetails, *, required: bool) -> ConfigFault:
    path = (section, *map(str, detail["loc"]))
    setting = (section, *(step for step in detail["loc"] if isinstance(step, str)))
    what, advice = words(detail, setting)
    if not required:
        consequence = Consequence.SECTION_LEFT_OUT
    elif detail["type"] == "extra_forbidden":
        consequence = Consequence.KEY_IGNORED
    else:
        consequence = Consequence.STOPS
    return ConfigFault(".".join(path), None, what, advice, consequence)


def _without(raw: object, unknown: list[ErrorDetails]) -> object:
    """The table without its unknown keys."""
    pruned: Any = deepcopy(raw)
    for detail in unknown:
        *parents, key = detail["loc"]
        table = pruned
        for parent in parents:
            table = table[parent]
        del table[key]
    return pruned


def _contradictions(sections: Mapping[str, Section]) -> Iterator[ConfigFault]:
    """What is right by itself and wrong together; the section it stands in is left out."""
    left_out = Consequence.SECTION_LEFT_OUT
    match sections.get("terminal"), sections.get("screen"):
        case Terminal(orientation=mounted), Screen(width=int(width), height=int(height)) if (
            width > height
        ) != (mounted == "landscape"):
            what = f"{width} by {height} pixels on a {mounted} terminal"
            advice = "exchange width and height, or change terminal.orientation"
            yield ConfigFault("screen.width", None, what, advice, left_out)
    match sections.get("barcode_scanner"), sections.get("face_camera"):
        case BarcodeScanner(fitted=True, family="camera"), face if not (
            isinstance(face, FaceCamera) and face.fitted
        ):
            what = "it looks through a face camera that is not fitted"
            advice = "set up [face_camera], or name the scanner's own family"
            yield ConfigFault("barcode_scanner.family", None, what, advice, left_out)


def _no_key(sections: Mapping[str, Section]) -> Iterator[ConfigFault]:
    """A terminal that trusts nobody starts, and offers nothing."""
    match sections.get("catalogue"):
        case Catalogue(keys=keys) if keys:
            return
        case _:
            what = "no key is trusted, so no catalogue counts and nothing is offered"
            advice = "add the public key of whoever signs the catalogue"
            left_out = Consequence.SECTION_LEFT_OUT
            yield ConfigFault("catalogue.keys", None, what, advice, left_out)


def _lines(text: str) -> dict[str, int]:
    """The line of each table and key by its dotted path, as far as plain lines show it."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[1].strip()
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}".removeprefix("."), number)
    return found


def _nearest(lines: Mapping[str, int], where: str) -> int | None:
    """The line of a path, or else of the table around it."""
    while where and where not in lines:
        where = where.rpartition(".")[0]
    return lines.get(where)
