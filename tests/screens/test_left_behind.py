"""What is left of screens that were shown, and what is made anew: no more than has to be."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import pytest

from kiosk.core.catalogue import Language
from screens.samples import samples
from tests.screens.conftest import Stage

# A visit by its screens, those with pictures that move, keys, lists and a field to sign among them.
VISIT: Final = (
    *("home", "identify", "scan-good", "question-text-candidates", "signature"),
    *("issued-printing", "rating", "farewell-all", "attract"),
)
PATIENCE: Final = 20.0


def one_of_each_kind() -> list[str]:
    """A sample of every kind of screen."""
    kinds = {type(view.body): name for name, view in samples(Language.CHINESE)}
    return list(kinds.values())


@pytest.mark.timeout(240)
def test_screens_of_another_look_die(stage: Stage) -> None:
    """Once everything was made anew, nothing holds on to a screen or shell of before."""
    for sample in one_of_each_kind():
        stage.show(sample)
    before = stage.ask("watch_screens")
    stage.show("home", elder=True)
    stage.show("home")
    assert len(before) == len(one_of_each_kind()) + 1
    # What slid a moment ago is held until its bar has faded.
    assert sooner_or_later(lambda: stage.ask("alive") == []), stage.ask("alive")


@pytest.mark.timeout(240)
def test_visits_leave_no_more_than_the_first(stage: Stage) -> None:
    """However many visits there were, by finger or keypad, in any look: as many widgets as then."""

    def visit() -> dict[str, int]:
        for sample in VISIT:
            stage.show(sample)
        for sample in VISIT:
            stage.show(sample, elder=True, spoken=True, earphones=True)
            stage.key("Down")
        stage.show("attract")
        stage.tap_at(1, 1)  # the ring of the keypad goes
        return dict(stage.ask("kept"))

    first = visit()
    visit()
    assert visit() == first
    assert first["moving"] == 0


@pytest.mark.parametrize("sample", ["listing", "question-choice", "affairs"])
def test_a_list_that_comes_again_is_made_once(stage: Stage, sample: str) -> None:
    """However often its room changes until everything around it is set, its things stay."""
    assert stage.ask("emptied", sample=sample, language="zh-CN") <= 2  # wiped, and shown


@pytest.mark.parametrize("sample", ["identify", "identify-id_card", "issued-printing"])
def test_a_picture_that_shows_what_to_do_moves(stage: Stage, sample: str) -> None:
    """It goes on its way by itself, and begins anew."""
    stage.show(sample)

    def phase() -> float:
        return float(stage.ask("phase"))

    assert sooner_or_later(lambda: phase() > 0)
    assert sooner_or_later(lambda: phase() == 0)
    assert sooner_or_later(lambda: phase() > 0)


def sooner_or_later(there: Callable[[], bool]) -> bool:
    """Whether it comes true."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if there():
            return True
    return False
