"""Applications over HTTP."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Response
from pydantic import BaseModel, ConfigDict

from sandbox.platform.applications.desk import ApplicationsDesk
from sandbox.platform.applications.messages import Application, Decision
from sandbox.platform.messages import Code
from sandbox.platform.office import Office
from sandbox.platform.replies import Key, answered, repeated, wrong


class Rejecting(BaseModel):
    """The papers that do not serve the next time they are brought."""

    model_config = ConfigDict(extra="forbid")

    materials: frozenset[Code]


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes."""
    desk = ApplicationsDesk(office)

    @app.post(
        "/v1/applications",
        status_code=HTTPStatus.CREATED,
        response_model=Decision,
        response_description="The decision.",
        responses={**repeated(Decision), **wrong(422)},
    )
    def apply(application: Application, key: Key) -> Response:
        """Apply for an item or a bundle: one key is one case, and its answer stays the same.

        Everything is checked anew by the catalogue. `unknown_file`: a page that was never PUT.
        """
        return answered(desk.apply(application, key))

    @app.put("/sandbox/materials/rejected", include_in_schema=False)
    def reject(wanted: Rejecting) -> Rejecting:
        office.rejecting.clear()
        office.rejecting.update(wanted.materials)
        return wanted
