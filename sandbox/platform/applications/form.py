"""One form, checked anew: which questions apply to what was answered, and what is wrong.

These are the terminal's rules (kiosk.core.questions) written a second time on purpose: a platform
trusts no terminal, and a mistake in one of the two shows where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.core import answers as single
from kiosk.core import catalogue
from kiosk.core.catalogue import Field, Group, Question, When

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that applies, under the key of its answer."""

    key: str
    field: Field


def wrong(form: Iterable[Question], answers: Answers, today: date) -> list[catalogue.Text]:
    """The labels of everything that is missing or can not be taken."""
    labels: list[catalogue.Text] = []
    for question in form:
        if isinstance(question, Group) and _applies(question.when, answers):
            count = _count(question, answers)
            if not question.at_least <= count <= question.at_most:
                labels.append(question.label)
        for asked in _asked(question, answers):
            answer = answers.get(asked.key, "")
            if single.check(asked.field, answer, today) is not None:
                labels.append(asked.field.label)
    return labels


def listed(form: Iterable[Question], answers: Answers) -> dict[str, str]:
    """The answers that the form asks for, as they are kept; nothing else is."""
    kept = {}
    for question in form:
        if isinstance(question, Group) and question.key in answers:
            kept[question.key] = answers[question.key]
        for asked in _asked(question, answers):
            if asked.key in answers:
                kept[asked.key] = single.tidy(asked.field, answers[asked.key])
    return kept


def _asked(question: Question, answers: Answers) -> Iterator[Asked]:
    if not _applies(question.when, answers):
        return
    if isinstance(question, Field):
        yield Asked(question.key, question)
        return
    for index in range(min(_count(question, answers), question.at_most)):
        head = f"{question.key}[{index}]"
        for field in question.fields:
            if _applies(field.when, answers, head):
                yield Asked(f"{head}.{field.key}", field)


def _count(group: Group, answers: Answers) -> int:
    """How many members there are: as said, or what is not open; -1 for what is no number."""
    if group.at_least == group.at_most:
        return group.at_least
    said = answers.get(group.key, "")
    return int(said) if said.isdecimal() and len(said) < 4 else -1


def _applies(when: When | None, answers: Answers, head: str = "") -> bool:
    """Whether a condition holds: by the answer of the same member of a group first."""
    if when is None:
        return True
    beside = f"{head}.{when.key}"
    key = beside if head and beside in answers else when.key
    return answers.get(key, "") in when.among
