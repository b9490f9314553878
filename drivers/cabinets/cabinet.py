"""The cabinet's controller: door, tamper switch, UPS, presence, lamps and beeper on a port."""

from __future__ import annotations

import itertools
import time
from typing import Final

from drivers.cabinets.cabinet_link import CHECKSUM, GARBAGE, SLICE, CabinetLink
from drivers.device import (
    Advice,
    CabinetState,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    Lamp,
    LampMode,
    Power,
    Ready,
    SelfTest,
    Status,
    SuspectedTampering,
    UserError,
)
from drivers.errors import DeviceError, TransportError
from drivers.on_demand import OnDemandDevice
from drivers.ports.by_address import port_at
from drivers.protocols import cabinet
from drivers.protocols.cabinet import Hello, Parts, Sensor, State, Verb
from drivers.worker import Stop

GREETINGS: Final = 6  # many boards start anew when their port is opened, and take seconds

TAMPERED = Fault(
    "cabinet.tampered",
    Advice.TECHNICIAN_ACTS,
    "the tamper switch was opened; look at the cabinet, then acknowledge it",
)
DOOR_OPEN = Fault("cabinet.door_open", Advice.ATTENDANT_ACTS, "the door is open; shut it")
BATTERY_LOW = Fault(
    "cabinet.battery_low",
    Advice.ATTENDANT_ACTS,
    "no mains, and the battery is nearly empty: the terminal is about to go off",
)
SENSOR = Fault(
    "cabinet.sensor", Advice.TECHNICIAN_ACTS, "the controller can not read a sensor; check its wire"
)
VERSION = Fault(
    "cabinet.version",
    Advice.TECHNICIAN_ACTS,
    f"the controller speaks another protocol than version {cabinet.MAJOR}; "
    "use its firmware for that version, or a newer Doorstep",
)


class SerialCabinet(OnDemandDevice[CabinetLink]):
    """A controller that speaks docs/devices/cabinet-protocol.md, at an address.

    Faults: `cabinet.disconnected`, `cabinet.silent` (wire), this module's constants and those of
    `cabinet_link`. Lamps shine as was asked last, also after the controller was away.
    """

    kind = DeviceKind.CABINET

    def __init__(self, where: str, baud: int = 115200) -> None:
        self._port = port_at("cabinet", where, baud)
        super().__init__(self._port.name, self._port.where)
        self._lamps: dict[Lamp, LampMode] = {}
        self._told: CabinetState | None = None
        self._reported = 0  # the number of the tampering that probes and states told of
        self._tags = itertools.count()

    async def probe(self) -> Status:
        """Ask how everything is; tampering outweighs a broken sensor, that one an open door."""
        try:
            state = await self._run(self._ask_state)
        except DeviceError as error:
            return _trouble(error)
        return self._status(state)

    async def self_test(self) -> SelfTest:
        """Who the controller is, which lamps and sensors it has, and what they say."""
        try:
            state = await self._run(self._ask_state)
            hello, parts = await self._run(self._identity)
        except DeviceError as error:
            return SelfTest(_trouble(error), self.where)
        facts = {
            "protocol": hello.protocol,
            "firmware": hello.firmware,
            "serial": hello.serial,
            "lamps": " ".join(parts.lamps),
            "sensors": " ".join(parts.sensors),
            "beeper": "yes" if parts.beeper else cabinet.NO_BEEPER,
            "state": " ".join(state.words()),
        }
        facts = {name: fact for name, fact in facts.items() if fact}
        model = f"{hello.maker} {hello.model}".strip()
        return SelfTest(self._status(state), self.where, model, facts)

    async def state(self) -> CabinetState:
        """Door, tamper switch, power, presence, asked for now. Raises DeviceError."""
        self._told = (await self._run(self._ask_state)).told()
        return self._told

    async def wait_for_change(self, timeout: float) -> CabinetState | None:
        """The next state that differs from the last one told; None after `timeout` seconds.

        The first time none was told yet, so it is the state now. Other commands get their turn
        meanwhile. One may wait at a time. Raises DeviceError.
        """
        until = time.monotonic() + timeout
        while True:
            state = await self._run(lambda stop: self._listen(until, stop))
            if state != self._told:
                self._told = state
                return state
            if time.monotonic() >= until:
                return None

    async def light(self, lamp: Lamp, mode: LampMode) -> None:
        """Switch a lamp; one that is not fitted stays dark, and that is no error."""
        self._lamps[lamp] = mode
        await self._run(lambda stop: self._light(lamp, mode, stop))

    async def beep(self, milliseconds: int) -> None:
        """Sound the beeper for so long, from now; 0 silences it. Without one nothing sounds."""
        words = cabinet.beep(milliseconds)
        await self._run(lambda stop: self._beep(words, stop))

    async def acknowledge_tampering(self) -> None:
        """Staff has looked at the tampering told last. DeviceError when there was another since."""
        await self._run(self._acknowledge)

    # --- on the worker's thread ---

    def _connect(self) -> CabinetLink:
        return CabinetLink(self._port, self._tags)

    def _ready(self, stop: Stop) -> CabinetLink:
        """Open, greeted, lit as was asked."""
        link = self._open()
        if link.fresh:
            link.fresh = False  # a start in the middle of the greeting sets it again
            self._greet(link, stop)
        return link

    def _greet(self, link: CabinetLink, stop: Stop) -> None:
        link.hello = link.ask(stop, Hello.from_line, Verb.HELLO, attempts=GREETINGS)
        if link.hello.major != cabinet.MAJOR:
            speaks = f"it speaks {link.hello.protocol}"
            raise DeviceError(VERSION.at(self.where).because(speaks))
        link.parts = link.ask(stop, Parts.from_line, Verb.PARTS)
        for lamp, mode in self._lamps.items():
            if lamp in link.parts.lamps:
                link.tell(stop, *cabinet.light(lamp, mode))
        link.ask_state(stop)

    def _identity(self, stop: Stop) -> tuple[Hello, Parts]:
        link = self._ready(stop)
        return link.hello, link.parts

    def _ask_state(self, stop: Stop) -> State:
        state = self._ready(stop).ask_state(stop)
        self._reported = state.tampering
        return state

    def _listen(self, until: float, stop: Stop) -> CabinetState:
        """What is known after a moment of listening.

        The moment is so short that it may end by itself when nobody waits any more: nothing has to
        be dropped then.
        """
        link = self._ready(stop)
        if link.listen(min(until, time.monotonic() + SLICE)):
            self._ask_state(stop)
        self._reported = link.seen.tampering
        return link.seen.told()

    def _light(self, lamp: Lamp, mode: LampMode, stop: Stop) -> None:
        link = self._ready(stop)
        if lamp in link.parts.lamps:
            link.tell(stop, *cabinet.light(lamp, mode))

    def _beep(self, words: tuple[Verb, str], stop: Stop) -> None:
        link = self._ready(stop)
        if link.parts.beeper:
            link.tell(stop, *words)

    def _acknowledge(self, stop: Stop) -> None:
        link = self._ready(stop)
        if self._reported:
            link.tell(stop, *cabinet.acknowledge(self._reported))

    def _status(self, state: State) -> Status:
        if state.tampering:
            return SuspectedTampering(TAMPERED.at(self.where).because(f"no. {state.tampering}"))
        if state.broken:
            return HardwareError(SENSOR.at(self.where).because(", ".join(state.broken)))
        if state.get(Sensor.DOOR) == "open":
            return UserError(DOOR_OPEN.at(self.where))
        if state.told().power is Power.BATTERY_LOW:
            return HardwareError(BATTERY_LOW.at(self.where))
        return Ready()


def _trouble(error: DeviceError) -> Status:
    """What answers nothing, or nonsense, is no cabinet; what refuses is one that can not work."""
    lost = isinstance(error, TransportError) or error.fault.code in {CHECKSUM.code, GARBAGE.code}
    return Disconnected(error.fault.detail) if lost else HardwareError(error.fault)
