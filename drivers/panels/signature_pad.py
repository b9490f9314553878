"""Signing with a finger on the touch screen: there whenever the panel is."""

from __future__ import annotations

from drivers.device import Device, DeviceKind, SelfTest, Status


class SignaturePad:
    """Says of itself what its panel says; the strokes are drawn and taken on the screen."""

    kind = DeviceKind.SIGNATURE_PAD

    def __init__(self, panel: Device) -> None:
        self._panel = panel

    async def probe(self) -> Status:
        """How the panel is."""
        return await self._panel.probe()

    async def self_test(self) -> SelfTest:
        """What the panel found out."""
        return await self._panel.self_test()

    async def close(self) -> None:
        """Let the panel go, as whoever else uses it does: it can be closed more than once."""
        await self._panel.close()
