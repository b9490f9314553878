"""Files are kept under their digest, if they are what they say."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.platform.files.desk import LARGEST, kind_of
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PAGE, PlainTerminal
from tests.sandbox.platform.told import problem

PDF = b"%PDF-1.7 a page %%EOF"


def put(
    terminal: PlainTerminal,
    content: bytes,
    media_type: str = "image/jpeg",
    digest: str | None = None,
) -> httpx.Response:
    """Hand in a file."""
    digest = digest or sha256(content).hexdigest()
    headers = {"Content-Type": media_type}
    return terminal.client.put(f"/v1/files/{digest}", content=content, headers=headers)


@pytest.mark.parametrize(
    ("content", "media_type"), [(PAGE, "image/jpeg"), (PDF, "application/pdf")]
)
def test_a_file_is_kept_once(
    server: PlatformServer, terminal: PlainTerminal, content: bytes, media_type: str
) -> None:
    """Handed in again it is there already; from then on a wish may name it."""
    first, again = (put(terminal, content, media_type) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == {"sha256": sha256(content).hexdigest()}
    with server.office.registry.reading() as transaction:
        assert server.office.knows_file(transaction, first.json()["sha256"])
    assert server.office.registry.count("file") == 1


def test_a_file_of_the_largest_size_fits_and_no_larger(terminal: PlainTerminal) -> None:
    """8 MiB are taken; a byte more is not, and neither is far more."""
    whole = PAGE.ljust(LARGEST, b"x")
    assert put(terminal, whole).status_code == 201
    for more in (1, 4 * LARGEST):
        assert problem(put(terminal, whole + bytes(more))) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "image/jpeg"),
        (PAGE, "application/pdf"),
        (b"<html>", "image/jpeg"),
        (b"", "image/jpeg"),
        (PAGE, "text/html"),
    ],
)
def test_what_is_not_what_it_says_is_not_kept(
    server: PlatformServer, terminal: PlainTerminal, content: bytes, media_type: str
) -> None:
    """The first bytes count, not the name."""
    assert problem(put(terminal, content, media_type)) == (415, "unsupported_media_type")
    assert server.office.registry.count("file") == 0


def test_another_digest_is_not_kept(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Bytes that changed on the way are noticed."""
    answer = put(terminal, PAGE, digest=sha256(PAGE + b" ").hexdigest())
    assert problem(answer) == (422, "wrong_digest")
    assert problem(put(terminal, PAGE, digest="0" * 63)) == (422, "invalid_request")
    assert server.office.registry.count("file") == 0


def test_files_are_not_read_again(terminal: PlainTerminal) -> None:
    """What was handed in is for the office alone."""
    digest = put(terminal, PAGE).json()["sha256"]
    assert problem(terminal.client.get(f"/v1/files/{digest}")) == (405, "method_not_allowed")


@pytest.fixture(scope="module")
def anywhere() -> Iterator[PlainTerminal]:
    """One platform for many examples."""
    with PlatformServer() as server, httpx.Client(base_url=server.address, timeout=10) as client:
        yield PlainTerminal(client)


@given(content=st.binary() | st.binary().map(PAGE.__add__), mark=st.sampled_from(["", "charset"]))
def test_any_bytes_are_kept_or_told_why_not(
    anywhere: PlainTerminal, content: bytes, mark: str
) -> None:
    """Whatever is sent, it is a JPEG by its first bytes and kept, or a problem."""
    answer = put(anywhere, content, "image/jpeg" + mark)
    right = kind_of(content) == "image/jpeg" and not mark
    assert answer.is_success if right else problem(answer)[0] == 415
