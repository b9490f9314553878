"""The world's lines, done to real simulators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from drivers.cards.id_card import SamIdCardReader
from drivers.device import Disconnected, PaperOut, Ready
from drivers.printers.receipt_printer import EscPosReceiptPrinter
from sandbox import residents
from sandbox.control import ControlError
from sandbox.platform.server import PlatformServer
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


def test_lines_trouble_the_platform_and_move_its_time(tmp_path: Path) -> None:
    """Its faults are switched by their names, its days go by; nonsense is told as such."""
    with PlatformServer() as platform, World(tmp_path, platform=platform.address) as world:
        today = platform.clock.today()
        for line in ("platform slow 0.5", "platform duplicate", "platform off"):
            assert world.act(line)
        world.act("platform skew -86400")
        assert platform.clock.today() == today - timedelta(days=1)
        world.act("platform off")
        world.act("platform jump 3")
        assert platform.clock.today() == today + timedelta(days=3)
        for line in ("jump", "jump -1", "jump x", "jump nan", "slow x", "slow 1 2", "error 5"):
            with pytest.raises(ControlError, match="there is: platform off"):
                world.act(f"platform {line}")


def test_a_platform_that_is_gone_is_said_to_be(tmp_path: Path, free_port: int) -> None:
    """Whoever presses a button learns that nobody hears it."""
    platform = f"http://127.0.0.1:{free_port}"
    with (
        World(tmp_path, platform=platform) as world,
        pytest.raises(ControlError, match="does not answer"),
    ):
        world.act("platform off")


@pytest.mark.parametrize(
    "line", ["", "fly", "card", "card nobody", "reader fly", "printer paper-out x", "platform slow"]
)
def test_what_is_not_understood_says_what_would_be(world: World, line: str) -> None:
    """Every wrong line names the right ones."""
    with pytest.raises(ControlError, match=r"there (is|are): "):
        world.act(line)
