"""The monitor as it is run: a real process, a real broker, real terminals, a real browser."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import paho.mqtt.publish as mqtt_publish
import pytest
from playwright.async_api import Page, async_playwright, expect

from drivers.device import DeviceKind, PaperOut, Ready, Status
from kiosk import wire
from kiosk.services.telemetry import Telemetry, TelemetryConfig
from sandbox import browser
from sandbox.broker import Broker
from sandbox.processes import Child, Children

pytestmark = pytest.mark.timeout(120)

FLEET = Path(sys.executable).parent / "fleet"
LABELS = wire.Labels(name_zh="家门口", name_en="Doorstep", place_zh="柳湖村", place_en="Liuhu")


@dataclass(frozen=True)
class Fleet:
    """A running monitor."""

    address: str
    database: str
    broker: Broker
    child: Child
    home: Path

    def command(self, *words: str) -> str:
        """What a `fleet` command prints."""
        done = subprocess.run(
            [FLEET, *words, "--database", self.database], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def link(self) -> str:
        """A login link for the operator."""
        return self.command("user", "login-link", "operator", "--address", self.address)

    def terminal(self, name: str = "test-1") -> Telemetry:
        """A terminal that reports here."""
        config = TelemetryConfig(name, LABELS, "0.1", self.broker.host, self.broker.port)
        return Telemetry(config, self.home / f"{name}.db")


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    """A monitor with one account, and its broker."""
    database = f"sqlite:///{tmp_path / 'fleet.db'}"
    with Broker(tmp_path / "broker") as broker, Children(tmp_path) as children:
        where = f"{broker.host}:{broker.port}"
        serve: list[str | Path] = [
            FLEET,
            "serve",
            "--port",
            "0",
            "--database",
            database,
            "--broker",
            where,
        ]
        child = children.start("fleet", serve)
        address = child.says("fleet: ")
        running = Fleet(address, database, broker, child, tmp_path)
        running.command("user", "add", "operator")
        yield running


@asynccontextmanager
async def page_of(fleet: Fleet, locale: str = "zh-CN") -> AsyncIterator[Page]:
    """An operator's browser, logged in."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=browser.CHROMIUM, args=list(browser.FLAGS)
        )
        page = await chromium.new_page(locale=locale)
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(fleet.link())
        yield page
        await chromium.close()
        assert not [trouble for trouble in troubles if "Failed to load" not in trouble]


def say(terminal: Telemetry, printer: Status, screen: str = "attract") -> None:
    """What a terminal says of its printer."""
    devices = {DeviceKind.ID_CARD_READER: Ready(), DeviceKind.RECEIPT_PRINTER: printer}
    terminal.health(devices, screen=screen, pending=0, platform_reachable=True)


async def test_a_change_is_on_the_open_page_without_a_reload(fleet: Fleet) -> None:
    """A terminal appears by itself, and an empty printer is a word on the page at once."""
    async with page_of(fleet) as page:
        await expect(page.get_by_text("还没有终端上线")).to_be_visible()
        terminal = fleet.terminal()
        say(terminal, Ready())
        await terminal.start()
        await expect(page.get_by_text("柳湖村").first).to_be_visible(timeout=10_000)
        await expect(page.locator("tbody .verdict")).to_have_text("在线")
        say(terminal, PaperOut())
        await expect(page.get_by_text("缺纸")).to_be_visible()
        terminal.event("help_called", screen="home")
        await expect(page.get_by_text("有人求助")).to_be_visible()
        terminal.event("catalogue_refused", reason="tampered", digest="0123456789ab")
        await expect(page.get_by_text("签名不符 · 摘要 0123456789ab")).to_be_visible()
        await terminal.stop()
        await expect(page.locator("tbody .verdict")).to_have_text("离线")


def crowd(fleet: Fleet, *names: str, printer: str = "ready", seq: int = 1) -> None:
    """Many terminals say at once that they are there and how their printer is."""
    boot, now = "00000000-0000-4000-8000-000000000000", time.time()
    state = wire.State(
        online=True, session_id=boot, boot_id=boot, connect_ts=now, software="0.1", labels=LABELS
    )
    health = wire.Health(
        boot_id=boot,
        seq=seq,
        sent_at=now,
        uptime_ms=1000 * seq,
        screen="attract",
        platform_reachable=True,
        pending=0,
        devices=(wire.DeviceState(kind="receipt_printer", state=printer, since=now),),
    )
    messages: mqtt_publish.MessagesList = []
    for name in names:
        messages.append((wire.topic(name, "state"), wire.encode(state), 1, True))
        messages.append((wire.topic(name, "health"), wire.encode(health), 1, False))
    mqtt_publish.multiple(messages, hostname=fleet.broker.host, port=fleet.broker.port)


async def test_whoever_becomes_worse_moves_to_an_earlier_page(fleet: Fleet) -> None:
    """Page by page the worst first, also while pages are open: nobody is on two, nobody on none."""
    everybody = [f"t-{number:02}" for number in range(60)]
    crowd(fleet, *everybody)
    async with page_of(fleet) as first, page_of(fleet) as second:
        await expect(first.locator("tbody tr")).to_have_count(50, timeout=10_000)
        await first.get_by_text("第 1 页，共 2 页").wait_for()
        await second.goto(f"{fleet.address}/?page=1")
        await expect(second.locator("#terminal-t-57")).to_be_visible()
        crowd(fleet, "t-57", printer="paper_out", seq=2)
        await expect(first.locator("tbody tr").first).to_have_id("terminal-t-57")
        await expect(second.locator("#terminal-t-57")).to_have_count(0)
        rows = [
            identity
            for page in (first, second)
            for row in await page.locator("tbody tr").all()
            if (identity := await row.get_attribute("id"))
        ]
        assert sorted(rows) == [f"terminal-{name}" for name in everybody]


def test_nonsense_in_an_address_is_said_in_words(fleet: Fleet) -> None:
    """A page that is no number is refused with a sentence, not with a list of fields."""
    answer = httpx.get(f"{fleet.address}/?page=x", headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert "can not be understood" in answer.text


async def test_the_page_speaks_english_to_those_who_prefer_it(fleet: Fleet) -> None:
    """An English browser gets English; one touch changes it, and it stays changed."""
    async with page_of(fleet, "en-GB") as page:
        await expect(page.get_by_role("heading", name="Terminals")).to_be_visible()
        await page.get_by_text("中文").click()
        await page.goto(fleet.address)
        await expect(page.get_by_role("heading", name="终端")).to_be_visible()


async def test_a_terminal_that_is_killed_is_down_and_never_active(
    fleet: Fleet, tmp_path: Path
) -> None:
    """SIGKILL says nothing: the will does, and the page shows the terminal down."""
    script = tmp_path / "terminal.py"
    script.write_text(
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from drivers.device import DeviceKind, Ready\n"
        "from kiosk import wire\n"
        "from kiosk.services.telemetry import Telemetry, TelemetryConfig\n"
        "labels = wire.Labels(name_zh='a', name_en='a', place_zh='远村', place_en='Far')\n"
        "async def main():\n"
        "    config = TelemetryConfig('far-1', labels, '0.1', sys.argv[1], int(sys.argv[2]))\n"
        "    line = Telemetry(config, Path(sys.argv[3]))\n"
        "    line.health({DeviceKind.ID_CARD_READER: Ready()}, screen='attract', pending=0,\n"
        "                platform_reachable=True)\n"
        "    await line.start()\n"
        "    await line.run()\n"
        "asyncio.run(main())\n",
        encoding="utf-8",
    )
    where = [fleet.broker.host, str(fleet.broker.port), str(tmp_path / "far.db")]
    async with page_of(fleet) as page:
        process = await asyncio.create_subprocess_exec(sys.executable, script, *where)
        try:
            await expect(page.locator("tbody .verdict")).to_have_text("在线", timeout=20_000)
        finally:
            process.kill()
            await process.wait()
        await expect(page.locator("tbody .verdict")).to_have_text("离线", timeout=40_000)


async def test_a_broker_that_goes_is_said_and_forgotten_when_it_is_back(fleet: Fleet) -> None:
    """The page says that what it shows may be old, and takes it back by itself."""
    async with page_of(fleet) as page:
        await expect(page.locator("#broker")).to_be_hidden()
        fleet.broker.stop()
        await expect(page.locator("#broker")).to_be_visible(timeout=30_000)
        fleet.broker.start()
        await expect(page.locator("#broker")).to_be_hidden(timeout=30_000)


def test_a_login_link_opens_the_door_once(fleet: Fleet) -> None:
    """The second use is refused in words, and nothing is shown without a session."""
    link = fleet.link()
    with httpx.Client(follow_redirects=True) as operator, httpx.Client() as stranger:
        assert "终端监控" in operator.get(link).text
        assert operator.get(fleet.address).status_code == 200
        used = stranger.get(link)
        assert (used.status_code, "已经用过" in used.text) == (401, True)
        assert stranger.get(fleet.address).headers["location"] == "/login"
        assert stranger.get(f"{fleet.address}/live").status_code == 401


def test_forms_of_other_sites_are_refused(fleet: Fleet) -> None:
    """A form that did not come from our own page logs nobody in or out."""
    form = {"name": "operator", "password": "x"}
    for headers in ({}, {"Origin": "http://elsewhere.example"}):
        answer = httpx.post(f"{fleet.address}/login", data=form, headers=headers)
        assert answer.status_code == 403


def test_passwords_are_not_guessed_at_leisure(fleet: Fleet) -> None:
    """Wrong passwords are refused, the same for unknown accounts, and slowed down after ten."""
    headers = {"Origin": fleet.address}
    answers = [
        httpx.post(
            f"{fleet.address}/login",
            data={"name": name, "password": "guess"},
            headers=headers,
            timeout=30,
        ).status_code
        for name in ["operator", "nobody"] * 6
    ]
    assert answers == [401] * 10 + [429] * 2


def test_every_answer_forbids_what_it_does_not_need(fleet: Fleet) -> None:
    """Pages, errors and files carry a policy without inline scripts."""
    for path in ("/login", "/nowhere", "/static/fleet.js"):
        headers = httpx.get(fleet.address + path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


async def test_nonsense_on_the_broker_hurts_nobody(fleet: Fleet) -> None:
    """Messages that do not fit are passed over; the next terminal is seen."""
    for topic, payload in (
        ("kiosk/v1/up/x/health", b"\xff\x00"),
        ("kiosk/v1/up/x/state", b"{}"),
        ("kiosk/v1/up/y/nothing", b"{}"),
    ):
        mqtt_publish.single(
            topic, payload, qos=1, hostname=fleet.broker.host, port=fleet.broker.port
        )
    terminal = fleet.terminal()
    say(terminal, Ready())
    await terminal.start()
    async with page_of(fleet) as page:
        await expect(page.locator("tbody tr")).to_have_count(1, timeout=10_000)
    await terminal.stop()


async def test_it_stops_when_told_even_with_pages_open(fleet: Fleet) -> None:
    """SIGTERM ends it cleanly while somebody watches."""
    async with page_of(fleet) as page:
        await expect(page.locator("#live")).to_have_text("实时")
        fleet.child.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(fleet.child.process.wait, 20) == 0
        await expect(page.locator("#live")).to_have_text(re.compile("中断"), timeout=10_000)


def test_mistakes_of_usage_are_said_in_words(fleet: Fleet, tmp_path: Path) -> None:
    """A taken port, a bad database, an unknown account: what, where, what to do; no traceback."""
    port = fleet.address.rpartition(":")[2]
    cases = {
        ("serve", "--port", port, "--database", fleet.database): (1, "choose another --port"),
        ("serve", "--broker", "nowhere"): (2, "HOST:PORT"),
        ("user", "add", "x", "--database", f"sqlite:///{tmp_path}/no/x.db"): (1, "can not be used"),
        ("user", "login-link", "x", "--database", fleet.database): (1, "fleet user add x"),
        ("user", "add", "operator", "--database", fleet.database): (1, "already"),
    }
    for words, (status, said) in cases.items():
        done = subprocess.run([FLEET, *words], capture_output=True, text=True, check=False)
        assert (done.returncode, said in done.stderr) == (status, True), done.stderr
        assert "Traceback" not in done.stderr
