"""The schema seen as a tree of tables, for the loader, the printed file and the handbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic.fields import FieldInfo

from device_config.fields import Section
from device_config.schema import TerminalConfig


def table_of(field: FieldInfo) -> type[Section] | None:
    """The model of a field that is a table of its own, or None for a plain value."""
    choices = get_args(field.annotation) or (field.annotation,)
    return next((c for c in choices if isinstance(c, type) and issubclass(c, Section)), None)


def table_at(where: tuple[str, ...]) -> type[Section]:
    """The table that a dotted path leads to, the whole file for the empty path; or KeyError."""
    table: type[Section] = TerminalConfig
    for name in where:
        inner = table_of(table.model_fields[name])
        if inner is None:
            raise KeyError(name)
        table = inner
    return table


def tables(
    where: tuple[str, ...] = (), table: type[Section] = TerminalConfig
) -> Iterator[tuple[tuple[str, ...], type[Section]]]:
    """Every table below this one with its path, in the order of the schema."""
    for name, field in table.model_fields.items():
        inner = table_of(field)
        if inner is not None:
            yield (*where, name), inner
            yield from tables((*where, name), inner)
