"""What a county publishes comes to a terminal by its catalogue: announcements and labels."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.core import events, views
from kiosk.core.catalogue import Announcement, Catalogue, Label, LabelIcon, Text
from kiosk.core.legal_time import BEIJING
from sandbox.platform.publishing.desk import Issue
from sandbox.platform.server import PlatformServer
from sandbox.stage import Stage

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(120)]

WEEK = timedelta(days=7)


def announcement(code: str, begins: timedelta, ends: timedelta, about: str) -> Announcement:
    """One that is told by its code, from so long before or after today."""
    today = datetime.now(BEIJING).date()
    return Announcement(
        code=code,
        text=Text(code, code),
        first_day=today + begins,
        last_day=today + ends,
        about=about,
    )


def published(catalogue: Catalogue) -> Catalogue:
    """The catalogue with news of this week and of others, and one label."""
    label = Label(
        code="young",
        name=Text("年轻父母", "Young parents"),
        summary=Text("示例", "Example"),
        icon=LabelIcon.FAMILY,
        offers=("newborn", "990100200500"),
    )
    announcements = (
        announcement("over", -3 * WEEK, -2 * WEEK, "newborn"),
        announcement("now", -WEEK, WEEK, "990100600100"),
        announcement("later", 2 * WEEK, 3 * WEEK, "newborn"),
    )
    return catalogue.model_copy(update={"labels": (label,), "announcements": announcements})


def test_a_county_tells_and_arranges_without_a_change_of_code(tmp_path: Path) -> None:
    """News of today stands there and leads to its item; a label has what was put under it."""
    with PlatformServer() as platform:
        platform.office.catalogue = published(platform.office.catalogue)
        platform.issue(Issue())
        with Stage(tmp_path, platform=platform) as stage:
            attract = stage.see(views.AttractView, lambda view: view.announcements)
            assert [one.text for one in attract.announcements] == ["now"]
            stage.touch(events.Choose(attract.announcements[0].about or ""))
            item = platform.office.catalogue.item("990100600100")
            assert item is not None
            assert stage.see(views.NoticeView).name == item.name.zh
            stage.touch(events.Back())
            home = stage.see(views.HomeView)
            stage.touch(events.Browse(home.labels[0].code))
            listing = stage.see(views.ListingView)
            assert [tile.code for tile in listing.tiles] == ["newborn", "990100200500"]
