"""The world's lines, done to real simulators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.cards.id_card import SamIdCardReader
from drivers.device import Disconnected, PaperOut, Ready
from drivers.printers.receipt_printer import EscPosReceiptPrinter
from sandbox import residents
from sandbox.control import ControlError
from sandbox.world import World

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world as fast as its ptys."""
    with World(tmp_path, baud=None) as world:
        yield world


async def test_a_card_laid_down_by_a_line_is_read(world: World) -> None:
    """`card wang` is a card on the reader, `card lift` takes it away."""
    reader = SamIdCardReader(str(world.reader.link))
    world.act("card wang")
    assert await reader.read_card() == residents.find("wang").card
    world.act("card lift")
    assert not await reader.wait_for_card(0)
    await reader.close()


async def test_lines_empty_and_pull_the_printer(world: World) -> None:
    """Paper and cable follow the lines."""
    printer = EscPosReceiptPrinter(str(world.printer.link))
    assert await printer.probe() == Ready()
    world.act("printer paper-out")
    assert await printer.probe() == PaperOut()
    world.act("printer unplug")
    assert isinstance(await printer.probe(), Disconnected)
    world.act("printer plug")
    world.act("printer paper-in")
    assert await printer.probe() == Ready()
    await printer.close()


@pytest.mark.parametrize(
    "line", ["", "fly", "card", "card nobody", "reader fly", "printer paper-out x", "platform slow"]
)
def test_what_is_not_understood_says_what_would_be(world: World, line: str) -> None:
    """Every wrong line names the right ones."""
    with pytest.raises(ControlError, match=r"there (is|are): "):
        world.act(line)
