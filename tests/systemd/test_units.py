"""The system files hold what systemd checks, and agree with each other and the profiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from device_config.loader import load

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "systemd").glob("*.service"))
RULES = (ROOT / "systemd" / "99-doorstep.rules").read_text(encoding="utf-8")


def systemd(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What one of systemd's tools says, or a skip where this machine has none."""
    if shutil.which(tool) is None:
        pytest.skip(f"optional: {tool} is not on this machine")
    return subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_systemd_understands_the_unit(unit: Path, tmp_path: Path) -> None:
    """Every line means something to systemd; the program is taken for installed."""
    installed = tmp_path / unit.name
    text = re.sub(
        r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"), flags=re.MULTILINE
    )
    installed.write_text(text, encoding="utf-8")
    done = systemd("systemd-analyze", "verify", "--recursive-errors=no", installed)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("unit", "most"), [("doorstep-kiosk.service", 15), ("doorstep-fleet.service", 12)]
)
def test_the_unit_is_locked_down(unit: str, most: int) -> None:
    """The exposure that systemd rates of exposure, 0 to 100, does not grow."""
    path = ROOT / "systemd" / unit
    done = systemd(
        "systemd-analyze", "security", "--offline=true", f"--threshold={most}", "--no-pager", path
    )
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_the_users_of_the_units_are_made(tmp_path: Path) -> None:
    """Each unit's user is one that sysusers.d makes."""
    users = ROOT / "systemd" / "sysusers.d" / "doorstep.conf"
    (tmp_path / "etc").mkdir()
    done = systemd("systemd-sysusers", f"--root={tmp_path}", users)
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "etc" / "passwd").read_text(encoding="utf-8")
    for unit in UNITS:
        user = re.search(r"^User=(.+)$", unit.read_text("utf-8"), re.MULTILINE)
        assert user is not None
        assert f"{user[1]}:" in made


def test_a_frozen_terminal_is_restarted() -> None:
    """The terminal's unit has a watchdog, waits to be ready, and always starts again."""
    unit = (ROOT / "systemd" / "doorstep-kiosk.service").read_text(encoding="utf-8")
    assert {"Type=notify", "WatchdogSec=20", "Restart=always"} <= set(unit.splitlines())


def test_profiles_use_the_names_that_udev_makes() -> None:
    """The ports in the profiles are links that the rules make."""
    made = set(re.findall(r'DOORSTEP_DEVICE}="([a-z-]+)"', RULES))
    for profile in (ROOT / "device_config" / "profiles").glob("*.toml"):
        config = load(profile).config
        assert config is not None
        for device in (config.id_card_reader, config.receipt_printer):
            assert device.port is not None
            assert Path(device.port).parent == Path("/dev/doorstep")
            assert Path(device.port).name in made
