"""Papers as they may lie under a camera: within what is promised, and beyond."""

from __future__ import annotations

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from drivers.cameras.opencv import Image, cv2
from drivers.device import Page, PageMode
from sandbox.devices.page_scene import Points, Scene, View, render
from sandbox.devices.papers import paper

SIZE = 2000, 1500
RIM = 15  # pixels that a page keeps from the rim of the picture

DARKER = ["dark", "wood", "grey"]
GROUNDS = [*DARKER, "light", "white"]

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@st.composite
def poses(draw: st.DrawFn, name: str) -> Scene:
    """A paper that lies well: any place, turned as far as it fits, in light as it is in rooms."""
    large = name in {"a4", "form"}
    card = name == "id-card"
    turned = st.sampled_from([80.0, 86.0, 94.0, 100.0, 260.0, 266.0, 274.0, 280.0])
    reach = (25.0, 8.0) if large else (130.0, 90.0) if card else (55.0, 22.0)
    return Scene(
        x_mm=draw(st.floats(-reach[0], reach[0])),
        y_mm=draw(st.floats(-reach[1], reach[1])),
        degrees=draw(turned if large else st.floats(0, 360)),
        tilt=draw(st.floats(0, 12)),
        towards=draw(st.floats(0, 360)),
        ground=draw(st.sampled_from(DARKER if card else GROUNDS)),
        level=draw(st.floats(0.55, 1.0)),
        shade=draw(st.floats(0, 0.5)),
        light_from=draw(st.floats(0, 360)),
        noise=draw(st.floats(0, 4)),
        blur_mm=draw(st.floats(0, 0.1)),
        seed=draw(st.integers(0, 1)),
    )


@st.composite
def good(draw: st.DrawFn) -> tuple[str, Scene]:
    """A paper (its name) that has to be scanned well, whole in the picture."""
    name = draw(st.sampled_from(["a4", "a5", "form", "id-card"]))
    scene = draw(poses(name))
    corners = render(paper(name), scene, SIZE[0] // 10, SIZE[1] // 10).corners * 10
    assume((corners > RIM).all() and (corners < np.array(SIZE) - RIM).all())
    assume(abs(corners[1, 0] - corners[0, 0]) > RIM)  # exactly sideways neither end is further up
    return name, scene


def seen(name: str | None, scene: Scene, size: tuple[int, int] = SIZE) -> tuple[Image, Points]:
    """The picture (blue, green, red) of a scene, and where the corners are."""
    view: View = render(paper(name) if name else None, scene, *size)
    return np.ascontiguousarray(view.pixels[..., ::-1]), view.corners


def pixels_of(page: Page) -> Image:
    """A page's rows, as a picture; RGB where it has colours."""
    rows = np.frombuffer(page.pixels, np.uint8)
    return rows.reshape(page.height, page.width, *([3] if page.mode is PageMode.COLOUR else []))


def original(name: str, scene: Scene, page: Page) -> Image:
    """The paper itself as large as its scan, with the end up that lay further up (RGB)."""
    _, corners = seen(name, scene, (SIZE[0] // 10, SIZE[1] // 10))
    size = page.width, page.height
    upright = cv2.resize(paper(name).pixels, size, interpolation=cv2.INTER_AREA)
    upside_down = corners[1, 0] < corners[0, 0]
    return np.ascontiguousarray(upright[::-1, ::-1] if upside_down else upright, np.uint8)


def likeness(one: Image, other: Image) -> float:
    """How alike two pictures are: normalised correlation, 1 for the same."""
    levels = [picture.mean(axis=2) if picture.ndim == 3 else picture for picture in (one, other)]
    smooth = [cv2.GaussianBlur(level.astype(np.float32), (0, 0), 2) for level in levels]
    first, second = (level - level.mean() for level in smooth)
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))


def blank(paper_itself: Image) -> Floats:
    """Where on a paper nothing is printed, nor near: a mask."""
    darkest = paper_itself.min(axis=2)
    bare = (darkest > np.percentile(darkest, 90) - 6).astype(np.uint8)
    bare[[0, -1]], bare[:, [0, -1]] = 0, 0
    return np.asarray(cv2.erode(bare, np.ones((31, 31), np.uint8)), np.float64)
