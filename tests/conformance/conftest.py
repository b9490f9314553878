"""The platform that is examined: the one of DOORSTEP_PLATFORM, or else the reference platform.

    DOORSTEP_PLATFORM=https://… DOORSTEP_EXAMPLES=ours.toml .venv/bin/pytest tests/conformance

It makes cases, complaints and ratings there: point it at an instance for tests. Client certificates
are named by DOORSTEP_CERT and DOORSTEP_KEY, an authority of your own by SSL_CERT_FILE.
"""

from __future__ import annotations

import os
import ssl
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.platform.server import PlatformServer
from tests.conformance.speaker import Speaker
from tests.kiosk.services.reference import photo_of

EXAMPLES = Path(__file__).with_name("example_district.toml")
SECONDS = 30.0  # for one answer


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the platform is."""
    if named := os.environ.get("DOORSTEP_PLATFORM"):
        yield named
        return
    with PlatformServer() as server:
        yield server.address


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the examples' pictures are: beside them, or drawn here of the reference's residents."""
    if named := os.environ.get("DOORSTEP_EXAMPLES"):
        return Path(named).parent
    folder = tmp_path_factory.mktemp("photos")
    for who in ("wang", "li"):
        (folder / f"{who}.jpg").write_bytes(photo_of(who))
    return folder


@pytest.fixture(scope="session")
def speaker(address: str) -> Iterator[Speaker]:
    """A terminal that asks it by hand."""
    examples = Path(os.environ.get("DOORSTEP_EXAMPLES", EXAMPLES))
    verify = ssl.create_default_context()
    if cert := os.environ.get("DOORSTEP_CERT"):
        verify.load_cert_chain(cert, os.environ.get("DOORSTEP_KEY"))
    with httpx.Client(base_url=address, timeout=SECONDS, verify=verify, trust_env=False) as client:
        yield Speaker(client, tomllib.loads(examples.read_text(encoding="utf-8")))
