"""The command `kiosk check`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from kiosk.check import check

PROFILE = Path(__file__).parents[2] / "device_config" / "profiles" / "village.toml"


def test_a_good_file_passes() -> None:
    """Exit status 0 says that nothing has to be repaired."""
    result = CliRunner().invoke(check, ["--config", str(PROFILE)])
    assert result.exit_code == 0
    assert 'id = "village-0001"' in result.stdout
    assert "no fault" in result.stderr


def test_a_fault_is_told_beside_what_is_in_force(tmp_path: Path) -> None:
    """Exit status 2, the fault as a comment above its section, and that the terminal starts."""
    file = tmp_path / "kiosk.toml"
    file.write_text(PROFILE.read_text(encoding="utf-8").replace("576", "577"), encoding="utf-8")
    result = CliRunner().invoke(check, ["--config", str(file)])
    assert result.exit_code == 2
    assert "receipt_printer.width_dots: got 577" in result.stdout
    assert "1 fault; the terminal starts" in result.stderr


def test_scripts_get_data(tmp_path: Path) -> None:
    """With --json the answer is one object, also for a file that is not there."""
    result = CliRunner().invoke(check, ["--json", "--config", str(tmp_path / "none")])
    answer = json.loads(result.stdout)
    assert result.exit_code == 2
    assert answer["starts"] is False
    assert answer["config"] is None
    assert [fault["consequence"] for fault in answer["faults"]] == ["stops"]
