"""The touch panel: real evdev and libudev on a simulated bus, with all that happens to panels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from drivers.address import AddressError
from drivers.device import Device, DeviceKind, Disconnected, HardwareError, Ready, TouchScreen
from drivers.panels.signature_pad import SignaturePad
from drivers.panels.touch_panel import TouchPanel
from sandbox.devices.touch_panel import SimulatedTouchPanel
from sandbox.devices.usb_bus import UsbBus

pytestmark = pytest.mark.usefixtures("no_leaks")

Watch = Callable[[str | None], TouchPanel]


@pytest.fixture
def simulated(bus: UsbBus) -> Iterator[SimulatedTouchPanel]:
    """A panel that is plugged in."""
    with SimulatedTouchPanel(bus.root) as panel:
        yield panel


@pytest.fixture
async def watch() -> AsyncIterator[Watch]:
    """Makes drivers, and closes them."""
    made: list[TouchPanel] = []

    def make(where: str | None) -> TouchPanel:
        made.append(TouchPanel(where))
        return made[-1]

    yield make
    for panel in made:
        await panel.close()


async def reason(asked: Awaitable[object]) -> str:
    """Why it is not there."""
    status = await asked
    assert isinstance(status, Disconnected), status
    return status.reason


async def test_the_first_touch_screen_is_found(bus: UsbBus, watch: Watch) -> None:
    """Among other input devices the one that says it is a touch screen is taken."""
    with SimulatedTouchPanel(bus.root, "mouse", 10), SimulatedTouchPanel(bus.root) as simulated:
        panel = watch(None)
        assert await panel.probe() == Ready()
        result = await panel.self_test()
    assert result.model == "ILITEK Multi-Touch-V5100"
    assert result.facts["node"] == simulated.node
    assert result.facts["fingers"] == "10"


async def test_a_mouse_is_no_touch_screen(bus: UsbBus, watch: Watch) -> None:
    """Where nothing says it is a touch screen, that is said, whatever else is plugged in."""
    with SimulatedTouchPanel(bus.root, "mouse"):
        assert "no input device says it is a touch screen" in await reason(watch(None).probe())


async def test_nothing_plugged_in(bus: UsbBus, watch: Watch) -> None:
    """Without a panel the reason says what to check, by address too."""
    del bus
    assert await reason(watch(None).probe()) == (
        "the first touch screen: no input device says it is a touch screen; check cable and power"
    )
    assert "nothing fits usb:222a:011e" in await reason(watch("usb:222a:011e").probe())


async def test_an_old_panel_is_taken_where_it_is_named(bus: UsbBus, watch: Watch) -> None:
    """One that does not say it is touched directly is not guessed, yet used by its address."""
    with SimulatedTouchPanel(bus.root, "egalax") as simulated:
        assert isinstance(await watch(None).probe(), Disconnected)
        panel = watch("usb:0eef:0001")
        assert await panel.probe() == Ready()
        assert (await panel.self_test()).facts["fingers"] == "1"
        assert await watch(simulated.node).probe() == Ready()


@pytest.mark.parametrize("by_node", [False, True])
async def test_another_device_at_the_address(bus: UsbBus, watch: Watch, by_node: bool) -> None:  # noqa: FBT001 # a case
    """What is named and is no touch screen is said by its own name."""
    with SimulatedTouchPanel(bus.root, "mouse") as simulated:
        status = await watch(simulated.node if by_node else simulated.where).probe()
    assert isinstance(status, HardwareError)
    assert status.fault.code == "touch.not_a_touch_screen"
    assert "USB OPTICAL MOUSE" in status.fault.detail


async def test_what_is_no_input_device(tmp_path: Path, watch: Watch) -> None:
    """A file that is none is not taken for a panel."""
    file = tmp_path / "file"
    file.touch()
    assert "not an input device" in await reason(watch(str(file)).probe())
    assert "no such device" in await reason(watch(str(tmp_path / "nowhere")).probe())


async def test_a_panel_that_came_anew_is_well_and_counted(
    simulated: SimulatedTouchPanel, watch: Watch
) -> None:
    """Lost and found between two probes, under another number: no fault, and it is told."""
    panel = watch(None)
    assert isinstance(panel, TouchScreen)
    for generation in (1, 2, 3):
        assert await panel.probe() == Ready()
        assert panel.generation == generation
        assert await panel.probe() == Ready()
        assert panel.generation == generation
        assert (await panel.self_test()).facts["node"] == simulated.node
        simulated.re_enumerate()


async def test_a_panel_that_stays_away_is_a_fault_until_it_is_back(
    simulated: SimulatedTouchPanel, watch: Watch
) -> None:
    """Its loss is a status like any other; back again, it is counted as new."""
    panel = watch(simulated.where)
    assert await panel.probe() == Ready()
    simulated.unplug()
    assert "check cable and power" in await reason(panel.probe())
    assert panel.generation == 1
    simulated.plug()
    assert await panel.probe() == Ready()
    assert panel.generation == 2


async def test_listed_is_not_alive(simulated: SimulatedTouchPanel, watch: Watch) -> None:
    """A node that is there and refuses every call is no panel, and heals."""
    panel = watch(None)
    assert await panel.probe() == Ready()
    simulated.die()
    assert "does not answer" in await reason(panel.probe())
    simulated.behave()
    assert await panel.probe() == Ready()


async def test_the_signature_pad_is_the_panel(simulated: SimulatedTouchPanel, watch: Watch) -> None:
    """One can sign as long as one can touch."""
    panel = watch(None)
    pad = SignaturePad(panel)
    assert isinstance(pad, Device)
    assert pad.kind is DeviceKind.SIGNATURE_PAD
    assert await pad.probe() == Ready()
    assert (await pad.self_test()).model == "ILITEK Multi-Touch-V5100"
    simulated.unplug()
    assert isinstance(await pad.probe(), Disconnected)
    await pad.close()


def test_a_panel_on_the_network_is_refused() -> None:
    """An address that can not be one of a panel is a mistake of the configuration."""
    with pytest.raises(AddressError, match="at this machine"):
        TouchPanel("tcp://192.0.2.7:9100")
