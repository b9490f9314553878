"""A device whose driver can not be loaded: fitted, and of no use until software is installed."""

from __future__ import annotations

from drivers.device import Advice, DeviceKind, Fault, HardwareError, SelfTest, Status


class UnavailableDevice:
    """Says at each probe what is missing."""

    def __init__(self, kind: DeviceKind, missing: ImportError) -> None:
        self.kind = kind
        detail = f"its driver can not be loaded ({missing}): install what is missing, then restart"
        self._fault = Fault("driver.missing", Advice.TECHNICIAN_ACTS, detail)

    async def probe(self) -> Status:
        """That it can not work, and what is missing."""
        return HardwareError(self._fault)

    async def self_test(self) -> SelfTest:
        """The same; it was asked nowhere."""
        return SelfTest(HardwareError(self._fault), "")

    async def close(self) -> None:
        """There is nothing to let go."""
