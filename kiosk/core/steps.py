"""Which steps a matter needs, derived from its own facts: a new item is data, not code."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from kiosk.core.catalogue import Delivery, Field, Group, IdentityLevel, Reach
from kiosk.core.matter import Matter


class Step(StrEnum):
    """One thing a resident does, in the order in which the steps are listed here."""

    NOTICE = "notice"  # 一次告知: everything is told once, before starting
    IDENTIFY = "identify"
    FACE = "face"
    WHOM = "whom"  # for oneself, for another person, for an enterprise
    SHARE = "share"  # consent to prefill by data sharing
    COMMIT = "commit"  # 告知承诺
    FORM = "form"  # 一表申请
    MATERIALS = "materials"
    DELIVERY = "delivery"
    REVIEW = "review"
    SIGN = "sign"
    SUBMIT = "submit"
    RESULT = "result"
    RATING = "rating"


def flow(matter: Matter) -> tuple[Step, ...]:
    """The steps of one item or bundle, first to last.

    Some are passed by where a visit has nothing left to ask in them; none is ever added.
    """
    known = matter.identity is not IdentityLevel.NONE
    needed = {
        Step.NOTICE: True,
        Step.IDENTIFY: known,
        Step.FACE: matter.identity is IdentityLevel.FACE,
        Step.WHOM: known and (bool(matter.agents) or matter.for_enterprises_only),
        Step.SHARE: known and bool(shared_keys(matter) or certificates(matter)),
        Step.COMMIT: bool(matter.commitments),
        Step.FORM: bool(matter.form) or matter.reach is not Reach.DISTRICT,
        Step.MATERIALS: bool(matter.materials),
        Step.DELIVERY: any(way is not Delivery.ELECTRONIC for way in matter.delivery),
        Step.REVIEW: known or bool(matter.form),
        Step.SIGN: needs_signature(matter),
        Step.SUBMIT: True,
        Step.RESULT: True,
        Step.RATING: matter.rated,
    }
    return tuple(step for step in Step if needed[step])


def after(matter: Matter, step: Step) -> Step | None:
    """The step that follows `step` in the flow, or None at its end."""
    steps = flow(matter)
    position = steps.index(step) + 1
    return steps[position] if position < len(steps) else None


def before(matter: Matter, step: Step) -> Step | None:
    """The step that leads to `step` in the flow, or None at its beginning."""
    steps = flow(matter)
    position = steps.index(step)
    return steps[position - 1] if position else None


def needs_signature(matter: Matter) -> bool:
    """Whether a signature may be asked: for the application, a commitment or a deferral."""
    deferrable = any(material.deferral_days for material in matter.materials)
    return matter.signature or bool(matter.commitments) or deferrable


def shared_keys(matter: Matter) -> tuple[str, ...]:
    """What data sharing may fill in the form, by the names of the records."""
    return tuple(dict.fromkeys(field.shared for field in fields(matter) if field.shared))


def fields(matter: Matter) -> Iterator[Field]:
    """Every field of the form, those of groups too."""
    for question in matter.form:
        yield from question.fields if isinstance(question, Group) else (question,)


def certificates(matter: Matter) -> tuple[str, ...]:
    """The kinds of e-certificates that would serve as materials."""
    kinds = (material.certificate for material in matter.materials if material.certificate)
    return tuple(dict.fromkeys(kinds))
