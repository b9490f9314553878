"""The handbook says what the code does: nothing is undocumented, nothing is out of date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from device_config.tables import table_of, tables
from tools import reference

RUN = "run ./run docs and commit docs/reference"


@pytest.mark.parametrize("name", reference.pages())
def test_the_reference_is_up_to_date(name: str) -> None:
    """Each page is what ./run docs would write now."""
    page = reference.FOLDER / name
    assert page.exists(), RUN
    assert page.read_text(encoding="utf-8") == reference.pages()[name], RUN


def test_every_setting_says_what_it_is() -> None:
    """No setting is without a description, no section without a sentence."""
    for where, table in tables():
        assert table.__doc__, where
        for name, field in table.model_fields.items():
            assert field.description or table_of(field), (*where, name)


def command_tree(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, each with its path."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, f"{path} {name}"
            yield from command_tree(inner, f"{path} {name}")


def programs() -> Iterator[tuple[str, click.Command]]:
    """Every command of every program."""
    for name in reference.PROGRAMS:
        module = pytest.importorskip(f"{name}.cli")
        yield from command_tree(module.main, name)


def test_every_command_says_what_it_does() -> None:
    """Each command has a text and each of its options a sentence."""
    for path, command in programs():
        assert command.help, path
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{path} {parameter.opts[0]}"


def test_the_technicians_handbook_names_every_command() -> None:
    """docs/technician.md leads to every command of the terminal and to every section."""
    handbook = Path(__file__).parents[2] / "docs" / "technician.md"
    text = handbook.read_text(encoding="utf-8")
    for path, _ in programs():
        if path.startswith("kiosk "):
            assert f"`{path}" in text, path
    for where, _ in tables():
        if len(where) == 1:
            assert f"[{where[0]}]" in text, where
