"""The static checks, side by side."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path


def check(root: Path, *, fix: bool) -> int:
    """Run them all and show what each found; 0 when none found anything, else 1."""
    commands = {
        "lint": ["ruff", "check", "--quiet", *(["--fix"] if fix else [])],
        "format": ["ruff", "format", "--quiet", *([] if fix else ["--diff"])],
        "types": ["mypy", "--no-error-summary"],
        "laws": ["lint-imports", "--no-logo"],
    }
    started = time.monotonic()
    running = {}
    for name, (program, *arguments) in commands.items():
        command = [str(root / ".venv" / "bin" / program), *arguments]
        running[name] = subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if fix and program == "ruff":
            running[name].wait()  # two hands on the same files would undo each other's work
    failed = [name for name, process in running.items() if _report(name, process)]
    seconds = time.monotonic() - started
    verdict = f"found something: {', '.join(failed)}" if failed else "nothing found"
    print(f"check: {verdict} ({seconds:.1f} s)", flush=True)
    return 1 if failed else 0


def _report(name: str, process: subprocess.Popen[str]) -> int:
    """Wait for one check and show its output if it found something; its exit status."""
    output, _ = process.communicate()
    if process.returncode:
        print(f"--- {name}\n{output.rstrip()}", flush=True)
    return process.returncode
