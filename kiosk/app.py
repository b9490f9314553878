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
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from device_config.schema import TerminalConfig
from drivers.device import DeviceKind, Status
from drivers.ports import hotplug
from drivers.printers import receipt_layout
from kiosk import fitting, supervisor, told
from kiosk.bridge import Bridge
from kiosk.core import events
from kiosk.core.catalogue import Catalogue
from kiosk.core.legal_time import BEIJING
from kiosk.core.views import View
from kiosk.core.visit import beginning
from kiosk.services import trial
from kiosk.services.catalogue_store import CatalogueStore
from kiosk.services.days import Days
from kiosk.services.devices import Devices
from kiosk.services.documents import Documents
from kiosk.services.hands import AsyncHands, Equipment, Finder, Tools
from kiosk.services.ime import ImeError, PinyinInput
from kiosk.services.insight import Insight
from kiosk.services.intents import Intents
from kiosk.services.lamps import Lamps
from kiosk.services.left_cards import LeftCards
from kiosk.services.platform import HttpPlatform
from kiosk.services.platform_watch import PlatformWatch
from kiosk.services.report import Report
from kiosk.services.signed import trusted_keys
from kiosk.services.speech import Speech
from kiosk.services.staff import Staff
from kiosk.services.store import Store
from kiosk.services.telemetry import Telemetry
from kiosk.services.terminal import Terminal
from screens.glass import Glass, Usages

if TYPE_CHECKING:
    from screens.app import DoorstepApp  # the first import of Kivy is `open`'s


log = structlog.get_logger(__name__)

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
        self._finder = Finder()
        self._followers: list[Callable[[View], None]] = []
        self._up = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._core, name="core")
        # Set by the core's thread before `start` returns:
        self._loop: asyncio.AbstractEventLoop
        self._stopping: asyncio.Event
        self._report: Report
        self._insight: Insight
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
        config = self._config
        glass = Glass(
            scratch,
            config.resolution,
            fullscreen=config.screen.fullscreen,
            keypad=Usages(**config.keypad.model_dump()),
        )
        return self._bridge.open(glass)

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
        config, state, name = self._config, self._config.storage.state, self._config.terminal.id
        store = Store(state, now=_now)
        stack.push_async_callback(store.aclose)
        platform = self._platform()
        stack.push_async_callback(platform.aclose)
        intents = Intents(store, platform, terminal=name, now=_now, rng=self._rng)
        recovered = await intents.start()
        stack.push_async_callback(intents.stop)

        staff = Staff(store, told.pins(config))
        out_of_service = await staff.start()

        services = await self._begin_to_report(stack, intents)
        self._report.service(on=not out_of_service)
        for _ in recovered.prints:
            self._report.tell("print_unknown")

        fitted = fitting.fitted(config)
        equipment = fitting.equipment(fitted)
        devices = Devices(fitted, self._device_changed)
        stack.push_async_callback(devices.close)
        tools = Tools(
            devices=devices,
            equipment=equipment,
            platform=platform,
            intents=intents,
            documents=Documents(),
            finder=self._finder,
            report=self._report,
            staff=staff,
            insight=self._insight,
            restart=self.stop,
            origin=told.origin(config),
            now=_now,
            as_jpeg=fitting.as_jpeg,
            ime=self._input_method(stack),
        )
        hands = AsyncHands(tools)
        stack.push_async_callback(hands.settle)

        catalogues = self._catalogues()
        catalogue = catalogues.start()
        self._finder.use(catalogue)
        missing = fitting.not_fitted(fitted)
        journey = beginning(
            told.settings(config),
            catalogue,
            _now().date(),
            missing,
            out_of_service=out_of_service,
        )
        self._terminal = Terminal(journey, hands, self._publish)
        services |= self._open_bridge()
        services |= self._followers_of(equipment)
        services |= {
            "terminal": self._terminal.run,
            "days": Days(_now, self._day_began).run,
            "devices": devices.run,
            "hotplug": partial(hotplug.watch, devices.look_now),
            "platform": self._watch(platform, catalogues).run,
        }
        if interval := supervisor.watchdog_interval():
            services["watchdog"] = partial(supervisor.keep_alive, self._bridge.last_beat, interval)
        return services

    def _open_bridge(self) -> dict[str, supervisor.Run]:
        """The way to the screen, and the spoken voice where there is one."""
        section = self._config.speech
        if not section.fitted:
            self._bridge = Bridge(self._loop, self._terminal.post)
            return {}
        speech = Speech(fitting.voice(section), section.rate)
        self._bridge = Bridge(self._loop, self._terminal.post, speech.say)
        return {"speech": speech.run}

    def _platform(self) -> HttpPlatform:
        config = self._config
        return HttpPlatform(
            config.platform.url,
            terminal=config.terminal.id,
            rng=self._rng,
            timeouts=told.timeouts(config),
            certificates=told.certificates(config),
        )

    def _catalogues(self) -> CatalogueStore:
        return CatalogueStore(
            self._config.storage.state / "catalogue",
            trusted_keys(self._config.catalogue.keys),
            now=_now,
            trial=self._try_out,
            report=self._report.tell,
        )

    def _watch(self, platform: HttpPlatform, catalogues: CatalogueStore) -> PlatformWatch:
        return PlatformWatch(
            platform,
            catalogues,
            reachable=self._reachable,
            changed=self._catalogue_changed,
            in_visit=lambda: self._terminal.in_visit,
            interval=self._config.platform.interval,
        )

    def _input_method(self, stack: AsyncExitStack) -> PinyinInput | None:
        """Pinyin; without the packages for it there is no Chinese to be typed, and all else is."""
        scratch = self._config.storage.state / "ime"
        scratch.mkdir(exist_ok=True)
        try:
            ime = PinyinInput(scratch)
        except ImeError as error:
            log.warning("ime.missing", reason=str(error))
            return None
        stack.callback(ime.close)
        return ime

    async def _begin_to_report(
        self, stack: AsyncExitStack, intents: Intents
    ) -> dict[str, supervisor.Run]:
        """The line to the fleet, where there is one, and what a technician sees of it."""
        line = told.line(self._config)
        telemetry: Telemetry | None = None
        if line is not None:
            telemetry = Telemetry(line, self._config.storage.state / "telemetry.db")
            await telemetry.start()
            stack.push_async_callback(telemetry.stop)
        self._report = Report(telemetry, intents.pending)
        self._report.tell("started")
        self._insight = Insight(
            self._config.terminal.id,
            told.software(),
            pending=intents.pending,
            fleet=lambda: telemetry.line if telemetry else None,
            now=_now,
        )
        return {"telemetry": telemetry.run} if telemetry else {}

    def _followers_of(self, equipment: Equipment) -> dict[str, supervisor.Run]:
        """What follows the screens: lamps, and a look for a card that was left after each visit."""
        services: dict[str, supervisor.Run] = {}
        if equipment.cabinet is not None:
            lamps = Lamps(equipment.cabinet)
            self._followers.append(lamps.show)
            services["lamps"] = lamps.run
        readers = {"left-id-cards": equipment.id_cards, "left-social-cards": equipment.social_cards}
        for name, reader in readers.items():
            if reader is not None:
                left = LeftCards(reader, equipment.cabinet)
                self._followers.append(left.show)
                services[name] = left.run
        return services

    # --- what the services tell ---

    def _publish(self, view: View) -> None:
        self._bridge.publish(view)
        self._seen(view)
        self._report.screen(view.name)
        for follow in self._followers:
            follow(view)

    def _device_changed(self, kind: DeviceKind, status: Status) -> None:
        self._report.device(kind, status)
        self._terminal.post(events.DeviceChanged(kind, status))

    def _reachable(self, reachable: bool) -> None:  # noqa: FBT001 # told by its position
        self._report.platform(reachable=reachable)
        self._insight.platform(reachable=reachable)
        self._terminal.post(events.PlatformChanged(reachable))

    def _try_out(self, catalogue: Catalogue) -> None:
        """Before it comes into force, on a thread; what raises here does not."""
        trial.derive(catalogue)
        self._finder.try_out(catalogue)

    def _catalogue_changed(self, catalogue: Catalogue) -> None:
        self._finder.use(catalogue)
        self._terminal.post(events.CatalogueChanged(catalogue))

    def _day_began(self, today: date) -> None:
        self._terminal.post(events.DayBegan(today))


async def _warm_up() -> None:
    """Load what the first receipt needs, once the first screens are drawn."""
    await asyncio.sleep(WARM_UP)
    await asyncio.to_thread(receipt_layout.encode, [])


def _now() -> datetime:
    return datetime.now(BEIJING)
