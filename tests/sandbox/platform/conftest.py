"""A platform on a port, and a terminal that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from kiosk.core.legal_time import BEIJING
from sandbox.platform.clock import Clock
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=BEIJING)


@pytest.fixture
def server() -> Iterator[PlatformServer]:
    """A platform of its own for each test, on a Monday morning on which time stands still."""
    with PlatformServer(clock=Clock(lambda: MONDAY)) as server:
        yield server


@pytest.fixture
def terminal(server: PlatformServer) -> Iterator[PlainTerminal]:
    """A terminal that knows the platform's address."""
    with httpx.Client(base_url=server.address, timeout=10, trust_env=False) as client:
        yield PlainTerminal(client)


@pytest.fixture(scope="module")
def lasting() -> Iterator[PlainTerminal]:
    """A terminal of one platform for every item, each with keys of its own."""
    with (
        PlatformServer(clock=Clock(lambda: MONDAY)) as server,
        httpx.Client(base_url=server.address, timeout=10, trust_env=False) as client,
    ):
        yield PlainTerminal(client)
