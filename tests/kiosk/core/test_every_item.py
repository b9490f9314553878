"""Every item and bundle of the sandbox's catalogue, played to its end through the pure core."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kiosk.core import cases, matter, views
from kiosk.core.catalogue import Audience, Catalogue, FieldKind, IdentityLevel, Language
from sandbox.applicant import Applicant
from sandbox.platform import content

World = Any  # the fixture of conftest.py, which importlib mode keeps from being imported

CATALOGUE: Catalogue = content.reference()
CODES = [*(item.code for item in CATALOGUE.items), *(b.code for b in CATALOGUE.bundles)]
MOST_TOUCHES = 6  # for a certificate that is issued at once


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", CODES)
def test_every_item_comes_to_its_end(world: World, code: str, language: Language) -> None:
    """Applied for, decided, rated; with an answer to every question that was asked, and no more."""
    pure = world.pure(CATALOGUE, language=language)
    pure.play(Applicant(code, CATALOGUE, today=world.today))
    assert pure.seen[-1] == "farewell", pure.seen
    [sent] = [wish for wish in pure.wishes if isinstance(wish, cases.Application)]
    found = matter.find(CATALOGUE, code)
    assert found is not None
    assert sent.items == tuple(item.code for item in found.items)
    assert sent.language is language
    assert {key for key, _ in sent.answers.items()} <= {*pure.asked, *found.given, "delivery.way"}
    required = {m.code for m in found.materials if m.when is None}
    assert required <= {one.material for one in sent.materials}
    if found.for_enterprises_only:
        assert sent.principal is not None
        assert sent.principal.kind is Audience.ENTERPRISE
    if found.identity is IdentityLevel.FACE:
        assert "face_check" in pure.seen


def test_a_date_is_asked_for_with_the_days_it_may_be(world: World) -> None:
    """A child was born within eighteen years and not tomorrow: the screen is told both days."""
    pure = world.pure(CATALOGUE)
    pure.play(Applicant("newborn", CATALOGUE, today=world.today))
    questions = [one.body for one in pure.shown if isinstance(one.body, views.QuestionView)]
    bounds = {one.bounds for one in questions if one.kind is FieldKind.DATE}
    first = world.today - timedelta(days=6570)
    assert (first.isoformat(), world.today.isoformat()) in bounds


@pytest.mark.parametrize("code", [i.code for i in CATALOGUE.items if matter.of_item(i).instant])
def test_an_instant_certificate_takes_six_touches_at_most(world: World, code: str) -> None:
    """From the first touch to the certificate on the screen; keys of a keyboard are not counted."""
    pure = world.pure(CATALOGUE)
    pure.play(Applicant(code, CATALOGUE, today=world.today))
    assert 0 < pure.touches_to_result <= MOST_TOUCHES, pure.seen
