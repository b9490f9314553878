"""The line to a cabinet's controller while it is open: requests with their replies, and events."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from drivers.device import Advice, Fault
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.ports.transport import Port, Transport
from drivers.protocols import cabinet
from drivers.protocols.cabinet import Event, Hello, Parts, Refusal, State, Verb
from drivers.protocols.cabinet_line import (
    LONGEST,
    NO_TAG,
    ChecksumError,
    Kind,
    Line,
    LineDecoder,
)
from drivers.worker import Stop

T = TypeVar("T")

ANSWER: Final = 0.5  # seconds until a request is asked again; a controller answers within 0.2
SLICE: Final = 0.05  # seconds between two looks whether anybody still waits for the command
ATTEMPTS: Final = 3
QUIET: Final = 3 * cabinet.HEARTBEAT  # seconds without a line until it is asked whether it lives
BUSY_PAUSE: Final = 0.1  # seconds between two requests to one that has no time

REFUSED = Fault("cabinet.refused", Advice.TECHNICIAN_ACTS, "the controller refuses a request")
BUSY = Fault(
    "cabinet.busy", Advice.TECHNICIAN_ACTS, "the controller has no time; switch it off and on"
)
CHANGED = Fault(
    "cabinet.tampered_again",
    Advice.TECHNICIAN_ACTS,
    "it was tampered with again since; look at the cabinet once more",
)
CHECKSUM = Fault("cabinet.checksum", Advice.RETRY)
GARBAGE = Fault("cabinet.garbage", Advice.RETRY)


class _BusyError(Exception):
    """The controller said: not now."""


class CabinetLink:
    """One open port, and what was learned of the controller behind it.

    `fresh` says that the controller has to be greeted: the port was just opened, or it started
    anew. `tags` go on from one link to the next, so that a reply that comes late is none. After
    `quiet` seconds without a line it may be dead. Errors are TransportError for the wire and
    DeviceError with this module's faults.
    """

    def __init__(self, port: Port, tags: Iterator[int], *, quiet: float = QUIET) -> None:
        self._port = port
        self._tags = tags
        self._quiet = quiet
        self._transport: Transport = port.open()
        self._transport.write(b"\r\n")  # ends what a host before us may have left half said
        self._decoder = LineDecoder()
        self._lines: deque[Line | RemoteProtocolError] = deque()
        self._heard = time.monotonic()
        self.fresh = True
        self.hello = Hello("")
        self.parts = Parts()
        self.seen = State(())

    def close(self) -> None:
        """Let the port go."""
        self._transport.close()

    def ask_state(self, stop: Stop) -> State:
        """How everything is now."""
        self.seen = self.ask(stop, State.from_line, Verb.STATE)
        return self.seen

    def listen(self, until: float) -> bool:
        """Take in what comes until then, or first; whether something may have been missed."""
        self._take(until)
        missed = False
        while self._lines:
            missed |= not self._note(self._lines.popleft())
        return missed or time.monotonic() - self._heard > self._quiet

    def tell(self, stop: Stop, verb: Verb, *words: str) -> None:
        """Ask for something whose reply says no more than: done."""
        self.ask(stop, lambda _: None, verb, *words)

    def ask(
        self,
        stop: Stop,
        understand: Callable[[Line], T],
        verb: Verb,
        *words: str,
        attempts: int = ATTEMPTS,
    ) -> T:
        """The reply to one request, understood; asked again when it does not come or is broken.

        That does no harm: requests say what is to be, not what is to be changed.
        """
        for attempt in range(1, attempts + 1):
            last = attempt == attempts
            try:
                return understand(self._exchange(stop, verb, *words))
            except RemoteProtocolError as error:
                if last:
                    known = CHECKSUM if isinstance(error, ChecksumError) else GARBAGE
                    raise DeviceError(known.at(self._port.where).because(error)) from None
            except _BusyError:
                if last:
                    raise DeviceError(BUSY.at(self._port.where)) from None
                stop.pause(BUSY_PAUSE)
            except TransportError as error:
                if last or error.fault.code != self._port.silent().fault.code:
                    raise
        raise AssertionError  # the last attempt returned or raised

    def _exchange(self, stop: Stop, verb: Verb, *words: str) -> Line:
        asked = cabinet.request(next(self._tags), verb, *words)
        self._transport.write(asked.to_bytes())
        until = time.monotonic() + ANSWER + self._port.wire_time(2 * LONGEST)
        while True:
            stop.check()
            while self._lines:
                if (reply := self._reply_to(asked, self._lines.popleft())) is not None:
                    return reply
            if time.monotonic() >= until:
                break
            self._take(min(until, time.monotonic() + SLICE))
        if unfinished := self._decoder.waiting:
            self._decoder = LineDecoder()
            raise RemoteProtocolError(f"no whole cabinet line in {unfinished} bytes")
        raise self._port.silent()

    def _reply_to(self, asked: Line, line: Line | RemoteProtocolError) -> Line | None:
        """The line, where it is the reply; a late one to an earlier request is none."""
        match line:
            case RemoteProtocolError():
                raise line
            case Line(Kind.REPLY, tag, (verb, *_)) if (tag, verb) == (asked.tag, asked.words[0]):
                return line
            case Line(Kind.ERROR, tag, (why, *_)) if tag == asked.tag:
                raise self._refused(asked, why)
            case Line(Kind.ERROR, tag) if tag == NO_TAG:
                raise RemoteProtocolError("the controller got a broken line")
            case _:
                self._note(line)
                return None

    def _refused(self, asked: Line, why: str) -> Exception:
        match why:
            case Refusal.BUSY:
                return _BusyError()
            case Refusal.CHANGED:
                return DeviceError(CHANGED.at(self._port.where))
            case _:
                words = f"{asked.words[0]}: {why}"
                return DeviceError(REFUSED.at(self._port.where).because(words))

    def _take(self, until: float) -> None:
        if data := self._transport.read(until):
            self._heard = time.monotonic()
            self._lines.extend(self._decoder.feed(data))

    def _note(self, line: Line | RemoteProtocolError) -> bool:
        """Take in what was said unasked; False where the state has to be asked for after it."""
        match line:
            case Line(Kind.EVENT, words=(Event.STATE, *_)):
                try:
                    self.seen = State.from_line(line)
                except RemoteProtocolError:
                    return False
            case Line(Kind.EVENT, words=(Event.BOOT, *_)):
                self.fresh = True
                return False
            case RemoteProtocolError() | Line(Kind.EVENT, words=(Event.CYCLE, *_)):
                return False  # asking after a CYCLE says that we are alive
            case _:
                pass
        return True
