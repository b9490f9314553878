"""Readers of social security cards."""

from __future__ import annotations

from pathlib import Path

from drivers.cards.smart_card import PcscSocialCardReader
from drivers.device import Device, SocialCardReader
from sandbox import pcsc
from sandbox.devices.simulator import Simulator
from tests.drivers.contract.rig import Rig


class PcscRig(Rig):
    """Its driver runs in this process, which looks for the service at one place only."""

    def simulator(self, place: Path) -> Simulator:
        """A reader behind a service at that place."""
        del place
        return super().simulator(pcsc.own_address())


async def wait(device: Device) -> None:
    """Wait for a card."""
    assert isinstance(device, SocialCardReader)
    await device.wait_for_card(60)


RIGS = [
    PcscRig(
        name="PC/SC reader",
        simulated="social-card",
        driver=PcscSocialCardReader,
        faults={
            "service-stopped": "disconnected",
            "service-hangs": "disconnected",
            "mute": "user_error",
        },
        work=wait,
        missing=pcsc.missing,
    ),
]
