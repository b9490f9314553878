"""What is found out about the devices of a terminal: fitted, plugged in, and nobody's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from device_config.schema import Speech, TerminalConfig
from drivers.address import Address, AddressError, DevicePath, TcpAddress, UsbAddress, parse
from drivers.device import (
    Cabinet,
    Device,
    DeviceKind,
    Disconnected,
    Fault,
    Ready,
    SelfTest,
    fault_of,
)
from drivers.errors import DeviceError
from drivers.ports.discovery import Connected, DiscoveryError, connected, find
from drivers.speech.line import SILENT
from kiosk import fitting

PATIENCE = 3.2  # seconds for all of them together; whoever calls waits for less than five
GOODBYE = 0.4  # seconds to let go of them
PLACES = ("port", "source", "input")  # the settings that hold a device's address


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one fitted device."""

    kind: DeviceKind
    result: SelfTest

    @property
    def ready(self) -> bool:
        """Whether nothing is wrong with it."""
        return isinstance(self.result.status, Ready)

    @property
    def fault(self) -> Fault | None:
        """What is wrong with it."""
        return fault_of(self.result.status)


@dataclass(frozen=True, slots=True)
class SpokenVoice:
    """What was found out about the voice: which output module speaks which language."""

    modules: Mapping[str, str] = field(default_factory=dict)
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was found out, in the order of the configuration."""

    findings: tuple[Finding, ...]
    spare: tuple[Connected, ...]
    """What is plugged in and no section of the configuration uses."""
    hanging: bool
    """Whether a driver would not let go: its thread is stuck inside of the operating system."""
    voice: SpokenVoice | None = None
    """None where none is fitted."""

    @property
    def ready(self) -> bool:
        """Whether all fitted devices are, and the voice."""
        silent = self.voice is not None and self.voice.fault is not None
        return not silent and all(finding.ready for finding in self.findings)


NOTHING = Diagnosis((), (), hanging=False)


async def diagnosed(config: TerminalConfig, *, looked_at: bool = False) -> Diagnosis:
    """Test every fitted device, and look for what is plugged in besides.

    `looked_at`: staff has looked at the cabinet; what it tells of tampering is acknowledged first.
    """
    looking = asyncio.create_task(asyncio.to_thread(_spare, config))
    listening = asyncio.create_task(_heard(config.speech))
    findings, hanging = await examined(fitting.fitted(config), looked_at=looked_at)
    return Diagnosis(findings, await looking, hanging, await listening)


async def _heard(section: Speech) -> SpokenVoice | None:
    if not section.fitted:
        return None
    voice = fitting.voice(section)
    try:
        async with asyncio.timeout(PATIENCE):
            return SpokenVoice(await voice.examine())
    except TimeoutError:
        return SpokenVoice(fault=SILENT.at(voice.where))
    except DeviceError as error:
        return SpokenVoice(fault=error.fault)
    finally:
        await voice.close()


async def examined(
    devices: fitting.Fitted, patience: float = PATIENCE, *, looked_at: bool = False
) -> tuple[tuple[Finding, ...], bool]:
    """Test them side by side, each no longer than `patience`; whether one would not let go."""
    tests = {kind: asyncio.create_task(_tested(d, looked_at)) for kind, d in devices.items()}
    if tests:
        await asyncio.wait(tests.values(), timeout=patience)
    findings = tuple(Finding(kind, _result(test, patience)) for kind, test in tests.items())
    return findings, await _let_go(devices, tests)


async def _tested(device: Device, looked_at: bool) -> SelfTest:  # noqa: FBT001 # as examined has it
    if looked_at and isinstance(device, Cabinet):
        with suppress(DeviceError):  # what is in the way is what the test says next
            await device.state()
            await device.acknowledge_tampering()
    return await device.self_test()


def _result(test: asyncio.Task[SelfTest], patience: float) -> SelfTest:
    if not test.done():
        return SelfTest(Disconnected(f"no answer within {patience:g} s: check power and cable"), "")
    if error := test.exception():  # a mistake of a driver; the others are shown all the same
        return SelfTest(Disconnected(f"its driver failed: {type(error).__name__}"), "")
    return test.result()


async def _let_go(
    devices: Mapping[DeviceKind, Device], tests: Mapping[DeviceKind, asyncio.Task[SelfTest]]
) -> bool:
    """Close them all; whether one of them would not."""
    for test in tests.values():
        test.cancel()
    closing = [asyncio.create_task(device.close()) for device in devices.values()]
    if not closing:
        return False
    _, hanging = await asyncio.wait(closing, timeout=GOODBYE)
    return bool(hanging)


def _spare(config: TerminalConfig) -> tuple[Connected, ...]:
    """What is plugged in and used by nobody: a device that was forgotten, or has another name."""
    files, used = set(), set()
    for address in _addresses(config):
        match address:
            case DevicePath(path):
                files.add(path)
            case UsbAddress():
                used |= _found(address)
            case TcpAddress():
                pass  # not plugged in here
    return tuple(
        thing
        for thing in connected()
        if (thing.usb is None or thing.usb.raw not in used)
        and not any({node.path, *node.links} & files for node in thing.nodes)
    )


def _addresses(config: TerminalConfig) -> Iterator[Address]:
    for kind in DeviceKind:
        section = getattr(config, kind.value)
        for place in PLACES:
            try:
                yield parse(getattr(section, place, None) or "")
            except AddressError:
                continue  # no such setting, not set, or a source of pictures that is no device


def _found(address: UsbAddress) -> set[str]:
    try:
        return {find(address).raw}
    except DiscoveryError:
        return set()
