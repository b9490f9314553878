"""From faces to words, the best picture and a sign of life: pure, and tried widely."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cameras import faces
from drivers.cameras.faces import (
    CHECKS,
    XY,
    Check,
    Face,
    Measures,
    Pose,
    Sitting,
    Steady,
    TurnOfHead,
    advise,
    pose_of,
    quality,
)
from drivers.device import Guidance

STRAIGHT = Pose(0.0, faces.STRAIGHT, 0.0)
GOOD = Measures(
    height=0.45,
    across=0.0,
    down=0.0,
    pose=STRAIGHT,
    sharpness=0.03,
    highlight=0.7,
    glare=0.0,
)
WRONG = {
    Guidance.CLOSER: replace(GOOD, height=0.15),
    Guidance.FURTHER: replace(GOOD, height=0.8),
    Guidance.TO_THE_MIDDLE: replace(GOOD, across=-0.3),
    Guidance.MORE_LIGHT: replace(GOOD, highlight=0.15),
    Guidance.LESS_LIGHT: replace(GOOD, glare=0.5),
    Guidance.LOOK_HERE: replace(GOOD, pose=replace(STRAIGHT, yaw=0.3)),
    Guidance.HOLD_STILL: replace(GOOD, sharpness=0.002),
}
RATE = 0.05  # seconds between two pictures in these tests

parts = st.floats(0, 1)
poses = st.builds(Pose, st.floats(-3, 3), st.floats(-3, 3), st.floats(-180, 180))
measures = st.builds(
    Measures,
    height=st.floats(0.01, 2),
    across=st.floats(-1, 1),
    down=st.floats(-1, 1),
    pose=poses,
    sharpness=st.floats(0, 5),
    highlight=parts,
    glare=parts,
    score=parts,
)


# --- pose ---


def head(yaw: float, nod: float = 0.0) -> Face:
    """A head in space, seen straight from the front, turned (radians) and nodding."""

    def seen(x: float, y: float, z: float) -> XY:
        x, z = x * math.cos(yaw) + z * math.sin(yaw), z * math.cos(yaw) - x * math.sin(yaw)
        return 300 + 100 * x, 300 + 100 * (y * math.cos(nod) - z * math.sin(nod))

    eyes = seen(-0.36, -0.14, 0.8), seen(0.36, -0.14, 0.8)
    mouth = seen(-0.29, 0.62, 0.75), seen(0.29, 0.62, 0.75)
    return Face(200, 180, 200, 240, *eyes, seen(0, 0.27, 1.15), *mouth)


def moved(face: Face, matrix: tuple[float, float, float, float], shift: XY) -> Face:
    """The same points after an affine map of the picture."""
    a, b, c, d = matrix

    def map_(point: XY) -> XY:
        x, y = point
        return a * x + b * y + shift[0], c * x + d * y + shift[1]

    return replace(
        face,
        right_eye=map_(face.right_eye),
        left_eye=map_(face.left_eye),
        nose=map_(face.nose),
        mouth_right=map_(face.mouth_right),
        mouth_left=map_(face.mouth_left),
    )


def test_a_head_that_looks_here_is_straight() -> None:
    """Yaw is 0, the nose is between eyes and mouth, the eyes are level."""
    pose = pose_of(head(0.0))
    assert pose.yaw == pytest.approx(0.0)
    assert 0.45 < pose.pitch < 0.65
    assert pose.roll == pytest.approx(0.0)


@given(st.floats(0.05, 0.9))
def test_a_turned_head_is_seen_with_its_side(turn: float) -> None:
    """The further a head turns, the larger is yaw, with the sign of the side."""
    assert pose_of(head(turn)).yaw > pose_of(head(turn - 0.05)).yaw
    assert pose_of(head(-turn)).yaw == pytest.approx(-pose_of(head(turn)).yaw)


@given(st.floats(-40, 40))
def test_a_tilted_head_is_told_in_degrees(tilt: float) -> None:
    """Roll is the angle of the line from eye to eye."""
    c, s = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    assert pose_of(moved(head(0.0), (c, -s, s, c), (0, 0))).roll == pytest.approx(tilt, abs=1e-6)


@given(
    st.floats(-0.6, 0.6),
    st.tuples(st.floats(0.3, 2), st.floats(-0.8, 0.8), st.floats(-0.8, 0.8), st.floats(0.3, 2)),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
)
def test_a_flat_picture_keeps_its_pose_however_it_is_held(
    turn: float, matrix: tuple[float, float, float, float], shift: XY
) -> None:
    """Turned, tilted, near or far: a photograph of a head has the yaw it was taken with."""
    a, b, c, d = matrix
    if abs(a * d - b * c) < 0.05:
        return  # seen from its edge: nothing is seen
    face = head(turn)
    assert pose_of(moved(face, matrix, shift)).yaw == pytest.approx(pose_of(face).yaw, abs=1e-6)


def test_points_in_one_line_are_a_pose_too() -> None:
    """What no face looks like does not end in an error."""
    assert pose_of(moved(head(0.0), (0, 0, 0, 0), (1, 1))) == STRAIGHT


# --- guidance ---


def test_nothing_wrong_is_good() -> None:
    """A good face is told so, whatever was said before."""
    assert {advise([GOOD], shown) for shown in Guidance} == {Guidance.GOOD}


@pytest.mark.parametrize(("guidance", "seen"), WRONG.items())
def test_what_is_wrong_is_said(guidance: Guidance, seen: Measures) -> None:
    """Each single trouble has its own words."""
    assert advise([seen], Guidance.GOOD) is guidance


def test_every_word_is_said_somewhere() -> None:
    """No guidance exists that nobody is ever given."""
    said = {check.guidance for check in CHECKS} | {Guidance.NOBODY, Guidance.SEVERAL}
    assert said | {Guidance.TURN, Guidance.GOOD} == set(Guidance)


def test_nobody_and_several() -> None:
    """Without a face there is nobody; two of a size are several, bystanders are not."""
    assert advise([], Guidance.GOOD) is Guidance.NOBODY
    assert advise([GOOD, replace(GOOD, height=0.3, across=0.3)], Guidance.GOOD) is Guidance.SEVERAL
    assert advise([replace(GOOD, height=0.1), GOOD], Guidance.GOOD) is Guidance.GOOD


@given(st.lists(measures, max_size=4), st.sampled_from(Guidance))
def test_there_is_always_one_thing_to_say(seen: list[Measures], shown: Guidance) -> None:
    """Any faces at all lead to one word, and never to asking for life without a sitting."""
    assert advise(seen, shown) is not Guidance.TURN


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.guidance)
@given(st.data())
def test_a_face_at_a_limit_makes_no_words_flicker(check: Check, data: st.DataObject) -> None:
    """Once a thing is said, small movements around its limit do not take it back."""
    assert check.slack > 0
    wrong = WRONG[check.guidance]
    shown = advise([wrong], Guidance.GOOD)
    for _ in range(5):
        amount = data.draw(parts)
        between = _between(GOOD, wrong, amount)
        if check.excess(between) > -check.slack:
            shown = advise([between], shown)
            assert shown is check.guidance


def _between(one: Measures, other: Measures, amount: float) -> Measures:
    """A face between two."""

    def mix(a: float, b: float) -> float:
        return a + (b - a) * amount

    return replace(
        one,
        height=mix(one.height, other.height),
        across=mix(one.across, other.across),
        pose=replace(one.pose, yaw=mix(one.pose.yaw, other.pose.yaw)),
        sharpness=mix(one.sharpness, other.sharpness),
        highlight=mix(one.highlight, other.highlight),
        glare=mix(one.glare, other.glare),
    )


@given(st.lists(st.sampled_from(Guidance), max_size=60))
def test_words_stay_long_enough_to_be_read(meant: list[Guidance]) -> None:
    """What is shown changes at most once in the time that it has to be meant for."""
    steady, changed = Steady(0.3), [-1.0]
    for count, guidance in enumerate(meant):
        before = steady.shown
        if steady.mean(guidance, count * 0.1) is not before:
            assert count * 0.1 - changed[-1] >= 0.3 - 1e-9
            changed.append(count * 0.1)
            assert meant[count - 3 : count + 1] == [guidance] * 4


# --- the best picture ---


@given(measures)
def test_quality_is_a_part(m: Measures) -> None:
    """Between nothing and one, for any measures."""
    assert 0 <= quality(m) <= 1


def test_what_is_wrong_makes_a_picture_worse() -> None:
    """Whatever a resident is asked to change is a worse picture; too near is still a large one."""
    worse = {guidance: quality(seen) for guidance, seen in WRONG.items()}
    for guidance in set(worse) - {Guidance.FURTHER, Guidance.TO_THE_MIDDLE}:
        assert worse[guidance] < 0.7 * quality(GOOD), guidance
    assert quality(GOOD) > 0.6


@given(st.floats(0, 0.1), st.floats(0, 0.1))
def test_the_sharper_picture_is_better(one: float, other: float) -> None:
    """All else alike, sharpness decides."""
    low, high = sorted((one, other))
    assert quality(replace(GOOD, sharpness=low)) <= quality(replace(GOOD, sharpness=high))


# --- a sign of life ---


def turned(*yaws: float) -> bool:
    """Whether these are a turn of the head."""
    turn = TurnOfHead()
    for yaw in yaws:
        turn.see(yaw)
    return turn.seen


ASIDE_AND_BACK = (0.0, 0.1, 0.2, 0.3, 0.3, 0.2, 0.1, 0.0)


def test_a_head_that_turns_aside_and_back_lives() -> None:
    """To either side, and seen only once it is back."""
    assert turned(*ASIDE_AND_BACK)
    assert turned(*(-yaw for yaw in ASIDE_AND_BACK))
    assert not turned(*ASIDE_AND_BACK[:-2])


@given(st.lists(st.floats(-0.2, 0.2), max_size=100))
def test_a_face_that_keeps_its_pose_does_not_live(yaws: list[float]) -> None:
    """A photograph, held still or waved about, is no sign of life: its yaw only trembles."""
    assert not turned(*yaws)


@pytest.mark.parametrize(
    "yaws",
    [
        (0.0, 0.3, 0.0),  # one photograph in the place of another
        (0.3, 0.2, 0.1, 0.0),  # it never looked here first
        (0.0, 0.1, 0.2, 0.3, 0.0),  # back in no time
        (0.0, 0.1, 0.1, 0.0),  # not far enough
    ],
)
def test_what_is_no_turn(yaws: tuple[float, ...]) -> None:
    """A turn goes all the way, with everything between."""
    assert not turned(*yaws)


# --- one sitting ---


def sit(*faces_: Measures | None, start: float = 0.0, sitting: Sitting | None = None) -> list[str]:
    """What is said to these faces, one picture after another, until it is done."""
    sitting = sitting or Sitting()
    said = []
    for count, face in enumerate(faces_):
        verdict = sitting.see([] if face is None else [face], start + count * RATE)
        said.append(verdict.guidance.value)
        if verdict.done:
            said.append("done")
            break
    return said


def yawing(yaws: tuple[float, ...]) -> list[Measures]:
    """A good face that turns so."""
    return [replace(GOOD, pose=replace(STRAIGHT, yaw=yaw)) for yaw in yaws]


def words(said: list[str]) -> list[str]:
    """Each once, in order."""
    return [word for i, word in enumerate(said) if i == 0 or said[i - 1] != word]


def test_a_good_face_is_asked_to_turn_and_then_done() -> None:
    """Nobody, good, turn: and a turn of the head ends it at once, lively."""
    sitting = Sitting()
    said = sit(*[GOOD] * 25, *yawing(ASIDE_AND_BACK), *[GOOD] * 9, sitting=sitting)
    assert words(said) == ["nobody", "good", "turn", "done"]
    assert sitting.lively
    assert sitting.acceptable


def test_a_face_that_never_turns_is_done_without_life() -> None:
    """Who can not or does not turn is not kept for ever: the picture is taken, and not lively."""
    sitting = Sitting()
    said = sit(*[GOOD] * 400, sitting=sitting)
    assert words(said) == ["nobody", "good", "turn", "done"]
    assert not sitting.lively
    assert faces.LIFE / RATE <= len(said) <= faces.LIFE / RATE + 5


def test_whoever_turned_before_is_not_asked() -> None:
    """A sign of life that came unasked counts."""
    said = sit(*yawing(ASIDE_AND_BACK), *[GOOD] * 30)
    assert "turn" not in said
    assert said[-1] == "done"


def test_a_short_loss_is_the_same_face() -> None:
    """A picture in which no face is found does not undo what was seen."""
    sitting = Sitting()
    sit(*yawing(ASIDE_AND_BACK), None, None, GOOD, sitting=sitting)
    assert sitting.lively
    assert sitting.best > 0.5


@pytest.mark.parametrize(
    "between",
    [
        [None] * 12,  # gone for a while
        [replace(GOOD, across=0.4)],  # somebody else, elsewhere
    ],
    ids=["lost", "jumped"],
)
def test_another_face_begins_anew(between: list[Measures | None]) -> None:
    """What one face did is not believed of the next, nor is its picture kept."""
    sitting = Sitting()
    sit(*yawing(ASIDE_AND_BACK), *between, sitting=sitting)
    sit(replace(GOOD, sharpness=0.008), start=99.0, sitting=sitting)
    assert not sitting.lively
    assert sitting.best == quality(replace(GOOD, sharpness=0.008))


def test_a_second_face_begins_anew() -> None:
    """Two faces are nobody's picture: whoever is left has to show life again."""
    sitting = Sitting()
    sit(*yawing(ASIDE_AND_BACK), sitting=sitting)
    sitting.see([GOOD, replace(GOOD, across=0.3)], 1.0)
    assert not sitting.lively
    assert sitting.best == 0.0


def test_the_best_picture_is_the_one_that_was_told_to_be() -> None:
    """A picture is the best when none before was better; equal ones are not."""
    sitting = Sitting()
    blurred = replace(GOOD, sharpness=0.01)
    told = [sitting.see([m], i * RATE).best for i, m in enumerate((blurred, GOOD, blurred, GOOD))]
    assert told == [True, True, False, False]
    assert sitting.best == quality(GOOD)


@given(st.lists(st.lists(measures, max_size=3), max_size=40))
def test_any_pictures_lead_to_words(pictures: list[list[Measures]]) -> None:
    """Whatever is seen, a sitting goes on, and is done only with a picture to show for it."""
    sitting = Sitting()
    for count, seen in enumerate(pictures):
        verdict = sitting.see(seen, count * RATE)
        assert verdict.guidance in Guidance
        if verdict.done:
            assert sitting.best > 0
