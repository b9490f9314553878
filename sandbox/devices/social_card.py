"""A reader with a slot for social security cards: a virtual one in a real smart-card service.

The card is a client of the virtual reader (vsmartcard's vpcd): a connection to its TCP port means
that a card is in. Each message is a length (2, big-endian) and a payload: one byte is a control
(0 off, 1 on, 2 reset, 4 the ATR is asked for), anything else a command to be answered.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.cards.pcsc import ADDRESS
from sandbox import residents
from sandbox.devices.chip import ATR, BankChip, Chip, Habit, SocialSecurityChip, UnknownChip
from sandbox.devices.simulator import Actor, Misbehaviour, WireFault, actor
from sandbox.pcsc import PrivatePcscd, VirtualPorts

READER = "Virtual PCD"
OFF, ON, RESET, ASK_ATR = 0, 1, 2, 4
BITS_PER_BYTE = 12  # T=0: a start bit, eight, parity, two of guard time
PATIENCE = 1.0  # seconds until a reader takes a silent card for dead
THINKING = 0.3  # seconds a slow card thinks about each command
AGAIN = 0.02  # seconds between two tries to get into a reader that is not there
FAULTS = (WireFault.SILENCE, WireFault.GARBAGE, WireFault.SLOW, WireFault.TRUNCATED)


class ReaderFault(StrEnum):
    """How the slot and what is behind it can misbehave beside what any wire does."""

    MUTE = "mute"
    """A card is in upside down."""
    WORN = "worn"
    """The card in it has lost its number."""
    HANGS = "service-hangs"
    """The smart-card service is there and answers nobody."""
    STOPPED = "service-stopped"
    """The smart-card service does not run."""


class SimulatedSocialCardReader:
    """A reader that a person plugs in and puts cards into, behind a service of its own.

    `address` is where the service is: programs find it there by the variable in `environment`.
    `baud` is the speed of the card's contacts; None is as fast as the reader goes.
    """

    name = "social-card"

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One whose service has its socket at `place`."""
        return cls(place, baud=baud)

    def __init__(self, address: Path, *, baud: int | None = None) -> None:
        self._service = PrivatePcscd(address)
        self._ports: VirtualPorts | None = None
        self._byte_time = BITS_PER_BYTE / baud if baud else 0.0
        self._lock = threading.RLock()
        self._plugged = False
        self._card: _InsertedCard | None = None
        self.faults = Misbehaviour()
        self.leave_after: int | None = None
        """The card is pulled out in place of its next answer but so many."""

    @property
    def where(self) -> str:
        """The reader's name in PC/SC."""
        return f"{READER} 00 00"

    @property
    def environment(self) -> dict[str, str]:
        """What a program's environment has to hold, so that it finds this reader."""
        return {ADDRESS: str(self._service.address)}

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`social-card insert wang`, `social-card remove`, `social-card unplug` and more."""
        deeds: dict[str, Callable[..., object]] = {
            "insert": self.insert_card_of,
            "remove": self.remove,
            "unplug": self.unplug,
            "plug": self.plug,
            "behave": self.behave,
            ReaderFault.MUTE: partial(self.insert, UnknownChip(), mute=True),
            ReaderFault.WORN: self.wear,
            ReaderFault.HANGS: self.hang,
            ReaderFault.STOPPED: self.stop_service,
            **{fault.value: partial(self.faults.begin, fault) for fault in (*FAULTS, *Habit)},
        }
        return {self.name: actor(self.name, deeds)}

    # --- what a person does ---

    def plug(self) -> None:
        """Plug the reader in; the service sees it at once, and the card that is in it."""
        with self._lock:
            if not self._plugged:
                self._plugged = True
                self._serve()

    def unplug(self) -> None:
        """Pull its cable: the service runs on without any reader."""
        with self._lock:
            if self._plugged:
                self._plugged = False
                self._serve()

    def insert(self, chip: Chip, *, mute: bool = False) -> None:
        """Put a card in, in place of the one that is there; mute: upside down."""
        while True:
            self.remove()
            with self._lock:
                if self._card is None:
                    self._card = _InsertedCard(chip, self, mute=mute)
                    return

    def insert_card_of(self, key: str) -> str:
        """Put in the card of a resident of the sandbox, a `bank` card, or an `unknown` one."""
        others = {"bank": BankChip, "unknown": UnknownChip}
        self.insert(others[key]() if key in others else _chip_of(key))
        return f"a card is in the slot: {key}"

    def remove(self) -> None:
        """Take the card out, at any moment."""
        with self._lock:
            card, self._card = self._card, None
        if card is not None:  # without the lock: the card's thread may be waiting for it
            card.pull()

    def wear(self) -> None:
        """Wear off the card's number."""
        chip = self._card.chip if self._card else None
        if not isinstance(chip, SocialSecurityChip):
            raise ValueError("no social security card is in the slot")  # noqa: TRY004 # said, not passed
        chip.worn = True

    def hang(self) -> None:
        """Let the service hang."""
        with self._lock:
            self._service.hang(hangs=True)

    def stop_service(self) -> None:
        """End the service; nobody starts it again before `behave`."""
        with self._lock:
            self._service.stop()

    def behave(self) -> None:
        """Be a good reader again, with a good card or none, behind a service that runs."""
        self.faults.end()
        card = self._card
        if card is not None and card.mute:
            self.remove()
        with self._lock:
            self._service.hang(hangs=False)
            if not self._service.running:
                self._serve()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()
        with self._lock:
            self._end()

    # --- what the reader does ---

    def _serve(self) -> None:
        """A service as the plug is."""
        if self._ports is None:
            self._ports = VirtualPorts()
        try:
            self._service.run(READER, self._ports.first if self._plugged else None)
        except OSError:
            self._end()
            raise

    def _end(self) -> None:
        """Neither plug, nor service, nor ports."""
        self._plugged = False
        self._service.stop()
        if self._ports is not None:
            self._ports.close()
            self._ports = None

    @property
    def port(self) -> int | None:
        """Where a card gets into the reader."""
        with self._lock:
            return self._ports.first if self._ports else None

    def answered(self, chip: Chip, command: bytes, out: threading.Event) -> bytes:
        """What comes out of the card's contacts; b"" when nothing does."""
        if self.faults.strikes(WireFault.SLOW):
            out.wait(THINKING)
        chip.habits = {habit for habit in Habit if self.faults.has(habit)}
        answer = chip.answer(command)
        if self._byte_time:
            out.wait((len(command) + len(answer)) * self._byte_time)
        if self.faults.strikes(WireFault.GARBAGE):
            return os.urandom(len(answer) + 1)
        spoilt = self.faults.spoil(answer)
        if not spoilt:
            out.wait(PATIENCE)
        return spoilt

    def leaves_now(self) -> bool:
        """Whether it is now that the card is pulled out."""
        if self.leave_after is None:
            return False
        self.leave_after -= 1
        if self.leave_after >= 0:
            return False
        self.leave_after = None
        return True


def _chip_of(key: str) -> Chip:
    try:
        card = residents.find(key).social_card
    except LookupError as error:
        raise ValueError(error) from error
    if card is None:
        raise ValueError(f"{key} has no social security card")
    return SocialSecurityChip(card)


class _InsertedCard:
    """A card in the slot: a thread that is its chip until it is pulled out.

    Where the reader gives it up, or is plugged in again, the card is still in it: it gets in anew.
    """

    def __init__(self, chip: Chip, reader: SimulatedSocialCardReader, *, mute: bool) -> None:
        self.chip = chip
        self.mute = mute
        self._reader = reader
        self._out = threading.Event()
        self._contacts: socket.socket | None = None
        self._thread = threading.Thread(target=self._be, name="simulated-social-card")
        self._thread.start()

    def pull(self) -> None:
        """Out, in the middle of whatever it does."""
        self._out.set()
        contacts = self._contacts
        if contacts is not None:
            with suppress(OSError):
                contacts.shutdown(socket.SHUT_RDWR)
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _be(self) -> None:
        """Be in the slot; where the reader lets go it finds the card still there, at once."""
        contacts = None
        while not self._out.is_set():
            following = self._touch()
            if contacts is not None:
                contacts.close()
            self._contacts = contacts = following
            if contacts is None:
                self._out.wait(AGAIN)
                continue
            with suppress(OSError):
                self._serve(contacts)
        if contacts is not None:
            contacts.close()

    def _touch(self) -> socket.socket | None:
        """Get into the reader; None where there is none."""
        contacts = socket.socket()
        try:
            contacts.connect(("127.0.0.1", self._reader.port or 0))
        except OSError:
            contacts.close()
            return None
        return contacts

    def _serve(self, contacts: socket.socket) -> None:
        """Answer until the reader lets go, or the card is pulled, or it says nothing any more."""
        powered = False
        while not self._out.is_set() and (message := _received(contacts)):
            if message in {bytes([OFF]), bytes([ON]), bytes([RESET])}:
                powered = message[0] != OFF
                self.chip.reset()
                continue
            if message == bytes([ASK_ATR]):
                answer = b"" if self.mute and powered else ATR
            elif self._reader.leaves_now():
                self._reader.remove()
                return
            else:
                answer = self._reader.answered(self.chip, message, self._out)
            if not answer:
                return
            contacts.sendall(len(answer).to_bytes(2, "big") + answer)


def _received(contacts: socket.socket) -> bytes:
    """The next message; b"" when the reader let go."""
    length = _exactly(contacts, 2)
    return _exactly(contacts, int.from_bytes(length, "big")) if length else b""


def _exactly(contacts: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        # The reader sends a length and a message apart, and the kernel holds the second back until
        # the first is acknowledged: without a word from us that takes 40 ms, each time.
        contacts.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        piece = contacts.recv(count - len(data))
        if not piece:
            return b""
        data += piece
    return data
