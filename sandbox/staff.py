"""What those who look after a terminal do at it, as scripts of real touches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from drivers.device import DeviceKind, Personal
from kiosk.core import views
from kiosk.core.staff import Role
from kiosk.core.views import View
from kiosk.services import pins
from sandbox.play import Player

PINS: Final = {Role.ATTENDANT: "271828", Role.TECHNICIAN: "314159"}
"""Of the demonstration, where everybody may know them."""
PRINTER: Final = DeviceKind.RECEIPT_PRINTER


def as_toml() -> str:
    """The section of a terminal's configuration that knows these PINs."""
    hashes = (f'{role}_pin = "{pins.hashed(Personal(pin))}"' for role, pin in PINS.items())
    return "\n".join(["[staff]", *hashes, 'technician_phone = "0394-9900111"', "", ""])


def attendant(player: Player) -> None:
    """Paper is laid in and tried, the terminal closed for the night and opened in the morning."""
    _come_in(player, Role.ATTENDANT)
    player.world("printer paper-out", "attendant", _printer_is("paper_out"))
    player.world("printer paper-in", "attendant", _printer_is("ready"))
    player.touch("filled:receipt_printer", "attendant", _is_refilled)
    player.touch("print", "attendant", _is_printed)
    player.touch("service:off", "attendant", _is_closed)
    player.touch("leave", "attract", _serves(served=False))
    _come_in(player, Role.ATTENDANT)
    player.touch("service:on", "attendant")
    player.touch("leave", "attract", _serves(served=True))
    player.world("cabinet door-shut", "attract", lambda view: not _shows_the_way(view))


def technician(player: Player) -> None:
    """The printer tests itself, unplugged and plugged in again."""
    _come_in(player, Role.TECHNICIAN)
    player.world("printer unplug", "technician")
    player.touch(f"device:{PRINTER}", "technician", _printer_is("disconnected"))
    player.wait("technician", _is_idle)
    player.world("printer plug", "technician", _printer_is("ready"))
    player.touch(f"device:{PRINTER}", "technician", _is_idle)
    player.touch("leave", "attract")
    player.world("cabinet door-shut", "attract", lambda view: not _shows_the_way(view))


def _come_in(player: Player, role: Role) -> None:
    """By the cabinet's key, which shows the way in, and a PIN."""
    player.begin("attract")
    player.world("cabinet door-open", "attract", _shows_the_way)
    player.touch("staff", "staff_pin")
    for digit in PINS[role]:
        player.touch(f"key:{digit}", "staff_pin")
    player.touch("continue", role.value)


# --- what a screen is waited for ---


def _shows_the_way(view: View) -> bool:
    return isinstance(view.body, views.AttractView) and view.body.staff


def _serves(*, served: bool) -> Callable[[View], bool]:
    return lambda view: view.frame.serves is served


def _printer(view: View) -> views.FittedView | None:
    fitted = getattr(view.body, "fitted", ())
    return next((one for one in fitted if one.kind is PRINTER), None)


def _printer_is(state: str) -> Callable[[View], bool]:
    return lambda view: (printer := _printer(view)) is not None and printer.state == state


def _is_refilled(view: View) -> bool:
    printer = _printer(view)
    return printer is not None and printer.refilled is True


def _is_printed(view: View) -> bool:
    return getattr(view.body, "receipt", None) == views.PrintDone(confirmed=True)


def _is_closed(view: View) -> bool:
    return bool(getattr(view.body, "out_of_service", False))


def _is_idle(view: View) -> bool:
    """Whether the printer has tested itself, and nothing does any more."""
    printer = _printer(view)
    idle = isinstance(view.body, views.TechnicianView) and not view.body.busy
    return idle and printer is not None and printer.tested is not None
