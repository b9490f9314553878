"""The glass on software GL at 1080 by 1920: touches, frames, rest, another look.

Times are the wall's on a machine that others may use at the same time; the processor's own time
beside them says what of it was the glass.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Final, Self

from kiosk.core.catalogue import Language
from sandbox.display import VirtualDisplay
from screens.samples import samples
from tests.bench.row import Row
from tests.screens.conftest import Stage

SIZE: Final = (1080, 1920)
PROGRAM: Final = Path(__file__).with_name("glass.py")
TOUCH, FRAME, LOOK = 100.0, 33.0, 300.0  # ms
IDLE: Final = 4.0  # percent of one core
EACH: Final = 2  # samples of each kind of screen that are touched to
REST: Final = 20.0  # seconds in which nobody comes
HELD: Final = 0.06  # seconds that a finger lies on a button
MOVING: Final = ("identify", "working", "scan-good")
SWITCHES: Final = 10
FILM: Final = 8.0  # seconds

Times = list[tuple[float, float]]  # by the wall and by the processor, in ms


def run() -> Iterator[Row]:
    """Touch through all kinds of screens; then look at one at a time."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        VirtualDisplay(*SIZE) as display,
        Stage(display.name, SIZE, Path(scratch), PROGRAM) as stage,
        Finger(display.name, stage) as finger,
    ):
        stage.show("attract")
        first, others = _kinds()
        yield from _rows("touch to a screen's very first frame", finger.touches(first), TOUCH)
        yield from _rows("touch to the next screen's first frame", finger.touches(others), TOUCH)
        yield from _rows("elder view on or off to its first frame", finger.switches(), LOOK)
        for sample in MOVING:
            costs = finger.film(sample)
            yield Row(f"frame of {sample} (p95 of {len(costs)})", _p95(costs), "ms", FRAME, "goal")
        yield Row("attract screen, share of a core", _idle(stage), "%", IDLE, "the goal")


class Finger:
    """Touches the window, and takes the time from the X event to the flip."""

    def __init__(self, display: str, stage: Stage) -> None:
        self._stage = stage
        env = {"DISPLAY": display, "PATH": "/usr/bin:/bin"}
        # One program that is told line by line: to start it would take longer than the touch.
        self._xdotool = subprocess.Popen(
            ["xdotool", "-"], stdin=subprocess.PIPE, text=True, bufsize=1, env=env
        )
        self._random = random.Random(1)  # noqa: S311 - pauses, no secrets

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._xdotool.communicate()

    def touches(self, wanted: Iterable[str]) -> Times:
        """Go from one to the next, each time by the first thing on a screen that leads on."""
        return [self._touch(sample, "calm", last="") for sample in wanted]

    def switches(self) -> Times:
        """Switch elder mode on and off again and again."""
        looks = ("elder", "calm") * SWITCHES
        self._touch("home", "calm", last="")
        return [self._touch("home", look, last="elder") for look in looks]

    def film(self, sample: str) -> list[float]:
        """What the frames cost while its pictures move, in ms each; the first one shows it."""
        self._stage.show("attract")
        self._stage.show(sample)
        self._stage.ask("watch")
        if sample == "scan-good":
            self._stage.ask("film", sample=sample, seconds=FILM)
        else:
            time.sleep(FILM)
        costs: list[float] = self._stage.ask("watched")
        return costs

    def _touch(self, sample: str, look: str, last: str) -> tuple[float, float]:
        time.sleep(self._random.uniform(0.4, 1.2))  # as people do, whatever is tidied up meanwhile
        tags = self._stage.ask("lead", sample=sample, look=look)
        languages = [tag for tag in tags if tag.startswith("language:")]
        for tag in [last] if last else [tags[0], *languages]:
            let_go = self._press(tag)
            seen = self._stage.ask("seen")
            if seen is not None:
                return 1000 * (seen[0] - let_go), 1000 * seen[1]
        raise RuntimeError(f"nothing led to {sample}")

    def _press(self, tag: str) -> float:
        """Press and let go; when that was."""
        x, y = self._stage.ask("where", tag=tag)
        self._say(f"mousemove {round(x)} {round(y)} mousedown 1")
        time.sleep(HELD)
        let_go = time.monotonic()
        self._say("mouseup 1")
        return let_go

    def _say(self, line: str) -> None:
        assert self._xdotool.stdin is not None
        self._xdotool.stdin.write(f"{line}\n")


def _kinds() -> tuple[list[str], list[str]]:
    """The first sample of each kind of screen, and the next few of each, in turn."""
    kinds: dict[type, list[str]] = {}
    for name, view in samples(Language.CHINESE):
        kinds.setdefault(type(view.body), []).append(name)
    first = [names[0] for names in kinds.values()]
    return first, [
        name for names in zip(*map(_cycled, kinds.values()), strict=True) for name in names
    ]


def _cycled(names: list[str]) -> list[str]:
    return [names[(n + 1) % len(names)] for n in range(EACH)]


def _rows(name: str, times: Times, goal: float) -> Iterator[Row]:
    wall, processor = ([one[at] for one in times] for at in (0, 1))
    yield Row(f"{name} (p95 of {len(times)})", _p95(wall), "ms", goal, "the goal")
    yield Row(f"{name} (median)", median(wall), "ms", goal, "the goal")
    yield Row(f"{name}, by the processor (p95)", _p95(processor), "ms", goal, "the goal")


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _idle(stage: Stage) -> float:
    stage.show("attract-announced-many")  # whose announcements take turns
    time.sleep(2.0)
    before = stage.ask("cpu")
    time.sleep(REST)
    return float(100 * (stage.ask("cpu") - before) / REST)
