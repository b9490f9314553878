"""The simulated document camera: what lies there is what is asked for, and where it is is known."""

from __future__ import annotations

import numpy as np
import pytest

from drivers.cameras.opencv import cv2
from sandbox.control import ControlError
from sandbox.devices.document_camera import BAD, SimulatedDocumentCamera
from sandbox.devices.page_scene import Scene, render
from sandbox.devices.papers import DRAWN, PER_MM, paper
from sandbox.lines import Lines

pytestmark = pytest.mark.usefixtures("no_leaks")


def test_every_line_changes_what_is_seen() -> None:
    """Each paper, each way of lying badly and each turn gives a picture of its own."""
    simulated = SimulatedDocumentCamera()
    lines = Lines(simulated.actors)
    seen = [simulated.truth().pixels]
    for line in (*(f"page {name}" for name in DRAWN), "page a5", "page turn 30", "page lift"):
        lines.act(line)
        picture = simulated.truth().pixels
        assert not np.array_equal(picture, seen[-1]), line
        seen.append(picture)
    assert np.array_equal(seen[-1], seen[0])
    lines.act("page a5")
    well = simulated.truth().pixels
    for how in BAD:
        lines.act(f"page {how}")
        assert not np.array_equal(simulated.truth().pixels, well), how
        simulated.behave()
        assert np.array_equal(simulated.truth().pixels, well), how


def test_a_paper_that_moves_is_elsewhere_a_moment_later() -> None:
    """Shoved about, it is not where it was; laid down again, it stays."""
    simulated = SimulatedDocumentCamera()
    simulated.lay("a5")
    assert simulated.scene(0.0) == simulated.scene(100.0)
    simulated.move()
    assert simulated.scene(0.0) != simulated.scene(0.3)


@pytest.mark.parametrize("line", ["page", "page a3", "page turn", "page turn round", "page fly"])
def test_what_is_not_understood_is_answered(line: str) -> None:
    """A wrong line says which there are, and changes nothing."""
    simulated = SimulatedDocumentCamera()
    with pytest.raises(ControlError, match=r"there is: page .*bent"):
        Lines(simulated.actors).act(line)
    assert simulated.truth().corners.size == 0


@pytest.mark.parametrize("degrees", [0, 33, 171])
def test_the_truth_is_true(degrees: int) -> None:
    """Put back with the corners it says, a paper is itself again: every stroke in its place."""
    scene = Scene(degrees=degrees, tilt=9, shade=0, tint=(1, 1, 1), level=1, noise=0)
    laid = paper("a5")
    view = render(laid, scene, 2000, 1500)
    height, width = laid.pixels.shape[:2]
    outline = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    back = cv2.getPerspectiveTransform(view.corners.astype(np.float32), outline.astype(np.float32))
    flat = cv2.warpPerspective(view.pixels, back, (width, height), flags=cv2.INTER_CUBIC)
    shift, response = cv2.phaseCorrelate(
        *(
            cv2.GaussianBlur(one, (0, 0), 4)[..., 1].astype(np.float64)
            for one in (laid.pixels, np.asarray(flat))
        )
    )
    assert response > 0.5
    assert max(map(abs, shift)) < 0.1 * PER_MM
