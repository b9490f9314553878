"""What is shown while a resident chooses what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.catalogue import Category, Delivery, LabelIcon
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """公告: one sentence, and what a touch on it chooses; None: it begins like any other touch.

    A `policy` is none to choose: touching it wants to know which ones fit, as with a `Tile`.
    """

    text: str
    about: str | None = None
    policy: bool = False


@dataclass(frozen=True, slots=True)
class AttractView:
    """Nobody is there: the terminal invites. `closed` says why nothing at all can be offered.

    `staff`: the way in for those who look after it is in sight. `announcements` are those of today.
    """

    closed: Trouble | None
    staff: bool = False
    announcements: tuple[AnnouncementView, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One item or bundle to choose; `why_not` greys it out and says why.

    A `policy` is none to apply for: touching it wants to know which ones fit (`Want(POLICIES)`).
    """

    code: str
    name: str
    summary: str
    why_not: Trouble | None
    bundle: bool = False
    policy: bool = False
    found: tuple[int, int] | None = None
    """Which part of the name a search has found."""


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label to look under: for whom, or what it is about."""

    code: str
    name: str
    summary: str
    icon: LabelIcon


@dataclass(frozen=True, slots=True)
class HomeView:
    """What would you like to do? The frequent ones, everything by category and label, all else.

    `services` are the other things a terminal does, by the purpose that `Want` takes, with what
    keeps each from being offered. `after` is what somebody comes back from: a tile or a label by
    its code, or a category.
    """

    tiles: tuple[Tile, ...]
    categories: tuple[Category, ...]
    bundles: bool
    services: tuple[tuple[str, Trouble | None], ...]
    platform_reachable: bool
    labels: tuple[LabelView, ...] = ()
    after: str | None = None


@dataclass(frozen=True, slots=True)
class ListingView:
    """What a category or a label has, or the bundles for None; `after`: the tile come back from."""

    group: Category | LabelView | None
    tiles: tuple[Tile, ...]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was typed so far, and what the catalogue has for it."""

    query: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class NeededView:
    """One material as the notice tells of it: who has it, and whether it may be done without."""

    name: str
    note: str | None
    held: bool  # an e-certificate may serve
    later: int | None  # working days in which it may follow
    promised: bool  # a commitment may stand for it
    optional: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """一次告知: everything about one item or bundle, before starting."""

    name: str
    summary: str
    departments: tuple[str, ...]
    parts: tuple[str, ...]  # the items of a bundle
    conditions: tuple[str, ...]
    materials: tuple[NeededView, ...]
    legal_basis: tuple[str, ...]
    promised_days: int
    statutory_days: int
    fee: str | None  # yuan; None: free
    results: tuple[str, ...]
    delivery: tuple[Delivery, ...]
    flow: tuple[Step, ...]
    commitment: bool
    elsewhere: bool  # another region may decide
    for_others: bool  # `Pick("others")` applies for somebody else
    why_not: Trouble | None


@dataclass(frozen=True, slots=True)
class AskHowView:
    """Progress by document or by number? `why_not` is what keeps documents from being read."""

    why_not: Trouble | None


@dataclass(frozen=True, slots=True)
class ResumeView:
    """A draft of the same was kept: the moment, and the day until which it is."""

    name: str
    saved_at: str = field(repr=False)
    until: str = field(repr=False)
