"""The content of the reference platform's catalogue, and what is said of content that is wrong."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from pathlib import Path

import pytest

from kiosk.core.catalogue import (
    Audience,
    Catalogue,
    Category,
    Delivery,
    Field,
    FieldKind,
    Group,
    IdentityLevel,
    Material,
    Reach,
    ResultKind,
    ServiceItem,
)
from sandbox.platform.content import FOLDER, ContentError, build, reference

# The records the platform can share, by whom or what they are of.
RECORDS = {
    "contact": "phone address",
    "household": "head register_number type members",
    "marriage": "status spouse_name spouse_id",
    "pension": "number status",
    "medical": "number status",
    "bank": "name account",
    "employment": "status employer",
    "education": "level",
    "land": "area_mu contract_number",
    "property": "number",
    "enterprise": "name credit_code legal_person address",
    "veteran": "unit discharged_on",
    "disability": "number grade",
    "party": "branch",
}
SHARED = {f"{of}.{what}" for of, whats in RECORDS.items() for what in whats.split()}
CERTIFICATES = {
    "id_card",
    "household_register",
    "marriage_certificate",
    "birth_certificate",
    "social_security_card",
    "medical_insurance",
    "disability_certificate",
    "business_licence",
    "land_contract",
    "property_certificate",
    "discharge_certificate",
    "death_certificate",
    "degree_certificate",
    "party_membership",
}
PENSION_PROOF = "990142001000"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The whole content."""
    return reference()


def _fields(item: ServiceItem) -> Iterator[Field]:
    for question in item.form:
        yield from question.fields if isinstance(question, Group) else (question,)


def _meanings(pairs: Iterator[tuple[str, Hashable]]) -> dict[str, set[Hashable]]:
    """Of each name the different things it stands for, where they are more than one."""
    found: dict[str, set[Hashable]] = defaultdict(set)
    for name, meaning in pairs:
        found[name].add(meaning)
    return {name: meanings for name, meanings in found.items() if len(meanings) > 1}


def _used(content: object) -> Iterator[str]:
    """Every name after `use`, however deep."""
    match content:
        case {"use": str(name)}:
            yield name
        case dict():
            for value in content.values():
                yield from _used(value)
        case list():
            for value in content:
                yield from _used(value)
        case _:
            pass


# --- what there is --------------------------------------------------------------------------------


def test_there_is_something_of_every_category(catalogue: Catalogue) -> None:
    """Each of the eleven categories has at least four items, and the whole at least 48."""
    each = Counter(item.category for item in catalogue.items)
    assert len(catalogue.items) >= 48
    assert all(each[category] >= 4 for category in Category)


def test_every_promise_of_the_policy_has_its_items(catalogue: Catalogue) -> None:
    """Cross-region service, commitments, deferrals and instant certificates are not one example."""
    items = catalogue.items
    assert sum(item.reach is not Reach.DISTRICT for item in items) >= 8
    assert sum(item.commitment is not None for item in items) >= 6
    assert sum(any(m.deferral_days for m in item.materials) for item in items) >= 6
    assert sum(item.result is ResultKind.CERTIFICATE for item in items) >= 7
    assert len(catalogue.bundles) >= 7
    assert catalogue.policies


def test_every_way_of_asking_and_of_serving_occurs(catalogue: Catalogue) -> None:
    """Each kind of question, delivery, audience and identity that is in use has an item."""
    items = catalogue.items
    assert {field.kind for item in items for field in _fields(item)} == set(FieldKind)
    assert {way for item in items for way in item.delivery} == set(Delivery)
    assert {one for item in items for one in item.audience} == set(Audience)
    assert {one for item in items for one in item.agents} == set(Audience)
    assert {item.identity for item in items} == {IdentityLevel.DOCUMENT, IdentityLevel.FACE}
    assert sum(isinstance(q, Group) for item in items for q in item.form) >= 2


def test_the_proof_of_pension_insurance_needs_the_card_alone(catalogue: Catalogue) -> None:
    """Nothing is asked, handed in, signed or chosen for it."""
    proof = catalogue.item(PENSION_PROOF)
    assert proof is not None
    assert proof.name.zh == "城乡居民基本养老保险参保证明"
    assert proof.result is ResultKind.CERTIFICATE
    assert proof.identity is IdentityLevel.DOCUMENT
    assert proof.department == "human_resources"
    assert (proof.form, proof.materials, proof.delivery, proof.signature) == ((), (), (), False)


def test_labels_and_announcements_lead_to_something(catalogue: Catalogue) -> None:
    """There are labels for more than one kind of people, and news of items and of policies."""
    assert len(catalogue.labels) >= 5
    assert any(catalogue.bundle(code) for label in catalogue.labels for code in label.offers)
    about = [one.about for one in catalogue.announcements if one.about is not None]
    assert any(catalogue.item(code) for code in about)
    assert any(catalogue.policy(code) for code in about)


# --- that it is sound -----------------------------------------------------------------------------


def test_what_may_follow_follows_before_the_decision(catalogue: Catalogue) -> None:
    """Nobody is told their case is decided while a paper may still be owed."""
    for item in catalogue.items:
        for material in item.materials:
            assert (material.deferral_days or 0) <= item.promised_days, (item.code, material.code)


def test_commitments_replace_something_and_are_signed(catalogue: Catalogue) -> None:
    """Where there is a commitment it stands for a material, and nowhere else is one promised."""
    for item in catalogue.items:
        promised = any(material.promised for material in item.materials)
        assert promised == (item.commitment is not None), item.code


def test_task_codes_say_department_level_and_item(catalogue: Catalogue) -> None:
    """A task code is a credit code, one for each department, a county's level and the item's."""
    for item in catalogue.items:
        assert item.task_code[18:] == f"3{item.code}"
    assert not _meanings((item.department, item.task_code[:18]) for item in catalogue.items)


def test_the_same_key_or_code_means_the_same_everywhere(catalogue: Catalogue) -> None:
    """A bundle asks once for what two items call alike, so they must mean the same."""
    questions = [q for item in catalogue.items for q in item.form]
    fields = [q for q in questions if isinstance(q, Field)]
    groups = [q for q in questions if isinstance(q, Group)]
    materials = [m for item in catalogue.items for m in item.materials]
    assert not _meanings((f.key, (f.kind, f.choices, f.shared)) for f in fields)
    assert not _meanings(
        (g.key, tuple((f.key, f.kind, f.choices) for f in g.fields)) for g in groups
    )
    assert not _meanings((m.code, (m.name, m.source, m.certificate)) for m in materials)


def test_what_is_shared_and_held_is_of_the_known_kinds(catalogue: Catalogue) -> None:
    """The platform can answer every `shared` and knows every kind of e-certificate."""
    fields = [field for item in catalogue.items for field in _fields(item)]
    materials: list[Material] = [m for item in catalogue.items for m in item.materials]
    assert {field.shared for field in fields if field.shared} <= SHARED
    assert {m.certificate for m in materials if m.certificate} <= CERTIFICATES


def test_where_one_chooses_there_is_a_choice(catalogue: Catalogue) -> None:
    """A choice offers at least two answers."""
    for field in (field for item in catalogue.items for field in _fields(item)):
        assert len(field.choices) >= 2 or field.kind is not FieldKind.CHOICE, field.key


def test_bundles_join_departments_and_take_as_long_as_their_longest(catalogue: Catalogue) -> None:
    """Each is worth it: several departments, and no time on top."""
    for bundle in catalogue.bundles:
        items = [item for item in map(catalogue.item, bundle.items) if item is not None]
        assert len({item.department for item in items}) >= 2, bundle.code
        assert bundle.promised_days == max(item.promised_days for item in items), bundle.code


def test_enterprises_are_served_by_who_acts_for_them(catalogue: Catalogue) -> None:
    """Nobody is an enterprise: whatever is for one alone says that one may act for it."""
    for item in catalogue.items:
        if item.audience == (Audience.ENTERPRISE,):
            assert Audience.ENTERPRISE in item.agents, item.code


def test_nothing_common_is_left_unused() -> None:
    """Whatever common.toml names some item uses."""
    tables = {path.name: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
    common = tables.pop("common.toml")
    assert set(_used(tables)) == set(common["fields"]) | set(common["materials"])


# --- what is said of content that is wrong --------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (
            "pension.toml",
            'use = "purpose_words"',
            'use = "purpos_words"',
            "pension.toml: 990100500600: form[1].use: common.toml has no 'purpos_words'",
        ),
        (
            "pension.toml",
            'department = "human_resources"',
            'department = "human_resource"',
            f"pension.toml: {PENSION_PROOF}: department: there is no department human_resource; ",
        ),
        (
            "pension.toml",
            'task_type = "20"',
            'task_type = "21"',
            f"pension.toml: {PENSION_PROOF}: task_type: should be '01'",
        ),
        (
            "pension.toml",
            "keywords = [",
            "keyword = [",
            f"pension.toml: {PENSION_PROOF}: keyword: there is no such member; ",
        ),
        (
            "labour.toml",
            "days_back = 18250",
            "days_back = -1",
            "labour.toml: 990100400400: form[2].days_back: should be greater than",
        ),
        (
            "labour.toml",
            'when = { key = "left_work_because"',
            'when = { key = "left_work"',
            "labour.toml: 990100400400: form[2].when.key: left_work is not asked before; ",
        ),
        (
            "common.toml",
            'one = { zh-CN = "家人", en',
            'one = { zh-CN = "家人", english',
            "social.toml: 990100300100: form[0].one.en: missing; add it",
        ),
        (
            "bundles.toml",
            '"990100600200"]',
            '"990100600299"]',
            "bundles.toml: retirement: items[1]: there is no item 990100600299; ",
        ),
        (
            "bundles.toml",
            'code = "hiring"',
            'code = "newborn"',
            "bundles.toml: newborn: code: it is taken already; ",
        ),
        (
            "bundles.toml",
            'code = "hiring"',
            f'code = "{PENSION_PROOF}"',
            f"bundles.toml, pension.toml: {PENSION_PROOF}: code: it is taken already; ",
        ),
        (
            "bundles.toml",
            'code = "newborn"',
            "",
            "bundles.toml: bundles[0]: code: missing; add it",
        ),
        ("bundles.toml", "[[bundles]]", "[[bundle]]", "bundles.toml: bundle: no such list"),
        (
            "whole.toml",
            '"newborn"',
            '"newborns"',
            "whole.toml: frequent[6]: there is no item or bundle newborns; ",
        ),
        ("whole.toml", "serial = 1", "serial = -1", "whole.toml: serial: should be greater"),
        ("regions.toml", "[[regions]]", "[[regions]", "regions.toml: not TOML: "),
    ],
)
def test_a_mistake_is_said_with_file_entry_and_member(
    tmp_path: Path, file: str, before: str, after: str, said: str
) -> None:
    """Whoever wrote it finds the place without searching."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(ContentError) as error:
        build(folder)

    assert [fault for fault in error.value.faults if fault.startswith(said)]


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    """A file that is missing and a file that is broken are both named."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))
    (folder / "common.toml").unlink()
    (folder / "party.toml").write_text("[items]\n", encoding="utf-8")

    with pytest.raises(ContentError) as error:
        build(folder)

    assert any(
        fault.startswith("common.toml: there is no such file") for fault in error.value.faults
    )
    assert "party.toml: items: each entry begins with [[items]]" in error.value.faults
