"""Electronic identities over HTTP."""

from __future__ import annotations

from fastapi import FastAPI

from sandbox.platform.identities import desk
from sandbox.platform.identities.messages import CheckCode, Identity
from sandbox.platform.office import Office
from sandbox.platform.replies import wrong


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""

    @app.post("/v1/identities", response_description="Whose it is.", responses=wrong(404, 422))
    def check_code(request: CheckCode) -> Identity:
        """Whose electronic identity a code is; `code_refused` when it is no good (any more)."""
        return Identity(person=desk.check(office, request.code))
