"""Signing with a finger: real strokes on a real window."""

from __future__ import annotations

import math
import subprocess
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Protocol

import pytest

from drivers.device import Point, Signature
from drivers.panels.signature import to_png, to_svg

PX_PER_MM = 4
UNIT = 100 / PX_PER_MM  # 0.01 mm in a pixel of this window

Place = tuple[float, float]


class Stage(Protocol):
    """What conftest's stage offers."""

    _display: str

    def ask(self, do: str, **words: object) -> Any:  # noqa: ANN401 - what JSON holds
        """One line there, one line back."""

    def show(self, sample: str, language: str = ...) -> float:
        """Show a sample."""


class Field:
    """The field on the glass, and a finger."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.left, self.top, self.width, self.height = stage.ask("sign")

    def stroke(self, *places: Place, up: bool = True, pause: float = 0.008) -> None:
        """Press at the first place, go through all, let go at the last; pixels in the field."""
        words = ["mousemove", *self._at(places[0]), "sleep", "0.03", "mousedown", "1"]
        for place in places[1:]:
            words += ["sleep", str(pause), "mousemove", *self._at(place)]
        self._xdotool(*words, "sleep", "0.03")
        if up:
            self.up()

    def up(self) -> None:
        """Let go."""
        self._xdotool("mouseup", "1", "sleep", "0.03")

    def signature(self) -> dict[str, Any]:
        """What stands in the field, once all that was touched has come through."""
        found: dict[str, Any] = self._stage.ask("signature")
        return found

    def _at(self, place: Place) -> tuple[str, str]:
        return str(round(self.left + place[0])), str(round(self.top + place[1]))

    def _xdotool(self, *words: str) -> None:
        environment = {"DISPLAY": self._stage._display, "PATH": "/usr/bin:/bin"}
        subprocess.run(["xdotool", *words], check=True, env=environment)


@pytest.fixture
def field(signing: Stage) -> Field:
    """An empty field."""
    return Field(signing)


def wave(left: float = 100, middle: float = 240, points: int = 60) -> list[Place]:
    """Up and down, as a hand writes."""
    return [(left + 8 * n, middle + 110 * math.sin(n / 6)) for n in range(points)]


def test_a_stroke_is_what_the_finger_did(field: Field) -> None:
    """Each place the finger went through is near a point, in millimetres, in its order and time."""
    places = wave()
    field.stroke(*places)
    said = field.signature()
    assert said["size"] == [round(field.width * UNIT), round(field.height * UNIT)]
    assert said["fault"] == ""
    (stroke,) = said["strokes"]
    assert math.dist(stroke[0][:2], [n * UNIT for n in places[0]]) < 2 * UNIT
    assert math.dist(stroke[-1][:2], [n * UNIT for n in places[-1]]) < 2 * UNIT
    for x, y, _ in stroke:
        assert min(math.dist((x / UNIT, y / UNIT), place) for place in places) < 3
    assert len(stroke) >= len(places) - 2
    times = [ms for _, _, ms in stroke]
    assert times[0] == 0
    assert times == sorted(times)
    assert times[-1] > 100


def test_a_stroke_quicker_than_a_frame_is_whole(field: Field) -> None:
    """What the finger did between two frames of the screen is not cut short."""
    places = wave()
    field.stroke(*places, pause=0.0)
    (stroke,) = field.signature()["strokes"]
    assert math.dist(stroke[0][:2], [n * UNIT for n in places[0]]) < 2 * UNIT
    assert math.dist(stroke[-1][:2], [n * UNIT for n in places[-1]]) < 2 * UNIT
    assert len(stroke) >= len(places) - 2


def test_strokes_of_one_long_frame_are_in_order(signing: Stage, field: Field) -> None:
    """Whoever writes on while the screen stands still has a signature, whose time goes forward."""
    signing.ask("stall", seconds=1.0)
    field.stroke(*wave()[:30], pause=0.0)
    field.stroke(*wave(middle=140)[:30], pause=0.0)
    strokes = field.signature()["strokes"]
    times = [ms for stroke in strokes for _, _, ms in stroke]
    assert len(times) > 10
    assert times == sorted(times)


def test_it_is_drawn_as_it_is_written(signing: Stage, field: Field) -> None:
    """Ink is on the glass while the finger is still down, and more of it as it goes on."""
    blank = signing.ask("ink")
    field.stroke(*wave()[:30], up=False)
    half = signing.ask("ink")
    assert half > blank + 500
    field.stroke(*wave()[30:])  # pressed already, so it is the same stroke that goes on
    assert signing.ask("ink") > half + 500


def test_the_hint_gives_way(signing: Stage, field: Field) -> None:
    """Words stand in the field until the first stroke, and again when it was cleared."""
    hint = "请在此处签名"
    assert hint in signing.ask("texts")
    field.stroke((100, 100), (300, 100))
    field.signature()
    assert hint not in signing.ask("texts")
    signing.ask("press", what="clear")
    assert hint in signing.ask("texts")


def test_clear_and_undo(signing: Stage, field: Field) -> None:
    """Undo takes back one stroke, clear all, and each its ink."""
    blank = signing.ask("ink")
    field.stroke((100, 100), (300, 100))
    first = signing.ask("ink")
    field.stroke((100, 200), (500, 200))
    signing.ask("press", what="undo")
    assert len(field.signature()["strokes"]) == 1
    # Anti-aliased edges may differ by a pixel in how they are counted.
    assert signing.ask("ink") == pytest.approx(first, abs=5)
    field.stroke((100, 300), (300, 300))
    signing.ask("press", what="clear")
    assert field.signature()["strokes"] == []
    assert signing.ask("ink") == blank
    signing.ask("press", what="undo")
    assert field.signature()["fault"] == "signature.empty"


def test_time_begins_with_the_first_stroke_that_is_left(signing: Stage, field: Field) -> None:
    """Whoever began anew is not recorded with the time of what was taken back."""
    field.stroke((100, 100), (300, 100))
    signing.ask("press", what="undo")
    field.stroke((100, 100), (300, 100), (300, 300))
    ((first, *_),) = field.signature()["strokes"]
    assert first[2] == 0


def test_a_dot_is_no_signature(field: Field) -> None:
    """A tap is a dot: drawn and kept, and too short to be taken."""
    field.stroke((200, 200))
    said = field.signature()
    assert [len(stroke) for stroke in said["strokes"]] == [1]
    assert said["fault"] == "signature.too_short"


def test_leaving_the_field_ends_the_stroke(field: Field) -> None:
    """Outside nothing is drawn, and coming back without letting go is no new stroke."""
    inside, back = wave()[:20], wave()[20:]
    field.stroke(*inside, (300, -60), (400, -60), *back)
    (stroke,) = field.signature()["strokes"]
    assert max(x for x, _, _ in stroke) <= (inside[-1][0] + 3) * UNIT
    assert all(0 <= y <= field.height * UNIT for _, y, _ in stroke)


def test_a_touch_from_outside_does_not_write(field: Field) -> None:
    """A finger that comes in from elsewhere is not writing."""
    field.stroke((300, -60), *wave())
    assert field.signature()["strokes"] == []


def test_a_second_finger_is_ignored(signing: Stage, field: Field) -> None:
    """The ball of the hand writes nothing while a finger writes, and takes nothing over."""
    field.stroke(*wave()[:20], up=False)
    assert not signing.ask("second_finger", x=50, y=50)
    field.up()
    assert len(field.signature()["strokes"]) == 1
    assert signing.ask("second_finger", x=50, y=50)
    assert len(field.signature()["strokes"]) == 2


def test_nothing_is_left_when_another_screen_is_on(signing: Stage, field: Field) -> None:
    """At the end of a visit neither points nor ink are held by anything."""
    field.stroke(*wave())
    assert signing.ask("held") > 50
    signing.show("attract")
    assert signing.ask("held") == 0
    assert field.signature()["strokes"] == []


def test_what_was_signed_can_be_kept_and_printed(
    signing: Stage, field: Field, tmp_path: Path
) -> None:
    """A signature from the glass is one that becomes an SVG, a PNG, and a picture to look at."""
    for places in (
        wave(),
        wave(620, points=30),
        [(120.0, 380.0), (760.0, 360.0)],
        [(820.0, 380.0)],
    ):
        field.stroke(*places)
    said = field.signature()
    strokes = tuple(tuple(Point(*point) for point in stroke) for stroke in said["strokes"])
    signature = Signature(strokes, *said["size"])
    assert len(signature.strokes) == 4
    assert signature.fault is None
    starts = [(stroke[-1].ms, after[0].ms) for stroke, after in pairwise(signature.strokes)]
    assert all(end < start for end, start in starts)
    assert to_png(signature, 600, 200).startswith(b"\x89PNG")
    assert to_svg(signature).count(b"<path") == 4
    (tmp_path / "signature.png").write_bytes(to_png(signature, 1000, 500))
    signing.ask("shot", path=str(tmp_path / "screen.png"))
    assert (tmp_path / "screen.png").stat().st_size > 0
    assert list(chain(*signature.strokes)) == list(signature.points())
