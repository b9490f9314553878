"""What a county publishes besides services: announcements, and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.core import events, scenes, views
from kiosk.core.catalogue import Announcement, Category, LabelIcon, Language, Text
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose
from tests.kiosk.core.playing import play

World = Any  # the fixture of conftest.py, which importlib mode keeps from being imported


def announcement(first: int, last: int, about: str | None = None) -> Announcement:
    """One of November, told by its first day."""
    return Announcement(
        code=f"from-{first}-{about}",
        text=Text(f"{first}日起", f"From the {first}th"),
        first_day=date(2026, 11, first),
        last_day=date(2026, 11, last),
        about=about,
    )


def announcing(journey: Journey, *announcements: Announcement) -> Journey:
    """The journey with a catalogue that announces these."""
    catalogue = journey.catalogue.model_copy(update={"announcements": announcements})
    return update(journey, events.CatalogueChanged(catalogue)).journey


def told(journey: Journey) -> Sequence[views.AnnouncementView]:
    """What the attract screen tells."""
    body = view(journey).body
    assert isinstance(body, views.AttractView)
    return body.announcements


def test_what_is_over_or_has_not_begun_is_not_announced(world: World) -> None:
    """On a day only what runs on it is told, in the order of the catalogue; the next day others."""
    ends, runs, begins = announcement(1, 23), announcement(2, 30), announcement(24, 30)
    journey = announcing(world.journey, ends, begins, runs)
    assert [one.text for one in told(journey)] == ["1日起", "2日起"]
    journey = update(journey, events.DayBegan(date(2026, 11, 24))).journey
    assert [one.text for one in told(journey)] == ["24日起", "2日起"]
    journey = update(journey, events.Speak(Language.ENGLISH)).journey
    assert [one.text for one in told(journey)] == ["From the 24th", "From the 2th"]


def test_a_touch_on_an_announcement_leads_to_what_it_is_about(world: World) -> None:
    """To the notice of an item, and back to the front; of a policy, to who somebody is."""
    about = (announcement(1, 30, "whole"), announcement(2, 30, "allowance"), announcement(3, 30))
    journey = announcing(world.journey, *about)
    item, policy, nothing = told(journey)
    assert (item.about, item.policy) == ("whole", False)
    assert (policy.about, policy.policy) == ("allowance", True)
    assert (nothing.about, nothing.policy) == (None, False)
    chosen, _ = play(journey, events.Choose("whole"))
    body = view(chosen).body
    assert isinstance(body, views.NoticeView)
    assert body.name == world.whole.name.zh
    assert play(chosen, events.Back())[0].scene == scenes.Home()
    wanted, _ = play(journey, events.Want(Purpose.POLICIES))
    assert isinstance(wanted.scene, scenes.Identify)


def test_what_cannot_be_done_is_announced_and_leads_nowhere(world: World) -> None:
    """Without a network policies are not to be asked for; what was withdrawn leads nowhere."""
    about = (announcement(1, 30, "allowance"), announcement(2, 30, "withdrawn"))
    journey = announcing(world.journey, *about)
    journey = update(journey, events.PlatformChanged(reachable=False)).journey
    assert [(one.text, one.about) for one in told(journey)] == [("1日起", None), ("2日起", None)]


def test_a_closed_terminal_announces_nothing(world: World) -> None:
    """Why it is closed and who can help is all that stands there, and no touch begins anything."""
    journey = announcing(world.journey, announcement(1, 30, "whole"))
    closed = replace(journey, out_of_service=True)
    assert told(closed) == ()
    touched = (events.Choose("whole"), events.Want(Purpose.POLICIES))
    assert all(isinstance(play(closed, one)[0].scene, scenes.Attract) for one in touched)


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.POLICIES])
def test_only_policies_are_asked_for_from_nobody(world: World, purpose: Purpose) -> None:
    """What no announcement can be about begins no visit."""
    assert isinstance(play(world.journey, events.Want(purpose))[0].scene, scenes.Attract)


def test_labels_stand_beside_categories(world: World) -> None:
    """The first screen has each by its name, in the language that is spoken, with its picture."""
    body = view(play(world.journey, events.Start())[0]).body
    assert isinstance(body, views.HomeView)
    assert body.labels == (views.LabelView("elders", "老年人", "summary", LabelIcon.ELDER),)


def test_a_label_has_what_it_offers_in_its_order(world: World) -> None:
    """Items and bundles alike, whatever their category."""
    body = view(play(world.journey, events.Start(), events.Browse("elders"))[0]).body
    assert isinstance(body, views.ListingView)
    assert isinstance(body.group, views.LabelView)
    assert body.group.name == "老年人"
    assert [(tile.code, tile.bundle) for tile in body.tiles] == [
        ("both", True),
        ("pension-proof", False),
    ]


def test_back_leads_to_the_label_and_from_it_to_where_it_was_chosen(world: World) -> None:
    """From the notice to the list with what was looked at, from the list to the label."""
    chosen = (events.Start(), events.Browse("elders"), events.Choose("both"), events.Back())
    journey, _ = play(world.journey, *chosen)
    assert journey.scene == scenes.Listing("elders", "both")
    back, _ = play(journey, events.Back())
    body = view(back).body
    assert isinstance(body, views.HomeView)
    assert body.after == "elders"


def test_a_label_that_is_gone_says_so(world: World) -> None:
    """Touched after another catalogue came, it is told like an item that was withdrawn."""
    journey, _ = play(world.journey, events.Start(), events.Browse("gone"))
    assert journey.scene == scenes.Stuck(Trouble.ITEM_WITHDRAWN, None, scenes.Home())
    assert play(journey, events.Retry())[0].scene == scenes.Home()


def test_a_category_is_no_label(world: World) -> None:
    """A category is shown as one, though it is written like a code."""
    journey, _ = play(world.journey, events.Start(), events.Browse(Category.SOCIAL))
    body = view(journey).body
    assert isinstance(body, views.ListingView)
    assert body.group is Category.SOCIAL
