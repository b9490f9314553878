"""The journey: every scene with every event, and what always holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    NotFitted,
    PaperOut,
    PrintEvidence,
    PrintOutcome,
    Ready,
    Unknown,
)
from kiosk import wire
from kiosk.core import effects, events, scenes, views
from kiosk.core.cases import Grade
from kiosk.core.catalogue import Language
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.identity import Means
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey
from tests.kiosk.core.playing import play

WORD: TypeAdapter[str | int] = TypeAdapter(wire.Detail)
World = Any  # the fixture of conftest.py, which importlib mode keeps from being imported


def names(asked: list[Effect]) -> list[str]:
    """The effects by name, without timers."""
    return [type(e).__name__ for e in asked if not isinstance(e, effects.SetTimer)]


def visit_events(world: World) -> list[Event]:
    """A whole visit in which all goes well, from the first touch to the last."""
    return [
        events.Start(),
        events.Choose(world.instant.code),
        events.Continue(),
        events.CardPlaced(1, Means.ID_CARD),
        events.Identified(1, world.person),
        events.Continue(),
        events.Decided(1, world.issued),
        events.CertificateDrawn(1, b"png"),
        events.Print(),
        events.PrintEnded(1, PrintOutcome(PrintEvidence.CONFIRMED, Ready())),
        events.Continue(),
        events.Rate(Grade.SATISFIED),
    ]


def test_a_whole_visit_asks_the_world_for_each_thing_once(world: World) -> None:
    """Each effect of a good visit is asked for once, in order, and the timer ends it clean."""
    journey, asked = play(world.journey, *visit_events(world))
    journey, more = play(journey, events.TimerFired(journey.timer))
    assert isinstance(journey.scene, scenes.Farewell)
    journey, last = play(journey, events.TimerFired(journey.timer))
    assert names(asked + more + last) == [
        "ReadIdentity",
        "StopReading",
        "Submit",
        "DrawCertificate",
        "PrintReceipt",
        "SendRating",
        "EndVisit",
    ]
    assert journey.scene == scenes.Attract()
    assert journey.visit is None


def test_every_scene_has_an_answer_to_every_event(world: World) -> None:
    """No pair of scene and event raises, and none leaves a screen blank."""
    seen: Counter[str] = Counter()
    everything = world.events()
    for before in map(world.at, world.scenes):
        assert view(before).body is not None
        for event in everything:
            after = update(before, event).journey
            assert after is before or view(after).body is not None
            seen[type(after.scene).__name__] += 1
    assert set(seen) == {kind.__name__ for kind in get_args(scenes.Scene)}


def test_whoever_waits_for_the_platform_is_never_left_waiting(world: World) -> None:
    """Every reply to every inquiry, also one that makes no sense, leads to a screen."""
    asking = scenes.Asking | scenes.FaceCheck
    replies = world.replies()
    for scene in (s for s in world.scenes if isinstance(scenes.bottom(s), asking)):
        before, below = world.at(scene), scenes.bottom(scene)
        for event in replies:
            after = update(before, event).journey
            assert after is before or view(after).body is not None
            if isinstance(below, scenes.Asking) and event.inquiry == below.inquiry:
                assert scenes.bottom(after.scene) != below


def test_the_events_tried_are_all_there_are(world: World) -> None:
    """The exhaustive test leaves out no event and no scene of the unions."""
    assert {type(e) for e in world.events()} == set(get_args(events.Event))
    assert {type(s) for s in world.scenes} == set(get_args(scenes.Scene))


def test_an_answer_of_another_visit_changes_nothing(world: World) -> None:
    """What comes late from an earlier visit never reaches the next person's screen."""
    answers = [e for e in world.events(visit=7) if isinstance(e, events.VisitAnswer)]
    for before in map(world.at, world.scenes):
        for event in answers:
            assert update(before, event).journey == before


def test_a_stale_timer_changes_nothing(world: World) -> None:
    """A timer that was replaced may still fire; nobody is thrown out by it."""
    for scene in world.scenes:
        transition = update(world.at(scene), events.TimerFired(99))
        assert (transition.journey, transition.effects) == (world.at(scene), ())


def test_walking_away_is_warned_then_wiped(world: World) -> None:
    """From every scene timers alone lead to attract, past a warning wherever a person is known."""
    for scene in world.scenes:
        journey = world.at(scene)
        passed = []
        for _ in range(8):
            journey = update(journey, events.TimerFired(journey.timer)).journey
            passed.append(type(journey.scene))
        assert journey.scene == scenes.Attract()
        assert journey.visit is None
        warned = scenes.StillThere in passed or isinstance(scene, scenes.StillThere)
        nobody = scenes.Attract | scenes.Farewell | scenes.StaffScene
        ended = isinstance(scenes.bottom(scene), nobody)
        chosen = isinstance(scenes.bottom(scene), scenes.Rating)
        assert warned or ended or chosen, scene


def test_the_warning_gives_at_least_twenty_seconds(world: World) -> None:
    """WCAG 2.2.1: whoever is warned has at least 20 s, and one touch goes on."""
    journey, _ = play(world.journey, events.Start())
    transition = update(journey, events.TimerFired(journey.timer))
    timers = [e for e in transition.effects if isinstance(e, effects.SetTimer)]
    assert [t.seconds for t in timers] == [world.journey.settings.warning]
    assert world.journey.settings.warning >= 20
    assert update(transition.journey, events.Continue()).journey.scene == scenes.Home()


def alone(world: World) -> Journey:
    """A terminal that has an ID-card reader and no other way to say who one is."""
    others = (DeviceKind.SOCIAL_CARD_READER, DeviceKind.BARCODE_SCANNER)
    devices = {**world.journey.devices, **dict.fromkeys(others, NotFitted())}
    journey: Journey = replace(world.journey, devices=devices)
    return journey


def test_a_reader_lost_while_waiting_says_so_and_goes_on_when_it_is_back(world: World) -> None:
    """Unplugging shows the fault; plugging in goes on with the same visit without a touch."""
    journey, _ = play(alone(world), *visit_events(world)[:3])
    gone = events.DeviceChanged(DeviceKind.ID_CARD_READER, Disconnected("unplugged"))
    journey, asked = play(journey, gone)
    assert view(journey).body == views.FaultView(Trouble.READER_UNAVAILABLE, None, can_retry=True)
    assert names(asked) == ["StopReading"]
    back = events.DeviceChanged(DeviceKind.ID_CARD_READER, Ready())
    journey, asked = play(journey, back)
    assert journey.scene == scenes.Identify()
    assert names(asked) == ["ReadIdentity"]


def test_one_reader_lost_leaves_the_others(world: World) -> None:
    """Whoever has another card goes on: the screen offers what still works, and waits for it."""
    journey, _ = play(world.journey, *visit_events(world)[:3])
    gone = events.DeviceChanged(DeviceKind.ID_CARD_READER, Disconnected("unplugged"))
    journey, asked = play(journey, gone)
    body = view(journey).body
    assert isinstance(body, views.IdentifyView)
    assert body.means == (Means.SOCIAL_CARD, Means.CODE)
    assert [e.means for e in asked if isinstance(e, effects.ReadIdentity)] == [
        frozenset({Means.SOCIAL_CARD, Means.CODE})
    ]


def test_a_card_that_fails_is_tried_again_and_then_help_is_offered(world: World) -> None:
    """Two failures ask to lay the card down again; the third stops and offers a way on."""
    journey, _ = play(world.journey, *visit_events(world)[:3])
    failed = events.ReadFailed(1, Means.ID_CARD, Fault("card.unreadable", Advice.RETRY))
    journey, asked = play(journey, failed, failed)
    body = view(journey).body
    assert isinstance(body, views.IdentifyView)
    assert (body.reading, body.trouble) == (None, Trouble.CARD_UNREADABLE)
    assert names(asked) == ["ReadIdentity", "ReadIdentity"]
    journey, _ = play(journey, failed)
    assert isinstance(view(journey).body, views.FaultView)


@pytest.mark.parametrize(
    ("who", "trouble"), [("expired", Trouble.CARD_EXPIRED), ("young", Trouble.UNDERAGE)]
)
def test_whoever_may_not_apply_is_told_in_plain_words(
    world: World, who: str, trouble: Trouble
) -> None:
    """A card that ran out and somebody too young go no further, and nothing of them is kept."""
    wish = (events.Start(), events.Choose(world.whole.code), events.Continue())
    journey, asked = play(world.journey, *wish, events.Identified(1, getattr(world, who)))
    assert view(journey).body == views.FaultView(trouble, None, can_retry=False)
    assert "Submit" not in names(asked)
    assert journey.visit is not None
    assert journey.visit.person is None


def test_not_me_forgets_the_person(world: World) -> None:
    """No on the review forgets whose card it was and waits for another."""
    journey, _ = play(world.journey, *visit_events(world)[:5])
    journey, asked = play(journey, events.Decline())
    assert journey.scene == scenes.Identify()
    assert journey.visit is not None
    assert journey.visit.person is None
    assert names(asked) == ["ReadIdentity"]


def test_a_kept_request_shows_its_number_and_asks_no_rating(world: World) -> None:
    """Without the platform the resident gets a number and a receipt; there is no case to rate."""
    journey, _ = play(world.journey, *visit_events(world)[:6], events.Decided(1, world.kept))
    body = view(journey).body
    assert isinstance(body, views.KeptView)
    assert body.number == world.kept.number
    journey, _ = play(journey, events.Continue())
    assert journey.scene == scenes.Farewell()


def test_a_refusal_is_shown_in_the_platforms_own_words(world: World) -> None:
    """A refused application says why and leads back home, never to a retry."""
    journey, _ = play(world.journey, *visit_events(world)[:6], events.Decided(1, world.refused))
    body = view(journey).body
    assert body == views.FaultView(Trouble.REFUSED, world.refused.words, can_retry=False)
    assert play(journey, events.Continue())[0].scene == scenes.Home()


def test_no_paper_before_printing_is_said_before_the_button_is_touched(world: World) -> None:
    """An empty printer shows on the result, and no print is asked for."""
    out = events.DeviceChanged(DeviceKind.RECEIPT_PRINTER, PaperOut())
    journey, _ = play(world.journey, out, *visit_events(world)[:8])
    body = view(journey).body
    assert isinstance(body, views.IssuedView)
    assert body.print == views.NotPrinted(Trouble.PAPER_OUT)
    journey, asked = play(journey, events.Print())
    assert "PrintReceipt" not in names(asked)


@pytest.mark.parametrize(
    ("outcome", "copy"),
    [
        (PrintOutcome(PrintEvidence.NOT_STARTED, PaperOut()), 0),
        (PrintOutcome(PrintEvidence.UNKNOWN, PaperOut()), 1),
        (PrintOutcome(PrintEvidence.UNKNOWN, Unknown()), 1),
        (PrintOutcome(PrintEvidence.SENT, Unknown()), 1),
        (PrintOutcome(PrintEvidence.CONFIRMED, Ready()), 1),
    ],
)
def test_a_reprint_is_a_copy_when_the_first_may_be_out(
    world: World, outcome: PrintOutcome, copy: int
) -> None:
    """Only a receipt that certainly never started is printed again as an original."""
    journey, _ = play(world.journey, *visit_events(world)[:9], events.PrintEnded(1, outcome))
    _, asked = play(journey, events.Print())
    assert [e.copy for e in asked if isinstance(e, effects.PrintReceipt)] == [copy]


def test_a_double_touch_submits_once(world: World) -> None:
    """Touching twice what submits or rates asks the world once."""
    submit, rate = visit_events(world)[5], visit_events(world)[-1]
    doubled = [*visit_events(world)[:6], submit, *visit_events(world)[6:], rate]
    _, asked = play(world.journey, *doubled)
    counted = Counter(names(asked))
    assert counted["Submit"] == counted["SendRating"] == 1


def test_help_keeps_the_visit_and_goes_back_to_it(world: World) -> None:
    """Help called from any scene of a visit is told once and returns to the same scene."""
    for scene in world.scenes:
        if isinstance(scene, scenes.Attract | scenes.Help | scenes.StaffScene):
            continue
        journey, asked = play(world.at(scene), events.CallHelp())
        [told] = [one for one in asked if isinstance(one, effects.TellHelp)]
        assert told.screen == view(world.at(scenes.bottom(scene))).name
        assert WORD.validate_python(told.screen)
        assert isinstance(journey.scene, scenes.Help)
        assert play(journey, events.Continue())[0].scene == scenes.bottom(scene)


def test_a_language_lasts_for_the_visit(world: World) -> None:
    """Whoever chose English leaves a Chinese terminal behind."""
    journey, _ = play(world.journey, events.Start(), events.Speak(Language.ENGLISH))
    assert view(journey).frame.language is Language.ENGLISH
    journey, _ = play(journey, events.Leave())
    assert view(journey).frame.language is Language.CHINESE


STARTS = {
    effects.ReadIdentity: scenes.Identify,
    effects.CaptureFace: scenes.FaceCheck,
    effects.WatchPage: scenes.Scanning,
    effects.WatchUpload: scenes.Uploading,
    effects.Consult: scenes.Asking,
    effects.TestDevice: scenes.Staffed,
    effects.WatchInside: scenes.Staffed,
}
STOPS = {
    effects.StopReading: effects.ReadIdentity,
    effects.StopCapture: effects.CaptureFace,
    effects.StopWatching: effects.WatchPage,
    effects.StopUpload: effects.WatchUpload,
    effects.StopConsulting: effects.Consult,
    effects.StopTest: effects.TestDevice,
    effects.StopInside: effects.WatchInside,
}


@settings(max_examples=300, deadline=None)
@given(choices=st.lists(st.integers(0, 10_000), max_size=60))
def test_whatever_happens_the_promises_hold(world: World, choices: list[int]) -> None:
    """For any sequence of events: no exception, nobody between visits, nothing left going on."""
    journey, going_on, timer_on = world.journey, set[type[Effect]](), False
    for choice in choices:
        possible = world.events(journey.visits, journey.timer, journey.entries)
        transition = update(journey, possible[choice % len(possible)])
        journey = transition.journey
        for effect in transition.effects:
            if type(effect) in STARTS:
                going_on.add(type(effect))
            elif type(effect) in STOPS:
                going_on.discard(STOPS[type(effect)])
            elif isinstance(effect, effects.SetTimer):
                timer_on = effect.seconds is not None
            elif isinstance(effect, effects.EndVisit):
                assert not going_on
        below = scenes.bottom(journey.scene)
        for kind in going_on - {effects.Consult}:  # a face is compared where it was taken
            assert isinstance(below, STARTS[kind])
        assert not isinstance(below, scenes.Identify) or effects.ReadIdentity in going_on
        nobody = isinstance(journey.scene, scenes.Attract)
        assert timer_on == (not nobody)
        assert (journey.visit is None) == (nobody or isinstance(journey.scene, scenes.StaffScene))
        assert view(journey).body is not None
