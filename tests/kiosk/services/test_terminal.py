"""The loop: events in order, effects carried out, views published when they change."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import cast

import structlog

from drivers.device import DeviceKind, NotFitted
from kiosk.core import effects, events, scenes
from kiosk.core.catalogue import NOTHING, Language
from kiosk.core.effects import Effect
from kiosk.core.identity import Person
from kiosk.core.views import View
from kiosk.core.visit import Journey, Settings, Visit, beginning
from kiosk.services.terminal import Post, Terminal

TODAY = date(2026, 11, 23)
SETTINGS = Settings({Language.CHINESE: "柳湖村", Language.ENGLISH: "Liuhu"}, "12345", None)


class Recorder:
    """Hands that only write down what they were asked."""

    def __init__(self) -> None:
        self.asked: list[Effect] = []

    def carry_out(self, effect: Effect, post: Post) -> None:
        """Write it down; nothing happens."""
        del post
        self.asked.append(effect)


def terminal(journey: Journey) -> tuple[Terminal, Recorder, list[View]]:
    """A terminal with its recording hands and the views it published."""
    hands, shown = Recorder(), list[View]()
    return Terminal(journey, hands, shown.append), hands, shown


async def test_events_posted_from_anywhere_in_the_loop_are_answered_in_order() -> None:
    """The first view is published before any event, then one view for each change."""
    box, hands, shown = terminal(beginning(SETTINGS, NOTHING, TODAY))
    running = asyncio.create_task(box.run())
    for event in (events.Start(), events.Touched(), events.Leave()):
        box.post(event)
    async with asyncio.timeout(5):
        while len(shown) < 3:  # noqa: ASYNC110 # the list is the thing under test
            await asyncio.sleep(0)
    running.cancel()
    assert [view.name for view in shown] == ["attract", "home", "attract"]
    assert effects.EndVisit(1) in hands.asked
    assert not box.in_visit


def test_a_view_is_published_only_when_it_changed() -> None:
    """A touch that changes nothing draws nothing."""
    box, _, shown = terminal(beginning(SETTINGS, NOTHING, TODAY))
    for event in (events.Start(), events.Touched(), events.Touched()):
        box.step(event)
    assert len(shown) == 1


def test_a_mistake_of_ours_ends_the_visit_and_not_the_terminal() -> None:
    """Whatever the core raises, the visit is wiped with all it began, and attract shown."""
    journey = Journey(
        SETTINGS,
        NOTHING,
        Language.ENGLISH,
        TODAY,
        devices={DeviceKind.CABINET: NotFitted()},
        scene=scenes.Identify(),
        visit=Visit(3),
        visits=3,
    )
    box, hands, shown = terminal(journey)
    nobody = cast("Person", None)
    with structlog.testing.capture_logs() as logs:
        box.step(events.Identified(3, nobody))
    assert shown[-1].name == "attract"
    assert hands.asked == [effects.EndVisit(3)]
    assert [entry["event"] for entry in logs] == ["journey.failed"]
    box.step(events.Start())
    assert shown[-1].name == "home"
