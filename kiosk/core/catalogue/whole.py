"""The unified catalogue: items, bundles, policies, what they refer to and how they are found."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime
from pydantic import Field as Setting

from kiosk.core.catalogue.county import Announcement, Label
from kiosk.core.catalogue.form import Key
from kiosk.core.catalogue.item import Audience, ServiceItem
from kiosk.core.catalogue.text import Code, Days, Entry, Text

RegionCode = Annotated[str, Setting(pattern=r"^[0-9]{12}$")]


class Department(Entry):
    """Who decides."""

    code: Code
    name: Text
    phone: Annotated[str, Setting(pattern=r"^[0-9-]{3,20}$")] | None = None


class Region(Entry):
    """One place of the tree of regions (统计用区划代码, 12 digits); `parent` None at its root."""

    code: RegionCode
    name: Text
    parent: RegionCode | None = None


class Given(Entry):
    """An answer that a bundle gives itself: whoever registers a birth need not say that it was."""

    key: Key
    answer: str


class Bundle(Entry):
    """一件事一次办: items of several departments with one guide, one form and one progress.

    `given` are answers that it leaves nobody to give; they can be changed before it is sent.
    """

    code: Code
    name: Text
    summary: Text
    items: Annotated[tuple[Code, ...], Setting(min_length=2)]
    promised_days: Days
    given: tuple[Given, ...] = ()
    keywords: tuple[str, ...] = ()


class PolicyMode(StrEnum):
    """What somebody who matches has to do (免申即享)."""

    NOTHING = "nothing"
    CONFIRM = "confirm"


class Policy(Entry):
    """A benefit that the platform matches people or enterprises with, without application."""

    code: Code
    name: Text
    summary: Text
    benefit: Text
    department: Code
    audience: Audience
    mode: PolicyMode
    legal_basis: Annotated[tuple[Text, ...], Setting(min_length=1)]
    keywords: tuple[str, ...] = ()


class Catalogue(Entry):
    """Everything that may be reached at a terminal, in the order in which it is offered.

    `serial` grows with every issue, so that an older one is known; `frequent` are the codes of
    items and bundles for the first screen, `labels` lead to others, and `announcements` are told
    while nobody is there. It counts from `activates_at` and no longer than `expires_at`.
    """

    serial: Annotated[int, Setting(ge=0)]
    version: Code
    issued_at: AwareDatetime | None = None
    activates_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    departments: tuple[Department, ...] = ()
    regions: tuple[Region, ...] = ()
    items: Annotated[tuple[ServiceItem, ...], Setting(max_length=5000)] = ()
    bundles: Annotated[tuple[Bundle, ...], Setting(max_length=500)] = ()
    policies: Annotated[tuple[Policy, ...], Setting(max_length=500)] = ()
    frequent: tuple[Code, ...] = ()
    labels: Annotated[tuple[Label, ...], Setting(max_length=50)] = ()
    announcements: Annotated[tuple[Announcement, ...], Setting(max_length=50)] = ()

    def item(self, code: str) -> ServiceItem | None:
        """The item of that code, or None: it was withdrawn or never offered."""
        return next((item for item in self.items if item.code == code), None)

    def bundle(self, code: str) -> Bundle | None:
        """The bundle of that code, or None."""
        return next((bundle for bundle in self.bundles if bundle.code == code), None)

    def policy(self, code: str) -> Policy | None:
        """The policy of that code, or None."""
        return next((policy for policy in self.policies if policy.code == code), None)

    def label(self, code: str) -> Label | None:
        """The label of that code, or None."""
        return next((label for label in self.labels if label.code == code), None)

    def department(self, code: str) -> Department | None:
        """The department of that code, or None."""
        return next((one for one in self.departments if one.code == code), None)

    def region(self, code: str) -> Region | None:
        """The region of that code, or None."""
        return next((region for region in self.regions if region.code == code), None)

    def inside(self, parent: str | None) -> tuple[Region, ...]:
        """The regions directly within another; those of the root for None."""
        return tuple(region for region in self.regions if region.parent == parent)


NOTHING = Catalogue(serial=0, version="none")
"""What a terminal offers before it ever had a catalogue."""
