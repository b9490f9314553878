"""Photo decoders: found where they are installed, and never able to do harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.cards import wlt

PHOTO = bytes(range(256)) * 4
PNG = b"\x89PNG\r\n\x1a\n"

pytestmark = pytest.mark.usefixtures("no_leaks")

Install = Callable[[str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a distribution whose decoder has that body."""

    def installs(body: str) -> None:
        (tmp_path / "maker_wlt.py").write_text(
            f"def decode(photo):\n    {body}\n", encoding="utf-8"
        )
        info = tmp_path / "maker_wlt-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: maker-wlt\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[doorstep.wlt]\nmaker = maker_wlt:decode\n")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return installs


def test_without_a_decoder_there_is_no_picture() -> None:
    """No plug-in is the usual case and no trouble."""
    assert wlt.decode(PHOTO) is None


def test_a_decoder_makes_the_picture(install: Install) -> None:
    """It gets the card's bytes as they are, and what it returns is the picture."""
    install(r'return b"\x89PNG\r\n\x1a\n" + photo')
    assert wlt.decode(PHOTO) == PNG + PHOTO


def test_what_is_no_photo_is_not_decoded(install: Install) -> None:
    """Closed code is not fed what it was not made for."""
    install(r'return b"\x89PNG\r\n\x1a\n"')
    assert wlt.decode(b"short") is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "it crashed with signal 11"),
        ("raise ValueError(photo)", "it raised an exception"),
        ("import os; os._exit(3)", "it raised an exception"),
        ("return None", "it raised an exception"),
        ("return b'GIF89a'", "6 bytes that are no picture"),
        ("return b''", "0 bytes that are no picture"),
        ("return b'BM' + bytes(1024 * 1024)", "1048578 bytes, more than 1048576"),
        ("import time; time.sleep(3600)", "no end after 2 s"),
    ],
)
def test_a_decoder_that_fails_costs_the_photo_alone(
    install: Install,
    caplog: pytest.LogCaptureFixture,
    body: str,
    words: str,
) -> None:
    """A crash, an exception, nonsense or no end at all is a line in the log and no picture."""
    install(body)
    with caplog.at_level(logging.WARNING):
        assert wlt.decode(PHOTO, patience=2) is None
    assert caplog.messages == [f"the photo decoder maker gave no picture: {words}"]


def test_nothing_of_a_face_stays(install: Install, tmp_path: Path) -> None:
    """Decoders write files where they stand: that place goes with them."""
    trace = tmp_path / "where"
    install(
        f"import os; open('zp.bmp', 'wb').write(photo); os.symlink(os.getcwd(), {str(trace)!r}); "
        r"return b'BM'"
    )
    assert wlt.decode(PHOTO) == b"BM"
    where = trace.readlink()
    assert where != Path.cwd()
    assert not where.exists()
