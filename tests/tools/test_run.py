"""What ./run says when set-up can not go on, and that it heals: copies, in real processes."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import debian

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with all that set-up reads."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("run", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "tools", folder / "tools")
    return folder


@pytest.fixture
def debian_satisfied(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Debian package counts as installed."""
    folder = tmp_path / "satisfied"
    folder.mkdir()
    listing = "".join(f"echo '{name} installed'\n" for name in [*debian.PACKAGES, "python3-venv"])
    (folder / "dpkg-query").write_text(f"#!/bin/sh\n{listing}", encoding="ascii")
    (folder / "dpkg-query").chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


UNREACHABLE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
    "PIP_NO_CACHE_DIR": "1",
}


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What ./run in a folder does."""
    return subprocess.run(
        [sys.executable, folder / "run", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command() -> None:
    """--help is enough to find one's way, and needs no set-up."""
    shown = run(ROOT, "--help").stdout
    for command in ("setup", "demo", "test", "check", "bench", "docs", "lock"):
        assert f"  {command} " in shown


def test_an_unknown_command_is_wrong_usage() -> None:
    """Exit status 2, and the known commands."""
    done = run(ROOT, "dmeo")
    assert done.returncode == 2
    assert "demo" in done.stderr


def test_another_system_gets_a_list(clone: Path, tmp_path: Path) -> None:
    """Without apt-get: what is needed, each with its reason, and exit status 2."""
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    done = run(clone, "setup", PATH=str(nothing))
    assert done.returncode == 2
    for name, reason in debian.PACKAGES.items():
        assert name in done.stderr
        assert reason in done.stderr
    assert not (clone / ".venv").exists()


def test_an_unreachable_registry_is_told_in_plain_words(
    clone: Path, debian_satisfied: dict[str, str]
) -> None:
    """What failed, how to go on, exit status 1, no traceback; the next run starts there."""
    done = run(clone, "setup", **debian_satisfied, **UNREACHABLE)
    assert done.returncode == 1
    assert "run: uv, the package installer: failed" in done.stderr
    assert "run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    again = run(clone, "setup", **debian_satisfied, **UNREACHABLE)
    assert "setup: private Python environment" not in again.stderr
    assert "setup: uv, the package installer" in again.stderr


def test_a_missing_lock_file_is_told_in_plain_words(
    clone: Path, debian_satisfied: dict[str, str]
) -> None:
    """A file that is not there is named, without a traceback."""
    (clone / "requirements.lock").unlink()
    done = run(clone, "setup", **debian_satisfied)
    assert done.returncode == 1
    assert "requirements.lock: No such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupted_environment_is_made_again(
    clone: Path, debian_satisfied: dict[str, str]
) -> None:
    """Half an environment, as an interruption leaves it, is not taken for a whole one."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").write_text("half", encoding="ascii")
    done = run(clone, "setup", **debian_satisfied, **UNREACHABLE)
    assert "setup: private Python environment" in done.stderr
    assert (clone / ".venv" / "pyvenv.cfg").exists()


def test_two_set_ups_take_turns(clone: Path, tmp_path: Path) -> None:
    """A set-up waits, and says so, while another one works in the same folder."""
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    other = os.open(clone, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    waiting = subprocess.Popen(
        [sys.executable, clone / "run", "setup"],
        env=os.environ | {"PATH": str(nothing)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stderr is not None
    assert "waiting for another set-up" in waiting.stderr.readline()
    os.close(other)
    assert "apt-get install" in waiting.communicate()[1]


def test_no_file_in_the_project_names_a_registry() -> None:
    """The lock file works with whatever index this machine has: it holds none."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock.replace("--no-emit-index-url", "")
