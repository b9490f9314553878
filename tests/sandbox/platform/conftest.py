"""A platform on a port, and a terminal that asks it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal


@pytest.fixture
def server() -> Iterator[PlatformServer]:
    """A platform of its own for each test."""
    with PlatformServer() as server:
        yield server


@pytest.fixture
def terminal(server: PlatformServer) -> Iterator[PlainTerminal]:
    """A terminal that knows the platform's address."""
    with httpx.Client(base_url=server.address, timeout=10, trust_env=False) as client:
        yield PlainTerminal(client)
