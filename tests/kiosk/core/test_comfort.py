"""How a terminal looks and speaks: kept for the visit, gone after it, and never in a hurry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core import effects, events, scenes
from kiosk.core.comfort import UNHURRIED, Comfort, TextSize
from kiosk.core.effects import Effect
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.speech import Pace
from tests.kiosk.core.conftest import World
from tests.kiosk.core.playing import play

ELDER = Comfort().for_elders(on=True)


def seconds(asked: list[Effect]) -> list[float | None]:
    """What the timers were set to."""
    return [one.seconds for one in asked if isinstance(one, effects.SetTimer)]


def test_elder_view_is_large_unhurried_and_spoken() -> None:
    """One touch turns all of it on, another all of it off; what else was chosen stays."""
    chosen = Comfort(contrast=True, low_reach=True)
    elder = chosen.for_elders(on=True)
    assert (elder.text, elder.spoken, elder.pace) == (TextSize.LARGE, True, Pace.SLOW)
    assert elder.patience == UNHURRIED
    assert elder.contrast
    assert elder.for_elders(on=False) == chosen


@pytest.mark.parametrize("first", [events.Adjust(ELDER), events.ShowComfort()])
def test_a_visit_begins_with_the_first_touch_of_any_kind(
    world: World, first: events.Intent
) -> None:
    """Whoever wants it larger before anything else is there, and is warned before it ends."""
    journey, asked = play(world.journey, first)
    assert journey.visit is not None
    assert seconds(asked) != [None]


def test_it_stays_for_the_visit_and_is_gone_after_it(world: World) -> None:
    """Every screen of a visit is as somebody wanted it; the next person finds nothing of it."""
    journey, _ = play(world.journey, events.Adjust(replace(ELDER, contrast=True)))
    for scene in world.scenes:
        shown = view(replace(journey, scene=scene)).frame.comfort
        assert shown == replace(ELDER, contrast=True)
    ended, _ = play(journey, events.Leave())
    assert ended.visit is None
    assert ended.comfort == Comfort()


def test_earphones_speak_and_outlast_a_visit(world: World) -> None:
    """Plugged in they begin a spoken visit; those left in are there for the next one, too."""
    journey, _ = play(world.journey, events.Earphones(plugged=True))
    assert journey.visit is not None
    assert journey.comfort.spoken
    ended, _ = play(journey, events.Leave())
    assert ended.comfort.earphones
    pulled, _ = play(ended, events.Earphones(plugged=False))
    assert pulled.visit is None
    assert pulled.comfort == Comfort()


def test_a_key_begins_a_spoken_visit(world: World) -> None:
    """Whoever finds the keypad may not see the screen; a finger begins a silent visit."""
    assert play(world.journey, events.Start(spoken=True))[0].comfort.spoken
    assert not play(world.journey, events.Start())[0].comfort.spoken


@pytest.mark.parametrize("comfort", [ELDER, Comfort(spoken=True)])
def test_whoever_is_slow_has_twice_as_long(world: World, comfort: Comfort) -> None:
    """Both the time before the warning and the warning itself are longer, and said so."""
    settings = world.journey.settings
    journey, asked = play(world.journey, events.Adjust(comfort))
    assert seconds(asked) == [settings.idle * UNHURRIED]
    warned = update(journey, events.TimerFired(journey.timer))
    assert seconds(list(warned.effects)) == [settings.warning * UNHURRIED]
    body = view(warned.journey).body
    assert getattr(body, "seconds", None) == settings.warning * UNHURRIED


def test_a_visit_can_be_extended_as_often_as_somebody_likes(world: World) -> None:
    """WCAG 2.2.1: at least ten times; here without end."""
    journey, _ = play(world.journey, events.Start())
    for _ in range(25):
        journey, _ = play(journey, events.TimerFired(journey.timer))
        assert journey.scene == scenes.StillThere(scenes.Home())
        journey, _ = play(journey, events.Continue())
        assert journey.scene == scenes.Home()


def test_changing_how_it_looks_interrupts_nothing(world: World) -> None:
    """The switches lie over any scene; done with them, it goes on where it was."""
    for scene in world.scenes:
        before = world.at(scene)
        if before.visit is None:
            continue
        opened = update(before, events.ShowComfort()).journey
        assert opened.scene == scenes.Adjusting(scenes.bottom(scene))
        changed = update(opened, events.Adjust(ELDER)).journey
        assert changed.scene == opened.scene
        assert update(changed, events.Continue()).journey.scene == scenes.bottom(scene)
