"""What is on record of the residents is of use: it answers what a catalogue asks."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.core import answers
from kiosk.core.catalogue import Field, FieldKind, Group
from kiosk.core.catalogue.text import Text
from sandbox import records
from sandbox.platform import content
from sandbox.residents import ANNA, LI, RESIDENTS, Resident

TODAY = date(2026, 11, 25)
FIELDS = {
    field.shared: field
    for item in content.reference().items
    for question in item.form
    for field in (question.fields if isinstance(question, Group) else (question,))
    if field.shared
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_shared_name_is_on_record_of_somebody(name: str) -> None:
    """Whatever a catalogue's field is filled from, there is a resident to show it with."""
    assert any(name in records.of(resident) for resident in RESIDENTS)


@pytest.mark.parametrize("resident", RESIDENTS, ids=lambda resident: resident.key)
def test_records_are_acceptable_answers(resident: Resident) -> None:
    """Nobody is shown a prefilled answer that the form then refuses."""
    known = records.of(resident)
    wrong = {
        name: answers.check(field, known[name], TODAY)
        for name, field in FIELDS.items()
        if name in known
    }
    assert set(wrong.values()) <= {None}, wrong


def test_there_is_somebody_without_prefill() -> None:
    """Of a foreigner nothing is shared."""
    assert records.of(ANNA) == {}


def test_an_enterprise_has_a_right_code() -> None:
    """Its unified social credit code is of the invented region and ends in its check character."""
    field = Field(kind=FieldKind.CREDIT_CODE, key="code", label=Text("代码", "Code"))
    for enterprise in records.ENTERPRISES:
        assert answers.check(field, enterprise.credit_code, TODAY) is None
        assert enterprise.credit_code[2:8] == "990000"
        assert records.enterprise(enterprise.credit_code) is enterprise
    assert records.enterprise("0") is None
    assert records.SHOP.legal_person is LI
