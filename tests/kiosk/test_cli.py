"""The command `kiosk run`, as a technician and systemd meet it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KIOSK = Path(sys.executable).parent / "kiosk"
CONFIG = """
[terminal]
id = "bare-0001"
name = {{ zh = "家门口", en = "Doorstep" }}
place = {{ zh = "柳湖村", en = "Liuhu" }}
region = "990000000000"
orientation = "portrait"
[platform]
url = "http://127.0.0.1:9"
[storage]
state = "{state}"
[screen]
width = 540
height = 960
fullscreen = false
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A terminal with nothing fitted, no broker, and a platform that does not answer."""
    file = tmp_path / "kiosk.toml"
    file.write_text(CONFIG.format(state=tmp_path / "state"), encoding="utf-8")
    return file


def test_a_bare_terminal_runs_and_stops_when_told(config: Path, display: str) -> None:
    """With nothing but a screen it starts, says each thing once, and ends with 0 on SIGTERM."""
    process = subprocess.Popen(
        [KIOSK, "run", "--config", config],
        env={**os.environ, "DISPLAY": display},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = []
    while "platform.away" not in (line := process.stderr.readline()):
        assert line, "it ended by itself"
        said.append(line)
    time.sleep(1)  # long enough for anything that starts over and over to show
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=30)[1]
    assert process.returncode == 0, rest
    assert "service." not in "".join(said) + rest
    assert "Traceback" not in rest


def test_without_a_display_it_says_so(config: Path) -> None:
    """Nobody would see it: exit status 1 and what to set."""
    unseen = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    if any(Path("/dev/dri").glob("card*")):
        pytest.skip("optional: this machine has a graphics card that SDL can draw on by itself")
    done = subprocess.run(
        [KIOSK, "run", "--config", config], env=unseen, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "set DISPLAY" in done.stderr) == (1, True)


def test_a_wrong_configuration_is_named_and_ends_with_two(tmp_path: Path) -> None:
    """No file: what, where and what to do, and no traceback."""
    command: list[str | Path] = [KIOSK, "run", "--config", tmp_path / "none.toml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "copy one of device_config/profiles" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_state_that_can_not_be_written_is_said_plainly(config: Path, display: str) -> None:
    """A state folder that is a file: exit status 1, the path, no traceback."""
    (config.parent / "state").write_text("in the way", encoding="utf-8")
    done = subprocess.run(
        [KIOSK, "run", "--config", config],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert str(config.parent / "state") in done.stderr
    assert "Traceback" not in done.stderr
