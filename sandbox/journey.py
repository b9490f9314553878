"""Plays one item on a whole terminal without glass: real services, simulated devices, real HTTP.

It is the command `kiosk journey`, which is there where the sandbox is installed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import httpx
import orjson

from kiosk.core import events, views
from kiosk.core.catalogue import Catalogue, Language
from kiosk.core.identity import Means
from kiosk.core.views import View
from kiosk.logs import set_up_logs
from sandbox import options
from sandbox.applicant import Act, Applicant, Deed, Send, Touch
from sandbox.platform import content
from sandbox.residents import RESIDENTS, find

if TYPE_CHECKING:
    from sandbox.stage import Stage  # a whole terminal: for the command alone

DEVICES = ("face-camera", "document-camera", "barcode-newland")
PATIENCE = 30.0  # seconds until a screen that should come is missed
ENDS = frozenset({"farewell", "fault"})


@dataclass(slots=True)
class Step:
    """One screen: what was done on it, and how long it was there."""

    screen: str
    did: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(slots=True)
class Played:
    """How an item went. `touches` are those up to the result, without the keys of a keyboard."""

    item: str
    name: str
    language: str
    ended_well: bool = False
    trouble: str | None = None
    number: str | None = None
    touches: int = 0
    seconds: float = 0.0
    steps: list[Step] = field(default_factory=list)


class JourneyError(Exception):
    """It did not come to its end; the message says on which screen."""


def play(stage: Stage, applicant: Applicant, language: Language) -> Played:
    """One visit, from the first touch to the last; the terminal is ready for the next one then."""
    return _Playing(stage, applicant, language).play()


def drive(stage: Stage, applicant: Applicant, *screens: str) -> View:
    """Do what each screen asks until one of these is on; JourneyError when none comes."""
    playing = _Playing(stage, applicant, Language.CHINESE)
    for view in playing.views():
        if view.name in screens:
            return view
        if view.name in ENDS:
            raise JourneyError(f"{view.name} came, not one of {', '.join(screens)}: {view.body}")
        playing.see(view)
    raise JourneyError("the terminal shows nothing")


class _Playing:
    """One visit while it goes on."""

    def __init__(self, stage: Stage, applicant: Applicant, language: Language) -> None:
        self._stage = stage
        self._applicant = applicant
        name = _name(applicant.catalogue, applicant.code, language)
        self.played = Played(applicant.code, name, language.value)
        self._language = language
        self._begun = time.monotonic()

    def play(self) -> Played:
        """Do what each screen asks, until the visit has ended."""
        if self._language is not self._view().frame.language:
            self._stage.touch(events.Start(), events.Speak(self._language))
        try:
            for view in self.views():
                self.see(view)
                if view.name in ENDS:
                    break
        except JourneyError as error:
            self.played.trouble = str(error)
        self._close()
        return self.played

    def views(self) -> Iterator[View]:
        """Each view that is another one than before, as they come."""
        shown: View | None = None
        last_change = time.monotonic()
        while True:
            view = self._view()
            if view != shown:
                shown, last_change = view, time.monotonic()
                yield view
            elif time.monotonic() - last_change > PATIENCE:
                raise JourneyError(f"nothing came after {view.name}")
            else:
                time.sleep(0.005)

    def _view(self) -> View:
        return self._stage.shown[-1]

    def see(self, view: View) -> None:
        """Do what a screen asks, once."""
        steps = self.played.steps
        if not steps or steps[-1].screen != view.name:
            self._time()
            steps.append(Step(view.name))
        self._note_result(view)
        deed = self._applicant.next(view)
        if deed is not None and not self._done_already(deed):
            steps[-1].did.append(_words(deed))
            self._do(deed)

    def _done_already(self, deed: Deed) -> bool:
        """A paper that lies there, or a face that looks: the camera shows it again and again."""
        did = self.played.steps[-1].did
        return isinstance(deed, Act) and bool(did) and did[-1] == _words(deed)

    def _do(self, deed: Deed) -> None:
        match deed:
            case Touch(intent):
                self.played.touches += self._counts(intent)
                self._stage.touch(intent)
            case Act(line):
                self._stage.world.act(line)
            case Send(url):
                page = Path(__file__).parent / "page.jpg"
                files = {"pages": (page.name, page.read_bytes(), "image/jpeg")}
                httpx.post(url, files=files, follow_redirects=True).raise_for_status()

    def _counts(self, intent: events.Intent) -> bool:
        """Touches until the result is there; the keys of a keyboard are counted by nobody."""
        return self.played.number is None and not isinstance(intent, events.Enter)

    def _note_result(self, view: View) -> None:
        match view.body:
            case views.IssuedView(case_number=number) | views.AcceptedView(case_number=number):
                self.played.number = number
            case views.KeptView(number=number) | views.NotedView(number=number):
                self.played.number = number
            case views.FaultView(trouble):
                self.played.trouble = trouble.value
            case views.FarewellView():
                self.played.ended_well = self.played.number is not None
            case _:
                pass

    def _time(self) -> None:
        """The screen before has ended."""
        now = time.monotonic()
        if self.played.steps:
            self.played.steps[-1].seconds = round(now - self._begun, 3)
            self.played.seconds = round(self.played.seconds + now - self._begun, 3)
        self._begun = now

    def _close(self) -> None:
        """Leave, however it went; the card is taken along, the paper stays for the next one."""
        self._time()
        for line in ("card lift", "face nobody", "scanner hide"):
            self._stage.world.act(line)
        while self._view().name != "attract":
            self._stage.touch(events.Leave())
            time.sleep(0.02)


def _words(deed: Deed) -> str:
    """What was done, without what was typed."""
    match deed:
        case Touch(events.Pick(code) | events.Choose(code)):
            return f"touch {code}"
        case Touch(intent):
            return f"touch {type(intent).__name__.lower()}"
        case Act(line):
            return line
        case Send():
            return "send a page from the phone"


def _name(catalogue: Catalogue, code: str, language: Language) -> str:
    found = catalogue.item(code) or catalogue.bundle(code)
    return found.name.of(language) if found else code


@click.command()
@click.argument("item", required=False)
@click.option("--all", "every", is_flag=True, help="Every item and bundle of the catalogue.")
@options.language
@click.option(
    "--resident",
    type=click.Choice([resident.key for resident in RESIDENTS]),
    default="li",
    show_default=True,
    help="Who comes.",
)
@click.option(
    "--means",
    type=click.Choice([Means.ID_CARD.value, Means.CODE.value]),
    default=Means.ID_CARD.value,
    show_default=True,
    help="What they show.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer with data.")
def journey(
    item: str | None, *, every: bool, language: str, resident: str, means: str, as_json: bool
) -> None:
    """Play ITEM on a terminal without glass, against the reference platform, and print its steps.

    ITEM is a code of the reference catalogue; services, devices and HTTP are real or simulated byte
    by byte, the resident is invented. Exit status 1 when it did not end well.
    """
    catalogue = content.reference()
    codes = [one.code for one in catalogue.items] + [one.code for one in catalogue.bundles]
    if not every and item not in codes:
        raise click.UsageError(f"no item {item!r}; there are: {', '.join(codes)}")
    from sandbox.stage import Stage  # noqa: PLC0415 # not for --help

    set_up_logs()
    wanted = codes if every else [item or ""]
    with TemporaryDirectory(prefix="journey-") as home, Stage(Path(home), devices=DEVICES) as stage:
        played = [
            play(
                stage,
                Applicant(code, catalogue, resident=find(resident), means=Means(means)),
                Language(language),
            )
            for code in wanted
        ]
    _print(played, as_json=as_json)
    sys.exit(0 if all(one.ended_well for one in played) else 1)


def _print(played: list[Played], *, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps([asdict(one) for one in played], option=orjson.OPT_INDENT_2))
        return
    for one in played:
        outcome = one.number if one.ended_well else f"{one.trouble} ({one.steps[-1].screen})"
        counted = f"{one.touches:3} touches  {one.seconds:6.1f} s"
        click.echo(f"{one.item}  {counted}  {outcome}  {one.name}")
        if len(played) == 1:
            for step in one.steps:
                click.echo(f"  {step.seconds:6.2f} s  {step.screen:12} {', '.join(step.did)}")
