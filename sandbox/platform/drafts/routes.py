"""Drafts over HTTP for terminals."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path

from sandbox.platform.drafts import desk, phone
from sandbox.platform.drafts.messages import LoadedDraft, OpenDraft, SaveDraft
from sandbox.platform.messages import KeptDraft
from sandbox.platform.office import Office
from sandbox.platform.replies import wrong

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""

    @app.post("/v1/drafts", response_description="It is kept.", responses=wrong(409, 410, 422))
    def save_draft(request: SaveDraft) -> KeptDraft:
        """Keep what is filled in for 30 days: `draft_changed`, `draft_gone`, `unknown_file`."""
        with office.registry.writing() as transaction:
            return desk.save(office, transaction, request)

    @app.post("/v1/drafts/{id}/open", response_description="All of it.", responses=wrong(410, 422))
    def open_draft(id: Id, request: OpenDraft) -> LoadedDraft:  # noqa: A002 - the contract's name
        """What was filled in, to the same person alone: `draft_gone`."""
        with office.registry.reading() as transaction:
            return desk.load(office, transaction, id, request.person)

    phone.install(app, office)
