"""Writes the contract between terminal and platform: docs/reference/platform.openapi.yaml.

`python -m sandbox.platform.contract` writes it anew from the code of the reference platform.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml

from kiosk.core.catalogue import NOTHING
from sandbox.platform import app, areas, problems
from sandbox.platform.faults import Faults
from sandbox.platform.office import Office

FILE = Path(__file__).parents[2] / "docs" / "reference" / "platform.openapi.yaml"
HEADING = "# Made by python -m sandbox.platform.contract from sandbox/platform: change it there.\n"


def document() -> str:
    """The contract as YAML."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(areas.open_registry(Path(folder) / "unused.sqlite3"), "", NOTHING)
        description = app.build(office, Faults()).openapi()
    for path in description["paths"].values():
        for operation in path.values():
            _name_problems(operation["responses"])
    return HEADING + yaml.safe_dump(description, allow_unicode=True, sort_keys=False, width=100)


def _name_problems(responses: dict[str, dict[str, Any]]) -> None:
    """Give problems their own media type, which the framework's models can not say."""
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content[problems.MEDIA_TYPE] = content.pop("application/json")


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
