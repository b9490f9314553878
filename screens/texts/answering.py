"""What is said of a request: while it is on its way, what came of it, and how it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.device import Sex
from kiosk.core.cases import CaseState, Grade, Light, Reason
from kiosk.core.identity import Authority
from kiosk.core.views import Doing, NotedKind
from screens.words import N_

GRADES: Final = {
    Grade.VERY_SATISFIED: N_("Very satisfied"),
    Grade.SATISFIED: N_("Satisfied"),
    Grade.BASICALLY_SATISFIED: N_("Fairly satisfied"),
    Grade.DISSATISFIED: N_("Dissatisfied"),
    Grade.VERY_DISSATISFIED: N_("Very dissatisfied"),
}

REASONS: Final = {
    Reason.SLOW: N_("It took too long"),
    Reason.HARD: N_("It was hard to use"),
    Reason.TOO_MUCH: N_("Too many papers"),
    Reason.FAILED: N_("Something did not work"),
    Reason.NOT_DONE: N_("It was not done"),
}

SEXES: Final = {
    Sex.UNKNOWN: N_("Not stated"),
    Sex.MALE: N_("Male"),
    Sex.FEMALE: N_("Female"),
    Sex.UNSPECIFIED: N_("Not stated"),
}

AUTHORITIES: Final = {
    Authority.GUARDIAN: N_("You are the guardian"),
    Authority.FAMILY: N_("You are a close relative"),
    Authority.ENTRUSTED: N_("You were entrusted in writing"),
    Authority.LEGAL_REPRESENTATIVE: N_("You are the legal representative"),
}


@dataclass(frozen=True, slots=True)
class DoingText:
    """What is going on, what comes of it next, and its icon."""

    title: str
    next: str
    icon: str


DOINGS: Final = {
    Doing.SENDING: DoingText(
        N_("Your request is on its way"),
        N_("Next you get a number by which you can ask about it."),
        "send",
    ),
    Doing.ASKING: DoingText(
        N_("Looking it up for you"),
        N_("In a moment you see what was found."),
        "search",
    ),
    Doing.SHARING: DoingText(
        N_("Fetching what is known already"),
        N_("Next you are asked only for what is missing."),
        "share",
    ),
    Doing.SAVING: DoingText(
        N_("Keeping what you filled in"),
        N_("Next you get a code to go on with."),
        "kept",
    ),
}


@dataclass(frozen=True, slots=True)
class NotedText:
    """What was noted, what its number is called, and what happens next."""

    title: str
    number: str
    next: str
    icon: str


NOTED: Final = {
    NotedKind.COMPLAINT: NotedText(
        N_("We have noted it"),
        N_("Your number"),
        N_("To see the answer, choose “How far is my case?” and enter this number."),
        "complaint",
    ),
    NotedKind.SUPPLEMENT: NotedText(
        N_("Your papers have arrived"),
        N_("Case number"),
        N_("The department goes on with your case. You need not do anything now."),
        "materials",
    ),
    NotedKind.CONFIRMATION: NotedText(
        N_("You have confirmed it"),
        N_("Your number"),
        N_("The department does the rest. You need not come again."),
        "policies",
    ),
    NotedKind.FOLLOW_UP: NotedText(
        N_("Thank you, we have noted it"),
        N_("Your number"),
        N_("If it is not settled, somebody looks into it again."),
        "complaint",
    ),
}


@dataclass(frozen=True, slots=True)
class StateText:
    """Where a case is, in two or three words, with its icon."""

    name: str
    icon: str


STATES: Final = {
    CaseState.SUBMITTED: StateText(N_("Handed in"), "send"),
    CaseState.SUPPLEMENT: StateText(N_("Papers are missing"), "materials"),
    CaseState.ACCEPTED: StateText(N_("Accepted"), "notice"),
    CaseState.REVIEW: StateText(N_("Being decided"), "waiting"),
    CaseState.APPROVED: StateText(N_("Approved"), "check"),
    CaseState.REJECTED: StateText(N_("Not approved"), "not_me"),
    CaseState.DONE: StateText(N_("Done"), "check"),
    CaseState.WITHDRAWN: StateText(N_("Withdrawn"), "not_me"),
}

LIGHTS: Final = {
    Light.GREEN: N_("In time"),
    Light.YELLOW: N_("The day promised is near"),
    Light.RED: N_("The day promised has passed"),
}
