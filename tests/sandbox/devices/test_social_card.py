"""The simulated slot and its service: apart from others, found by its address, gone with us."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from drivers.cards.pcsc import ADDRESS
from sandbox import pcsc
from sandbox.control import ControlError
from sandbox.devices.chip import BankChip, Habit, SocialSecurityChip
from sandbox.devices.social_card import SimulatedSocialCardReader
from sandbox.lines import Lines
from sandbox.residents import WANG

PATIENCE = 10.0  # seconds
# A program of somebody else's, which knows of us only what stands in its environment.
CLIENT = """
from smartcard import scard
result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
readers = scard.SCardListReaders(context, [])[1]
state = scard.SCardGetStatusChange(context, 0, [(name, 0) for name in readers])[1]
print(readers, bool(state and state[0][1] & scard.SCARD_STATE_PRESENT))
"""

pytestmark = [
    pytest.mark.usefixtures("no_leaks"),
    pytest.mark.skipif(bool(pcsc.missing()), reason=pcsc.missing() or "nothing is missing"),
]


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory whose name leaves room for a socket's."""
    return tmp_path_factory.mktemp("s")


@pytest.fixture
def simulated(short: Path) -> Iterator[SimulatedSocialCardReader]:
    """A reader that is plugged in."""
    with SimulatedSocialCardReader.at(short / "service", None) as device:
        yield device


def seen_by_others(environment: dict[str, str]) -> str:
    """What another program finds in the service that its environment leads to."""
    return subprocess.run(
        [sys.executable, "-c", CLIENT],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    ).stdout.strip()


def becomes(holds: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_card_after_card_is_put_in(simulated: SimulatedSocialCardReader) -> None:
    """One that is just getting in makes room for the next."""
    for _ in range(20):
        simulated.insert(BankChip())
    simulated.remove()


def test_two_services_know_nothing_of_each_other(
    simulated: SimulatedSocialCardReader, short: Path
) -> None:
    """Each runs beside the other; a card in one reader is in no other, nor is a plug."""
    with SimulatedSocialCardReader.at(short / "other", None) as other:
        simulated.insert_card_of("wang")
        with_card = "['Virtual PCD 00 00', 'Virtual PCD 00 01'] True"
        becomes(lambda: seen_by_others(simulated.environment) == with_card)
        assert seen_by_others(other.environment) == with_card.replace("True", "False")
        simulated.unplug()
        assert seen_by_others(simulated.environment) == "[] False"
        assert seen_by_others(other.environment) == with_card.replace("True", "False")


def test_a_card_is_still_in_when_the_reader_is_plugged_in_again(
    simulated: SimulatedSocialCardReader,
) -> None:
    """Pulling a reader's cable takes no card out of it."""
    simulated.insert_card_of("wang")
    simulated.unplug()
    simulated.plug()
    becomes(lambda: seen_by_others(simulated.environment).endswith("True"))
    simulated.remove()
    becomes(lambda: seen_by_others(simulated.environment).endswith("False"))


def test_nothing_of_the_systems_is_touched(simulated: SimulatedSocialCardReader) -> None:
    """The service leaves no file where the system's own would be."""
    assert seen_by_others(simulated.environment)
    if not pcsc.apart():
        pytest.skip("optional: no mount namespaces here")
    pid = Path("/run/pcscd/pcscd.pid")
    ours = {str(child.pid) for child in psutil.Process().children(recursive=True)}
    assert not pid.exists() or pid.read_text(encoding="ascii").strip("\0\n") not in ours


def test_lines_say_what_was_not_understood(simulated: SimulatedSocialCardReader) -> None:
    """Somebody without a card, nobody's name, and wear without a card are said as what they are."""
    said = Lines(simulated.actors)
    assert said.act("social-card insert wang") == "a card is in the slot: wang"
    for line in ("insert anna", "insert nobody", "insert", "jam"):
        with pytest.raises(ControlError, match="is not understood; there is: social-card insert"):
            said.act(f"social-card {line}")
    said.act("social-card remove")
    with pytest.raises(ControlError):
        said.act("social-card worn")


def test_a_name_that_is_too_long_or_taken_is_said(tmp_path: Path) -> None:
    """Before anything is started."""
    with pytest.raises(OSError, match="too long for a socket"):
        SimulatedSocialCardReader.at(tmp_path / ("x" * 120), None).plug()
    taken = tmp_path / "s"
    taken.write_text("somebody's", encoding="ascii")
    with pytest.raises(FileExistsError, match="a file of that name"):
        SimulatedSocialCardReader.at(taken, None).plug()
    assert taken.read_text(encoding="ascii") == "somebody's"


def test_alone_it_is_found_by_its_address_and_goes_with_its_program(short: Path) -> None:
    """`sandbox device social-card --link` is a service for any program; killed, it leaves none."""
    link = short / "alone"
    code = "from sandbox.devices.standalone import device; device()"
    command = [sys.executable, "-c", code, "social-card", "--link", str(link)]
    with subprocess.Popen(
        [*command, "--do", "social-card insert li"],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(short)},  # what it can not tidy up any more
    ) as alone:
        assert alone.stdout is not None
        assert alone.stdout.readline() == b"Virtual PCD 00 00\n"
        becomes(lambda: seen_by_others({ADDRESS: str(link)}).endswith("True"))
        services = psutil.Process(alone.pid).children(recursive=True)
        assert "pcscd" in {service.name() for service in services}
        alone.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(services, timeout=PATIENCE)
    assert not alive


def test_ports_are_kept_from_others_and_left_to_the_service() -> None:
    """Nobody gets them while the reader is unplugged; the service, which shares, does."""
    ports = pcsc.VirtualPorts()
    with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
        stranger.bind(("", ports.first))
    for port in range(ports.first, ports.first + pcsc.SLOTS):
        with socket.socket() as service:
            service.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            service.bind(("", port))
            service.listen()
    ports.close()


@pytest.mark.parametrize(
    ("habit", "commands"),
    [
        # Each with the answers' first bytes and status word, as published.
        (None, {"00A4020002EF05": "9000", "00B2030406": "0304312E30309000", "00B2090406": "6A83"}),
        (Habit.OLD_SELECT, {"00A4020002EF05": "6A86", "00A4000002EF05": "9000"}),
        (
            Habit.BY_TAG,
            {"00A4020002EF05": "9000", "00B2030406": "6A86", "00B2030006": "0304312E30309000"},
        ),
        (
            Habit.GET_RESPONSE,
            {"00A4020002EF05": "9000", "00B2030406": "6106", "00C0000006": "0304312E30309000"},
        ),
        (Habit.EXACT_LENGTH, {"00A4020002EF05": "9000", "00B2030400": "6C06"}),
    ],
)
def test_a_chip_answers_as_published(habit: Habit | None, commands: dict[str, str]) -> None:
    """Byte for byte, whatever its habit."""
    assert WANG.social_card is not None
    chip = SocialSecurityChip(WANG.social_card)
    chip.habits = {habit} if habit else set()
    assert chip.answer(bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")).hex() == "6113"
    for command, answer in commands.items():
        assert chip.answer(bytes.fromhex(command)).hex().upper() == answer


@pytest.mark.parametrize(
    ("command", "word"),
    [("00", "6700"), ("8084000008", "6E00"), ("0084000008", "6D00"), ("00C0000010", "6985")],
)
def test_a_chip_refuses_what_it_does_not_know(command: str, word: str) -> None:
    """With the words that ISO 7816-4 has for it."""
    assert BankChip().answer(bytes.fromhex(command)).hex().upper() == word
