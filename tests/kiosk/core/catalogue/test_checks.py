"""A catalogue's faults: each is found where it is, and a good catalogue has none."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalogue import NOTHING, Catalogue, Region, Text
from kiosk.core.catalogue.checks import faults
from kiosk.core.catalogue.reading import read

Table = dict[str, Any]
Path = tuple[str | int, ...]


def catalogue(document: Table) -> Catalogue:
    """The document as the model reads it."""
    return read(json.dumps(document).encode())


def changed(document: Table, *changes: tuple[Path, Any]) -> Catalogue:
    """The catalogue with these members set; None takes one out."""
    other = deepcopy(document)
    for path, value in changes:
        *way, last = path
        table: Any = other
        for step in way:
            table = table[step]
        if value is None:
            del table[last]
        elif last == "+":
            table.append(value)
        else:
            table[last] = value
    return catalogue(other)


def told(found: Catalogue) -> list[str]:
    """Where the faults are."""
    return [f"{fault.entry}: {fault.member}" for fault in faults(found)]


def test_a_good_catalogue_has_no_fault(document: Table) -> None:
    """Whatever an item may ask for, asked rightly, is no fault; nor is having nothing at all."""
    assert faults(catalogue(document)) == ()
    assert faults(NOTHING) == ()


ITEM: Path = ("items", 0)
FORM: Path = (*ITEM, "form")
PROOF: Path = ("items", 1)
SPOUSE_WHEN: Path = (*FORM, 1, "when")
SCHOOL_WHEN: Path = (*FORM, 4, "fields", 1, "when")
WORDS = {"zh-CN": "话", "en": "words"}
LABEL: Path = ("labels", 0)
ANNOUNCEMENT: Path = ("announcements", 0)
NEWS = {"code": "news", "text": WORDS, "first_day": "2026-12-01", "last_day": "2026-12-31"}
SECOND = {"kind": "text", "key": "marriage", "label": WORDS}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        # the whole
        ([(("serial",), 10**14)], ": serial"),
        ([(("expires_at",), "2026-11-10T00:00:00+08:00")], ": expires_at"),
        ([(("frequent", 0), "gone")], ": frequent[0]"),
        ([(("frequent", 0), "both")], ": frequent[1]"),
        # codes and what they stand for
        ([(("departments", "+"), {"code": "civil", "name": WORDS})], "civil: code"),
        ([(("regions", 2, "code"), "990000000000")], "990000000000: code"),
        ([(("policies", 0, "code"), "allowance")], "allowance: code"),
        ([((*PROOF, "department"), "gone")], "proof: department"),
        ([(("policies", 0, "department"), "gone")], "help: department"),
        ([(("regions", 1, "parent"), "992000000000")], "990001000000: parent"),
        ([(("regions", 0, "parent"), "990001000000")], "990000000000: parent"),
        ([(("regions", 1, "parent"), "990001000000")], "990001000000: parent"),
        # an item
        ([((*ITEM, "promised_days"), 21)], "allowance: promised_days"),
        ([((*ITEM, "promised_days"), 0)], "allowance: promised_days"),
        ([((*ITEM, "handling"), "1")], "allowance: promised_days"),
        ([((*PROOF, "handling"), "2")], "proof: promised_days"),
        ([((*ITEM, "fee", "basis"), None)], "allowance: fee.basis"),
        ([((*ITEM, "fee", "yuan"), None)], "allowance: fee.basis"),
        ([((*ITEM, "fee", "yuan"), "0.00")], "allowance: fee.yuan"),
        ([((*ITEM, "agents"), ["enterprise"])], "allowance: agents"),
        ([((*ITEM, "agents"), ["person", "person"])], "allowance: agents"),
        ([((*ITEM, "audience"), ["person", "person"])], "allowance: audience"),
        ([((*ITEM, "delivery"), ["counter", "counter"])], "allowance: delivery"),
        # somebody unknown
        ([((*PROOF, "identity"), "none")], "proof: result"),
        ([((*ITEM, "identity"), "none")], "allowance: commitment"),
        # what is asked
        ([((*FORM, 0, "choices"), None), (SPOUSE_WHEN, None)], "allowance: form[0].choices"),
        ([((*FORM, 0, "choices", 1, "code"), "married")], "allowance: form[0].choices[1].code"),
        ([((*FORM, 1, "choices"), [{"code": "a", "label": WORDS}])], "allowance: form[1].choices"),
        ([((*FORM, "+"), SECOND)], "allowance: form[5].key"),
        ([((*FORM, 4, "fields", 1, "key"), "school")], "allowance: form[4].fields[1].key"),
        ([((*FORM, 2, "least"), 10)], "allowance: form[2].least"),
        ([((*FORM, 1, "most"), 10)], "allowance: form[1]"),
        ([((*FORM, 1, "days_ahead"), 10)], "allowance: form[1]"),
        ([((*FORM, 4, "at_least"), 6)], "allowance: form[4].at_least"),
        (
            [((*FORM, 1), {"kind": "phone", "key": "phone", "label": WORDS, "longest": 8})],
            "allowance: form[1].longest",
        ),
        # on which condition
        ([((*SPOUSE_WHEN, "key"), "gone")], "allowance: form[1].when.key"),
        ([((*SPOUSE_WHEN, "key"), "spouse")], "allowance: form[1].when.key"),
        ([((*SPOUSE_WHEN, "key"), "income")], "allowance: form[1].when.key"),
        ([((*SPOUSE_WHEN, "among"), ["married", "widowed"])], "allowance: form[1].when.among"),
        ([((*SCHOOL_WHEN, "among"), ["maybe"])], "allowance: form[4].fields[1].when.among"),
        ([((*SCHOOL_WHEN, "key"), "which")], "allowance: form[4].fields[1].when.key"),
        ([((*ITEM, "materials", 0, "when", "key"), "which")], "allowance: materials[0].when.key"),
        ([((*ITEM, "materials", 1, "when", "among"), ["6"])], "allowance: materials[1].when.among"),
        # what is needed
        ([((*ITEM, "materials", 1, "code"), "certificate")], "allowance: materials[1].code"),
        (
            [((*ITEM, "materials", 1, "deferral_days"), None)],
            "allowance: materials[1].deferral_days",
        ),
        ([((*ITEM, "materials", 0, "deferral_days"), 5)], "allowance: materials[0].deferral_days"),
        ([((*ITEM, "commitment"), None)], "allowance: materials[0].promised"),
        # bundles
        ([(("bundles", 0, "items", 1), "gone")], "both: items[1]"),
        ([(("bundles", 0, "items", 1), "allowance")], "both: items"),
        ([(("bundles", 0, "promised_days"), 21)], "both: promised_days"),
        ([(("bundles", 0, "given"), [{"key": "gone", "answer": "a"}])], "both: given[0]"),
        ([((*PROOF, "audience"), ["enterprise"])], "both: items"),
        ([((*PROOF, "form"), [SECOND])], "both: items"),
        # labels
        ([((*LABEL, "code"), "help")], "help: code"),
        ([((*LABEL, "code"), "pension")], "pension: code"),
        ([((*LABEL, "offers", 1), "gone")], "parents: offers[1]"),
        ([((*LABEL, "offers", 0), "help")], "parents: offers[0]"),
        ([((*LABEL, "offers", 1), "both")], "parents: offers[1]"),
        ([((*LABEL, "name", "zh-CN"), "话" * 9)], "parents: name.zh-CN"),
        ([((*LABEL, "summary", "en"), "w" * 61)], "parents: summary.en"),
        # announcements
        ([(("announcements", "+"), NEWS)], "news: code"),
        ([((*ANNOUNCEMENT, "about"), "gone")], "news: about"),
        ([((*ANNOUNCEMENT, "about"), "parents")], "news: about"),
        ([((*ANNOUNCEMENT, "last_day"), "2026-11-19")], "news: last_day"),
        ([((*ANNOUNCEMENT, "text", "zh-CN"), "话" * 37)], "news: text.zh-CN"),
        ([((*ANNOUNCEMENT, "text", "en"), "w" * 91)], "news: text.en"),
    ],
)
def test_each_fault_is_found_where_it_is(
    document: Table, changes: list[tuple[Path, Any]], where: str
) -> None:
    """One mistake gives that fault, with words and advice, and no crowd of others."""
    broken = changed(document, *changes)
    assert where in told(broken)
    assert all(fault.what and fault.advice for fault in faults(broken))
    assert len(told(broken)) <= 3


def test_no_fault_hides_another(document: Table) -> None:
    """Whoever repairs a catalogue sees all there is to repair at once."""
    broken = changed(
        document,
        ((*ITEM, "promised_days"), 21),
        ((*PROOF, "department"), "gone"),
        (("frequent", 0), "gone"),
    )
    assert told(broken) == [": frequent[0]", "allowance: promised_days", "proof: department"]


def test_a_certificate_is_not_promised_for_later(document: Table) -> None:
    """Issued at once and in five days is a contradiction, however it is handled."""
    broken = changed(document, ((*PROOF, "promised_days"), 5), ((*PROOF, "handling"), "2"))
    assert told(broken) == ["proof: promised_days"]


def test_beyond_the_district_there_has_to_be_somewhere(document: Table) -> None:
    """An item that may be decided elsewhere needs another region that can be chosen."""
    broken = changed(document, (("regions", 2), None))
    assert told(broken) == ["allowance: reach", "proof: reach"]


def test_an_age_is_asked_of_somebody_known(document: Table) -> None:
    """Whatever needs somebody is named where nobody is asked who they are."""
    broken = changed(
        document,
        ((*PROOF, "identity"), "none"),
        ((*PROOF, "youngest"), 16),
        ((*PROOF, "signature"), True),
        ((*PROOF, "agents"), ["person"]),
    )
    members = {fault.member for fault in faults(broken)}
    assert members == {"result", "youngest", "signature", "agents"}


@pytest.mark.parametrize(
    ("member", "value"), [("name", {"zh-CN": "另一份", "en": "other"}), ("certificate", "other")]
)
def test_one_material_is_one_thing_in_a_bundle(document: Table, member: str, value: object) -> None:
    """The same code with another name or certificate would be brought once and serve for both."""
    needed = deepcopy(document["items"][0]["materials"][1])
    same = changed(document, ((*PROOF, "materials"), [{**needed, "when": None}]))
    assert told(same) == []
    other = changed(document, ((*PROOF, "materials"), [{**needed, "when": None, member: value}]))
    assert told(other) == ["both: items"]


def test_no_item_of_a_bundle_misses_an_answer(document: Table) -> None:
    """A question that one item asks on a condition and the next one always, may never be asked."""
    always = {"kind": "text", "key": "spouse", "label": WORDS}
    assert told(changed(document, ((*PROOF, "form"), [always]))) == ["both: items"]
    first = (("bundles", 0, "items"), ["proof", "allowance"])
    assert told(changed(document, ((*PROOF, "form"), [always]), first)) == []


def test_an_announcement_runs_from_its_first_day_to_its_last(document: Table) -> None:
    """Both days are included, and it may be told without being about anything."""
    changes = (((*ANNOUNCEMENT, "last_day"), "2026-11-22"), ((*ANNOUNCEMENT, "about"), None))
    (news,) = changed(document, *changes).announcements
    days = [date(2026, 11, day) for day in range(19, 24)]
    assert [news.runs(day) for day in days] == [False, True, True, True, False]


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12), max_size=13))
def test_every_circle_of_regions_is_found(parents: dict[int, int | None]) -> None:
    """From each region one comes to a root, or else a circle is named; whatever tree there is."""
    known = {key: parent for key, parent in parents.items() if parent is None or parent in parents}
    regions = tuple(
        Region(
            code=f"99{key:010}",
            name=Text("某地", "place"),
            parent=None if parent is None or parent not in known else f"99{parent:010}",
        )
        for key, parent in known.items()
    )
    circles = {fault.entry for fault in faults(Catalogue(serial=1, version="1", regions=regions))}
    lies_in = {region.code: region.parent for region in regions}
    for code in lies_in:
        way: list[str] = []
        at: str | None = code
        while at is not None and at not in way:
            way.append(at)
            at = lies_in[at]
        assert (at is None) == circles.isdisjoint(way)
