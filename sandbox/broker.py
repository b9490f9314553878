"""A real MQTT broker of one's own: mosquitto on a free port of loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

MOSQUITTO = shutil.which("mosquitto") or "/usr/sbin/mosquitto"  # Debian keeps it off users' paths
PATIENCE = 10.0  # seconds until it must accept connections


class Broker:
    """Starts mosquitto with its files below `directory`; the port stays the same over restarts.

    Anybody on this machine may publish: certificates and access rules are the real broker's.
    """

    def __init__(self, directory: Path) -> None:
        self.host = "127.0.0.1"
        self.port = _free_port()
        self._config = directory / "mosquitto.conf"
        directory.mkdir(parents=True, exist_ok=True)
        self._config.write_text(
            f"listener {self.port} {self.host}\nallow_anonymous true\nlog_dest none\n"
            "persistence false\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return once it accepts connections."""
        self._process = subprocess.Popen(
            [MOSQUITTO, "-c", self._config],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while not self._accepts():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"mosquitto does not accept connections on port {self.port}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it, by its process id."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _accepts(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((self.host, self.port)) == 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
