"""A catalogue from JSON, or everything that keeps the document from being one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kiosk.core.catalogue.faults import CatalogueFault, path
from kiosk.core.catalogue.whole import Catalogue

_LISTS = ("departments", "regions", "items", "bundles", "policies", "labels", "announcements")
_ANY: TypeAdapter[Any] = TypeAdapter(Any)

Place = tuple[str | int, ...]  # of a member: ("items", 3, "form", 2, "label", "en")


class NotACatalogueError(Exception):
    """A document is no catalogue; `faults` names every reason."""

    def __init__(self, faults: tuple[CatalogueFault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def read(document: bytes) -> Catalogue:
    """The catalogue that a JSON document is; members it does not know are let pass.

    NotACatalogueError names each member that is missing or wrong.
    """
    try:
        return Catalogue.model_validate_json(document)
    except ValidationError as error:
        raise NotACatalogueError(tuple(_faults(error, document))) from None


def unknown(document: bytes, catalogue: Catalogue) -> tuple[CatalogueFault, ...]:
    """The members of a document that `catalogue`, read from it, knows nothing of."""
    raw = _ANY.validate_json(document)
    places = _unknown(raw, catalogue.model_dump(mode="json", by_alias=True))
    advice = "correct its name, or leave it out; a terminal of this version lets it pass"
    return tuple(
        CatalogueFault(*_where(place, raw), "there is no such member", advice) for place in places
    )


def _faults(error: ValidationError, document: bytes) -> Iterator[CatalogueFault]:
    try:
        raw = _ANY.validate_json(document)
    except ValidationError:
        raw = None  # the one fault is that it is no JSON
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        place = _without_tag(detail["loc"], raw)
        if place is None:
            continue
        if detail["type"] == "missing":
            what, advice = "missing", "add it"
        else:
            message = detail["msg"].removeprefix("Input ").removeprefix("String ")
            what, advice = message[:1].lower() + message[1:], "correct it"
        yield CatalogueFault(*_where(place, raw), what, advice)


def _without_tag(place: Place, raw: Any) -> Place | None:  # noqa: ANN401 - JSON is anything
    """The place without pydantic's name of a kind of question; None for the kind it is not."""
    match place:
        case ("items", int(at), "form", int(question), "Field" | "Group" as tag, *rest):
            told = raw["items"][at]["form"][question]
            is_group = isinstance(told, dict) and told.get("kind") == "group"
            if (tag == "Group") != is_group:
                return None
            return ("items", at, "form", question, *rest)
        case _:
            return place


def _where(place: Place, raw: Any) -> tuple[str, str]:  # noqa: ANN401 - JSON is anything
    """The entry a place lies in, by its code, and the path in it."""
    match place:
        case (str(name), int(at), *rest) if name in _LISTS:
            entry = raw[name][at]
            code = entry.get("code") if isinstance(entry, dict) else None
            named = code if isinstance(code, str) and code else path(name, at)
            return named, path(*rest)
        case _:
            return "", path(*place)


def _unknown(given: Any, known: Any, place: Place = ()) -> Iterator[Place]:  # noqa: ANN401 - JSON
    """Where there is something that the model did not take."""
    match given:
        case dict():
            for key, value in given.items():
                if key in known:
                    yield from _unknown(value, known[key], (*place, key))
                else:
                    yield (*place, key)
        case list():
            for at, (value, other) in enumerate(zip(given, known, strict=True)):
                yield from _unknown(value, other, (*place, at))
        case _:
            pass
