"""A process that types what its arguments say, and can write to no file: run by test_ime.py.

It prints the first candidate for each argument, one a line, or what is missing.
"""

from __future__ import annotations

import resource
import sys
from contextlib import closing
from pathlib import Path

from kiosk.services.ime import ImeError, PinyinInput


def main(scratch: Path, typed: list[str]) -> None:
    """Type, twice over."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a byte written to a file ends the process
    try:
        for _ in range(2):
            with closing(PinyinInput(scratch)) as ime:
                first = [ime.candidates(letters)[0] for letters in typed]
    except ImeError as error:
        first = [str(error)]
    sys.stdout.write("\n".join(first))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
