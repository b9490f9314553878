"""What can be wrong with an announcement or a label, apart from what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.catalogue.county import Announcement, Label
from kiosk.core.catalogue.faults import Wrong
from kiosk.core.catalogue.item import Category
from kiosk.core.catalogue.text import Text

# Characters in Chinese and in English: two lines from two metres away, a tile's name and line.
_ANNOUNCED = (36, 90)
_NAME = (8, 24)
_SUMMARY = (24, 60)


def of_announcement(announcement: Announcement) -> Iterator[Wrong]:
    """What is wrong with one announcement."""
    first, last = announcement.first_day, announcement.last_day
    if last < first:
        what = f"it ends on {last} and begins on {first}"
        yield Wrong("last_day", what, "write a day that is not before first_day")
    yield from _too_long("text", announcement.text, _ANNOUNCED)


def of_label(label: Label) -> Iterator[Wrong]:
    """What is wrong with one label."""
    if label.code in set(Category):
        yield Wrong("code", "a category is called that", "give it a code of its own")
    yield from _too_long("name", label.name, _NAME)
    yield from _too_long("summary", label.summary, _SUMMARY)


def _too_long(member: str, text: Text, most: tuple[int, int]) -> Iterator[Wrong]:
    for tag, words, limit in zip(("zh-CN", "en"), (text.zh, text.en), most, strict=True):
        if len(words) > limit:
            what = f"{len(words)} characters, and {limit} can be shown"
            yield Wrong(f"{member}.{tag}", what, "say it in fewer words")
