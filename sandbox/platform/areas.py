"""The areas of the platform: each with its tables, its work (desk.py) and its routes (routes.py).

A new area is added here, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from sandbox.platform.applications import routes as applications
from sandbox.platform.cases import filing
from sandbox.platform.cases import routes as cases
from sandbox.platform.certificates import desk as certificates_desk
from sandbox.platform.certificates import prints
from sandbox.platform.certificates import routes as certificates
from sandbox.platform.complaints import desk as complaints_desk
from sandbox.platform.complaints import routes as complaints
from sandbox.platform.drafts import desk as drafts_desk
from sandbox.platform.drafts import routes as drafts
from sandbox.platform.faces import routes as faces
from sandbox.platform.files import desk as files_desk
from sandbox.platform.files import routes as files
from sandbox.platform.identities import routes as identities
from sandbox.platform.office import Office
from sandbox.platform.policies import desk as policies_desk
from sandbox.platform.policies import routes as policies
from sandbox.platform.publishing import desk as publishing_desk
from sandbox.platform.publishing import routes as publishing
from sandbox.platform.ratings import desk as ratings_desk
from sandbox.platform.ratings import invitations
from sandbox.platform.ratings import routes as ratings
from sandbox.platform.registry import Registry
from sandbox.platform.shares import desk as shares_desk
from sandbox.platform.shares import routes as shares
from sandbox.platform.uploads import desk as uploads_desk
from sandbox.platform.uploads import routes as uploads

SCHEMAS = (
    publishing_desk.SCHEMA,
    files_desk.SCHEMA,
    certificates_desk.SCHEMA,
    prints.SCHEMA,
    shares_desk.SCHEMA,
    uploads_desk.SCHEMA,
    filing.SCHEMA,
    drafts_desk.SCHEMA,
    complaints_desk.SCHEMA,
    invitations.SCHEMA,
    ratings_desk.SCHEMA,
    policies_desk.SCHEMA,
)

ROUTES = (
    publishing.install,
    identities.install,
    faces.install,
    shares.install,
    certificates.install,
    drafts.install,
    uploads.install,
    files.install,
    applications.install,
    cases.install,
    complaints.install,
    ratings.install,
    policies.install,
)


TERMS = (uploads_desk.forget, drafts_desk.forget, files_desk.forget)


def open_registry(path: Path) -> Registry:
    """The registry with the tables of every area; sqlite3.Error where that file will not do."""
    return Registry(path, SCHEMAS)


def forget(office: Office) -> None:
    """Lets go of everything that is past its term."""
    with office.registry.writing() as transaction:
        for let_go in TERMS:
            let_go(office, transaction)


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of every area, in the order in which the contract describes them."""
    for add in ROUTES:
        add(app, office)
