"""The content of the platform's unified catalogue: TOML files, merged and checked.

A form or material entry may say `{ use = "NAME" }`: it is then the table of that name in
common.toml, with the entry's own members over it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from kiosk.core.catalogue import Catalogue
from kiosk.core.catalogue.checks import faults
from kiosk.core.catalogue.faults import CatalogueFault, path
from kiosk.core.catalogue.reading import NotACatalogueError, read, unknown

FOLDER = Path(__file__).with_name("catalogue")

_LISTS = ("departments", "regions", "items", "bundles", "policies", "labels", "announcements")
_COMMON = "common.toml"
_WHOLE = "whole.toml"

Table = dict[str, Any]


class ContentError(ValueError):
    """What is wrong with the content: each line names file, entry and member."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@cache
def reference() -> Catalogue:
    """The catalogue that the platform offers; its files are read once."""
    return build(FOLDER)


def build(folder: Path) -> Catalogue:
    """The catalogue that a folder's files make, in the order of their names.

    ContentError names every fault there is.
    """
    draft = _Draft()
    common = _load(folder / _COMMON, draft)
    for file in sorted(folder.glob("*.toml")):
        if file.name == _WHOLE:
            draft.whole = _load(file, draft)
        elif file.name != _COMMON:
            draft.add(file.name, _load(file, draft), common)
    if draft.faults:
        raise ContentError(draft.faults)
    return draft.catalogue()


@dataclass(slots=True)
class _Draft:
    """Tables on their way to a catalogue, the files each is from, and what is wrong so far."""

    lists: dict[str, list[Table]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    files: dict[str, list[str]] = field(default_factory=dict)  # of what faults call an entry
    whole: Table = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, file: str, tables: Table, common: Table) -> None:
        """Take in one file; what it uses of the common tables is put in its place."""
        for name, entries in tables.items():
            if name not in _LISTS:
                self.faults.append(f"{file}: {name}: no such list; there are: {', '.join(_LISTS)}")
                continue
            if not isinstance(entries, list):
                self.faults.append(f"{file}: {name}: each entry begins with [[{name}]]")
                continue
            for entry in entries:
                called = str(entry.get("code") or path(name, len(self.lists[name])))
                self.lists[name].append(entry)
                self.files.setdefault(called, []).append(file)
                missing = _resolve(entry, common) if name == "items" else ()
                self.faults += [f"{file}: {called}: {where}: {why}" for where, why in missing]

    def catalogue(self) -> Catalogue:
        """The catalogue without fault; ContentError."""
        document = orjson.dumps(self.whole | self.lists)
        try:
            whole = read(document)
        except NotACatalogueError as error:
            raise ContentError(map(self._told, error.faults)) from None
        if found := (*unknown(document, whole), *faults(whole)):
            raise ContentError(map(self._told, found))
        return whole

    def _told(self, fault: CatalogueFault) -> str:
        """One line: the files that have the entry, and what is wrong with it."""
        files = dict.fromkeys(self.files.get(fault.entry, (_WHOLE,)))
        return f"{', '.join(files)}: {fault}"


def _load(path: Path, draft: _Draft) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        draft.faults.append(f"{path.name}: there is no such file in {path.parent}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        draft.faults.append(f"{path.name}: not TOML: {error}")
    return {}


def _resolve(item: Table, common: Table) -> Iterator[tuple[str, str]]:
    """Replace what an item uses; yields the places where there is nothing of that name."""
    yield from _replace(item.get("form", []), common.get("fields", {}), "form")
    for at, question in enumerate(item.get("form", [])):
        inner = path("form", at, "fields")
        yield from _replace(question.get("fields", []), common.get("fields", {}), inner)
    yield from _replace(item.get("materials", []), common.get("materials", {}), "materials")


def _replace(
    entries: list[Table], named: Mapping[str, Table], where: str
) -> Iterator[tuple[str, str]]:
    for at, entry in enumerate(entries):
        if "use" not in entry:
            continue
        name = entry.pop("use")
        if name in named:
            entries[at] = named[name] | entry
        else:
            yield f"{where}[{at}].use", f"{_COMMON} has no {name!r}"
