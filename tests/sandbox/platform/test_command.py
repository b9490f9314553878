"""The command that serves the platform."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from sandbox.platform.cli import platform

COMMAND = [sys.executable, "-c", "from sandbox.platform.cli import platform; platform()"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_when_told(tmp_path: Path, number: int) -> None:
    """It says its address and the line to trust; SIGTERM and Ctrl-C end it with status 0."""
    command = [*COMMAND, "--database", str(tmp_path / "p.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            name, address = process.stdout.readline().split()
            assert name == "platform:"
            assert process.stdout.readline().startswith("catalogue key: ed25519:")
            answer = httpx.get(f"{address}/v1/health", timeout=10, trust_env=False)
            assert answer.json() == {"status": "ok"}
        finally:
            process.send_signal(number)
        assert process.wait(10) == 0


def test_a_port_in_use_is_said_plainly() -> None:
    """A port that is taken ends it with status 1 and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(platform, ["--port", port])
    assert result.exit_code == 1
    assert "choose another --host or --port" in result.output


def test_a_database_that_is_none_is_said_plainly(tmp_path: Path) -> None:
    """A file that is no database ends it with status 1 and what to do."""
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but long enough to look at" * 40)
    result = CliRunner().invoke(platform, ["--database", str(file)])
    assert result.exit_code == 1
    assert "choose another --database" in result.output
