"""Policies over HTTP."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Response

from sandbox.platform.messages import Outcome
from sandbox.platform.office import Office
from sandbox.platform.policies.desk import PoliciesDesk
from sandbox.platform.policies.messages import Confirmation, Matches, MatchPolicies
from sandbox.platform.replies import Key, answered, repeated, wrong


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes."""
    desk = PoliciesDesk(office)

    @app.post("/v1/policies/matches", response_description="What fits.", responses=wrong(422))
    def matches(asked: MatchPolicies) -> Matches:
        """Ask which policies fit a person, or the enterprise or person for whom they act."""
        return desk.matches(asked)

    @app.post(
        "/v1/confirmations",
        status_code=HTTPStatus.CREATED,
        response_model=Outcome,
        response_description="It is noted, or why not.",
        responses={**repeated(Outcome), **wrong(422)},
    )
    def confirm(said: Confirmation, key: Key) -> Response:
        """Say that one wants what a policy offers (免申即享): once, whatever is sent again."""
        return answered(desk.confirm(said, key))
