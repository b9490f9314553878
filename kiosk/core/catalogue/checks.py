"""Whether a catalogue makes sense as a whole: what the model can not see, member by member."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kiosk.core.catalogue.bundle_checks import of_bundle
from kiosk.core.catalogue.county import Announcement, Label
from kiosk.core.catalogue.county_checks import of_announcement, of_label
from kiosk.core.catalogue.faults import CatalogueFault, Wrong, path
from kiosk.core.catalogue.item import Reach, ServiceItem
from kiosk.core.catalogue.item_checks import of_item
from kiosk.core.catalogue.whole import Bundle, Catalogue, Department, Policy, Region

_LARGEST_SERIAL = 99_999_999_999_999  # 14 digits: what a message to the fleet holds

_Coded = Department | Region | ServiceItem | Bundle | Policy | Label | Announcement


def faults(catalogue: Catalogue) -> tuple[CatalogueFault, ...]:
    """Every fault of a catalogue: none is hidden by another one."""
    return tuple(_faults(catalogue))


def _faults(catalogue: Catalogue) -> Iterator[CatalogueFault]:
    yield from _at("", _of_whole(catalogue))
    yield from _codes_twice(catalogue.departments)
    yield from _of_regions(catalogue.regions)
    # Whatever can be chosen on a screen is known by one kind of code.
    chosen: Sequence[_Coded] = (
        *catalogue.items,
        *catalogue.bundles,
        *catalogue.policies,
        *catalogue.labels,
    )
    yield from _codes_twice(chosen)
    yield from _codes_twice(catalogue.announcements)
    departments = {department.code for department in catalogue.departments}
    elsewhere = len(catalogue.inside(None)) > 1
    for item in catalogue.items:
        yield from _at(item.code, of_item(item))
        yield from _at(item.code, _department(item, departments))
        yield from _at(item.code, _of_reach(item, elsewhere=elsewhere))
    by_code = {item.code: item for item in catalogue.items}
    for bundle in catalogue.bundles:
        yield from _at(bundle.code, _unknown_items(bundle, by_code.keys()))
        there = [by_code[code] for code in bundle.items if code in by_code]
        yield from _at(bundle.code, of_bundle(bundle, there))
    for policy in catalogue.policies:
        yield from _at(policy.code, _department(policy, departments))
    yield from _of_county(catalogue)


def _at(entry: str, found: Iterator[Wrong]) -> Iterator[CatalogueFault]:
    for wrong in found:
        yield CatalogueFault(entry, *wrong)


def _codes_twice(entries: Sequence[_Coded]) -> Iterator[CatalogueFault]:
    seen: set[str] = set()
    for entry in entries:
        if entry.code in seen:
            yield CatalogueFault(entry.code, "code", "it is taken already", "give each its own")
        seen.add(entry.code)


def _of_whole(catalogue: Catalogue) -> Iterator[Wrong]:
    if catalogue.serial > _LARGEST_SERIAL:
        yield Wrong("serial", "more than 14 digits", "count issues, or write the date: 20261123")
    ends, begins = catalogue.expires_at, catalogue.activates_at or catalogue.issued_at
    if ends is not None and begins is not None and ends <= begins:
        yield Wrong("expires_at", "it ends before it begins", "write a later time")
    yield from _listed("frequent", catalogue.frequent, _offered(catalogue))


def _of_county(catalogue: Catalogue) -> Iterator[CatalogueFault]:
    offered = _offered(catalogue)
    for label in catalogue.labels:
        yield from _at(label.code, of_label(label))
        yield from _at(label.code, _listed("offers", label.offers, offered))
    known = offered | {policy.code for policy in catalogue.policies}
    for announcement in catalogue.announcements:
        yield from _at(announcement.code, of_announcement(announcement))
        about = announcement.about
        if about is not None and about not in known:
            what = f"there is no item, bundle or policy {about}"
            advice = "correct the code, or leave it out"
            yield CatalogueFault(announcement.code, "about", what, advice)


def _offered(catalogue: Catalogue) -> set[str]:
    return {item.code for item in catalogue.items} | {one.code for one in catalogue.bundles}


def _listed(member: str, codes: Sequence[str], offered: Collection[str]) -> Iterator[Wrong]:
    """Each is an item's or a bundle's, and there once."""
    seen: set[str] = set()
    for at, code in enumerate(codes):
        if code not in offered:
            what = f"there is no item or bundle {code}"
            yield Wrong(path(member, at), what, "correct the code, or leave it out")
        if code in seen:
            yield Wrong(path(member, at), f"{code} is there twice", "leave one out")
        seen.add(code)


def _of_regions(regions: Sequence[Region]) -> Iterator[CatalogueFault]:
    yield from _codes_twice(regions)
    parents = {region.code: region.parent for region in regions}
    for region in regions:
        if region.parent is not None and region.parent not in parents:
            what = f"there is no region {region.parent}"
            yield CatalogueFault(region.code, "parent", what, "add it, or correct the code")
    passed: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        code: str | None = start
        while code in parents and code not in passed and code not in way:
            way[code] = None
            code = parents[code]
        if code in way:
            what = "it lies within itself: " + " in ".join([*_from(code, way), code])
            yield CatalogueFault(code, "parent", what, "let one of them lie elsewhere")
        passed.update(way)


def _from(code: str, way: dict[str, None]) -> list[str]:
    codes = list(way)
    return codes[codes.index(code) :]


def _department(entry: ServiceItem | Policy, known: set[str]) -> Iterator[Wrong]:
    if entry.department not in known:
        what = f"there is no department {entry.department}"
        yield Wrong("department", what, "add it, or correct the code")


def _of_reach(item: ServiceItem, *, elsewhere: bool) -> Iterator[Wrong]:
    if item.reach is not Reach.DISTRICT and not elsewhere:
        what = "it may be decided elsewhere, and there is no other region to choose"
        yield Wrong("reach", what, 'add the other regions as roots, or set it to "district"')


def _unknown_items(bundle: Bundle, known: Collection[str]) -> Iterator[Wrong]:
    for at, code in enumerate(bundle.items):
        if code not in known:
            what = f"there is no item {code}"
            yield Wrong(path("items", at), what, "correct the code, or leave it out")
