"""kiosk staff-pin: what may be kept of a PIN, and never the PIN."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from drivers.device import Personal
from kiosk.cli import main
from kiosk.services import pins


def test_it_prints_what_the_configuration_takes_and_not_the_pin() -> None:
    """Standard output is the hash alone; the PIN is echoed nowhere."""
    result = CliRunner().invoke(main, ["staff-pin"], input="271828\n271828\n")
    assert result.exit_code == 0
    assert "271828" not in result.output
    assert pins.fits(Personal("271828"), result.stdout.strip())


@pytest.mark.parametrize(
    ("typed", "why"),
    [("123456\n123456\n", "tries first"), ("2718\n2718\n", "6 to 12"), ("271828\n271829\n", "two")],
)
def test_a_weak_pin_or_a_slip_makes_nothing(typed: str, why: str) -> None:
    """It says why, and nothing is on standard output."""
    result = CliRunner().invoke(main, ["staff-pin"], input=typed)
    assert result.exit_code == 1
    assert why in result.stderr
    assert result.stdout == ""
