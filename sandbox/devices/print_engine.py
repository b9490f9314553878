"""What ippeveprinter runs for each job: the engine of the simulated document printer.

A program, not a module: `python -I -S print_engine.py HOME PORT DOCUMENT`, standard library alone.
In HOME/faults there is a file for each fault that the printer has now; what comes out of it is
HOME/printed/NUMBER.pdf, with how it was to be printed beside it in NUMBER.json.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

PANEL = "sandbox-panel"  # the name of a job that only makes it look at its faults
STATES = {"jam": "media-jam", "cover-open": "cover-open"}
HOLDING = frozenset({"jam", "cover-open", "paper-out", "stuck-busy"})
TURN = 0.05  # seconds between two looks
SLOW = 2.0  # seconds that a page takes when it is slow
CANCELLED = b"processing-to-stop-point"


def main(home: Path, port: int, document: Path) -> int:
    """Wait until nothing is in the way, then print; 0 when it was printed."""
    faults = _faults(home)
    _tell_states(faults)
    if os.environ.get("IPP_JOB_NAME") == PANEL:
        return 0
    if "give-up" in faults:
        return _say("ERROR: the engine gave up")
    while faults & HOLDING:
        if _cancelled(port):
            return 1
        time.sleep(TURN)
        if (now := _faults(home)) != faults:
            _tell_states(now)
        faults = now
    pages = _pages(document)
    if pages == 0:
        return _say("ERROR: not a PDF")
    if "slow" in faults:
        time.sleep(SLOW)
    if _cancelled(port):
        return 1
    _print(home, document)
    return _say(f"ATTR: job-impressions-completed={pages * _copies()}", 0)


def _faults(home: Path) -> set[str]:
    return {file.name for file in (home / "faults").iterdir()}


def _tell_states(faults: set[str]) -> None:
    for fault, state in STATES.items():
        _say(f"STATE: {'+' if fault in faults else '-'}{state}")


def _say(line: str, status: int = 1) -> int:
    """Tell ippeveprinter, which reads this from our standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
    return status


def _cancelled(port: int) -> bool:
    """Whether the job was cancelled: ippeveprinter does not tell the program that it runs."""
    number = int(os.environ["IPP_JOB_ID"])
    message = struct.pack(">bbhib", 1, 1, 0x0009, 1, 0x01)
    message += _text(0x47, "attributes-charset", "utf-8")
    message += _text(0x48, "attributes-natural-language", "en")
    message += _text(0x45, "printer-uri", f"ipp://localhost:{port}/ipp/print")
    message += struct.pack(">bh6shi", 0x21, 6, b"job-id", 4, number) + b"\x03"
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("POST", "/ipp/print", message, {"Content-Type": "application/ipp"})
        return CANCELLED in connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _text(tag: int, name: str, value: str) -> bytes:
    parts = struct.pack(">bh", tag, len(name)), name.encode(), struct.pack(">h", len(value))
    return b"".join(parts) + value.encode()


def _pages(document: Path) -> int:
    """How many there are; 0 for what is no PDF."""
    found = subprocess.run(["pdfinfo", document], capture_output=True, text=True, check=False)
    pages = re.search(r"^Pages:\s+(\d+)", found.stdout, re.MULTILINE)
    return int(pages[1]) if pages else 0


def _copies() -> int:
    return int(os.environ.get("IPP_COPIES", "1"))


def _print(home: Path, document: Path) -> None:
    """The document itself arrives last and at once: who sees it finds it whole."""
    name = f"{time.time_ns():020d}"
    wanted = {key: value for key, value in os.environ.items() if key.startswith("IPP_")}
    (home / "printed" / f"{name}.json").write_text(json.dumps(wanted))
    partial = home / f"{name}.part"
    shutil.copyfile(document, partial)
    partial.rename(home / "printed" / f"{name}.pdf")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
