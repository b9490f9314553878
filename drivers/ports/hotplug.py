"""Tells when something was plugged in or pulled out, so that nobody waits for the next look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal

import pyudev

SUBSYSTEMS = ("usb", "tty", "video4linux", "input", "hidraw", "usbmisc")


async def watch(changed: Callable[[], None], source: Literal["udev", "kernel"] = "udev") -> None:
    """Call `changed` after each change, on the running loop, until cancelled.

    udev tells after it gave a device its names, the kernel before. Where nobody tells (a machine
    without udevd) it waits in vain, and devices are found at the next probe as ever.
    """
    monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source=source)
    for subsystem in SUBSYSTEMS:
        monitor.filter_by(subsystem)
    monitor.start()

    def heard() -> None:
        # One plug is many messages: the device, its interfaces, its files.
        while monitor.poll(0) is not None:
            pass
        changed()

    loop = asyncio.get_running_loop()
    loop.add_reader(monitor.fileno(), heard)
    try:
        await asyncio.Event().wait()
    finally:
        loop.remove_reader(monitor.fileno())
