"""A real CUPS of one's own: its scheduler on a free port of loopback, its files in one place."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.ipp import HOST, accepts

CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
LPADMIN = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
PROGRAMS = Path("/usr/lib/cups")
PATIENCE = 10.0  # seconds until it must accept connections

# Debian's own policy, shortened: a job is cancelled by its owner, a queue resumed by the system's
# group, and who comes through the socket is known by the user it runs as.
POLICY = """\
Listen {host}:{port}
Listen {socket}
LogLevel debug
Browsing Off
WebInterface No
DefaultAuthType Basic
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow {host}
</Location>
<Policy default>
  <Limit Cancel-Job Hold-Job Release-Job Get-Job-Attributes>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit CUPS-Add-Modify-Printer Pause-Printer Resume-Printer CUPS-Accept-Jobs CUPS-Reject-Jobs>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """\
ServerRoot {home}/etc
ServerBin {home}/bin
StateDir {home}/state
RequestRoot {home}/spool
TempDir {home}/tmp
CacheDir {home}/cache
ErrorLog {home}/error.log
AccessLog {home}/access.log
PageLog {home}/page.log
SystemGroup root
FileDevice Yes
"""
DIRECTORIES = ("etc", "state", "spool", "tmp", "cache")


def missing() -> str:
    """Why there can be no such scheduler here; "" where there can."""
    for program in (CUPSD, LPADMIN):
        if not os.access(program, os.X_OK):
            return f"{Path(program).name} is missing: ./run setup installs cups"
    return "" if os.geteuid() == 0 else "optional: cupsd of one's own has to be started by root"


class Scheduler:
    """cupsd with its files below `home`, and queues of one's own; started by root.

    Filters and backends run as the user lp, who has to get as far as `home`. RuntimeError when it
    does not start.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.socket = home / "cups.sock"
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def uri(self, queue: str) -> str:
        """The address of a queue."""
        return f"ipp://{HOST}:{self.port}/printers/{queue}"

    def add(self, queue: str, device: str, *options: str) -> None:
        """A queue that prints to `device`; without options it sends on what it gets."""
        self.run(LPADMIN, "-p", queue, "-v", device, "-E", *options)
        if "everywhere" in options:
            # CUPS learns what the printer can do behind our back; until then it aborts every job.
            self._await(f'Printer "{queue}" is now available.')

    def run(self, *command: str) -> str:
        """What a program of CUPS says when it asks this scheduler as root."""
        environment = {**os.environ, "CUPS_SERVER": str(self.socket)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def start(self) -> None:
        """Return once it accepts connections."""
        self._lay_out()
        with (self.home / "cupsd.log").open("ab") as log:
            self._process = subprocess.Popen(
                [CUPSD, "-f", "-c", self.home / "cupsd.conf", "-s", self.home / "files.conf"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not (accepts(self.port) and self.socket.exists()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"cupsd does not start; see {self.home / 'error.log'}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it, by its process id; it ends what it started."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def backend(self, scheme: str, script: str) -> None:
        """A program for devices of a scheme: what CUPS runs to print (backend(7))."""
        file = self.home / "bin" / "backend" / scheme
        file.write_text(script)
        file.chmod(0o700)  # as root: CUPS runs what others may read as the user lp

    def _await(self, line: str) -> None:
        """Return once CUPS has written that into its log."""
        deadline = time.monotonic() + PATIENCE
        while line not in (self.home / "error.log").read_text(errors="replace"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"CUPS does not say: {line}")
            time.sleep(0.02)

    def _lay_out(self) -> None:
        self.home.mkdir(exist_ok=True)
        self.home.chmod(0o711)
        for directory in DIRECTORIES:
            (self.home / directory).mkdir(parents=True, exist_ok=True)
        self._lay_out_programs()
        where = {"host": HOST, "port": self.port, "socket": self.socket, "home": self.home}
        (self.home / "cupsd.conf").write_text(POLICY.format(**where))
        (self.home / "files.conf").write_text(FILES.format(**where))

    def _lay_out_programs(self) -> None:
        """CUPS' own programs under our directory, so that backends can be added."""
        programs = self.home / "bin"
        (programs / "backend").mkdir(parents=True, exist_ok=True)
        own = [*PROGRAMS.iterdir(), *(PROGRAMS / "backend").iterdir()]
        for program in own:
            link = programs / program.relative_to(PROGRAMS)
            if not link.exists():
                link.symlink_to(program)

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
