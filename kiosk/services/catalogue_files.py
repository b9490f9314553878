"""Where a terminal keeps its catalogue: signed bundles, each in a file that is replaced whole."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.services.sealing import sync_folder

FOLDER = "catalogue"  # in a terminal's state
ACTIVE = "active.dsse"
STAGED = "staged.dsse"  # verified, and waiting for its time
PREVIOUS = "previous.dsse"  # what was active before
ROLLED_BACK = "rolled-back"  # the digest of the bundle that failed last: it is not tried again

SLOTS = (ACTIVE, STAGED, PREVIOUS)


class CatalogueFiles:
    """The files in one folder; a power cut leaves the old file or the new one. OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """What a file holds, None where there is none."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Put this in place of whatever the file held."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f"{name}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / name)
        sync_folder(self.folder)

    def activate(self) -> None:
        """Let the staged bundle be the active one."""
        (self.folder / STAGED).replace(self.folder / ACTIVE)
        sync_folder(self.folder)

    def remove(self, name: str) -> None:
        """Let there be no such file."""
        (self.folder / name).unlink(missing_ok=True)
        sync_folder(self.folder)
