"""The content of the platform's unified catalogue: TOML files, merged and checked.

A form or material entry may say `{ use = "NAME" }`: it is then the table of that name in
common.toml, with the entry's own members over it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from kiosk.core.catalogue import Catalogue

FOLDER = Path(__file__).with_name("catalogue")

_LISTS = ("departments", "regions", "items", "bundles", "policies")
_COMMON = "common.toml"
_WHOLE = "whole.toml"

Table = dict[str, Any]
Where = tuple[str | int, ...]  # of a member: ("form", 2, "label", "en")


class ContentError(ValueError):
    """What is wrong with the content: each line names file, entry and member."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


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
    for path in sorted(folder.glob("*.toml")):
        if path.name == _WHOLE:
            draft.whole = _load(path, draft)
        elif path.name != _COMMON:
            draft.add(path.name, _load(path, draft), common)
    draft.give_up_if_faulty()
    catalogue = draft.validated()
    draft.faults += [draft.where(*fault) for fault in _bad_references(catalogue)]
    draft.give_up_if_faulty()
    return catalogue


@dataclass(slots=True)
class _Draft:
    """Tables on their way to a catalogue, the file each is from, and what is wrong so far."""

    lists: dict[str, list[Table]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    files: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    whole: Table = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, file: str, tables: Table, common: Table) -> None:
        """Takes in one file; what it uses of the common tables is put in its place."""
        for name, entries in tables.items():
            if name not in _LISTS:
                self.faults.append(f"{file}: {name}: no such list; there are: {', '.join(_LISTS)}")
                continue
            if not isinstance(entries, list):
                self.faults.append(f"{file}: {name}: each entry begins with [[{name}]]")
                continue
            for entry in entries:
                self.lists[name].append(entry)
                self.files[name].append(file)
                missing = _resolve(entry, common) if name == "items" else ()
                here = len(self.lists[name]) - 1
                self.faults += [self.where((name, here, *path), why) for path, why in missing]

    def validated(self) -> Catalogue:
        """The catalogue; ContentError where a member is wrong, missing or unknown."""
        merged = self.whole | self.lists
        try:
            catalogue = Catalogue.model_validate_json(orjson.dumps(merged))
        except ValidationError as error:
            faults = ((self._without_union_tags(e["loc"]), e["msg"]) for e in error.errors())
            raise ContentError([self.where(at, why) for at, why in faults if at]) from None
        known = catalogue.model_dump(mode="json", by_alias=True)
        self.faults += [self.where(path, "no such member") for path in _unknown(merged, known)]
        return catalogue

    def where(self, path: Where, why: str) -> str:
        """One line for a fault: file, entry, member, and why."""
        match path:
            case (str(name), int(at), *rest) if name in _LISTS:
                code = self.lists[name][at].get("code", f"{name}[{at}]")
                return ": ".join([self.files[name][at], str(code), _member(rest), why])
            case _:
                return f"{_WHOLE}: {_member(path)}: {why}"

    def give_up_if_faulty(self) -> None:
        """Raises ContentError with what is wrong so far, if anything is."""
        if self.faults:
            raise ContentError(self.faults)

    def _without_union_tags(self, path: Where) -> Where:
        """The path without pydantic's name of the kind of question; () for the kind it is not."""
        match path:
            case ("items", int(at), "form", int(question), str(tag), *rest):
                kind = self.lists["items"][at]["form"][question].get("kind")
                if tag != ("Group" if kind == "group" else "Field"):
                    return ()
                return ("items", at, "form", question, *rest)
            case _:
                return path


def _load(path: Path, draft: _Draft) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        draft.faults.append(f"{path.name}: there is no such file in {path.parent}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        draft.faults.append(f"{path.name}: not TOML: {error}")
    return {}


def _resolve(item: Table, common: Table) -> Iterator[tuple[Where, str]]:
    """Replaces what an item uses; yields the places where there is nothing of that name."""
    yield from _replace(item.get("form", []), common.get("fields", {}), ("form",))
    for at, question in enumerate(item.get("form", [])):
        inner = ("form", at, "fields")
        yield from _replace(question.get("fields", []), common.get("fields", {}), inner)
    yield from _replace(item.get("materials", []), common.get("materials", {}), ("materials",))


def _replace(
    entries: list[Table], named: Mapping[str, Table], path: Where
) -> Iterator[tuple[Where, str]]:
    for at, entry in enumerate(entries):
        if "use" not in entry:
            continue
        name = entry.pop("use")
        if name in named:
            entries[at] = named[name] | entry
        else:
            yield (*path, at, "use"), f"{_COMMON} has no {name!r}"


def _unknown(given: Any, known: Any, path: Where = ()) -> Iterator[Where]:  # noqa: ANN401 - JSON
    """Where there is something that the model did not take."""
    match given:
        case dict():
            for key, value in given.items():
                if key not in known:
                    yield (*path, key)
                else:
                    yield from _unknown(value, known[key], (*path, key))
        case list():
            for at, (value, other) in enumerate(zip(given, known, strict=True)):
                yield from _unknown(value, other, (*path, at))
        case _:
            pass


def _bad_references(catalogue: Catalogue) -> Iterator[tuple[Where, str]]:
    """Every code that stands for nothing, or for two things."""
    items = {one.code for one in catalogue.items}
    known = {
        "department": {one.code for one in catalogue.departments},
        "region": {one.code for one in catalogue.regions},
        "item": items,
        "item or bundle": items | {one.code for one in catalogue.bundles},
    }
    for path, what, code in _references(catalogue):
        if code not in known[what]:
            yield path, f"there is no {what} {code!r}"
    yield from _twice(catalogue)
    yield from _bad_conditions(catalogue)


def _references(catalogue: Catalogue) -> Iterator[tuple[Where, str, str]]:
    """Every code that stands for something: where it is, what it should be, the code."""
    for at, item in enumerate(catalogue.items):
        yield ("items", at, "department"), "department", item.department
    for at, policy in enumerate(catalogue.policies):
        yield ("policies", at, "department"), "department", policy.department
    for at, region in enumerate(catalogue.regions):
        if region.parent is not None:
            yield ("regions", at, "parent"), "region", region.parent
    for at, bundle in enumerate(catalogue.bundles):
        for which, code in enumerate(bundle.items):
            yield ("bundles", at, "items", which), "item", code
    for at, code in enumerate(catalogue.frequent):
        yield ("frequent", at), "item or bundle", code


def _twice(catalogue: Catalogue) -> Iterator[tuple[Where, str]]:
    """Codes given to two entries; items, bundles and policies are found by one kind of code."""
    for names in (("departments",), ("regions",), ("items", "bundles", "policies")):
        seen: set[str] = set()
        for name in names:
            for at, entry in enumerate(getattr(catalogue, name)):
                if entry.code in seen:
                    yield (name, at, "code"), f"{entry.code!r} is taken already"
                seen.add(entry.code)


def _bad_conditions(catalogue: Catalogue) -> Iterator[tuple[Where, str]]:
    """Every `when` of an item that asks after a question which was not asked before."""
    for at, item in enumerate(catalogue.items):
        asked: set[str] = set()
        for which, question in enumerate(item.form):
            if question.when and question.when.key not in asked:
                why = f"no question {question.when.key!r} is asked before"
                yield ("items", at, "form", which, "when"), why
            asked.add(question.key)
        for which, material in enumerate(item.materials):
            if material.when and material.when.key not in asked:
                why = f"no question {material.when.key!r} is asked"
                yield ("items", at, "materials", which, "when"), why


def _member(path: Where | list[str | int]) -> str:
    """A path as it is written in TOML: form[2].label.en."""
    text = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
    return text.removeprefix(".")
