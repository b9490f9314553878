"""A window such as the terminal's, which says which keys and touches reach it."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0  # seconds until it must be open, or must have heard

PROGRAM = """
import os, sys
title, home, *place = sys.argv[1:]
os.environ |= {"KIVY_HOME": home, "KIVY_NO_ARGS": "1", "KIVY_NO_CONFIG": "1"}
os.environ |= {"KIVY_NO_FILELOG": "1", "KIVY_NO_CONSOLELOG": "1"}
sizes = dict(zip(("LEFT", "TOP", "WIDTH", "HEIGHT"), place))
os.environ |= {f"KCFG_GRAPHICS_{name}": value for name, value in sizes.items()}
os.environ["KCFG_GRAPHICS_POSITION"] = "custom"
from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget
def say(*words):
    print(*words, flush=True)
Window.bind(on_key_down=lambda _, key, scancode, *more: say("key", scancode))
app = App(title=title)
app.root = Widget()
Clock.schedule_once(lambda _: say("open"), 1)
app.run()
"""


@contextmanager
def window(display: str, title: str, home: Path, left: int = 0) -> Iterator[queue.Queue[str]]:
    """One of 200 by 200 pixels that is open; what it says."""
    said: queue.Queue[str] = queue.Queue()
    words = [title, str(home), str(left), "0", "200", "200"]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        env={"DISPLAY": display, "PATH": "/usr/bin:/bin", "HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = process.stdout

    def hear() -> None:
        for line in lines:
            said.put(line.strip())

    hears = threading.Thread(target=hear)
    hears.start()
    try:
        assert said.get(timeout=PATIENCE) == "open"
        yield said
    finally:
        process.terminate()
        process.wait()
        hears.join()
        lines.close()
