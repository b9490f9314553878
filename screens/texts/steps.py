"""The steps of a flow: their names, their icons, and those that a flow picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.core.steps import Step
from screens.words import N_


@dataclass(frozen=True, slots=True)
class StepText:
    """A step's short name and its icon."""

    name: str
    icon: str


STEPS: Final = {
    Step.NOTICE: StepText(N_("Read"), "notice"),
    Step.IDENTIFY: StepText(N_("ID card"), "card"),
    Step.FACE: StepText(N_("Face"), "face"),
    Step.WHOM: StepText(N_("For whom"), "whom"),
    Step.SHARE: StepText(N_("Fetch"), "share"),
    Step.COMMIT: StepText(N_("Promise"), "promise"),
    Step.FORM: StepText(N_("Form"), "form"),
    Step.MATERIALS: StepText(N_("Papers"), "materials"),
    Step.DELIVERY: StepText(N_("Delivery"), "delivery"),
    Step.REVIEW: StepText(N_("Check"), "review"),
    Step.SIGN: StepText(N_("Sign"), "sign"),
    Step.SUBMIT: StepText(N_("Send"), "send"),
    Step.RESULT: StepText(N_("Result"), "result"),
    Step.RATING: StepText(N_("Rate"), "star"),
}

MOST: Final = 7  # steps that can be taken in at a glance

# What a picture does without, the first of these first: steps that ask little or that others imply.
_DISPENSABLE: Final = (
    Step.RATING,
    Step.NOTICE,
    Step.SHARE,
    Step.SUBMIT,
    Step.WHOM,
    Step.DELIVERY,
    Step.COMMIT,
)


def picture(flow: Sequence[Step]) -> tuple[Step, ...]:
    """The steps of a flow that matter to a resident, in order, no more than MOST."""
    left = list(flow)
    for step in _DISPENSABLE:
        if len(left) > MOST and step in left:
            left.remove(step)
    return tuple(left)
