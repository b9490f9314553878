"""`kiosk read-card`, as a process, with simulated readers on real ports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.device import Advice, CardKind
from kiosk.read_card import WHAT_TO_DO, described
from sandbox.devices.sam_reader import SimulatedSamReader
from sandbox.devices.simulator import WireFault
from sandbox.residents import ANNA, CHAN, RESIDENTS, WANG, Resident

COMMON = ["kind", "name", "sex", "nation", "birth_date", "address", "id_number", "issuer"]
COMMON += ["valid_from", "valid_until"]

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SimulatedSamReader]:
    """A reader on a pty."""
    with SimulatedSamReader(tmp_path / "reader", expects=115200) as device:
        yield device


def read_card(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a person or a script does."""
    command = [sys.executable, "-m", "kiosk", "read-card", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def answer(process: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401 # any JSON
    """The data on standard output, and nothing else was there."""
    assert process.stderr == ""
    return json.loads(process.stdout)


def test_a_card_is_shown_masked(reader: SimulatedSamReader) -> None:
    """Without --show no name, number, birth date or address is complete."""
    reader.lay(WANG.card)
    process = read_card("--port", reader.link, "--json")
    data = answer(process)
    assert process.returncode == 0
    assert list(data) == COMMON
    assert data["name"] == "王**"
    assert data["id_number"] == "990000********0028"
    assert data["valid_until"] == "长期"
    for secret in ("王秀英", WANG.card.id_number.reveal(), "1952", "柳湖村"):
        assert secret not in process.stdout


def test_a_card_is_shown_whole_when_asked(reader: SimulatedSamReader) -> None:
    """With --show every field is what the card says."""
    reader.lay(WANG.card)
    assert answer(read_card("--port", reader.link, "--json", "--show")) == {
        "kind": "resident",
        "name": "王秀英",
        "sex": "female",
        "nation": "汉",
        "birth_date": "1952-03-07",
        "address": "示例区柳湖镇柳湖村三组十二号",
        "id_number": "990000195203070028",
        "issuer": "示例区公安局",
        "valid_from": "2015-03-01",
        "valid_until": "长期",
    }


@pytest.mark.parametrize(
    ("resident", "more"),
    [
        (CHAN, ["pass_number", "issue_count"]),
        (ANNA, ["english_name", "nationality", "renewals", "old_number_link"]),
    ],
)
def test_other_kinds_add_their_own_fields(resident: Resident, more: list[str]) -> None:
    """The ten common fields come first, whatever the kind of card."""
    assert list(described(resident.card, show=False)) == COMMON + more


@pytest.mark.parametrize("resident", RESIDENTS)
def test_masks_hide_every_personal_text(resident: Resident) -> None:
    """What is typed as personal is nowhere complete in the masked fields."""
    card = resident.card
    shown = str(described(card, show=False))
    for text in (card.name, card.id_number, card.address, card.english_name, card.pass_number):
        assert text is None or text.reveal() not in shown


def test_a_table_is_for_reading(reader: SimulatedSamReader) -> None:
    """Without --json each field is a line, masked too."""
    reader.lay(CHAN.card)
    process = read_card("--port", reader.link)
    assert process.returncode == 0
    assert "kind            hmt_residence" in process.stdout.splitlines()
    assert CHAN.card.name.reveal() not in process.stdout
    assert "nation" not in process.stdout


def test_no_reader_is_the_worlds_fault(tmp_path: Path) -> None:
    """A port that is not there: exit status 1, with code, message and advice."""
    process = read_card("--port", tmp_path / "nowhere", "--json")
    error = answer(process)["error"]
    assert process.returncode == 1
    assert list(error) == ["code", "message", "advice"]
    assert error["code"] == "reader.disconnected"
    assert str(tmp_path / "nowhere") in error["message"]


def test_no_card_in_time(reader: SimulatedSamReader) -> None:
    """The answer says how long it waited."""
    process = read_card("--port", reader.link, "--timeout", "0.2", "--json")
    assert process.returncode == 1
    assert answer(process)["error"] == {
        "code": "card.missing",
        "message": f"{reader.link}: no card within 0.2 s",
        "advice": "resident_acts",
    }


def test_a_silent_reader_is_told_without_a_traceback(reader: SimulatedSamReader) -> None:
    """Without --json the trouble and what to do go to standard error."""
    reader.faults.begin(WireFault.SILENCE)
    process = read_card("--port", reader.link)
    assert process.returncode == 1
    assert process.stdout == ""
    assert "reader.silent" in process.stderr
    assert "Traceback" not in process.stderr


@pytest.mark.parametrize("arguments", [[], ["--port", "x", "--timeout", "-1", "--baud", "12"]])
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    """Exit status 2 is for the caller's own mistakes."""
    assert read_card(*arguments).returncode == 2


def test_every_advice_has_words() -> None:
    """Whatever a fault advises, a person is told what to do; every kind has its fields."""
    assert set(WHAT_TO_DO) == set(Advice)
    assert {resident.card.kind for resident in RESIDENTS} < set(CardKind)
