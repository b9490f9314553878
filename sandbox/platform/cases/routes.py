"""Cases over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import FastAPI, Path, Response
from pydantic import BaseModel, ConfigDict

from sandbox.platform.cases import filing
from sandbox.platform.cases.course import Fate
from sandbox.platform.cases.desk import CasesDesk
from sandbox.platform.cases.filing import Counts
from sandbox.platform.cases.messages import Affairs, FindAffairs, Supplement
from sandbox.platform.complaints.desk import ComplaintsDesk
from sandbox.platform.messages import Code, Outcome
from sandbox.platform.office import Office
from sandbox.platform.replies import Key, answered, repeated, wrong


class Destiny(BaseModel):
    """What is to become of a case."""

    model_config = ConfigDict(extra="forbid")

    fate: Fate


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes."""
    desk = CasesDesk(office, ComplaintsDesk(office))

    @app.post("/v1/affairs", response_description="What is known.", responses=wrong(404, 422))
    def affairs(asked: FindAffairs) -> Affairs:
        """Ask what has become of what a person asked for, or of one case by its number.

        By number alone nothing personal is told. `not_found`: nothing has that number.
        """
        return desk.affairs(asked)

    @app.post(
        "/v1/supplements",
        status_code=HTTPStatus.CREATED,
        response_model=Outcome,
        response_description="It was taken, or why not.",
        responses={**repeated(Outcome), **wrong(422)},
    )
    def supplement(supplement: Supplement, key: Key) -> Response:
        """Hand in what is owed to a case (容缺后补). `unknown_file`: a page was never PUT."""
        return answered(desk.supplement(supplement, key))

    @app.put("/sandbox/cases/{number}", include_in_schema=False)
    def destine(number: Annotated[Code, Path()], wanted: Destiny) -> Destiny:
        desk.destine(number, wanted.fate)
        return wanted

    @app.get("/sandbox/cases", include_in_schema=False)
    def count() -> Counts:
        with office.registry.reading() as transaction:
            return filing.counts(transaction)
