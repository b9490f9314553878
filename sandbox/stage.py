"""A terminal with everything but its glass: real services, simulated devices, a real platform."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from device_config import devices, schema
from kiosk.app import Kiosk
from kiosk.core import events, views
from kiosk.core.events import Intent
from kiosk.core.views import View
from sandbox import fitted
from sandbox.network import Network
from sandbox.platform.offer import PROOF_CODE
from sandbox.platform.server import PlatformServer
from sandbox.world import World

B = TypeVar("B")

PATIENCE = 20.0  # seconds until a view that should come is missed


class MissedError(AssertionError):
    """A view did not come; the message says what was there instead."""


def config_of(home: Path, platform: str, **sections: Any) -> schema.TerminalConfig:  # noqa: ANN401 # as the schema has them
    """A village terminal whose devices hang below `home`."""
    return schema.TerminalConfig(
        **{
            "terminal": schema.Terminal(
                id="test-0001",
                name=schema.Bilingual(zh="家门口", en="Doorstep"),
                place=schema.Bilingual(zh="柳湖村", en="Liuhu Village"),
                region="990000000000",
                orientation="portrait",
                attendant_phone="0394-9900000",
            ),
            "platform": schema.Platform(url=platform, timeout=2.0, interval=1.0),
            "storage": schema.Storage(state=home / "state"),
            "id_card_reader": devices.IdCardReader(fitted=True, port=str(home / "id-card")),
            "receipt_printer": devices.ReceiptPrinter(
                fitted=True, port=str(home / "receipt-printer")
            ),
        }
        | sections
    )


class Stage:
    """One terminal from start to stop, with a catalogue from the first moment on.

    `devices` are those it has beside an ID-card reader and a receipt printer, by their names in
    `fitted.SECTIONS`. With a `network` it reaches the platform through that alone. `touch` asks,
    `see` waits for what is shown.
    """

    def __init__(
        self,
        home: Path,
        *,
        devices: Iterable[str] = (),
        platform: PlatformServer | None = None,
        network: Network | None = None,
        **sections: Any,  # noqa: ANN401 # as config_of has them
    ) -> None:
        self._home = home
        self._devices = tuple(devices)
        self._sections = sections
        self._shared = platform
        self._network = network
        self._stack = ExitStack()
        self.shown: list[View] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.platform = self._shared or stack.enter_context(PlatformServer())
            world = World(
                self._home,
                platform=self.platform.address,
                baud=None,
                devices=self._devices,
                places=fitted.places(self._devices),
                around={"network": self._network.actor} if self._network else {},
            )
            self.world = stack.enter_context(world)
            there = self.platform.address
            self._reached = self._network.to(there) if self._network else there
            self._start()
            stack.callback(lambda: self.kiosk.shut_down())  # noqa: PLW0108 # of the last start
            self.see(views.AttractView, lambda attract: attract.closed is None)
            self._stack = stack.pop_all()
        return self

    def _start(self) -> None:
        sections: dict[str, Any] = {
            "catalogue": schema.Catalogue(keys=(self.platform.catalogue_key,)),
            **fitted.sections(self.world.devices),
            **self._sections,
        }
        config = config_of(self._home, self._reached, **sections)
        self.kiosk = Kiosk(config, self.shown.append)
        self.kiosk.start()

    def restart(self) -> None:
        """Switch the terminal off and on; the world around it stays."""
        self.kiosk.shut_down()
        self._start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def touch(self, *intents: Intent) -> None:
        """What the screen would ask for."""
        for intent in intents:
            self.kiosk.emit(intent)

    def see(self, body: type[B], when: Callable[[B], object] = lambda _: True) -> B:
        """The newest view's body, once it is of that kind and as wanted."""
        deadline = time.monotonic() + PATIENCE
        while True:
            now = self.shown[-1].body if self.shown else None
            if isinstance(now, body) and when(now):
                return now
            if time.monotonic() > deadline:
                raise MissedError(f"{body.__name__} did not come; there is {now}")
            time.sleep(0.005)

    def open(self, code: str = PROOF_CODE) -> views.NoticeView:
        """From nobody to the notice of an item."""
        item = self.platform.office.catalogue.item(code)
        self.touch(events.Start())
        self.see(views.HomeView)
        self.touch(events.Browse(item.category if item else None))
        self.see(views.ListingView)
        self.touch(events.Choose(code))
        return self.see(views.NoticeView, lambda notice: notice.why_not is None)

    def go_to_reader(self, code: str = PROOF_CODE) -> None:
        """From nobody to the screen that asks who is there."""
        self.open(code)
        self.touch(events.Continue())
        self.see(views.IdentifyView)
