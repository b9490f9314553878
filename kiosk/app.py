"""The composition root of the terminal: builds everything, in order, and stops it in reverse.

Kivy's loop has the main thread (`Kiosk.run`). The core's asyncio loop has a second one, where
`_serve` and `_build` read from top to bottom.
"""

from __future__ import annotations

import asyncio
import random
import signal
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from device_config.schema import TerminalConfig
from drivers.device import DeviceKind, IdCardReader, ReceiptPrinter, Status
from drivers.ports import hotplug
from drivers.printers import receipt_layout
from kiosk import fitting, supervisor
from kiosk.bridge import Bridge
from kiosk.core import events, scenes
from kiosk.core.catalogue import Catalogue, Language, Text
from kiosk.core.views import View
from kiosk.services.catalogue_store import CatalogueStore, PlatformWatch
from kiosk.services.devices import Devices
from kiosk.services.documents import Documents
from kiosk.services.hands import AsyncHands, Tools
from kiosk.services.intents import Intents
from kiosk.services.platform import HttpPlatform
from kiosk.services.receipts import Origin
from kiosk.services.report import Report
from kiosk.services.store import Store
from kiosk.services.telemetry import Telemetry, TelemetryConfig, Tls
from kiosk.services.terminal import Terminal
from kiosk.wire import Labels
from screens.glass import Glass

if TYPE_CHECKING:
    from screens.app import DoorstepApp  # the first import of Kivy is `open`'s


WARM_UP = 3.0  # seconds after the start, so that the first frame does not wait for it


class Kiosk:
    """One terminal, from its configuration: `start`, then `open` and `run` on the main thread.

    `seen` is told every view too, on the core's thread; a terminal that is never opened is run by
    `emit` and `shut_down` alone.
    """

    def __init__(
        self, config: TerminalConfig, seen: Callable[[View], None] = lambda _: None
    ) -> None:
        self._config = config
        self._seen = seen
        self._rng = random.SystemRandom()
        self._up = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._core, name="core")
        # Set by the core's thread before `start` returns:
        self._loop: asyncio.AbstractEventLoop
        self._stopping: asyncio.Event
        self._report: Report
        self._terminal: Terminal
        self._bridge: Bridge

    def start(self) -> None:
        """Start every service; whatever keeps one of them from starting is raised here."""
        self._thread.start()
        self._up.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def open(self, scratch: Path) -> DoorstepApp:
        """Open the window; `scratch` is a directory of its own that outlives `run`."""
        fullscreen = self._config.screen.fullscreen
        return self._bridge.open(Glass(scratch, self._config.resolution, fullscreen=fullscreen))

    def run(self, app: DoorstepApp) -> None:
        """Show the screens until `stop`, SIGTERM or SIGINT; then stop everything in reverse."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        try:
            app.run()
        finally:
            self.shut_down()

    def emit(self, intent: events.Intent) -> None:
        """Bring in what a touch asked for. Any thread may call it."""
        self._bridge.emit(intent)

    def shut_down(self) -> None:
        """Stop every service; returns when the last one has stopped."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def stop(self) -> None:
        """Close the window; `run` returns once everything is stopped. Any thread may call it."""
        self._bridge.stop()

    # --- the core's thread ---

    def _core(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 # raised again by start
            self._failure = error
        finally:
            self._up.set()

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        async with AsyncExitStack() as stack:
            services = await self._build(stack)
            tasks = [
                asyncio.create_task(supervisor.keep_running(name, run, self._rng), name=name)
                for name, run in services.items()
            ]
            self._up.set()
            supervisor.notify("READY=1")
            tasks.append(asyncio.create_task(_warm_up(), name="warm-up"))
            await self._stopping.wait()
            supervisor.notify("STOPPING=1")
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _build(self, stack: AsyncExitStack) -> dict[str, supervisor.Run]:
        """Everything, from the disk up to the screen; `stack` takes it down again in reverse."""
        config, place = self._config, self._config.terminal
        store = Store(config.storage.state, now=_now)
        stack.push_async_callback(store.aclose)
        platform = HttpPlatform(config.platform.url, timeout=config.platform.timeout)
        stack.push_async_callback(platform.aclose)
        intents = Intents(store, platform, terminal=place.id, now=_now, rng=self._rng)
        recovered = await intents.start()
        stack.push_async_callback(intents.stop)

        telemetry = _telemetry(config)
        if telemetry is not None:
            await telemetry.start()
            stack.push_async_callback(telemetry.stop)
        self._report = Report(telemetry, intents.pending)
        self._report.tell("started")
        for _ in recovered.prints:
            self._report.tell("print_unknown")

        fitted = fitting.fitted(config)
        devices = Devices(fitted, self._device_changed)
        stack.push_async_callback(devices.close)
        hands = AsyncHands(
            Tools(
                devices=devices,
                reader=fitting.the(fitted, DeviceKind.ID_CARD_READER, IdCardReader),
                printer=fitting.the(fitted, DeviceKind.RECEIPT_PRINTER, ReceiptPrinter),
                intents=intents,
                documents=Documents(),
                report=self._report,
                origin=Origin(
                    place.id,
                    Text(place.place.zh, place.place.en),
                    place.hotline,
                    _paper(config),
                ),
                now=_now,
            )
        )
        stack.push_async_callback(hands.settle)
        catalogues = CatalogueStore(config.storage.state / "catalogue.json")
        journey = scenes.beginning(_settings(config), catalogues.load())
        self._terminal = Terminal(journey, hands, self._publish)
        self._bridge = Bridge(self._loop, self._terminal.post)
        watch = PlatformWatch(platform, catalogues, self._reachable, self._catalogue_changed)
        services: dict[str, supervisor.Run] = {
            "terminal": self._terminal.run,
            "devices": devices.run,
            "hotplug": partial(hotplug.watch, devices.look_now),
            "platform": watch.run,
        }
        if telemetry is not None:
            services["telemetry"] = telemetry.run
        if interval := supervisor.watchdog_interval():
            services["watchdog"] = partial(supervisor.keep_alive, self._bridge.last_beat, interval)
        return services

    # --- what the services tell ---

    def _publish(self, view: View) -> None:
        self._bridge.publish(view)
        self._seen(view)
        self._report.screen(view.name)

    def _device_changed(self, kind: DeviceKind, status: Status) -> None:
        self._report.device(kind, status)
        self._terminal.post(events.DeviceChanged(kind, status))

    def _reachable(self, reachable: bool) -> None:  # noqa: FBT001 # told by its position
        self._report.platform(reachable=reachable)
        self._terminal.post(events.PlatformChanged(reachable))

    def _catalogue_changed(self, catalogue: Catalogue) -> None:
        self._terminal.post(events.CatalogueChanged(catalogue))


async def _warm_up() -> None:
    """Load what the first receipt needs, once the first screens are drawn."""
    await asyncio.sleep(WARM_UP)
    await asyncio.to_thread(receipt_layout.encode, [])


def _now() -> datetime:
    return datetime.now().astimezone()


def _settings(config: TerminalConfig) -> scenes.Settings:
    terminal, timeouts = config.terminal, config.timeouts
    return scenes.Settings(
        place={Language.CHINESE: terminal.place.zh, Language.ENGLISH: terminal.place.en},
        hotline=terminal.hotline,
        attendant_phone=terminal.attendant_phone,
        language=Language(terminal.default_language),
        idle=timeouts.idle,
        warning=timeouts.warning,
    )


def _paper(config: TerminalConfig) -> receipt_layout.Paper:
    printer = config.receipt_printer
    return receipt_layout.Paper(printer.width_dots, printer.text, printer.qr)


def _telemetry(config: TerminalConfig) -> Telemetry | None:
    if config.mqtt is None:
        return None
    mqtt, terminal = config.mqtt, config.terminal
    told = TelemetryConfig(
        terminal=terminal.id,
        labels=Labels(
            name_zh=terminal.name.zh,
            name_en=terminal.name.en,
            place_zh=terminal.place.zh,
            place_en=terminal.place.en,
        ),
        software=version("doorstep"),
        host=mqtt.host,
        port=mqtt.port,
        heartbeat=mqtt.heartbeat,
        tls=Tls(mqtt.tls.ca, mqtt.tls.cert, mqtt.tls.key) if mqtt.tls else None,
    )
    return Telemetry(told, config.storage.state / "telemetry.db")
