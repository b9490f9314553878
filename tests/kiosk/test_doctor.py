"""The command `kiosk doctor`: every fitted device at once, nothing hanging, and what to do."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.device import DeviceKind, Disconnected, SelfTest, Status
from kiosk.diagnosis import examined
from kiosk.services.ime import DATA
from kiosk.services.rime import LIBRARY, TABLES
from sandbox import pcsc
from sandbox.devices.cabinet import SimulatedCabinet
from sandbox.devices.social_card import SimulatedSocialCardReader
from sandbox.lines import Lines
from sandbox.world import World
from tests.minimal import MINIMAL

FILE = """\
[id_card_reader]
fitted = true
port = "{reader}"
[receipt_printer]
fitted = true
port = "{printer}"
"""


NO_PINYIN = next((f"{n} is missing: ./run setup" for n in TABLES if not (DATA / n).exists()), "")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A reader and a printer on ptys."""
    with World(tmp_path, baud=None) as world:
        yield world


@pytest.fixture
def config(world: World, tmp_path: Path) -> Path:
    """A configuration with both fitted."""
    file = tmp_path / "kiosk.toml"
    text = MINIMAL + FILE.format(reader=world.reader.where, printer=world.printer.where)
    file.write_text(text, encoding="utf-8")
    return file


def doctor(config: Path, *options: str, **environment: str) -> tuple[int, str]:
    """Its exit status and what it says."""
    command = [sys.executable, "-m", "kiosk", "doctor", "--config", str(config), *options]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | environment
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def data(config: Path, **environment: str) -> tuple[int, dict[str, Any]]:
    """Its exit status and its answer for scripts."""
    status, text = doctor(config, "--json", **environment)
    return status, json.loads(text)


def test_all_is_well(config: Path) -> None:
    """Exit status 0 only now: each device with where it is and that it is ready."""
    status, answer = data(config)
    assert status == 0
    assert answer["ready"]
    assert [(d["kind"], d["status"]) for d in answer["devices"]] == [
        ("id_card_reader", "ready"),
        ("receipt_printer", "ready"),
    ]
    assert "face_camera" in answer["not_fitted"]


def test_what_is_wrong_is_a_line_with_what_to_do(world: World, config: Path) -> None:
    """A technician at night reads the state, the words and who has to act."""
    world.act("printer paper-out")
    world.act("reader unplug")
    status, text = doctor(config)
    assert status == 1
    printer = next(line for line in text.splitlines() if line.startswith("receipt printer"))
    assert "paper out" in printer
    assert world.printer.where in printer
    assert "-> receipt printer: no paper: load it [attendant; paper.out]" in text
    assert f"-> id card reader: {world.reader.where}: no such device" in text
    assert "0 of 2 ready" in text


def test_a_silent_device_holds_nobody_up(world: World, config: Path) -> None:
    """What does not answer is said of that device alone."""
    world.act("reader silence")
    status, answer = data(config)
    assert status == 1
    assert [d["status"] for d in answer["devices"]] == ["disconnected", "ready"]


@pytest.mark.skipif(bool(NO_PINYIN), reason=NO_PINYIN or "it is there")
def test_pinyin_that_works_is_said(config: Path) -> None:
    """One line, and one member for scripts."""
    _, text = doctor(config)
    assert "\npinyin input: works\n" in text
    _, answer = data(config)
    assert answer["pinyin"] == {"works": True, "message": None}


def test_pinyin_that_is_missing_is_no_device(config: Path, tmp_path: Path) -> None:
    """What to install is said, and the exit status is that of the devices."""
    (tmp_path / LIBRARY).write_bytes(b"no library")  # found before Debian's
    status, text = doctor(config, LD_LIBRARY_PATH=str(tmp_path))
    assert status == 0
    assert "2 of 2 ready" in text
    line = next(line for line in text.splitlines() if line.startswith("pinyin input: "))
    assert line.endswith("install the Debian package librime1")
    status, answer = data(config, LD_LIBRARY_PATH=str(tmp_path))
    assert (status, answer["ready"]) == (0, True)
    assert answer["pinyin"] == {"works": False, "message": line}


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_to_repair_is_told_first(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Exit status 2, and the fault in the words of `kiosk check`."""
    status, text = doctor(tmp_path / "none.toml", *options)
    assert status == 2
    assert "none.toml" in text


def test_a_broken_section_does_not_keep_it_from_the_others(config: Path) -> None:
    """The devices that are configured well are tested all the same."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[cabinet]\nfitted = true\nport = "ttyUSB0"\n')
    status, answer = data(config)
    assert status == 2
    assert [fault["where"] for fault in answer["faults"]] == ["cabinet.port"]
    assert [d["status"] for d in answer["devices"]] == ["ready", "ready"]


def test_tampering_is_acknowledged_by_whoever_looked(config: Path, tmp_path: Path) -> None:
    """It stays until a technician says that they looked at the cabinet, and is over then."""
    with SimulatedCabinet.at(tmp_path / "cabinet", None) as cabinet:
        with config.open("a", encoding="utf-8") as file:
            file.write(f'[cabinet]\nfitted = true\nport = "{cabinet.where}"\n')
        Lines(cabinet.actors).act("cabinet tamper")
        Lines(cabinet.actors).act("cabinet door-shut")
        for options, status in (((), 1), ((), 1), (("--acknowledge-tampering",), 0), ((), 0)):
            ended, text = doctor(config, *options)
            assert ended == status, text
            assert ("suspected tampering" in text) == bool(status)


@pytest.mark.skipif(bool(pcsc.missing()), reason=pcsc.missing() or "it is there")
def test_a_driver_that_hangs_in_the_system_keeps_nobody_waiting(
    config: Path, tmp_path: Path
) -> None:
    """A smart-card service that answers nobody: all others are shown, and the command ends."""
    with SimulatedSocialCardReader.at(tmp_path / "pcscd", None) as reader:
        with config.open("a", encoding="utf-8") as file:
            file.write(f'[social_card_reader]\nfitted = true\nreader = "{reader.where}"\n')
        Lines(reader.actors).act("social-card service-hangs")
        status, text = doctor(config, **reader.environment)
        assert status == 1
        assert "2 of 3 ready" in text
        reader.behave()


class Stuck:
    """A device whose driver hangs inside of the operating system, whatever it is asked."""

    kind = DeviceKind.CABINET

    async def probe(self) -> Status:
        """For ever."""
        await asyncio.Event().wait()
        raise AssertionError

    async def self_test(self) -> SelfTest:
        """For ever."""
        return SelfTest(await self.probe(), "")

    async def close(self) -> None:
        """For ever."""
        await self.probe()


async def test_a_driver_that_hangs_is_left_behind() -> None:
    """It is called lost once the patience is over; the others are shown as they are."""
    findings, hanging = await examined({DeviceKind.CABINET: Stuck()}, patience=0.05)
    assert hanging
    assert isinstance(findings[0].result.status, Disconnected)
    assert not findings[0].ready
