"""What the fleet is told of this terminal: gathered here, sent by telemetry when it changed."""

from __future__ import annotations

from collections.abc import Callable

from drivers.device import DeviceKind, Status
from kiosk.services.telemetry import Telemetry


class Report:
    """The terminal's state as the fleet sees it; without telemetry it is told to nobody."""

    def __init__(self, telemetry: Telemetry | None, pending: Callable[[], int]) -> None:
        self._telemetry = telemetry
        self._pending = pending
        self._devices: dict[DeviceKind, Status] = {}
        self._screen = "attract"
        self._reachable = True
        self._out_of_service = False

    def screen(self, name: str) -> None:
        """Another screen is shown."""
        self._screen = name
        self._send()

    def device(self, kind: DeviceKind, status: Status) -> None:
        """A device is in another state."""
        self._devices[kind] = status
        self._send()

    def platform(self, *, reachable: bool) -> None:
        """The platform answers, or does not."""
        self._reachable = reachable
        self._send()

    def service(self, *, on: bool) -> None:
        """Residents are served, or not: staff have said so."""
        self._out_of_service = not on
        self._send()

    def tell(self, name: str, /, **data: str | int) -> None:
        """Something happened; nothing personal fits in here."""
        if self._telemetry is not None:
            self._telemetry.event(name, **data)

    def _send(self) -> None:
        if self._telemetry is not None:
            self._telemetry.health(
                self._devices,
                screen=self._screen,
                pending=self._pending(),
                platform_reachable=self._reachable,
                out_of_service=self._out_of_service,
            )
