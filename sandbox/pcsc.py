"""A real smart-card service of one's own: pcscd, apart from the system's and its readers.

It takes its clients from a socket that we listen on, handed over as systemd does, so as many can
run as there are sockets. It runs in a mount namespace of its own where it may have one: there it
neither writes beside the system's pcscd nor sees the real readers of this machine.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from drivers.cards.pcsc import ADDRESS

PCSCD = shutil.which("pcscd") or "/usr/sbin/pcscd"  # Debian keeps it off users' paths
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SLOTS = 2  # the driver makes so many readers, each on a TCP port of its own
LONGEST_PATH = 107  # bytes of a Unix socket's name

# The socket comes as standard output and becomes descriptor 3. Standard input is a line to us: when
# it ends, because we close it or because we are gone, the service is ended too.
_RUN = """
exec 3>&1 4<&0 </dev/null >/dev/null
(read -r _ <&4; kill -KILL $$) 3>&- &
exec 4<&-
LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" --foreground --config "$1"
"""
_HIDE = """
mount -t tmpfs tmpfs /run && mkdir /run/pcscd || exit
for bundle in /usr/lib/pcsc/drivers/*.bundle; do mount -t tmpfs tmpfs "$bundle"; done
"""


def missing() -> str:
    """What this machine lacks for it; "" where nothing is missing."""
    lacks = [str(file) for file in (Path(PCSCD), DRIVER) if not file.exists()]
    return f"{' and '.join(lacks)} missing: ./run setup installs them" if lacks else ""


@cache
def own_address() -> Path:
    """Where the PC/SC programs within this very process look from now on.

    libpcsclite reads it once in a process, so it is the same for all services that follow.
    """
    directory = tempfile.mkdtemp(prefix="doorstep-pcsc-")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    address = Path(directory) / "pcscd.comm"
    os.environ[ADDRESS] = str(address)
    return address


class VirtualPorts:
    """TCP ports for the cards of one virtual reader, kept from others while it is unplugged."""

    def __init__(self) -> None:
        while True:
            self._kept = [socket.socket()]
            self._kept[0].bind(("", 0))
            self.first: int = self._kept[0].getsockname()[1]
            if self._keep_following():
                return
            self.close()

    def _keep_following(self) -> bool:
        try:
            for port in range(self.first + 1, self.first + SLOTS):
                self._kept.append(socket.socket())
                self._kept[-1].bind(("", port))
        except OSError:
            return False
        for kept in self._kept:  # only now, when nobody else has it: let pcscd bind it too
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return True

    def close(self) -> None:
        """Let others have them."""
        for kept in self._kept:
            kept.close()


class PrivatePcscd:
    """pcscd behind a Unix socket at `address`, with a virtual reader or without any.

    Everything may be called from any thread, but one at a time.
    """

    def __init__(self, address: Path) -> None:
        self.address = address
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._config: tempfile.TemporaryDirectory[str] | None = None

    def run(self, reader: str, port: int | None) -> None:
        """Run anew, with one virtual reader of that name, its cards at `port` and behind.

        None: without any reader. Clients of before lose their connection; new ones may connect
        at once. OSError when the address can not be had or there is no pcscd.
        """
        self._end()
        if why := missing():
            raise FileNotFoundError(why)
        if self._socket is None:
            self._socket = _listen(self.address)
        if self._config is None:
            self._config = tempfile.TemporaryDirectory(prefix="doorstep-reader-")
        lines = [f'FRIENDLYNAME "{reader}"', f"DEVICENAME /dev/null:{port}", f"LIBPATH {DRIVER}"]
        text = "\n".join([*lines, f"CHANNELID {port}", ""]) if port is not None else "# none\n"
        (Path(self._config.name) / "reader.conf").write_text(text, encoding="ascii")
        alone = apart()
        self._process = subprocess.Popen(
            [*alone, "sh", "-c", (_HIDE if alone else "") + _RUN, PCSCD, self._config.name],
            stdin=subprocess.PIPE,
            stdout=self._socket.fileno(),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def running(self) -> bool:
        """Whether it was started and not ended since."""
        return self._process is not None

    def hang(self, *, hangs: bool) -> None:
        """Stop it in the middle of whatever it does, or let it go on."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP if hangs else signal.SIGCONT)

    def stop(self) -> None:
        """End it; nobody is at the address any more."""
        self._end()
        if self._socket is not None:
            self._socket.close()
            self._socket = None
            self.address.unlink(missing_ok=True)
        if self._config is not None:
            self._config.cleanup()
            self._config = None

    def _end(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.kill()
            self._process.stdin.close()
            self._process.wait()
            self._process = None


def _listen(address: Path) -> socket.socket:
    if len(os.fsencode(address)) > LONGEST_PATH:
        raise OSError(f"{address}: too long for a socket; choose one below {LONGEST_PATH} bytes")
    if address.exists() and not address.is_socket():
        raise FileExistsError(f"{address}: there is a file of that name")
    address.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    try:
        listening.bind(str(address))
        listening.listen(16)
    except OSError as error:
        listening.close()
        raise OSError(f"{address}: {error.strerror}") from error
    return listening


@cache
def apart() -> list[str]:
    """The words before a command that give it mounts of its own; none where that is forbidden."""
    for words in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        tried = [*words, "--", "mount", "-t", "tmpfs", "tmpfs", "/run"]
        try:
            if subprocess.run(tried, capture_output=True, check=False).returncode == 0:
                return [*words, "--"]
        except FileNotFoundError:
            return []
    return []
