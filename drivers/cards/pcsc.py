"""The smart-card service (PC/SC, pcscd): its readers, whether a card is in one, what cards answer.

The calls of winscard are made directly: pyscard's own layer starts threads that watch all readers.
A call has no deadline where a reader hangs; `hang_up` ends it from another thread.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from smartcard import scard

from drivers.device import Advice, Fault
from drivers.errors import CardError, DeviceError, TransportError

ADDRESS = "PCSCLITE_CSOCK_NAME"
"""The environment variable that leads libpcsclite to another service than the system's."""
SYSTEM_ADDRESS = "/run/pcscd/pcscd.comm"

CONTACTLESS = re.compile(r"\b(contactless|picc|nfc|cl|sam)\b", re.IGNORECASE)
"""What makers call a reader, or a slot of one, into which nobody can put a card."""

NO_SERVICE = Fault(
    "smartcard.no_service",
    Advice.TECHNICIAN_ACTS,
    "the smart-card service does not answer; check: systemctl status pcscd.socket",
)
DENIED = Fault(
    "smartcard.denied",
    Advice.TECHNICIAN_ACTS,
    "the smart-card service ended the connection: it is being restarted, "
    "or a rule of polkit does not let this user in",
)
NO_READER = Fault(
    "smartcard.no_reader",
    Advice.TECHNICIAN_ACTS,
    "the smart-card service sees no such reader; check its cable and power, "
    "and the reader's name in the configuration",
)
IN_USE = Fault(
    "smartcard.in_use",
    Advice.TECHNICIAN_ACTS,
    "another program has the card to itself: end it",
    "The card reader is in use. Please try again in a moment.",
)
FAILED = Fault("smartcard.failed", Advice.RETRY, "the smart-card service refused")

REMOVED = Fault(
    "card.removed",
    Advice.RESIDENT_ACTS,
    "no card in the slot, or it was taken out during the read",
    "Please put your card in and leave it there until it was read.",
)
MUTE = Fault(
    "card.mute",
    Advice.RESIDENT_ACTS,
    "the card does not answer to power: upside down, the wrong way round, or broken",
    "The card does not answer. Please take it out and put it in with its chip up and in front.",
)
SILENT = Fault(
    "card.silent",
    Advice.RESIDENT_ACTS,
    "the card stopped answering: a worn or dirty chip",
    "The card stopped answering. Please take it out, wipe its chip, and put it in again.",
)

_GONE = {
    scard.SCARD_E_NO_READERS_AVAILABLE,
    scard.SCARD_E_UNKNOWN_READER,
    scard.SCARD_E_READER_UNAVAILABLE,
}
_NOT_THERE = {scard.SCARD_E_NO_SMARTCARD, scard.SCARD_W_REMOVED_CARD}
_NO_POWER = {
    scard.SCARD_W_UNRESPONSIVE_CARD,
    scard.SCARD_W_UNPOWERED_CARD,
    scard.SCARD_W_UNSUPPORTED_CARD,
    scard.SCARD_E_PROTO_MISMATCH,
}
_INTERRUPTED = {scard.SCARD_E_NOT_TRANSACTED, scard.SCARD_W_RESET_CARD}
_NO_SERVICE = {
    scard.SCARD_E_NO_SERVICE,
    scard.SCARD_E_SERVICE_STOPPED,
    scard.SCARD_E_INVALID_HANDLE,  # of a service that was restarted
    scard.SCARD_F_COMM_ERROR,
}
PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


@dataclass(frozen=True, slots=True)
class Slot:
    """A reader's slot as the service saw it last: its own word (SCARD_STATE_…)."""

    state: int

    @property
    def occupied(self) -> bool:
        """Whether a card is in it."""
        return bool(self.state & scard.SCARD_STATE_PRESENT)

    @property
    def mute(self) -> bool:
        """Whether there is a card that does not answer to power."""
        return bool(self.state & scard.SCARD_STATE_MUTE)

    @property
    def changes(self) -> int:
        """How many cards came and went since the service saw the reader, up to 65535."""
        return self.state >> 16


class PcscReader:
    """One reader, over a context of our own; the service must be there, and the reader too."""

    def __init__(self, name: str, context: int) -> None:
        self.name = name
        self._context = context

    @classmethod
    def open(cls, part: str) -> PcscReader:
        """The reader whose name holds `part`; "" is the first that takes cards in.

        TransportError `smartcard.no_service` or `smartcard.no_reader`.
        """
        (context,) = _call(scard.SCardEstablishContext, scard.SCARD_SCOPE_SYSTEM)
        try:
            result, names = _raw(scard.SCardListReaders, context, [])
            if result != scard.SCARD_E_NO_READERS_AVAILABLE:
                _check(result)
            return cls(choose(names, part), context)
        except BaseException:
            scard.SCardReleaseContext(context)
            raise

    def look(self, seconds: float = 0.0, known: Slot | None = None) -> Slot:
        """The slot as it is now, or as soon as it differs from `known` within so many seconds."""
        state = known.state & ~scard.SCARD_STATE_CHANGED if known else scard.SCARD_STATE_UNAWARE
        wait = [(self.name, state)]
        result, seen = _raw(scard.SCardGetStatusChange, self._context, int(seconds * 1000), wait)
        if result == scard.SCARD_E_TIMEOUT and known is not None:
            return known
        _check(result)
        slot = Slot(seen[0][1])
        if slot.state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise TransportError(NO_READER.at(self.name))
        return slot

    @contextmanager
    def powered(self) -> Iterator[PoweredCard]:
        """The card in the slot, under power and ours alone; the service takes the power off later.

        It is not asked to do so at once: where the card was taken out meanwhile, pcscd would note
        an empty slot behind the back of its own watcher, and miss the next card.
        """
        card, protocol = _call(
            scard.SCardConnect, self._context, self.name, scard.SCARD_SHARE_EXCLUSIVE, PROTOCOLS
        )
        try:
            yield PoweredCard(card, protocol)
        finally:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)

    def close(self) -> None:
        """Let the context go; the service may have gone before."""
        scard.SCardReleaseContext(self._context)


@dataclass(frozen=True, slots=True)
class PoweredCard:
    """A card under power."""

    handle: int
    protocol: int

    def transmit(self, command: bytes) -> bytes:
        """The card's answer; CardError when it stopped answering or was taken out.

        There are readers' drivers that tell of such a card by an answer without a byte.
        """
        (answer,) = _call(scard.SCardTransmit, self.handle, self.protocol, list(command))
        if not answer:
            raise CardError(SILENT)
        return bytes(answer)


def choose(names: Iterable[str], part: str) -> str:
    """The first of the names, in their alphabetical order, that holds `part` in any case.

    "" leaves out contactless readers and slots of security modules. TransportError
    `smartcard.no_reader` names those there are.
    """
    known = sorted(names)
    for name in known:
        if part.casefold() in name.casefold() and (part or not CONTACTLESS.search(name)):
            return name
    there = f"there is: {', '.join(known)}" if known else "there is none"
    raise TransportError(NO_READER.at(part or "any reader with a slot").because(there))


def hang_up() -> None:
    """End whatever this process waits for at the service, as if the service had gone.

    libpcsclite asks without a deadline, so a service that hangs holds its callers for ever. They
    are let go by shutting down the connection under them.
    """
    address = os.environ.get(ADDRESS, SYSTEM_ADDRESS)
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError), _duplicate(int(link.name)) as connection:
            if connection.family == socket.AF_UNIX and connection.getpeername() == address:
                connection.shutdown(socket.SHUT_RDWR)


def _duplicate(descriptor: int) -> socket.socket:
    """The socket behind a descriptor, whoever closes that meanwhile; OSError where it is none."""
    duplicate = os.dup(descriptor)
    try:
        return socket.socket(fileno=duplicate)
    except OSError:
        os.close(duplicate)
        raise


def _call(function: Any, *arguments: object) -> tuple[Any, ...]:  # noqa: ANN401 # pyscard has no types
    result, *values = _raw(function, *arguments)
    _check(result)
    return tuple(values)


def _raw(function: Any, *arguments: object) -> tuple[Any, ...]:  # noqa: ANN401 # likewise
    """What a call gave, its result first; a call without any other value gives no list."""
    return cast("tuple[Any, ...]", function(*arguments))


def _check(result: int) -> None:
    if result != scard.SCARD_S_SUCCESS:
        raise _error(result)


def _error(result: int) -> DeviceError:
    """What a result means to who asked."""
    words = f"{scard.SCardGetErrorMessage(result).rstrip('.')}, {result & 0xFFFFFFFF:08X}"
    if result in _NO_SERVICE:
        return TransportError(NO_SERVICE.because(words))
    if result == scard.SCARD_W_SECURITY_VIOLATION:
        return TransportError(DENIED.because(words))
    if result in _GONE:
        return TransportError(NO_READER.because(words))
    if result in _NOT_THERE:
        return CardError(REMOVED.because(words))
    if result in _NO_POWER:
        return CardError(MUTE.because(words))
    if result in _INTERRUPTED:
        return CardError(SILENT.because(words))
    if result == scard.SCARD_E_SHARING_VIOLATION:
        return DeviceError(IN_USE.because(words))
    return DeviceError(FAILED.because(words))
