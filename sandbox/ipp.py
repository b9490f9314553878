"""A real IPP printer without paper: ippeveprinter of CUPS, with a bus of its own."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from drivers.printers.ipp_library import Answer, Attribute, Operation, Tag, decode, encode

IPPEVEPRINTER = shutil.which("ippeveprinter") or "/usr/sbin/ippeveprinter"
DBUS_DAEMON = shutil.which("dbus-daemon") or "/usr/bin/dbus-daemon"
PATIENCE = 10.0  # seconds until it must accept connections
ANSWER = 5.0
HOST = "127.0.0.1"
FORMATS = "application/pdf,image/pwg-raster,image/urf"

# ippeveprinter announces itself on the network by avahi, which it finds on the system's bus, and
# does not start without a bus. Announcing nothing, it is content with one on which nobody is.
BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:abstract={name}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_type="*"/>
    <allow send_type="*"/>
  </policy>
</busconfig>
"""


def missing() -> str:
    """Why there can be no such printer here; "" where there can."""
    for program, package in ((IPPEVEPRINTER, "cups-ipp-utils"), (DBUS_DAEMON, "dbus")):
        if not os.access(program, os.X_OK):
            return f"{Path(program).name} is missing: ./run setup installs {package}"
    return ""


class EvePrinter:
    """ippeveprinter at a port of loopback, which runs `command` for each job; files in `home`.

    RuntimeError when it does not start.
    """

    def __init__(self, home: Path, port: int, command: Path) -> None:
        self.port = port
        self._processes: list[subprocess.Popen[bytes]] = []
        spool, bus = home / "spool", f"doorstep-printer-{port}"
        spool.mkdir(exist_ok=True)
        (home / "bus.conf").write_text(BUS.format(name=bus))
        announce_nothing = ["-r", "off", "-n", "localhost"]
        printer = [IPPEVEPRINTER, "-2", "-p", str(port), *announce_nothing, "-f", FORMATS]
        printer += ["-d", str(spool), "-c", str(command), "-m", "Eve", "-M", "Doorstep", "Doorstep"]
        with (home / "printer.log").open("ab") as log:
            try:
                self._start([DBUS_DAEMON, "--nofork", f"--config-file={home / 'bus.conf'}"], log)
                self._await(lambda: _takes(socket.AF_UNIX, f"\0{bus}"))
                self._start(printer, log, DBUS_SYSTEM_BUS_ADDRESS=f"unix:abstract={bus}")
                self._await(lambda: accepts(port))
            except BaseException:
                self.kill()
                raise

    def kill(self) -> None:
        """End it as a cut cable does: at once, and with all that it started."""
        while self._processes:
            process = self._processes.pop()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def fall_silent(self) -> None:
        """Take connections and answer nothing, until it is killed or `go_on`."""
        os.killpg(self._processes[-1].pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again."""
        os.killpg(self._processes[-1].pid, signal.SIGCONT)

    def _start(self, command: Sequence[str], log: IO[bytes], **environment: str) -> None:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        self._processes.append(process)

    def _await(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            process = self._processes[-1]
            if process.poll() is not None or time.monotonic() > deadline:
                name = Path(str(process.args[0])).name  # type: ignore[index] # it was a list
                raise RuntimeError(f"{name} does not start")
            time.sleep(0.002)


def accepts(port: int) -> bool:
    """Whether somebody takes connections there."""
    return _takes(socket.AF_INET, (HOST, port))


def _takes(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as probe:
        return probe.connect_ex(address) == 0


def ask(
    port: int,
    operation: Operation,
    about: Sequence[Attribute] = (),
    *,
    wanted: Sequence[str] = (),
    document: bytes = b"",
    path: str = "/ipp/print",
) -> Answer:
    """Ask the IPP printer at a port of loopback something; OSError when it does not answer."""
    first = [
        Attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        Attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
        Attribute("printer-uri", Tag.URI, f"ipp://{HOST}:{port}{path}"),
        Attribute("requesting-user-name", Tag.NAME, "sandbox"),
    ]
    message = encode(operation, 1, [*first, *about], b"") + document
    return decode(fetch(port, path, message), wanted)


def fetch(port: int, path: str, message: bytes | None = None) -> bytes:
    """What HTTP answers at a port of loopback; OSError when it does not answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER)
    headers: Mapping[str, Any] = {"Content-Type": "application/ipp"}
    try:
        connection.request("GET" if message is None else "POST", path, message, headers)
        return connection.getresponse().read()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()
