"""Five keys and earphones: everything is reached, chosen and read out, and nobody else hears it."""

from __future__ import annotations

import queue

import pytest

from drivers.device import Personal
from kiosk.core.catalogue import Language
from kiosk.core.views import QuestionView, ReviewView
from screens.samples import samples
from tests.screens.conftest import Stage


def personal(body: object) -> list[Personal]:
    """What a few views hold about somebody."""
    match body:
        case ReviewView(name=name, answers=answers, for_whom=None):
            return [name, *(line.value for line in answers)]
        case ReviewView(name=name, for_whom=whom):
            return [name] if whom is None else [name, whom.name]
        case QuestionView(text=text):
            return [text]
        case _:
            return []


PERSONAL = {name: personal(view.body) for name, view in samples(Language.CHINESE)}


@pytest.fixture
def quiet(stage: Stage) -> Stage:
    """A stage on which nothing is left of what was asked and said before."""
    stage.show("home")
    stage.tap_at(4, 400)  # a finger: the keypad is at nothing
    stage.show("attract")
    for heard in (stage.intents, stage.spoken):
        while not heard.empty():
            heard.get()
    return stage


def test_any_key_wakes_a_terminal_for_somebody_who_listens(quiet: Stage) -> None:
    """Whoever does not see the screen presses a key, and is spoken to."""
    quiet.key("Down")
    assert quiet.next_intent() == "Start(spoken=True)"


def test_earphones_are_told_of(quiet: Stage) -> None:
    """Plugging earphones in and pulling them out at once are both heard."""
    quiet.key("193", "194")  # F15 and F16
    assert quiet.next_intent() == "Earphones(plugged=True)"
    assert quiet.next_intent() == "Earphones(plugged=False)"


def settles(stage: Stage, tag: str) -> bool:
    """Whether the keypad comes to be at this: a key takes its way through X."""
    return any(stage.ask("focused") == [tag] for _ in range(50))


GRIDS = (
    "question-number",
    "question-text-candidates",
    "search-hits",
    "question-date",
    "question-date-whole",
)
LISTS = (
    "home",
    "home-barred",
    "ask_how-barred",
    "provide-most",
    "review-long",
    "case-owed",
    "comfort",
)


@pytest.mark.parametrize("sample", LISTS)
def test_keys_go_round_everything_that_can_be_touched(quiet: Stage, sample: str) -> None:
    """Down comes by every control of a screen and its bars and back to the first; up goes back."""
    quiet.show(sample)
    order = quiet.ask("order")
    assert set(quiet.ask("tags")) <= set(order)
    for tag in (*order, order[0]):
        quiet.key("Down")
        assert settles(quiet, tag)
    quiet.key("Up")
    assert settles(quiet, order[-1])


@pytest.mark.parametrize("sample", GRIDS)
def test_rows_of_keys_are_walked_in_both_directions(quiet: Stage, sample: str) -> None:
    """Every key is reached from every other by keys that point, and rows go round."""
    quiet.show(sample)
    wanted = {tag for tag in quiet.ask("order") if tag.startswith("key:")}
    quiet.key("Down")
    for _ in range(12):
        if quiet.ask("focused")[0].startswith("key:"):
            break
        quiet.key("Down")
    seen: set[str] = set()
    for _ in range(7):
        first = quiet.ask("focused")
        for _ in range(14):
            quiet.key("Right")
            seen |= set(quiet.ask("focused"))
            if quiet.ask("focused") == first:
                break
        quiet.key("Down")
    assert wanted <= seen


def test_select_does_what_a_finger_does(quiet: Stage) -> None:
    """The middle key asks for the same as a touch."""
    quiet.show("still_there")
    quiet.key("Down", "Return")
    heard = [quiet.next_intent()]
    while heard[-1] == "Touched()":  # a sign of life comes first, unless one has just come
        heard.append(quiet.next_intent())
    assert heard[-1] == "Continue()"


def test_a_finger_takes_the_ring_away(quiet: Stage) -> None:
    """Whoever touches the screen again sees no ring; the next key brings it back."""
    quiet.show("help")
    quiet.key("Down")
    assert quiet.ask("focused") == ["continue"]
    quiet.tap_at(4, 400)
    settled = (quiet.ask("focused") == [] for _ in range(50))
    assert any(settled)
    quiet.key("Down")
    assert quiet.ask("focused") == ["continue"]


def test_the_ring_stays_where_it_was_when_the_view_is_the_same_again(quiet: Stage) -> None:
    """A view that comes anew, as with a letter typed, leaves the keypad where it is."""
    quiet.show("question-number")
    quiet.key("Down", "Down", "Right")
    before = quiet.ask("focused")
    quiet.show("question-number")
    assert quiet.ask("focused") == before


# --- what is said ---


def test_a_screen_is_read_out_and_what_the_keypad_is_at(quiet: Stage) -> None:
    """Title and instructions, then each control by its words as the keypad comes to it."""
    quiet.show("still_there", spoken=True)
    said = quiet.next_spoken()
    assert said.startswith("您还在吗？")
    quiet.key("Down")
    assert "我还在" in quiet.next_spoken()
    quiet.key("Left")
    assert quiet.next_spoken() == said


def test_nothing_is_said_to_those_who_did_not_ask(quiet: Stage) -> None:
    """A terminal is silent unless somebody wants it to speak."""
    quiet.show("still_there")
    quiet.key("Down")
    assert quiet.ask("focused") == ["continue"]
    with pytest.raises(queue.Empty):
        quiet.spoken.get_nowait()


def test_only_what_changed_is_said_again(quiet: Stage) -> None:
    """While a camera looks, each new hint is read, and not the whole screen each time."""
    quiet.show("face_check-closer", spoken=True)
    quiet.next_spoken()
    quiet.show("face_check-hold_still", spoken=True)
    assert quiet.next_spoken() == "请保持不动。"


def test_numbers_are_read_digit_by_digit(quiet: Stage) -> None:
    """A number to call or to write down is no number to count with."""
    quiet.show("help-hotline", spoken=True)
    assert "1 2 3 4 5" in quiet.next_spoken()


@pytest.mark.parametrize("sample", ["review-filled", "question-id_number", "review-other"])
def test_what_is_about_somebody_is_said_into_earphones_alone(quiet: Stage, sample: str) -> None:
    """No name and no number is said aloud in a shop; whoever wears earphones hears them."""
    secrets = [text.reveal() for text in PERSONAL[sample]]
    quiet.show(sample, spoken=True)
    aloud = quiet.next_spoken().replace(" ", "")
    assert not [secret for secret in secrets if secret in aloud]
    quiet.show("home")
    quiet.show(sample, spoken=True, earphones=True)
    private = [quiet.next_spoken(), quiet.next_spoken()][-1].replace(" ", "")
    assert any(secret in private for secret in secrets)
