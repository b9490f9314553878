"""The demonstration: one whole terminal, its platform, its broker and its fleet."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson

from kiosk.core.catalogue import Language
from kiosk.services.documents import Documents
from kiosk.services.platform.messages import CertificateMessage
from sandbox import browser, dock, fitted, options, staff
from sandbox import voice as voices
from sandbox.broker import Broker
from sandbox.control import ControlServer, ask
from sandbox.devices.receipt_paper import render
from sandbox.devices.simulator import Actor
from sandbox.display import VirtualDisplay
from sandbox.hand import by_option
from sandbox.keypad import Keypad
from sandbox.network import HERE, Network
from sandbox.platform.areas import open_registry
from sandbox.processes import Child, ChildError, Children
from sandbox.recording import Recorder
from sandbox.shared_time import SharedTime
from sandbox.visits import visits_option
from sandbox.voice import SpeechDaemon
from sandbox.watch import Watch
from sandbox.world import World

BIN = Path(sys.executable).parent
PLACE = {"zh": "柳湖村党群服务中心", "en": "Liuhu Village Service Centre"}
OPERATOR = "operator"
MARGIN = 80  # pixels that bars and frames of a desktop take
INTERVAL = 3.0  # seconds between two looks at the platform: those who look on do not wait longer
SMALLEST = 480  # pixels: a smaller window could not be read


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything of a running demonstration is found."""

    home: Path
    platform: str
    broker: Broker
    fleet: str
    login: str
    world: World
    control: Path
    config: Path
    environment: Mapping[str, str]
    voice: SpeechDaemon | None


@dataclass(frozen=True, slots=True)
class Played:
    """Which visits are played, in what language, and what chooses on the screen."""

    language: str
    visits: tuple[str, ...]
    by: str

    @property
    def options(self) -> list[str]:
        """The same on the command line of `sandbox play`."""
        scripts = [word for visit in self.visits for word in ("--visit", visit)]
        return ["--language", self.language, "--by", self.by, *scripts]


@click.command()
@click.option("--once", is_flag=True, help="Play scripted visits by real touches, then end.")
@click.option("--headless", is_flag=True, help="Show nothing here: use a screen of its own.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where pictures and papers are left.",
)
@click.option("--landscape", is_flag=True, help="A lying screen, 1920 by 1080.")
@options.language
@visits_option
@by_option
def demo(
    *,
    once: bool,
    headless: bool,
    out: Path,
    landscape: bool,
    language: str,
    visits: Sequence[str],
    by: str,
) -> None:
    """Show one whole terminal and its fleet with simulated hardware.

    With --once the exit status is 0 only if the visit ended well. Ctrl-C ends everything that was
    started, and nothing else.
    """
    out.mkdir(parents=True, exist_ok=True)
    size = (1920, 1080) if landscape else (1080, 1920)
    signal.signal(signal.SIGTERM, _interrupt)
    with ExitStack() as stack:
        try:
            there = None if headless or once else os.environ.get("DISPLAY")
            room = geometry(there) if there else size
            if there:
                size = fitting(size, room)
            display = there or stack.enter_context(VirtualDisplay(*size)).name
            stage, children = _set_up(stack, size, display, out, audible=bool(there))
            if once:
                good = _once(stage, children, out, Played(language, tuple(visits), by))
            else:
                if there:
                    _show_dock(stage, children, left=size[0], room=room)
                else:
                    stack.enter_context(Watch(display, out / "screen.png"))
                    click.echo(f"There is no display here. The screen: {out / 'screen.png'}")
                good = _stay(stage, children, out)
        except ChildError as error:
            click.echo(f"demo: {error}", err=True)
            good = False
        except KeyboardInterrupt:
            click.echo("\ndemo: ending everything it started")
            good = not once
    sys.exit(0 if good else 1)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def geometry(display: str) -> tuple[int, int]:
    """How large a display is, in pixels. ChildError when there is none."""
    ask = ["xdotool", "getdisplaygeometry"]
    environment = {**os.environ, "DISPLAY": display}
    done = subprocess.run(ask, capture_output=True, text=True, check=False, env=environment)
    words = done.stdout.split()
    if len(words) != 2:
        raise ChildError(f"display {display} can not be opened; use --headless")
    return int(words[0]), int(words[1])


def fitting(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """The terminal's window as large as it can be with the dock beside it, in its own shape."""
    wide, high = room[0] - dock.WIDTH - MARGIN, room[1] - MARGIN
    scale = min(1.0, wide / size[0], high / size[1])
    scale = max(scale, SMALLEST / min(size))
    return round(size[0] * scale), round(size[1] * scale)


def _show_dock(stage: Stage, children: Children, left: int, room: tuple[int, int]) -> None:
    command: list[str | Path] = [BIN / "sandbox", "dock", "--control", stage.control]
    place = "--left", str(left + MARGIN // 4), "--height", str(room[1] - MARGIN)
    children.start("dock", [*command, *place])


def _set_up(
    stack: ExitStack, size: tuple[int, int], display: str, out: Path, *, audible: bool
) -> tuple[Stage, Children]:
    """Start what is around the terminal, each on a free port of loopback."""
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="doorstep-demo-")))
    broker = stack.enter_context(Broker(home / "broker"))
    voice, speech = _voice(stack, audible=audible)  # it outlives the terminal that speaks by it
    children = stack.enter_context(Children(home, {"DISPLAY": display}))
    database = f"sqlite:///{home / 'fleet.db'}"
    shared = SharedTime(home)
    serve: list[str | Path] = [BIN / "sandbox", "platform", "--database", home / "platform.db"]
    platform = children.start("platform", serve, **shared.environment)
    fleet = children.start("fleet", _fleet(database, broker))
    address = platform.says("platform: ")
    key = platform.says("catalogue key: ")
    fleet_address = fleet.says("fleet: ")
    login = _login(children, database, fleet_address)
    network = stack.enter_context(Network())
    around = {"network": network.actor, "time": shared.actor, "keypad": Keypad(display).actor}
    around["touch"] = Actor("TAG", lambda words: ask(home / "glass", " ".join(words)))
    world = World(home, platform=address, devices=fitted.at_hand(), around=around)
    stack.enter_context(world)
    control = _listen(stack, world, home / "control", out)
    reached = network.to(address), network.line(broker.host, broker.port)
    config = home / "kiosk.toml"
    text = terminal_config(home, size, reached[0], key, reached[1])
    text += speech
    config.write_text(text + fitted.as_toml(world.devices), encoding="utf-8")
    environment = {**fitted.environment(world.devices), **shared.environment}
    stage = Stage(
        home, address, broker, fleet_address, login, world, control, config, environment, voice
    )
    return stage, children


def _voice(stack: ExitStack, *, audible: bool) -> tuple[SpeechDaemon | None, str]:
    """A voice for the terminal, and its section: this machine's own, or one that is kept."""
    if voices.missing():
        return None, ""
    if audible:
        return None, "[speech]\nfitted = true\n\n"
    voice = stack.enter_context(SpeechDaemon())
    voice.start()
    return voice, f'[speech]\nfitted = true\nsocket = "{voice.socket}"\n\n'


def _listen(stack: ExitStack, world: World, control: Path, out: Path) -> Path:
    """Have the world do and record what its control line is told."""
    recorder = Recorder(world.act, out.resolve())
    stack.callback(recorder.close)
    stack.enter_context(ControlServer(control, recorder.act))
    return control


def _fleet(database: str, broker: Broker) -> list[str | Path]:
    where = f"{broker.host}:{broker.port}"
    return [BIN / "fleet", "serve", "--port", "0", "--database", database, "--broker", where]


def _login(children: Children, database: str, address: str) -> str:
    """A one-time link that signs an operator in."""
    add = children.start("user", [BIN / "fleet", "user", "add", OPERATOR, "--database", database])
    add.process.wait()
    link = ["user", "login-link", OPERATOR, "--database", database, "--address", address]
    return children.start("login-link", [BIN / "fleet", *link]).says()


def terminal_config(home: Path, size: tuple[int, int], platform: str, key: str, broker: int) -> str:
    """The terminal's configuration: what a technician would write; `broker` is its port."""
    return f"""
[terminal]
id = "demo-0001"
name = {{ zh = "家门口政务服务站", en = "Doorstep Service Point" }}
place = {{ zh = "{PLACE["zh"]}", en = "{PLACE["en"]}" }}
region = "990000000000"
orientation = "{"portrait" if size[0] < size[1] else "landscape"}"
attendant_phone = "0394-9900000"

[platform]
url = "{platform}"
interval = {INTERVAL}

[catalogue]
keys = ["{key}"]

[storage]
state = "{home / "state"}"

[mqtt]
host = "{HERE}"
port = {broker}

[screen]
width = {size[0]}
height = {size[1]}
fullscreen = false

{staff.as_toml()}"""


def _once(stage: Stage, children: Children, out: Path, played: Played) -> bool:
    """The scripted visits; what they left is put into `out`."""
    options: list[str | Path] = ["--config", stage.config, "--control", stage.control, "--out", out]
    play = [BIN / "sandbox", "play", *options, *played.options, "--hold"]
    terminal = children.start("terminal", play, **stage.environment)
    terminal.says("the visit has ended", within=180.0 * len(played.visits))
    visit = _visit(out)
    (out / "receipt.bin").write_bytes(stage.world.printer.printed)
    render(stage.world.printer.printed).save(out / "receipt.png")
    _keep_certificate(stage.home / "platform.db", played.language, out / "certificate.pdf")
    if stage.voice is not None:
        voices.keep(stage.voice, out)
    if browser.installed():
        browser.photograph(stage.login, PLACE["zh"], out / "fleet.png")
    terminal.process.terminate()
    terminal.process.wait()
    _keep_logs(stage, out)
    for step in visit["steps"]:
        click.echo(f"{step['milliseconds']:8.1f} ms  {step['did']:28} -> {step['screen']}")
    if visit["trouble"]:
        click.echo(f"demo: the visit did not end well: {visit['trouble']}", err=True)
    click.echo(f"demo: pictures and papers are in {out}")
    return bool(visit["ended_well"]) and terminal.process.returncode == 0


def _keep_certificate(registry: Path, language: str, to: Path) -> None:
    """The certificate that the platform issued last, typeset as the terminal does it."""
    newest = "SELECT body FROM certificate ORDER BY rowid DESC LIMIT 1"
    with open_registry(registry).reading() as transaction:
        row = transaction.one(newest)
    if row is not None:
        certificate = CertificateMessage.model_validate_json(str(row[0])).value()
        typeset = Documents().certificate_pdf(certificate, Language(language))
        to.write_bytes(asyncio.run(typeset))


def _visit(out: Path) -> dict[str, Any]:
    try:
        visit: dict[str, Any] = orjson.loads((out / "visit.json").read_bytes())
    except FileNotFoundError:
        return {"steps": [], "trouble": "the terminal did not start; see terminal.log"}
    return visit


def _keep_logs(stage: Stage, out: Path) -> None:
    for log in stage.home.glob("*.log"):
        shutil.copy(log, out / log.name)


def _stay(stage: Stage, children: Children, out: Path) -> bool:
    """Until the terminal is closed or Ctrl-C."""
    run: list[str | Path] = [BIN / "sandbox", "terminal", "--config", stage.config]
    run += ["--control", stage.control, "--glass", stage.home / "glass"]
    terminal = children.start("terminal", run, **stage.environment)
    click.echo(
        f"\nFleet page:   {stage.fleet}"
        f"\nLog in once:  {stage.login}"
        f"\nPlatform:     {stage.platform}"
        f"\nAct on it:    {BIN / 'sandbox'} act card wang --control {stage.control}"
        f"\nCtrl-C ends everything.\n"
    )
    return _until_closed(terminal, stage, out)


def _until_closed(terminal: Child, stage: Stage, out: Path) -> bool:
    try:
        status = terminal.process.wait()
    finally:
        _keep_logs(stage, out)
    if status:
        click.echo(f"demo: the terminal ended with {status}; see {out / 'terminal.log'}", err=True)
    return status == 0
