"""The core's data as plain JSON, and back: dataclasses by their members, enums by value, ISO dates.

It is how wishes are written down and how they go over the wire. Contents of pages are no part of
it: they are stored and sent apart. What comes out may be personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from drivers.device import Personal, Point
from kiosk.core.cases import Attachment
from kiosk.core.sheet import Sheet

T = TypeVar("T")

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


def dump(value: object) -> Plain:
    """A value as plain data; TypeError for what has no plain form."""
    match value:
        case Enum():
            return cast("Plain", value.value)
        case None | str() | int() | float():
            return value
        case Personal():
            return value.reveal()
        case date():  # datetime is one
            return value.isoformat()
        case tuple():
            return [dump(each) for each in value]
        case Sheet():
            return dict(value.items())
        case Point(x, y, ms):
            return [x, y, ms]
        case Attachment(sha256, media_type):
            return {"sha256": sha256, "media_type": media_type}
        case _ if is_dataclass(value):
            return {each.name: dump(getattr(value, each.name)) for each in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no plain form")


def load(kind: type[T], plain: object) -> T:
    """The value of that type that was made plain; ValueError where there is none.

    Members that are not there have their defaults.
    """
    try:
        return cast("T", _load(kind, plain))
    except (ValueError, KeyError, TypeError):
        # Without what these say: it may be what a person said.
        raise ValueError(f"this is no {kind.__name__}") from None


def _load(kind: Any, plain: Any) -> object:  # noqa: ANN401 - any annotation of the core's data
    if get_origin(kind) in (Union, UnionType):
        return _optional(kind, plain)
    if get_origin(kind) is tuple:
        return tuple(_load(get_args(kind)[0], each) for each in _checked(plain, list))
    if kind is Personal:
        return Personal(_checked(plain, str))
    if kind is Sheet:
        answers = _checked(plain, dict)
        return Sheet({_checked(k, str): _checked(v, str) for k, v in answers.items()})
    if kind is Point:
        return Point(*(_checked(each, int) for each in _checked(plain, list)))
    if kind in (date, datetime):
        return kind.fromisoformat(_checked(plain, str))
    if issubclass(kind, Enum):
        return kind(plain)
    if is_dataclass(kind):
        return _members(kind, _checked(plain, dict))
    return _checked(plain, kind)


def _optional(kind: Any, plain: Any) -> object:  # noqa: ANN401 - likewise
    """Of `Something | None`, the only unions there are in what is written down."""
    [something] = (each for each in get_args(kind) if each is not NoneType)
    return None if plain is None else _load(something, plain)


def _members(kind: Any, plain: Mapping[str, object]) -> object:  # noqa: ANN401 - likewise
    hints = _hints(kind)
    return kind(**{name: _load(hints[name], each) for name, each in plain.items()})


def _checked(plain: object, kind: type[T]) -> T:
    if type(plain) is not kind:
        raise ValueError(f"{type(plain).__name__} where {kind.__name__} belongs")
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
