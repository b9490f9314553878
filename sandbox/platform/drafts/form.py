"""An item's form on a phone: the questions that apply, filled in as far as they are, and read back.

Which questions apply and what is a right answer is decided as on a terminal (kiosk.core).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.core.answers import REGION_ENDS, YES_NO, Problem, check, tidy
from kiosk.core.catalogue import Catalogue, Choice, Field, FieldKind, Group, Text
from kiosk.core.matter import Matter
from kiosk.core.questions import Asked, asked
from kiosk.core.sheet import Sheet
from sandbox.platform.addresses import region
from sandbox.platform.drafts.words import PROBLEMS

REST = "~rest"  # ends the name of what follows the region of an address
FEW = 6  # choices that are shown at once

_YES_NO = (
    Choice(code=YES_NO[0], label=Text("是", "Yes")),
    Choice(code=YES_NO[1], label=Text("否", "No")),
)
_INPUTS: Mapping[FieldKind, Mapping[str, str]] = {
    FieldKind.DATE: {"type": "date"},
    FieldKind.AMOUNT: {"type": "text", "inputmode": "decimal"},
    FieldKind.NUMBER: {"type": "text", "inputmode": "numeric"},
    FieldKind.PHONE: {"type": "tel"},
    FieldKind.ID_NUMBER: {"type": "text", "autocapitalize": "characters"},
    FieldKind.CREDIT_CODE: {"type": "text", "autocapitalize": "characters"},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One question as the page shows it; `head` names the member of a group that begins here."""

    name: str
    field: Field
    value: str
    problem: Text | None
    head: Text | None
    today: date

    @property
    def widget(self) -> str:
        """How it is answered: radios, select, textarea, address or input."""
        match self.field.kind:
            case FieldKind.YES_NO:
                return "radios"
            case FieldKind.CHOICE:
                return "radios" if len(self.field.choices) <= FEW else "select"
            case FieldKind.LONG_TEXT:
                return "textarea"
            case FieldKind.ADDRESS:
                return "address"
            case _:
                return "input"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What to choose from."""
        return _YES_NO if self.field.kind is FieldKind.YES_NO else self.field.choices

    @property
    def attributes(self) -> Mapping[str, str]:
        """What an input needs beside name and value."""
        return {**_INPUTS.get(self.field.kind, {"type": "text"}), **self._bounds()}

    @property
    def region(self) -> str:
        """The region of an address, "" where none is chosen."""
        return self.value.partition(REGION_ENDS)[0]

    @property
    def rest(self) -> str:
        """What follows it."""
        return self.value.partition(REGION_ENDS)[2]

    def _bounds(self) -> dict[str, str]:
        if self.field.kind is not FieldKind.DATE:
            return {}
        ways = (("min", -1, self.field.days_back), ("max", 1, self.field.days_ahead))
        return {
            name: (self.today + sign * timedelta(days=days)).isoformat()
            for name, sign, days in ways
            if days is not None
        }


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back: the answers that are right, and what was typed that is not."""

    answers: dict[str, str]
    typed: Mapping[str, str]
    problems: Mapping[str, Problem]


def shown(matter: Matter, filled: Filled, today: date) -> tuple[Shown, ...]:
    """Every question that applies."""
    found: list[Shown] = []
    groups = {question.key for question in matter.form if isinstance(question, Group)}
    member = ("", 0)
    for one in asked(matter.form, Sheet(filled.answers)):
        here = (one.key.partition("[")[0], one.index) if one.one else ("", 0)
        begins = one.one is not None and here != member
        member = here
        problem = filled.problems.get(one.key)
        found.append(
            Shown(
                one.key,
                _how_many(one.field) if one.key in groups else one.field,
                filled.typed.get(one.key, filled.answers.get(one.key, "")),
                PROBLEMS[problem] if problem else None,
                _numbered(one) if begins else None,
                today,
            )
        )
    return tuple(found)


def missing(matter: Matter, answers: Mapping[str, str], today: date) -> int:
    """How many questions still want an answer."""
    sheet = Sheet(answers)
    return sum(
        check(one.field, sheet.of(one.key), today) is not None for one in asked(matter.form, sheet)
    )


def read(matter: Matter, before: dict[str, str], sent: Mapping[str, str], today: date) -> Filled:
    """What came back. Only questions that were shown count; one left empty has no answer."""
    answers, typed, problems = dict(before), {}, {}
    for one in asked(matter.form, Sheet(before)):
        text = _sent(one, sent)
        if text is None:
            continue
        if not text.strip() or text == REGION_ENDS:
            answers.pop(one.key, None)
        elif problem := check(one.field, text, today):
            typed[one.key], problems[one.key] = text, problem
        else:
            answers[one.key] = tidy(one.field, text)
    return Filled(answers, typed, problems)


def places(catalogue: Catalogue) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Where one may live: by the root each lies in, the places that hold no others."""
    for root in catalogue.inside(None):
        found = tuple(_leaves(catalogue, root.code))
        yield (
            root.name.zh,
            tuple(
                (code, region(catalogue, code).removeprefix(root.name.zh) or root.name.zh)
                for code in found
            ),
        )


def _leaves(catalogue: Catalogue, code: str) -> Iterator[str]:
    inside = catalogue.inside(code)
    if not inside:
        yield code
    for one in inside:
        yield from _leaves(catalogue, one.code)


def _sent(one: Asked, sent: Mapping[str, str]) -> str | None:
    """The answer to one question, None where the page did not ask it."""
    text = sent.get(one.key)
    if text is None or one.field.kind is not FieldKind.ADDRESS:
        return text
    return f"{text}{REGION_ENDS}{sent.get(one.key + REST, '').strip()}"


def _how_many(field: Field) -> Field:
    """The question for the members of a group, so that it asks for their number."""
    label = Text(f"{field.label.zh}：有几个？", f"{field.label.en}: how many?")
    return field.model_copy(update={"label": label})


def _numbered(one: Asked) -> Text | None:
    if one.one is None:
        return None
    number = one.index + 1
    return Text(f"{one.one.zh}（第 {number} 个）", f"{one.one.en} {number}")
