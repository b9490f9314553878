"""Where the user's own speech-dispatcher listens, and how it is started where it is away.

Both as libspeechd does it (src/api/c/libspeechd.c), so that the daemon is the one that spd-say
and every other program of this user speaks to.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from drivers.device import Advice, Fault
from drivers.errors import DeviceError, TransportError
from drivers.speech.line import Line

NOT_INSTALLED = Fault(
    "speech.not_installed",
    Advice.TECHNICIAN_ACTS,
    "no spoken voice is installed: apt install speech-dispatcher speech-dispatcher-espeak-ng",
)
NOT_STARTED = Fault(
    "speech.not_started",
    Advice.TECHNICIAN_ACTS,
    "speech-dispatcher does not start: speech-dispatcher --run-single says why",
)

PROGRAM = "speech-dispatcher"
START_UP = 10.0  # seconds; it takes a third of one, and asks each output module for its voices


def own_socket() -> Path:
    """Where the user's own daemon listens: in $XDG_RUNTIME_DIR, or in the cache without one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME")
    return Path(runtime or Path.home() / ".cache", "speech-dispatcher", "speechd.sock")


async def connect(socket: Path | None, deadline: float) -> Line:
    """A connection to the daemon behind `socket`, or for None to the user's own.

    DeviceError says why there is none.
    """
    if socket is not None:
        return await Line.open(str(socket), deadline)
    own = str(own_socket())
    try:
        return await Line.open(own, deadline)
    except TransportError:
        await _start(own)
    return await Line.open(own, deadline)


async def _start(socket: str) -> None:
    """Start it; it answers once this returns, and ends by itself once nobody is connected."""
    # Its log holds texts at level 5, whatever its configuration says: they may be personal.
    command = (PROGRAM, "--spawn", "--log-level", "1")
    address = ("--communication-method", "unix_socket", "--socket-path", socket)
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, *address, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise DeviceError(NOT_INSTALLED.because(error.strerror)) from None
    try:
        async with asyncio.timeout(START_UP):
            status = await process.wait()
    except TimeoutError:
        raise DeviceError(NOT_STARTED.because(f"not within {START_UP:g} s")) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status:
        raise DeviceError(NOT_STARTED.because(f"status {status}"))
