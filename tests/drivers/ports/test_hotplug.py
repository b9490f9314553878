"""The kernel's own word that something was plugged in."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from drivers.ports import hotplug

PORT = Path("/sys/class/tty/ttyS0/uevent")

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.mark.skipif(
    not os.access(PORT, os.W_OK), reason="optional: the kernel says it again only when root asks"
)
async def test_a_plug_is_told() -> None:
    """The message that a serial port appeared reaches whoever watches, and nothing is left open."""
    heard = asyncio.Event()
    watching = asyncio.create_task(hotplug.watch(heard.set, "kernel"))
    await asyncio.sleep(0)  # it listens now
    async with asyncio.timeout(10):
        await asyncio.to_thread(
            PORT.write_text, "add"
        )  # the kernel repeats what it said when the port appeared
        await heard.wait()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
