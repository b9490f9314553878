"""From faces found in pictures to what a resident should do, which picture is best, and who lives.

Pure: numbers in, words out. Everything is measured in parts of the picture or of the face, so that
a camera's resolution does not matter.

Pose. The nose stands out of the plane of eyes and mouth. `pose_of` writes the nose's place in the
axes of that plane (eye to eye, eyes to mouth): looking straight it is in the middle between the
eyes, and it moves aside when a head turns. However a flat picture is held, turned or tilted, the
axes change with it and the nose keeps its place. So a turn is a sign of life that a
photograph on paper does not give. It is a hint and no proof: a film on a telephone gives it too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drivers.device import Guidance

XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """A face as YuNet finds it, in pixels; `right_eye` is the person's, left in the picture.

    `score` is how sure the finder is, 0 to 1.
    """

    left: float
    top: float
    width: float
    height: float
    right_eye: XY
    left_eye: XY
    nose: XY
    mouth_right: XY
    mouth_left: XY
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Pose:
    """How a head is held; `yaw` 0 is straight, `pitch` about 0.55, `roll` is in degrees."""

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, slots=True)
class Measures:
    """One face in one picture.

    `height` is a part of the picture's height; `across` and `down` say how far its middle is from
    the picture's, in parts of width and height. `sharpness` is the variance of the Laplacian by
    that of the brightness. `highlight` is the brightness (0 to 1) that the brightest tenth has,
    which is light enough on every skin; `glare` the part of the face that is plain white.
    """

    height: float
    across: float
    down: float
    pose: Pose
    sharpness: float
    highlight: float
    glare: float
    score: float = 1.0


def pose_of(face: Face) -> Pose:
    """How the head is held; straight where eyes and mouth are in one line, as no face is."""
    (rx, ry), (lx, ly) = face.right_eye, face.left_eye
    eyes = ((rx + lx) / 2, (ry + ly) / 2)
    mouth_x = (face.mouth_right[0] + face.mouth_left[0]) / 2
    mouth_y = (face.mouth_right[1] + face.mouth_left[1]) / 2
    ax, ay = lx - rx, ly - ry  # from eye to eye
    bx, by = mouth_x - eyes[0], mouth_y - eyes[1]  # from the eyes to the mouth
    nx, ny = face.nose[0] - eyes[0], face.nose[1] - eyes[1]
    area = ax * by - ay * bx
    if abs(area) < 1e-6:
        return Pose(0.0, STRAIGHT, 0.0)
    roll = math.degrees(math.atan2(ay, ax))
    return Pose((nx * by - ny * bx) / area, (ax * ny - ay * nx) / area, roll)


# --- what a resident should do ---

SMALLEST, LARGEST = 0.25, 0.70  # height of a face in the picture
ASIDE, UP_DOWN = 0.22, 0.25  # how far from the middle it may be
DARK, GLARE = 0.28, 0.20
TURNED, STRAIGHT, NOD, TILTED = 0.18, 0.55, 0.28, 20.0
SHARP = 0.006
OTHERS = 0.5  # of the height of the largest face: smaller ones stand in the background


@dataclass(frozen=True, slots=True)
class Check:
    """Something that can be wrong: `excess` above 0 is; once said, it is until below -`slack`."""

    guidance: Guidance
    excess: Callable[[Measures], float]
    slack: float


CHECKS = (
    Check(Guidance.CLOSER, lambda m: SMALLEST - m.height, 0.03),
    Check(Guidance.FURTHER, lambda m: m.height - LARGEST, 0.03),
    Check(
        Guidance.TO_THE_MIDDLE, lambda m: max(abs(m.across) - ASIDE, abs(m.down) - UP_DOWN), 0.03
    ),
    Check(Guidance.MORE_LIGHT, lambda m: DARK - m.highlight, 0.04),
    Check(Guidance.LESS_LIGHT, lambda m: m.glare - GLARE, 0.04),
    Check(Guidance.LOOK_HERE, lambda m: _askew(m.pose) - 1, 0.15),
    Check(Guidance.HOLD_STILL, lambda m: 1 - m.sharpness / SHARP, 0.2),
)
"""In the order in which they are said: what is far away is also small, dark and blurred."""


def advise(seen: Sequence[Measures], shown: Guidance) -> Guidance:
    """What to say of the faces in one picture, when `shown` is what is said now."""
    if not seen:
        return Guidance.NOBODY
    nearest = max(seen, key=lambda m: m.height)
    if sum(m.height >= OTHERS * nearest.height for m in seen) > 1:
        return Guidance.SEVERAL
    for check in CHECKS:
        slack = check.slack if check.guidance is shown else 0.0
        if check.excess(nearest) > -slack:
            return check.guidance
    return Guidance.GOOD


def _off_middle(m: Measures) -> float:
    """How far a face is from the middle; at 1 it is too far."""
    return max(abs(m.across) / ASIDE, abs(m.down) / UP_DOWN)


def _askew(pose: Pose) -> float:
    """How far a head is from looking here; at 1 it is too far."""
    return max(abs(pose.yaw) / TURNED, abs(pose.pitch - STRAIGHT) / NOD, abs(pose.roll) / TILTED)


class Steady:
    """Words that stay long enough to be read: new ones have to be meant for `hold` seconds."""

    def __init__(self, hold: float) -> None:
        self._hold = hold
        self._meant = Guidance.NOBODY
        self._since = -math.inf
        self.shown = Guidance.NOBODY

    def mean(self, guidance: Guidance, now: float) -> Guidance:
        """What is shown when this is meant now (seconds of any clock)."""
        if guidance is not self._meant:
            self._meant, self._since = guidance, now
        if now - self._since >= self._hold:
            self.shown = guidance
        return self.shown


# --- which picture is the best ---


def quality(m: Measures) -> float:
    """How good a picture of a face is, 0 to 1: sharp, large, straight, lit, and surely a face."""
    sharp = m.sharpness / (m.sharpness + SHARP)
    size = _ramp(m.height, SMALLEST / 2, (SMALLEST + LARGEST) / 2)
    straight = 1 - _ramp(_askew(m.pose), 0.0, 2.0)
    light = min(_ramp(m.highlight, DARK / 2, 2 * DARK), 1 - _ramp(m.glare, 0.0, 2 * GLARE))
    return m.score * sharp * size * straight * light


def _ramp(value: float, nothing: float, everything: float) -> float:
    """0 up to the one, 1 from the other on, straight between them."""
    return min(max((value - nothing) / (everything - nothing), 0.0), 1.0)


# --- a sign of life ---

ASIDE_YAW = 0.22  # a head that is turned
BACK_YAW = 0.12  # a head that looks here again
STEP = 0.15  # a head does not turn further from one picture to the next


class TurnOfHead:
    """Sees a head turn aside and back, all the way between; a picture that is changed does not."""

    def __init__(self) -> None:
        self._yaw: float | None = None
        self._straight = self._aside = False
        self.seen = False

    def see(self, yaw: float) -> None:
        """The same face a moment later."""
        if self._yaw is not None and abs(yaw - self._yaw) > STEP:
            self._straight = self._aside = False
        self._yaw = yaw
        if abs(yaw) <= BACK_YAW:
            self.seen = self.seen or self._aside
            self._straight = True
        elif abs(yaw) >= ASIDE_YAW:
            self._aside = self._straight


# --- one visit to the camera ---

GAP = 0.5  # seconds for which a face may be lost and still be the same one
NEAR = 0.5  # of its own height: a face that is further away is another one
ACCEPTABLE = 0.3  # quality of a picture that is taken when time is up
ENOUGH = 0.6  # seconds of good pictures of which the best is taken
LIFE = 8.0  # seconds that are waited for a sign of life after the first good picture
HOLD = 0.3  # seconds that new words have to be meant


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one picture: what to say, and whether it is the best so far."""

    guidance: Guidance
    best: bool
    done: bool


class Sitting:
    """Follows one face from picture to picture until there is a good one and a sign of life.

    A face that is lost, or jumps, is another face: what was seen of the one before counts no more.
    """

    def __init__(self) -> None:
        self._steady = Steady(HOLD)
        self._forget()

    def _forget(self) -> None:
        self._last: tuple[float, Measures] | None = None
        self._turn = TurnOfHead()
        self._good = 0.0  # seconds
        self._good_since: float | None = None
        self.best = 0.0
        """The quality of the best picture, 0 where there is none."""

    @property
    def acceptable(self) -> bool:
        """Whether the best picture may be taken when time is up."""
        return self.best >= ACCEPTABLE

    @property
    def lively(self) -> bool:
        """Whether the face that is there gave a sign of life."""
        return self._turn.seen

    def see(self, seen: Sequence[Measures], now: float) -> Verdict:
        """One more picture, at `now` (seconds of a clock that only goes forward)."""
        said = advise(seen, self._steady.shown)
        if said in (Guidance.NOBODY, Guidance.SEVERAL):
            if self._last is None or said is Guidance.SEVERAL or now - self._last[0] > GAP:
                self._forget()
            return Verdict(self._steady.mean(said, now), best=False, done=False)
        face = max(seen, key=lambda m: m.height)
        passed = self._follow(face, now)
        said = self._asks_for_life(said, passed, now)
        best = (found := quality(face)) > self.best
        self.best = max(found, self.best)
        return Verdict(self._steady.mean(said, now), best=best, done=self._done(now))

    def _follow(self, face: Measures, now: float) -> float:
        """Go on with this face; seconds since it was seen last."""
        if self._last is not None and (now - self._last[0] > GAP or _far(self._last[1], face)):
            self._forget()
        before, self._last = self._last, (now, face)
        self._turn.see(face.pose.yaw)
        return 0.0 if before is None else now - before[0]

    def _asks_for_life(self, said: Guidance, passed: float, now: float) -> Guidance:
        """What is said once the picture is good and the sign of life is missing."""
        if said is Guidance.GOOD:
            self._good += passed
            if self._good_since is None:
                self._good_since = now
        wanted = self._good >= ENOUGH and not self.lively
        return Guidance.TURN if wanted and said in _TURNING else said

    def _done(self, now: float) -> bool:
        if self._good < ENOUGH or self._good_since is None:
            return False
        return self.lively or now - self._good_since > LIFE


_TURNING = (Guidance.GOOD, Guidance.LOOK_HERE, Guidance.HOLD_STILL)


def _far(one: Measures, other: Measures) -> bool:
    """Whether a face is too far from where it was: heights are of the picture, so are the ways."""
    way = math.hypot(one.across - other.across, one.down - other.down)
    return way > NEAR * max(one.height, other.height)
