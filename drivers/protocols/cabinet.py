"""What terminal and cabinet controller say to each other: the cabinet protocol, version 1.

docs/devices/cabinet-protocol.md is the specification; its examples are this module's tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeVar

from drivers.device.cabinet import CabinetState, Lamp, LampMode, Power
from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols.cabinet_line import Kind, Line

MAJOR: Final = 1
LONGEST_BEEP: Final = 2000  # ms
TAGS: Final = 100
HEARTBEAT: Final = 5.0  # seconds between two states that nobody asked for
HOST_LOST: Final = 10.0  # seconds without a request until lamps and beeper are off


class Verb(StrEnum):
    """What can be asked."""

    HELLO = "HELLO"
    """Begin anew: lamps off, beeper silent; who are you?"""
    PARTS = "PARTS"
    """Which lamps and sensors are fitted?"""
    STATE = "STATE"
    """How is everything?"""
    LIGHT = "LIGHT"
    """Switch a lamp."""
    BEEP = "BEEP"
    """Sound the beeper."""
    ACKNOWLEDGE = "ACKNOWLEDGE"
    """Staff has looked at the tampering of this number."""


class Event(StrEnum):
    """What a controller says unasked."""

    STATE = "STATE"
    """Something changed, or a heartbeat's time went by."""
    BOOT = "BOOT"
    """The controller has just started: all it was told is forgotten."""
    CYCLE = "CYCLE"
    """Unless the terminal speaks, its power is cut and given back."""


class Refusal(StrEnum):
    """Why a controller did not do what it was asked."""

    CRC = "crc"  # the line came broken, or was no line
    LENGTH = "length"  # the line was too long
    UNKNOWN = "unknown"  # no such request
    ARGUMENT = "argument"  # its words are not understood
    ABSENT = "absent"  # no such lamp, or no beeper
    BUSY = "busy"  # not now; ask again in a moment
    CHANGED = "changed"  # the cabinet was tampered with again since


class Sensor(StrEnum):
    """What a cabinet may have to tell: the fields of a state."""

    DOOR = "door"
    TAMPER = "tamper"
    POWER = "power"
    CHARGE = "charge"
    PRESENCE = "presence"


BROKEN: Final = "fault"  # a sensor's value when the controller can not read it
NO_BEEPER: Final = "no"


def request(tag: int, verb: Verb, *words: str) -> Line:
    """A request; tags count from 0 to 99 and around."""
    return Line(Kind.REQUEST, f"{tag % TAGS:02}", (verb, *words))


def light(lamp: Lamp, mode: LampMode) -> tuple[Verb, str, str]:
    """The words that switch a lamp."""
    return Verb.LIGHT, lamp, mode


def beep(milliseconds: int) -> tuple[Verb, str]:
    """The words that sound the beeper, or silence it (0)."""
    if not 0 <= milliseconds <= LONGEST_BEEP:
        raise LocalProtocolError(f"a beep of {milliseconds} ms; it takes 0 to {LONGEST_BEEP}")
    return Verb.BEEP, str(milliseconds)


def acknowledge(number: int) -> tuple[Verb, str]:
    """The words that say: staff has looked at that tampering."""
    return Verb.ACKNOWLEDGE, str(number)


@dataclass(frozen=True, slots=True)
class Hello:
    """Who a controller says it is."""

    protocol: str
    maker: str = ""
    model: str = ""
    firmware: str = ""
    serial: str = ""

    @property
    def major(self) -> int:
        """Controllers of another major version are not understood."""
        return int(self.protocol.partition(".")[0])

    @classmethod
    def from_line(cls, line: Line) -> Self:
        """What a reply to HELLO says. Raises RemoteProtocolError."""
        said = line.fields
        protocol = said.get("protocol", "")
        if not re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", protocol, re.ASCII):
            raise RemoteProtocolError("a cabinet's HELLO without its protocol's version")
        names = ("maker", "model", "firmware", "serial")
        return cls(protocol, *(said.get(name, "") for name in names))

    def words(self) -> tuple[str, ...]:
        """What follows HELLO in the reply."""
        said = {
            "protocol": self.protocol,
            "maker": self.maker,
            "model": self.model,
            "firmware": self.firmware,
            "serial": self.serial,
        }
        return tuple(f"{name}={value}" for name, value in said.items() if value)


Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a cabinet has; names of a later version are left out."""

    lamps: tuple[Lamp, ...] = ()
    sensors: tuple[Sensor, ...] = ()
    beeper: bool = False

    @classmethod
    def from_line(cls, line: Line) -> Self:
        """What a reply to PARTS says."""
        said = line.fields
        return cls(
            _known(Lamp, said.get("lamps", "")),
            _known(Sensor, said.get("sensors", "")),
            said.get("beeper", NO_BEEPER) != NO_BEEPER,
        )

    def words(self) -> tuple[str, ...]:
        """What follows PARTS in the reply."""
        lists = {"lamps": ",".join(self.lamps), "sensors": ",".join(self.sensors)}
        said = [f"{name}={value}" for name, value in lists.items() if value]
        return (*said, f"beeper={'yes' if self.beeper else NO_BEEPER}")


def _known(kind: type[Name], listed: str) -> tuple[Name, ...]:
    known = {str(one): one for one in kind}
    return tuple(known[name] for name in listed.split(",") if name in known)


POWERS: Final = {"mains": Power.MAINS, "battery": Power.BATTERY, "low": Power.BATTERY_LOW}
_VALUES: Final = {
    Sensor.DOOR: "open|shut",
    Sensor.TAMPER: "[0-9]{1,5}",
    Sensor.POWER: "|".join(POWERS),
    Sensor.CHARGE: "100|[0-9]{1,2}",
    Sensor.PRESENCE: "yes|no",
}


@dataclass(frozen=True, slots=True)
class State:
    """What the sensors say, in the protocol's words; one that is not fitted is not there."""

    values: tuple[tuple[Sensor, str], ...]

    @classmethod
    def from_line(cls, line: Line) -> Self:
        """What a state says; fields of a later version are left out. Raises RemoteProtocolError."""
        said = line.fields
        values = tuple((sensor, said[sensor]) for sensor in Sensor if sensor in said)
        for sensor, value in values:
            if not re.fullmatch(f"{_VALUES[sensor]}|{BROKEN}", value):
                raise RemoteProtocolError(f"a cabinet's {sensor} is {value}")
        return cls(values)

    def words(self) -> tuple[str, ...]:
        """What follows STATE."""
        return tuple(f"{sensor}={value}" for sensor, value in self.values)

    def get(self, sensor: Sensor) -> str | None:
        """A sensor's word; None where it is not fitted or broken."""
        value = dict(self.values).get(sensor)
        return None if value == BROKEN else value

    @property
    def broken(self) -> tuple[Sensor, ...]:
        """The sensors that the controller can not read."""
        return tuple(sensor for sensor, value in self.values if value == BROKEN)

    @property
    def tampering(self) -> int:
        """The number of the tampering that nobody acknowledged; 0 where there is none."""
        return int(self.get(Sensor.TAMPER) or 0)

    def told(self) -> CabinetState:
        """The same in the terminal's words."""
        door, tamper, power, charge, presence = (self.get(sensor) for sensor in Sensor)
        return CabinetState(
            door_open=None if door is None else door == "open",
            tampered=None if tamper is None else int(tamper) > 0,
            power=Power.UNKNOWN if power is None else POWERS[power],
            presence=None if presence is None else presence == "yes",
            charge=None if charge is None else int(charge),
        )
