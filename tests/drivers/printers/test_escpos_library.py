"""The library that encodes receipts does not touch the rest of the terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = """
import logging
import drivers.printers.receipt_layout
print(logging.root.handlers, end="")
"""


def test_importing_it_leaves_nothing_behind(tmp_path: Path) -> None:
    """No file among the temporary ones, no handler on the root logger, no word."""
    process = subprocess.run(
        [sys.executable, "-c", CODE],
        env={"TMPDIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (process.stdout, process.stderr) == ("[]", "")
    assert not list(tmp_path.iterdir())
