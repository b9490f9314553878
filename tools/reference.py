"""Writes docs/reference from the code: every setting, every command, the messages to the fleet."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from device_config.effective import toml
from device_config.fields import Section
from device_config.schema import Bilingual
from device_config.tables import table_at, table_of, tables
from kiosk.core.catalogue import Catalogue
from tools import asyncapi, faults, sheets
from tools.pictures import make

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
PROGRAMS = ("kiosk", "fleet", "sandbox")
MADE = "<!-- Made by ./run docs from {source}: change it there. -->\n"

SETTINGS = f"""\
{MADE.format(source="device_config/schema.py")}
# Settings

The configuration of a terminal is one TOML file, `/etc/doorstep/kiosk.toml`. Start from one of the
profiles in `device_config/profiles/`; `kiosk check` names every fault at once and shows what is in
force. A broken optional section is left out, and the terminal goes on without it.
"""

COMMANDS = f"""\
{MADE.format(source="the programs' own --help")}
# Commands

Exit status 0: good. 1: something is wrong with the world. 2: wrong usage or configuration.
Commands that answer with data have `--json`.
"""

TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
    "array": "list of texts",
}


def pages() -> dict[str, str]:
    """Each page's file name and its text."""
    return {
        "settings.md": settings(),
        "commands.md": commands(),
        "faults.md": faults.page(),
        "asyncapi.yaml": asyncapi.document(),
        "catalogue.schema.json": catalogue_schema(),
    }


def catalogue_schema() -> str:
    """The catalogue as JSON Schema (2020-12), for whoever writes one by program."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema = dialect | Catalogue.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def settings() -> str:
    """Every section and setting of a configuration file."""
    shown = ((where, table) for where, table in tables() if table is not Bilingual)
    return "\n".join([SETTINGS, *(line for pair in shown for line in _section(*pair))])


def commands() -> str:
    """Every command of every program, with its options, as --help says it."""
    lines = [COMMANDS]
    for program in PROGRAMS:
        if find_spec(f"{program}.cli"):
            main: click.Command = importlib.import_module(f"{program}.cli").main
            lines += _command(click.Context(main, info_name=program, terminal_width=80))
    return "\n".join(lines)


def _section(where: tuple[str, ...], table: type[Section]) -> Iterator[str]:
    """One section: what it is for, and a row for each setting."""
    yield f"## `[{'.'.join(where)}]`\n"
    need = (
        "Required." if table_at(where[:-1]).model_fields[where[-1]].is_required() else "Optional."
    )
    yield f"{' '.join((table.__doc__ or '').split())} {need}\n"
    yield "| setting | what it is | values | default |"
    yield "|---|---|---|---|"
    schema = table.model_json_schema()["properties"]
    for name, field in table.model_fields.items():
        if table_of(field) in {None, Bilingual}:
            default = "required" if field.is_required() else _default(field.default)
            meaning = _cell(field.description or "")
            yield f"| `{name}` | {meaning} | {_values(schema[name])} | {default} |"
    yield ""


def _values(schema: dict[str, Any]) -> str:
    """What may be written, from a setting's JSON schema."""
    match schema:
        case {"anyOf": [inner, *_]}:
            return _values(inner)
        case {"enum": allowed}:
            return ", ".join(f"`{toml(value)}`" for value in allowed)
        case {"format": "path"}:
            return "path"
        case {"type": kind}:
            low = schema.get("minimum", schema.get("exclusiveMinimum"))
            high = schema.get("maximum")
            more = "more than " if "exclusiveMinimum" in schema else ""
            limits = f", {more}{low:g} to {high:g}" if low is not None and high else ""
            return TYPES[kind] + limits
        case _:
            return "`{ zh = …, en = … }`"


def _default(value: object) -> str:
    return "not set" if value is None else f"`{toml(value)}`"


def _command(context: click.Context) -> Iterator[str]:
    """One command and, if it is a group, all of its own."""
    yield f"## `{context.command_path}`\n"
    yield f"```text\n{context.get_help()}\n```\n"
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            if command := context.command.get_command(context, name):
                yield from _command(click.Context(command, info_name=name, parent=context))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


@click.command()
@click.option(
    "--pictures",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also make docs/pictures from what ./run demo --once left here.",
)
@click.option("--screens", is_flag=True, help="Also make docs/screens from kiosk gallery.")
def main(*, pictures: Path | None, screens: bool) -> None:
    """Write every page of docs/reference."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")
    for picture in make(pictures) if pictures else ():
        print(f"docs/pictures/{picture.name}")
    for sheet in sheets.make() if screens else ():
        print(f"docs/screens/{sheet.name}")


if __name__ == "__main__":
    main()
