"""Recordings: what was done to the world, written so that it can be done again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.control import ControlError, ControlServer, ask
from sandbox.recording import Recorder
from sandbox.scenario import LONGEST_WAIT, Line, Pause, parse, play, text_of

words = st.text(st.characters(codec="utf-8"), min_size=1).filter(
    lambda word: word.split() == [word] and not word.startswith("#")
)
lines = st.lists(words, min_size=1).filter(lambda line: line[0] not in {"wait", "record"})
pauses = st.floats(0, LONGEST_WAIT)


class Hands:
    """A world and its clock: both do as a test says, and remember it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done: list[tuple[float, str]] = []

    def act(self, line: str) -> str:
        """Anything can be done but flying; it takes a second."""
        if line == "fly":
            raise ControlError("there is: card")
        self.done.append((self.now, line))
        self.now += 1
        return "done"

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@given(st.lists(lines.map(" ".join) | pauses))
def test_what_is_written_is_what_is_read(steps: list[str | float]) -> None:
    """Every line that the world may understand, and every pause, comes back as it was."""
    numbered = [
        Line(number, step) if isinstance(step, str) else Pause(step)
        for number, step in enumerate(steps, start=1)
    ]
    assert list(parse("".join(map(text_of, numbered)))) == numbered


@given(st.lists(st.tuples(lines.map(" ".join), st.floats(0, 3 * LONGEST_WAIT)), max_size=8))
def test_a_recording_plays_the_same_again(
    tmp_path_factory: pytest.TempPathFactory, visit: list[tuple[str, float]]
) -> None:
    """The same lines in the same order, each as long after the one before it."""
    hands, again = Hands(), Hands()
    recorder = Recorder(hands.act, tmp_path_factory.mktemp("recorded"), clock=lambda: hands.now)
    path = recorder.act("record").removeprefix("recording into ")
    for line, pause in visit:
        recorder.act(line)
        hands.sleep(pause)
    recorder.act("record stop")
    list(play(parse(Path(path).read_text(encoding="utf-8")), again.act, again.sleep))
    assert [line for _, line in again.done] == [line for _, line in hands.done]
    for (then, _), (now, _) in zip(hands.done, again.done, strict=True):
        assert now == pytest.approx(then, abs=0.02 * len(visit))


def test_a_recording_is_on_the_disk_line_by_line(tmp_path: Path) -> None:
    """Whatever ends the demonstration, what was done so far can be played; nothing refused is."""
    hands = Hands()
    recorder = Recorder(hands.act, tmp_path, clock=lambda: hands.now)
    recorder.act("record visit.txt")
    recorder.act("card wang  # lays it down")
    with pytest.raises(ControlError, match="there is: card"):
        recorder.act("fly")
    hands.sleep(2.5)
    recorder.act("scanner show http://example.invalid/#1")
    assert (tmp_path / "visit.txt").read_text(encoding="utf-8").splitlines() == [
        "card wang",
        "wait 2.5",
        "scanner show http://example.invalid/#1",
    ]
    recorder.close()


def test_only_what_happens_between_record_and_stop_is_written(tmp_path: Path) -> None:
    """A second recording has a name of its own, and no file is written over."""
    recorder = Recorder(Hands().act, tmp_path)
    recorder.act("card wang")
    with pytest.raises(ControlError, match="nothing is being recorded"):
        recorder.act("record stop")
    for line in ("record", "card li", "record stop", "card chan", "record", "card lift"):
        recorder.act(line)
    with pytest.raises(ControlError, match="exists"):
        recorder.act("record recorded-1.txt")
    recorder.act("card zhao")
    recorder.close()
    assert (tmp_path / "recorded-1.txt").read_text(encoding="utf-8") == "card li\n"
    assert (tmp_path / "recorded-2.txt").read_text(encoding="utf-8").endswith("card zhao\n")


def test_the_control_line_records(tmp_path: Path) -> None:
    """From the dock or from the command line: whoever acts is recorded."""
    recorder = Recorder(Hands().act, tmp_path)
    control = tmp_path / "control"
    with ControlServer(control, recorder.act):
        assert "visit.txt" in ask(control, "record visit.txt")
        ask(control, "card 王")
        assert "sandbox scenario" in ask(control, "record stop")
    assert list(parse((tmp_path / "visit.txt").read_text(encoding="utf-8"))) == [Line(1, "card 王")]
