"""Complaints over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import FastAPI, Path, Response
from pydantic import BaseModel, ConfigDict

from sandbox.platform.complaints.desk import ComplaintsDesk
from sandbox.platform.complaints.messages import Complaint, FollowUp
from sandbox.platform.messages import Code, Noted, Outcome, Words
from sandbox.platform.office import Office
from sandbox.platform.replies import Key, answered, repeated, wrong


class Reply(BaseModel):
    """What a department answers to a complaint."""

    model_config = ConfigDict(extra="forbid")

    words: Words


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes."""
    desk = ComplaintsDesk(office)

    @app.post(
        "/v1/complaints",
        status_code=HTTPStatus.CREATED,
        response_model=Noted,
        response_description="It is registered; `due_on` is the last day for the reply.",
        responses={**repeated(Noted), **wrong(422)},
    )
    def complain(complaint: Complaint, key: Key) -> Response:
        """Complain, with or without a name (有诉即办)."""
        return answered(desk.complain(complaint, key))

    @app.post(
        "/v1/follow-ups",
        status_code=HTTPStatus.CREATED,
        response_model=Outcome,
        response_description="It is noted; `due_on` where the complaint is open again.",
        responses={**repeated(Outcome), **wrong(422)},
    )
    def follow_up(said: FollowUp, key: Key) -> Response:
        """Say whether the reply to a complaint settled it; if not, it is opened again."""
        return answered(desk.follow_up(said, key))

    @app.put("/sandbox/complaints/{number}/reply", include_in_schema=False)
    def reply(number: Annotated[Code, Path()], wanted: Reply) -> Reply:
        desk.reply(number, wanted.words)
        return wanted
