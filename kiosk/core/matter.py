"""What a visit applies for: one item, or a bundle whose items become one guide and one form."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from kiosk.core.catalogue import (
    Audience,
    Catalogue,
    Delivery,
    IdentityLevel,
    Material,
    Necessity,
    Question,
    Reach,
    ResultKind,
    ServiceItem,
    Text,
)

T = TypeVar("T")

_IDENTITY = tuple(IdentityLevel)
_REACH = tuple(Reach)


@dataclass(frozen=True)
class Matter:
    """One thing a resident wants done, of one item or of several (一件事一次办).

    What two items ask for alike is there once: a question by its key, a material by its code.
    What is looked at again with every screen is derived once; that is why it has no slots.
    """

    code: str
    name: Text
    summary: Text
    items: tuple[ServiceItem, ...]
    promised_days: int
    given: Mapping[str, str] = field(default_factory=dict)
    """Answers that nobody has to give, by the keys of their questions."""

    @property
    def is_bundle(self) -> bool:
        """Whether several items are applied for at once."""
        return len(self.items) > 1

    @cached_property
    def identity(self) -> IdentityLevel:
        """The surest that any item asks for."""
        return max((item.identity for item in self.items), key=_IDENTITY.index)

    @property
    def youngest(self) -> int:
        """Years from which one may apply for oneself."""
        return max(item.youngest for item in self.items)

    @property
    def statutory_days(self) -> int:
        """The longest the law allows for any of it."""
        return max(item.statutory_days for item in self.items)

    @cached_property
    def form(self) -> tuple[Question, ...]:
        """Every question, once."""
        return _once((q for item in self.items for q in item.form), lambda q: q.key)

    @cached_property
    def materials(self) -> tuple[Material, ...]:
        """Every material, once: as needed as the item that needs it most."""
        by_code: dict[str, Material] = {}
        for material in (m for item in self.items for m in item.materials):
            other = by_code.setdefault(material.code, material)
            strict = min((other, material), key=_strictness)
            promised = other.promised and material.promised
            by_code[material.code] = strict.model_copy(update={"promised": promised})
        return tuple(by_code.values())

    @cached_property
    def commitments(self) -> tuple[ServiceItem, ...]:
        """The items that a commitment may make easier."""
        return tuple(item for item in self.items if item.commitment)

    @property
    def conditions(self) -> tuple[Text, ...]:
        """Every condition, once."""
        return _once((c for item in self.items for c in item.conditions), lambda c: c)

    @cached_property
    def delivery(self) -> tuple[Delivery, ...]:
        """The ways that any item offers; each item takes the chosen one where it can."""
        return _once((d for item in self.items for d in item.delivery), lambda d: d)

    @cached_property
    def agents(self) -> tuple[Audience, ...]:
        """For whom else one may apply: what every item allows."""
        first, *others = self.items
        return tuple(a for a in first.agents if all(a in item.agents for item in others))

    @property
    def for_enterprises_only(self) -> bool:
        """Whether nobody can apply for themselves."""
        return any(item.audience == (Audience.ENTERPRISE,) for item in self.items)

    @cached_property
    def reach(self) -> Reach:
        """Where applicants may come from: what every item allows."""
        return min((item.reach for item in self.items), key=_REACH.index)

    @property
    def signature(self) -> bool:
        """Whether any item asks for a signature."""
        return any(item.signature for item in self.items)

    @property
    def instant(self) -> bool:
        """Whether the resident leaves with one certificate and no case to wait for."""
        return not self.is_bundle and self.items[0].result is ResultKind.CERTIFICATE

    @property
    def rated(self) -> bool:
        """Whether the resident is asked how it was."""
        return any(item.rated for item in self.items)


def find(catalogue: Catalogue, code: str) -> Matter | None:
    """The item or bundle of a code; None when it, or an item of it, is not in the catalogue."""
    if item := catalogue.item(code):
        return of_item(item)
    bundle = catalogue.bundle(code)
    if bundle is None:
        return None
    items = [catalogue.item(one) for one in bundle.items]
    there = tuple(item for item in items if item is not None)
    if len(there) < len(items):
        return None
    given = {one.key: one.answer for one in bundle.given}
    return Matter(bundle.code, bundle.name, bundle.summary, there, bundle.promised_days, given)


def of_item(item: ServiceItem) -> Matter:
    """One item by itself."""
    return Matter(item.code, item.name, item.summary, (item,), item.promised_days)


def _strictness(material: Material) -> int:
    return (Necessity.REQUIRED, Necessity.DEFERRABLE, Necessity.OPTIONAL).index(material.necessity)


def _once(things: Iterable[T], by: Callable[[T], Hashable]) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    for thing in things:
        found.setdefault(by(thing), thing)
    return tuple(found.values())
