"""From a document to a catalogue: what is wrong is named, what is unknown is let pass and named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalogue.reading import NotACatalogueError, read, unknown

Table = dict[str, Any]


def refused(document: object) -> list[str]:
    """What is said of a document that is no catalogue."""
    with pytest.raises(NotACatalogueError) as raised:
        read(json.dumps(document).encode())
    return [str(fault) for fault in raised.value.faults]


def test_every_wrong_member_is_named_with_its_entry(document: Table) -> None:
    """An entry is named by its code, a member by its path; what is missing is told from wrong."""
    del document["items"][0]["form"][1]["label"]
    document["items"][1]["promised_days"] = "5"
    document["items"][1]["audience"] = []
    document["frequent"] = 5
    assert refused(document) == [
        "allowance: form[1].label: missing; add it",
        "proof: audience: tuple should have at least 1 item after validation, not 0; correct it",
        "proof: promised_days: should be a valid integer; correct it",
        "frequent: should be a valid array; correct it",
    ]


def test_an_entry_without_a_code_is_named_by_its_place(document: Table) -> None:
    """Where there is no code to name an entry by, it is counted."""
    del document["items"][1]["code"]
    document["regions"][0] = "990000000000"
    [region, item] = refused(document)
    assert region.startswith("regions[0]: ")
    assert item == "items[1]: code: missing; add it"


def test_a_question_is_told_of_by_its_own_kind(document: Table) -> None:
    """A field's fault is not told as what keeps it from being a group, nor the other way round."""
    document["items"][0]["form"][0]["kind"] = "riddle"
    document["items"][0]["form"][4]["kind"] = "group"
    del document["items"][0]["form"][4]["fields"][0]["key"]
    kind, key = refused(document)
    assert kind.startswith("allowance: form[0].kind: should be 'text', 'long_text'")
    assert key == "allowance: form[4].fields[0].key: missing; add it"


def test_members_of_a_later_version_are_let_pass_and_named(document: Table) -> None:
    """A newer platform silences no older terminal, and whoever writes sees what is not read."""
    document["items"][0]["colour"] = "red"
    document["items"][0]["name"]["bo"] = "…"
    document["items"][0]["form"][4]["fields"][0]["hnit"] = {"zh-CN": "一", "en": "a"}
    document["notes"] = []
    raw = json.dumps(document).encode()
    assert [(one.entry, one.member) for one in unknown(raw, read(raw))] == [
        ("allowance", "name.bo"),
        ("allowance", "form[4].fields[0].hnit"),
        ("allowance", "colour"),
        ("", "notes"),
    ]


def test_nothing_is_unknown_in_what_is_written_from_the_model(document: Table) -> None:
    """A catalogue written out and read again is the same, and all of it is known."""
    catalogue = read(json.dumps(document).encode())
    written = catalogue.model_dump_json(by_alias=True, exclude_none=True).encode()
    assert read(written) == catalogue
    assert unknown(written, catalogue) == ()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
PLACES = ["serial", "version", "items", "regions", "departments", "bundles", "frequent"]


@given(st.binary() | ANYTHING.map(json.dumps).map(str.encode))
def test_whatever_is_no_catalogue_is_refused_with_a_reason(document: bytes) -> None:
    """No bytes and no JSON get further than a fault that says why."""
    with pytest.raises(NotACatalogueError) as raised:
        read(document)
    assert raised.value.faults


@given(
    st.dictionaries(
        st.sampled_from(PLACES),
        ANYTHING
        | st.lists(
            st.dictionaries(st.sampled_from(["code", "form", "name", "materials"]), ANYTHING)
        ),
    )
)
def test_nonsense_in_its_place_is_named(members: Table) -> None:
    """What stands where an entry should be is a fault of that place, and breaks nothing."""
    raw = json.dumps({"serial": 1, "version": "1", **members}).encode()
    try:
        found = unknown(raw, read(raw))
    except NotACatalogueError as error:
        found = error.faults
    assert all(fault.what for fault in found)
    assert found or not any(members.values())
