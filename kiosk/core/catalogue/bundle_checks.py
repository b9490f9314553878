"""What can be wrong with a bundle: its items become one guide, one form, one set of materials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.core.catalogue.faults import Wrong
from kiosk.core.catalogue.form import Field, Group, Question
from kiosk.core.catalogue.item import Material, ServiceItem
from kiosk.core.catalogue.whole import Bundle


def of_bundle(bundle: Bundle, items: Sequence[ServiceItem]) -> Iterator[Wrong]:
    """What is wrong with a bundle of these items."""
    if len(set(bundle.items)) < len(bundle.items):
        yield Wrong("items", "the same item is there twice", "leave one out")
    if not items:
        return
    allowed = max(item.statutory_days for item in items)
    if bundle.promised_days > allowed:
        what = f"{bundle.promised_days} working days promised, {allowed} allowed by law"
        yield Wrong("promised_days", what, "promise no more than its slowest item may take")
    if not set.intersection(*(set(item.audience) for item in items)):
        what = "nobody may apply for all of its items"
        yield Wrong("items", what, "take out the items that are for somebody else")
    yield from _questions(items)
    yield from _materials(items)
    yield from _given(bundle, items)


def _given(bundle: Bundle, items: Sequence[ServiceItem]) -> Iterator[Wrong]:
    """Only what is chosen can be given: it is the same for everybody."""
    form = {question.key: question for item in items for question in item.form}
    for at, given in enumerate(bundle.given):
        question = form.get(given.key)
        choices = question.choices if isinstance(question, Field) else ()
        if all(given.answer != choice.code for choice in choices):
            what = f"{given.answer} is no choice of a question {given.key} of its items"
            yield Wrong(f"given[{at}]", what, "give the code of a choice that an item offers")


def _questions(items: Sequence[ServiceItem]) -> Iterator[Wrong]:
    first: dict[str, tuple[ServiceItem, Question]] = {}
    for item in items:
        for question in item.form:
            other, same = first.setdefault(question.key, (item, question))
            if other is item:
                continue
            if _answered(question) != _answered(same):
                what = f"{question.key} is another question in {item.code} than in {other.code}"
                yield Wrong("items", what, "ask it with the same kind and choices, or another key")
            if same.when is not None and question.when != same.when:
                what = (
                    f"{question.key} is asked as {other.code} has it, and {item.code} may miss it"
                )
                yield Wrong("items", what, "name the item first that asks it more often")


def _answered(question: Question) -> tuple[object, ...]:
    """What makes two questions of the same key the same for whoever answers."""
    match question:
        case Group(fields=fields):
            return ("group", *((field.key, _answered(field)) for field in fields))
        case Field(kind=kind, choices=choices):
            return (kind, *(choice.code for choice in choices))


def _materials(items: Sequence[ServiceItem]) -> Iterator[Wrong]:
    first: dict[str, tuple[ServiceItem, Material]] = {}
    for item in items:
        for material in item.materials:
            other, same = first.setdefault(material.code, (item, material))
            if other is item:
                continue
            if (material.name, material.certificate) != (same.name, same.certificate):
                what = f"{material.code} is something else in {item.code} than in {other.code}"
                advice = "give it the same name and certificate, or another code"
                yield Wrong("items", what, advice)
