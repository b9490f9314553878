"""A configuration written out: everything in force, defaults included, and each fault beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from device_config.faults import ConfigFault, Consequence
from device_config.fields import Section
from device_config.loader import Loaded
from device_config.schema import Bilingual, TerminalConfig
from device_config.tables import table_of

_MEANS = {
    Consequence.STOPS: "the terminal can not start",
    Consequence.SECTION_LEFT_OUT: "the section is left out",
    Consequence.KEY_IGNORED: "the key is ignored",
}


def effective(loaded: Loaded) -> str:
    """The file as the terminal understands it, as TOML with the faults as comments."""
    lines = [f"# {loaded.path}", *_comments(f for f in loaded.faults if not _table(f))]
    unread = not loaded.sections and loaded.config is None
    for name, field in () if unread else TerminalConfig.model_fields.items():
        lines += ["", *_comments(f for f in loaded.faults if _table(f) == name)]
        value = loaded.sections.get(name, None if field.is_required() else field.default)
        if value is not None:
            lines += _written(name, value)
        else:
            lines.append(f"# [{name}] " + ("can not be used" if field.is_required() else "not set"))
    return "\n".join(lines) + "\n"


def _table(fault: ConfigFault) -> str:
    """The known table a fault stands in, or nothing."""
    name = fault.where.partition(".")[0]
    return name if name in TerminalConfig.model_fields else ""


def _comments(faults: Iterator[ConfigFault]) -> Iterator[str]:
    for fault in faults:
        yield f"# FAULT {fault} ({_MEANS[fault.consequence]})"


def _written(path: str, table: Section) -> Iterator[str]:
    """One table and the tables inside it, each key on its line."""
    yield f"[{path}]"
    inner: list[tuple[str, Section]] = []
    for key, field in type(table).model_fields.items():
        value = getattr(table, key)
        if value is None:
            if table_of(field) is None:
                yield f"# {key} is not set"
        elif _is_secret(field):
            yield f"# {key} is set, and not shown"
        elif isinstance(value, Section) and not isinstance(value, Bilingual):
            inner.append((f"{path}.{key}", value))
        else:
            yield f"{key} = {toml(value)}"
    for name, section in inner:
        yield ""
        yield from _written(name, section)


def _is_secret(field: FieldInfo) -> bool:
    """Whether somebody who reads the output could find out more than they should."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("secret"))


def toml(value: object) -> str:
    """A value as TOML writes it; JSON's texts, numbers and booleans are TOML's."""
    if isinstance(value, Bilingual):
        return f"{{ zh = {toml(value.zh)}, en = {toml(value.en)} }}"
    if isinstance(value, Path):
        return toml(str(value))
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
