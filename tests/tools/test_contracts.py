"""The laws of the house plan: each is kept, and each would catch a violation."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
LAWS: list[dict[str, Any]] = SETTINGS["importlinter"]["contracts"]
ROOMS: list[str] = SETTINGS["importlinter"]["root_packages"]

# One line that breaks each law, and the module it would stand in.
VIOLATIONS = {
    "1a": ("kiosk/core/journey.py", "import time"),
    "1b": ("drivers/protocols/sam.py", "import serial"),
    "2": ("drivers/cards/id_card.py", "import kiosk.core.events"),
    "3a": ("kiosk/app.py", "from kivy.clock import Clock"),
    "3b": ("screens/choosing/home.py", "from kiosk.services import devices"),
    "4a": ("kiosk/services/devices.py", "from drivers.cards.id_card import open_reader"),
    "4b": ("kiosk/bridge.py", "import kiosk.services.terminal"),
    "4c": ("kiosk/supervisor.py", "import kiosk.core.events"),
    "5": ("fleet/ingest.py", "import kiosk.core.events"),
    "5b": ("kiosk/wire.py", "from fleet import ingest"),
    "6": ("kiosk/cli.py", "import sandbox"),
    "7": ("device_config/loader.py", "import drivers.device"),
}


def number(law: dict[str, Any]) -> str:
    """A law's number: what its name begins with."""
    name: str = law["name"]
    return name.partition(".")[0]


def lint(folder: Path) -> str:
    """What import-linter says with the project's laws of the packages in a folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def empty_rooms(tmp_path: Path) -> Path:
    """The project's modules without anything in them, under the project's laws."""
    sources = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    names = {str(file.relative_to(ROOT)) for file in sources}
    for name in sorted(names | {file for file, _ in VIOLATIONS.values()}):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    for name in ("pyproject.toml", "tools"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def test_each_law_catches_its_violation(empty_rooms: Path) -> None:
    """Empty rooms keep every law; one wrong line a law breaks every law."""
    assert f"{len(LAWS)} kept, 0 broken" in lint(empty_rooms)
    for name, line in VIOLATIONS.values():
        (empty_rooms / name).write_text(line + "\n", encoding="utf-8")
    assert f"0 kept, {len(LAWS)} broken" in lint(empty_rooms)


def test_every_law_has_a_violation_here() -> None:
    """A new law comes with a line that breaks it, so that it is known to bite."""
    assert {number(law) for law in LAWS} == set(VIOLATIONS)


def test_laws_name_what_exists() -> None:
    """A room that was renamed does not escape its law."""
    named = {m for law in LAWS for key in ("modules", "source_modules") for m in law.get(key, ())}
    allowed = {m for law in LAWS for m in law.get("allowed", ()) if m.partition(".")[0] in ROOMS}
    paths = {module: ROOT / module.replace(".", "/") for module in named | allowed}
    missing = {m for m, path in paths.items() if not path.is_dir()} - {
        m for m, path in paths.items() if path.with_suffix(".py").is_file()
    }
    assert missing == set()
