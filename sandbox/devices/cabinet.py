"""A cabinet's controller, byte for byte (docs/devices/cabinet-protocol.md)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from drivers.device import Lamp, LampMode
from drivers.errors import RemoteProtocolError
from drivers.protocols import cabinet
from drivers.protocols.cabinet import BROKEN, Event, Hello, Parts, Refusal, Sensor, State, Verb
from drivers.protocols.cabinet_line import (
    LONGEST_REQUEST,
    NO_TAG,
    Kind,
    LengthError,
    Line,
    LineDecoder,
)
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.devices.simulator import Actor, WireFault, actor

HELLO = Hello("1.0", "Doorstep", "Sandbox", "1.4.2", "990000-0001")
PARTS = Parts(tuple(Lamp), tuple(Sensor), beeper=True)
CALM = {
    Sensor.DOOR: "shut",
    Sensor.TAMPER: "0",
    Sensor.POWER: "mains",
    Sensor.CHARGE: "97",
    Sensor.PRESENCE: "no",
}
NOISE = b"$GPRMC,,V,,,,,,,,,,N*53\r\n"


class CabinetFault(StrEnum):
    """How a controller can misbehave beside what any wire does."""

    STUCK_BUSY = "stuck-busy"
    BABBLE = "babble"
    NEW_VERSION = "new-version"


@dataclass(slots=True)
class _Session:
    """What a controller forgets when it starts anew."""

    lamps: dict[Lamp, LampMode] = field(default_factory=dict)
    beeps: list[int] = field(default_factory=list)
    asked: float = field(default_factory=time.monotonic)


class SimulatedCabinet(SimulatedSerialDevice):
    """A box with a door, a tamper switch, a UPS, a sensor for people, six lamps and a beeper.

    The tamper latch outlives a loss of power, as the protocol wants. `heartbeat` and `host_lost`
    are the protocol's times, in seconds; events go out in the device's own time, within 50 ms.
    """

    name = "cabinet"

    def __init__(
        self,
        link: Path,
        *,
        baud: int | None = None,
        expects: int | None = None,
        heartbeat: float = cabinet.HEARTBEAT,
        host_lost: float = cabinet.HOST_LOST,
    ) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self.parts = PARTS
        self._heartbeat, self._host_lost = heartbeat, host_lost
        self._decoder = LineDecoder(LONGEST_REQUEST)
        self._changed = threading.Condition()
        self._values = dict(CALM)
        self._tamperings = 0  # as the controller's EEPROM counts them
        self._session = _Session()
        self._said: State | None = None
        self._said_at = 0.0
        self._boot = ""
        self.requests = self.greetings = 0
        """How often it was asked anything, and greeted, since it was made."""

    # --- what a person does ---

    def sense(self, sensor: Sensor, value: str) -> None:
        """Let a sensor say so, in the protocol's words."""
        with self._changed:
            self._values[sensor] = value

    def tamper(self) -> None:
        """Open the tamper switch: the latch stays, with a number of its own."""
        with self._changed:
            self._tamperings += 1
            self._values[Sensor.TAMPER] = str(self._tamperings)

    def acknowledge(self) -> None:
        """Press the button inside, as staff does after it looked."""
        self.sense(Sensor.TAMPER, "0")

    def power(self, where: str, charge: str) -> None:
        """Let the UPS say where power comes from, and how full its battery is."""
        with self._changed:
            self._values |= {Sensor.POWER: where, Sensor.CHARGE: charge}

    def reboot(self, cause: str = "watchdog") -> None:
        """Start anew, as after a brown-out: lamps off, the latch as it was."""
        with self._changed:
            self._session, self._boot, self._said = _Session(), cause, None
            self._changed.notify_all()

    def update(self) -> None:
        """Give it firmware of the next major version, and start it anew."""
        self.faults.begin(CabinetFault.NEW_VERSION)
        self.reboot("update")

    def plug(self) -> None:
        """Give it power and connect it."""
        if self._master is None:
            self.reboot("power")
        super().plug()

    def behave(self) -> None:
        """Door shut, mains on, nobody there, the tampering acknowledged, no fault."""
        super().behave()
        with self._changed:
            self._values = dict(CALM)

    @property
    def lamps(self) -> dict[Lamp, LampMode]:
        """The lamps that shine or blink now."""
        with self._changed:
            return self._shining()

    @property
    def beeps(self) -> list[int]:
        """How long each beep was to be since it started, in ms."""
        with self._changed:
            return list(self._session.beeps)

    def wait_for_lamps(self, lamps: Mapping[Lamp, LampMode], timeout: float) -> bool:
        """Wait until exactly these shine; whether they did within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._shining() == lamps, timeout)

    def wait_for_request(self, after: int, timeout: float) -> bool:
        """Wait until it was asked more often than that; whether it was within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.requests > after, timeout)

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`cabinet door-open`, `cabinet presence on`, `cabinet lamps`, `cabinet reboot`, ..."""
        people = {"on": "yes", "off": "no"}
        deeds: dict[str, Callable[..., object]] = {
            **self.deeds(*WireFault, *CabinetFault),
            "new-version": self.update,
            "door-open": partial(self.sense, Sensor.DOOR, "open"),
            "door-shut": partial(self.sense, Sensor.DOOR, "shut"),
            "tamper": self.tamper,
            "acknowledge": self.acknowledge,
            "mains-off": partial(self.power, "battery", "88"),
            "battery-low": partial(self.power, "low", "14"),
            "mains-on": partial(self.power, "mains", "97"),
            "presence": lambda word: self.sense(Sensor.PRESENCE, people[word]),
            "sensor-broken": partial(self.sense, Sensor.PRESENCE, BROKEN),
            "reboot": self.reboot,
            "lamps": lambda: " ".join(f"{k}={v}" for k, v in self.lamps.items()) or "all dark",
            "beeps": lambda: " ".join(map(str, self.beeps)) or "none",
        }
        return {"cabinet": actor("cabinet", deeds)}

    # --- what the controller does ---

    def received(self, data: bytes) -> None:
        """Answer every line, each in its turn."""
        for line in self._decoder.feed(data):
            self.answer(self._reply(line).to_bytes())

    def turn(self) -> None:
        """Say what changed, and every few seconds that all is as it was."""
        if self.faults.has(CabinetFault.BABBLE):
            self.send(NOISE)
            return
        with self._changed:
            lines = [*self._boots(), *self._news()]
            self._changed.notify_all()  # lamps go dark by time
        for line in lines:
            self.answer(line.to_bytes())

    def answer(self, data: bytes) -> None:
        """Send a line, or what its faults make of it; its checksum is before its end."""
        if self.faults.has(CabinetFault.BABBLE):
            return
        if self.faults.strikes(WireFault.BAD_CHECKSUM):
            wrong = b"0000" if data[-6:-2] != b"0000" else b"FFFF"
            self.send(data[:-6] + wrong + data[-2:])
            return
        super().answer(data)

    def _boots(self) -> list[Line]:
        cause, self._boot = self._boot, ""
        return [Line(Kind.EVENT, NO_TAG, (Event.BOOT, f"cause={cause}"))] if cause else []

    def _news(self) -> list[Line]:
        state, now = self._state(), time.monotonic()
        if state == self._said and now - self._said_at < self._heartbeat:
            return []
        self._said, self._said_at = state, now
        return [Line(Kind.EVENT, NO_TAG, (Event.STATE, *state.words()))]

    def _state(self) -> State:
        fitted = self.parts.sensors
        return State(tuple((s, self._values[s]) for s in Sensor if s in fitted))

    def _shining(self) -> dict[Lamp, LampMode]:
        """Dark while no terminal is heard, and as they were when it is heard again."""
        if time.monotonic() - self._session.asked > self._host_lost:
            return {}
        return {k: v for k, v in self._session.lamps.items() if v is not LampMode.OFF}

    def _reply(self, line: Line | RemoteProtocolError) -> Line:
        match line:
            case LengthError():
                return Line(Kind.ERROR, NO_TAG, (Refusal.LENGTH,))
            case RemoteProtocolError():
                return Line(Kind.ERROR, NO_TAG, (Refusal.CRC,))
            case Line(Kind.REQUEST, words=words):
                with self._changed:
                    self._session.asked = time.monotonic()
                    self.requests += 1
                    answer = self._obey(*words)
                    self._changed.notify_all()
            case _:
                answer = Refusal.UNKNOWN
        if isinstance(answer, Refusal):
            return Line(Kind.ERROR, line.tag, (answer,))
        return Line(Kind.REPLY, line.tag, (line.words[0], *answer))

    def _obey(self, verb: str, *words: str) -> tuple[str, ...] | Refusal:
        if self.faults.strikes(CabinetFault.STUCK_BUSY):
            return Refusal.BUSY
        match verb, words:
            case Verb.HELLO, ():
                self.greetings += 1
                self._session = _Session()
                newer = self.faults.has(CabinetFault.NEW_VERSION)
                return (Hello("2.0", HELLO.maker) if newer else HELLO).words()
            case Verb.PARTS, ():
                return self.parts.words()
            case Verb.STATE, ():
                return self._state().words()
            case Verb.LIGHT, (lamp, mode):
                return self._light(lamp, mode)
            case Verb.BEEP, (milliseconds,):
                return self._beep(milliseconds)
            case Verb.ACKNOWLEDGE, (number,):
                return self._acknowledge(number)
            case _:
                return Refusal.ARGUMENT if verb in set(Verb) else Refusal.UNKNOWN

    def _light(self, lamp: str, mode: str) -> tuple[str, ...] | Refusal:
        if mode not in set(LampMode):
            return Refusal.ARGUMENT
        if lamp not in self.parts.lamps:
            return Refusal.ABSENT
        self._session.lamps[Lamp(lamp)] = LampMode(mode)
        return ()

    def _beep(self, milliseconds: str) -> tuple[str, ...] | Refusal:
        if not milliseconds.isdecimal() or int(milliseconds) > cabinet.LONGEST_BEEP:
            return Refusal.ARGUMENT
        if not self.parts.beeper:
            return Refusal.ABSENT
        self._session.beeps.append(int(milliseconds))
        return ()

    def _acknowledge(self, number: str) -> tuple[str, ...] | Refusal:
        if self._values[Sensor.TAMPER] not in {"0", number}:
            return Refusal.CHANGED
        self._values[Sensor.TAMPER] = "0"
        return ()
