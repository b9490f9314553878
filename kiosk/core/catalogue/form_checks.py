"""What can be wrong with an item's questions, each right by itself for the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kiosk.core.catalogue.faults import Wrong
from kiosk.core.catalogue.form import Field, FieldKind, Group, Question, When

_BOUNDED = (FieldKind.AMOUNT, FieldKind.NUMBER)
_WHOLE_LENGTH = {FieldKind.ID_NUMBER: 18, FieldKind.CREDIT_CODE: 18, FieldKind.PHONE: 11}

Asked = Mapping[str, Question]


def of_form(form: Sequence[Question]) -> Iterator[Wrong]:
    """What is wrong with the questions of one item."""
    asked: dict[str, Question] = {}
    for at, question in enumerate(form):
        where = f"form[{at}]"
        yield from _once(where, question, asked)
        yield from of_condition(where, question.when, asked)
        if isinstance(question, Group):
            yield from _of_group(where, question, asked)
        else:
            yield from _of_field(where, question)
        asked.setdefault(question.key, question)


def of_condition(where: str, when: When | None, asked: Asked) -> Iterator[Wrong]:
    """What is wrong with a condition, given the questions that come before it."""
    if when is None:
        return
    question = asked.get(when.key)
    if question is None:
        what = f"{when.key} is not asked before"
        yield Wrong(f"{where}.when.key", what, "ask it earlier in the form, or correct the key")
        return
    possible = _answers(question)
    if not possible:
        what = f"the answer to {when.key} is not one of a few"
        advice = "refer to a choice, a yes/no question or how many of a group there are"
        yield Wrong(f"{where}.when.key", what, advice)
        return
    for answer in when.among:
        if answer not in possible:
            what = f'"{answer}" is no answer to {when.key}'
            yield Wrong(f"{where}.when.among", what, f"write any of: {', '.join(possible)}")


def _answers(question: Question) -> tuple[str, ...]:
    """The answers there can be; none where they can not be listed."""
    match question:
        case Field(kind=FieldKind.CHOICE, choices=choices):
            return tuple(choice.code for choice in choices)
        case Field(kind=FieldKind.YES_NO):
            return ("yes", "no")
        case Group(at_least=low, at_most=high) if low < high:
            return tuple(str(number) for number in range(low, high + 1))
        case _:
            return ()


def _once(where: str, question: Question, asked: Asked) -> Iterator[Wrong]:
    if question.key in asked:
        what = f"{question.key} is asked twice"
        yield Wrong(f"{where}.key", what, "leave one out, or give what means something else a key")


def _of_group(where: str, group: Group, asked: Asked) -> Iterator[Wrong]:
    if group.at_least > group.at_most:
        what = f"at least {group.at_least} and at most {group.at_most}"
        yield Wrong(f"{where}.at_least", what, "make at_least the smaller one")
    inside: dict[str, Question] = {}
    for at, field in enumerate(group.fields):
        here = f"{where}.fields[{at}]"
        yield from _once(here, field, inside)
        # The same member's answer counts before one outside.
        yield from of_condition(here, field.when, {**asked, **inside})
        yield from _of_field(here, field)
        inside.setdefault(field.key, field)


def _of_field(where: str, field: Field) -> Iterator[Wrong]:
    yield from _of_choices(where, field)
    yield from _of_bounds(where, field)
    shortest = _WHOLE_LENGTH.get(field.kind, 0)
    if field.longest < shortest:
        what = f"{field.longest} characters are too few for its kind, {field.kind}"
        yield Wrong(f"{where}.longest", what, f"write at least {shortest}, or leave it out")


def _of_choices(where: str, field: Field) -> Iterator[Wrong]:
    if field.kind is FieldKind.CHOICE and not field.choices:
        yield Wrong(f"{where}.choices", "a choice without choices", "add them, or another kind")
    if field.kind is not FieldKind.CHOICE and field.choices:
        what = f"choices on a question of kind {field.kind}"
        yield Wrong(f"{where}.choices", what, 'set kind to "choice", or leave the choices out')
    codes: set[str] = set()
    for at, choice in enumerate(field.choices):
        if choice.code in codes:
            what = f"{choice.code} is there twice"
            yield Wrong(f"{where}.choices[{at}].code", what, "give each choice its own code")
        codes.add(choice.code)


def _of_bounds(where: str, field: Field) -> Iterator[Wrong]:
    bounded = field.kind in _BOUNDED
    if not bounded and (field.least is not None or field.most is not None):
        what = f"least or most on a question of kind {field.kind}"
        yield Wrong(where, what, "leave them out; only amounts and numbers have them")
    if field.least is not None and field.most is not None and field.least > field.most:
        what = f"least {field.least} is more than most {field.most}"
        yield Wrong(f"{where}.least", what, "exchange them")
    dated = field.days_back is not None or field.days_ahead is not None
    if dated and field.kind is not FieldKind.DATE:
        what = f"days_back or days_ahead on a question of kind {field.kind}"
        yield Wrong(where, what, "leave them out; only dates have them")
