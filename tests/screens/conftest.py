"""A stage: one real window in a process of its own, asked and answered in lines."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

PATIENCE = 20.0


class Stage:
    """The window as a test sees it: what to show, what is there, what was asked for."""

    def __init__(
        self,
        display: str,
        size: tuple[int, int],
        scratch: Path,
        program: str | Path = "stage.py",
    ) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                Path(__file__).parent / program,
                str(size[0]),
                str(size[1]),
                scratch,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "DISPLAY": display},
        )
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.intents: queue.Queue[dict[str, str]] = queue.Queue()
        self.spoken: queue.Queue[dict[str, str]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="stage-reader")
        self._reader.start()
        self._display = display

    def ask(self, do: str, **words: object) -> Any:  # noqa: ANN401 - what JSON holds
        """One line there, one line back."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **words}) + "\n")
        answer = self._answers.get(timeout=PATIENCE)
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def show(self, sample: str, language: str = "zh-CN", **comfort: object) -> float:
        """Show a sample as somebody wants it; the seconds until its first frame."""
        took: float = self.ask("show", sample=sample, language=language, comfort=comfort)
        return took

    def tap(self, tag: str, times: int = 1) -> None:
        """Touch what is tagged so with real clicks, one right after the other."""
        x, y = self.ask("where", tag=tag)
        self.tap_at(x, y, times)

    def tap_at(self, x: float, y: float, times: int = 1) -> None:
        """Touch a place, in pixels from the top left."""
        click = ["click", "--repeat", str(times), "--delay", "60", "1"]
        self._point("mousemove", str(round(x)), str(round(y)), *click)

    def press(self, tag: str) -> None:
        """Lay a finger on what is tagged so, and leave it there."""
        x, y = self.ask("where", tag=tag)
        self._point("mousemove", str(round(x)), str(round(y)), "mousedown", "1")

    def key(self, *names: str) -> None:
        """Press keys of the keypad, one after the other, by their names in X."""
        self._point("key", "--delay", "20", *names)

    def lift(self) -> None:
        """Take it away."""
        self._point("mouseup", "1")

    def _point(self, *words: str) -> None:
        env = {"DISPLAY": self._display, "PATH": "/usr/bin:/bin"}
        subprocess.run(["xdotool", *words], check=True, env=env)

    def next_intent(self) -> str:
        """What was asked for next."""
        return self.intents.get(timeout=PATIENCE)["intent"]

    def next_spoken(self) -> str:
        """What is said aloud next."""
        return self.spoken.get(timeout=PATIENCE)["spoken"]

    def close(self) -> None:
        """End the process; it has to go by itself when its input ends."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        assert self._process.wait(PATIENCE) == 0
        self._reader.join(PATIENCE)
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            words = json.loads(line)
            kinds = {"intent": self.intents, "spoken": self.spoken}
            next((to for kind, to in kinds.items() if kind in words), self._answers).put(words)
        self._answers.put({"error": "the stage ended"})


@pytest.fixture(scope="module")
def signing(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The same with a field to sign in."""
    scratch = tmp_path_factory.mktemp("signing")
    with Stage(display, (1080, 1920), scratch, "signing.py") as one:
        yield one


@pytest.fixture(scope="module")
def stage(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One window of 1080 by 1920 for all tests of a file."""
    with Stage(display, (1080, 1920), tmp_path_factory.mktemp("stage")) as one:
        yield one
