"""The areas of the platform: each with its tables, its work (desk.py) and its routes (routes.py).

A new area is added here, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from sandbox.platform.certificates import desk as certificates
from sandbox.platform.files import desk as files
from sandbox.platform.office import Office
from sandbox.platform.registry import Registry

SCHEMAS = (
    files.SCHEMA,
    certificates.SCHEMA,
)


def open_registry(path: Path) -> Registry:
    """The registry with the tables of every area; sqlite3.Error where that file will not do."""
    return Registry(path, SCHEMAS)


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of every area, in the order in which the contract describes them."""
    for add in ():
        add(app, office)
