"""A real speech-dispatcher of one's own, whose sound is led into a file instead of a sound card.

It speaks by espeak-ng through ALSA, as on a terminal; ALSA's `file` plugin keeps what would be
played. That takes no time: a minute of speech is there as soon as it is synthesized.
"""

from __future__ import annotations

import array
import math
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import wave
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

PROGRAM = "speech-dispatcher"
MODULES = Path("/usr/lib/speech-dispatcher-modules")
MODULE = MODULES / "sd_espeak-ng"
SETTINGS = Path("/etc/speech-dispatcher/modules")
SAMPLES = 22_050  # a second, of 16 bits, as espeak-ng makes them
PATIENCE = 20.0  # seconds for it to start, or to end

SOUND = """\
pcm.nowhere {{ type null }}
pcm.!default {{ type file  slave.pcm nowhere  file "{file}"  format raw }}
"""
NO_SOUND = "pcm.!default { type hw  card 31 }\n"
SPEECHD = """\
AudioOutputMethod "alsa"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
Timeout 1
"""


def missing() -> str:
    """What this machine lacks for it; "" where nothing is missing."""
    if shutil.which(PROGRAM) and MODULE.exists():
        return ""
    return "speech-dispatcher or its espeak-ng missing: ./run setup installs them"


def keep(daemon: SpeechDaemon, out: Path) -> None:
    """Leave what was said in `out`: spoken.txt, an utterance a line, and spoken.wav."""
    lines = (" ".join(text.split()) + "\n" for text in daemon.texts())
    (out / "spoken.txt").write_text("".join(lines), encoding="utf-8")
    with wave.open(str(out / "spoken.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLES)
        sound.writeframes(daemon.heard().tobytes())


class SpeechDaemon:
    """The daemon at `socket`, and what is heard of it.

    `own_environment` makes it this user's own: whoever has these variables finds it at its usual
    place, or starts it there. It ends once nobody has been connected for a second.
    """

    def __init__(self, *, sound: bool = True) -> None:
        self._sound = sound
        self._home = TemporaryDirectory(prefix="voice-")  # a socket's name has 107 bytes at most
        home = Path(self._home.name)
        self._runtime = home / "speech-dispatcher"
        self.socket = self._runtime / "speechd.sock"
        self._pcm = home / "pcm"
        self._log = home / "log"
        self._offset = 0
        self._process: subprocess.Popen[bytes] | None = None
        config = home / "config" / "speech-dispatcher"
        config.mkdir(parents=True)
        self._log.mkdir()
        shutil.copytree(SETTINGS, config / "modules")
        (config / "speechd.conf").write_text(SPEECHD)
        alsa = home / "asound.conf"
        alsa.write_text(SOUND.format(file=self._pcm) if sound else NO_SOUND)
        self.own_environment = {
            "XDG_RUNTIME_DIR": str(home),
            "XDG_CONFIG_HOME": str(config.parent),
            "ALSA_CONFIG_PATH": str(alsa),
        }

    def start(self) -> None:
        """Start it, with a log of every text; returns once it accepts connections."""
        self.socket.unlink(missing_ok=True)  # the last one leaves it behind
        self._process = subprocess.Popen(
            [PROGRAM, "--run-single", "--log-level", "5", "--log-dir", self._log, "--timeout", "0"],
            env=os.environ | self.own_environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _until(self._accepts, f"{PROGRAM} does not start")

    def end(self) -> None:
        """End it, by its process id, whoever started it; one that does not go is killed."""
        pid = self._process.pid if self._process is not None else self._pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM if self._sound else signal.SIGKILL)
        if self._process is not None:
            try:
                self._process.wait(PATIENCE / 4)
            except subprocess.TimeoutExpired:  # as when its output module hangs
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None
        _until(lambda: not self._pid(), f"{PROGRAM} does not end")
        self._pcm.unlink(missing_ok=True)
        self._offset = 0

    def heard(self) -> array.array[int]:
        """The samples that were played since this was asked last."""
        samples = array.array("h")
        with suppress(FileNotFoundError), self._pcm.open("rb") as file:
            file.seek(self._offset)
            data = file.read()
            whole = len(data) // 2 * 2
            self._offset += whole
            samples.frombytes(data[:whole])
        return samples

    def texts(self) -> list[str]:
        """Every text that it took."""
        log = (self._log / "speech-dispatcher.log").read_bytes()
        return [
            text.decode() for text in re.findall(rb"New buf is now: \|(.*?)\|\n", log, re.DOTALL)
        ]

    def settings(self, name: str) -> list[str]:
        """What a parameter of the synthesizer was for each text."""
        log = (self._log / "speech-dispatcher.log").read_text("utf-8", "replace")
        return re.findall(rf"^{name}=(.*)$", log, re.MULTILINE)

    def _accepts(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    def _pid(self) -> int | None:
        """Its process id, while it runs; a zombie that nobody waits for does not."""
        with suppress(OSError, ValueError):
            pid = int((self._runtime / "pid" / "speech-dispatcher.pid").read_text())
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            return None if state == "Z" else pid
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end()
        self._home.cleanup()


def seconds(samples: array.array[int]) -> float:
    """How long they last."""
    return len(samples) / SAMPLES


def loudness(samples: array.array[int]) -> float:
    """Their root mean square: 0 is silence."""
    return math.sqrt(sum(s * s for s in samples) / len(samples)) if samples else 0.0


def _until(so: Callable[[], object], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > deadline:
            raise RuntimeError(otherwise)
        time.sleep(0.02)
