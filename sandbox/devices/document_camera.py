"""A document camera over a table on which papers are laid: an MJPEG stream of a rendered scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from drivers.cameras.opencv import Image, cv2
from sandbox.devices.mjpeg import SimulatedCamera
from sandbox.devices.page_scene import Scene, View, render
from sandbox.devices.papers import DRAWN, paper
from sandbox.devices.simulator import Actor, actor

SIZE = (2048, 1536)  # three megapixels, the least that is asked of such cameras
RATE = 15.0  # pictures a second, as they give of that size
DRAWINGS = 8  # scenes whose picture is kept; each has 9 MB

SHOVED = 12.0  # millimetres from one place to the next of a paper that is being moved
PLACES = 5  # different ones
STEP = 0.25  # seconds for which it is at each

LAID = Scene(degrees=82.0, noise=0.0)  # the stream adds the sensor's grain
BAD: dict[str, Callable[[Scene], Scene]] = {
    "dark": lambda scene: replace(scene, level=0.18),
    "bent": lambda scene: replace(scene, bend_mm=28.0),
    "covered": lambda scene: replace(scene, hand=(0.97, 0.9)),
    "cut-off": lambda scene: replace(scene, x_mm=130.0),
    "blurred": lambda scene: replace(scene, blur_mm=0.5),
    "glare": lambda scene: replace(scene, glare=(0.5, 0.6)),
}
"""What can be wrong with how a paper lies."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A paper (None: the empty table), and how it lies there."""

    paper: str | None = None
    scene: Scene = LAID


class SimulatedDocumentCamera(SimulatedCamera[Laid]):
    """Sees a table, and the paper that somebody lays on it."""

    name = "document-camera"
    size: ClassVar[tuple[int, int]] = SIZE

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One at a port of its own."""
        del place, baud
        return cls()

    def __init__(self) -> None:
        super().__init__(RATE)
        self._put(Laid())

    # --- what a person does ---

    def lay(self, name: str, scene: Scene = LAID) -> None:
        """Lay down one of the papers, well or as the scene says, in place of what is there."""
        if name not in DRAWN:
            raise KeyError(name)
        self._put(Laid(name, scene))

    def lift(self) -> None:
        """Take the paper away."""
        self._put(Laid())

    def turn(self, degrees: str) -> None:
        """Turn the paper, clockwise."""
        laid = self._laid
        turned = replace(laid.scene, degrees=laid.scene.degrees + float(degrees))
        self._put(replace(laid, scene=turned))

    def spoil(self, how: str) -> None:
        """Make it lie as badly as one of BAD says."""
        laid = self._laid
        self._put(replace(laid, scene=BAD[how](laid.scene)))

    def move(self) -> None:
        """Shove it to and fro, until it is laid down again or lifted."""
        self._put(*(_shoved(self._laid, place) for place in range(PLACES)))

    def behave(self) -> None:
        """Be a good camera again, over a paper that lies well, if there is one."""
        super().behave()
        self._put(replace(self._laid, scene=LAID))

    def truth(self) -> View:
        """The picture without grain, and where the corners really are."""
        return _rendered(self._laid)

    def _put(self, *places: Laid) -> None:
        """Have it lie there, or at these places in turn; drawn before the camera looks at it."""
        for laid in places:
            _rendered(laid)
        self._places = places

    @property
    def _laid(self) -> Laid:
        return self._places[0]

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`page a4`, `page turn 30`, `page bent`, and `document-camera frozen`."""
        deeds: dict[str, Callable[..., object]] = {
            **{name: partial(self.lay, name) for name in DRAWN},
            "lift": self.lift,
            "turn": self.turn,
            "move": self.move,
            **{how: partial(self.spoil, how) for how in BAD},
        }
        return {"page": actor("page", deeds), self.name: actor(self.name, self.deeds())}

    # --- what the camera sees ---

    def scene(self, seconds: float) -> Laid:
        """The paper as it lies at this moment."""
        places = self._places
        return places[int(seconds / STEP) % len(places)]

    def draw(self, scene: Laid) -> Image:
        """The table with what is on it."""
        return np.asarray(cv2.cvtColor(_rendered(scene).pixels, cv2.COLOR_RGB2BGR), np.uint8)


def _shoved(laid: Laid, place: int) -> Laid:
    aside = laid.scene.x_mm + (place - PLACES // 2) * SHOVED
    return replace(laid, scene=replace(laid.scene, x_mm=aside))


@lru_cache(DRAWINGS)
def _rendered(laid: Laid) -> View:
    drawn = None if laid.paper is None else paper(laid.paper)
    return render(drawn, laid.scene, *SIZE)
