"""Ratings over HTTP, and their page for phones."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from kiosk.core.cases import Grade, Reason
from sandbox.platform.messages import Noted
from sandbox.platform.office import Office
from sandbox.platform.pages import page
from sandbox.platform.ratings.desk import RatingsDesk
from sandbox.platform.ratings.messages import Rating, Rectification
from sandbox.platform.replies import Key, answered, repeated, wrong

GRADES = (
    (Grade.VERY_SATISFIED, "非常满意", "Very satisfied"),
    (Grade.SATISFIED, "满意", "Satisfied"),
    (Grade.BASICALLY_SATISFIED, "基本满意", "Fairly satisfied"),
    (Grade.DISSATISFIED, "不满意", "Dissatisfied"),
    (Grade.VERY_DISSATISFIED, "非常不满意", "Very dissatisfied"),
)
REASONS = (
    (Reason.SLOW, "太慢", "Too slow"),
    (Reason.HARD, "看不懂、不好用", "Hard to understand or to use"),
    (Reason.TOO_MUCH, "要的材料太多", "Too many papers"),
    (Reason.FAILED, "机器出了问题", "Something did not work"),
    (Reason.NOT_DONE, "事情没办成", "It was not done"),
)


class RatingForm(BaseModel):
    """What the page sends."""

    model_config = ConfigDict(extra="forbid")

    grade: Annotated[Grade, Field(strict=False)]
    reasons: list[Reason] = Field(default_factory=list, max_length=len(Reason))


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes."""
    desk = RatingsDesk(office)

    @app.post(
        "/v1/ratings",
        status_code=HTTPStatus.CREATED,
        response_model=Noted,
        response_description="The rating counts; `number` is the case's.",
        responses={**repeated(Noted), **wrong(409, 422)},
    )
    def rate(rating: Rating, key: Key) -> Response:
        """Rate one case: `already_rated` when it has its rating, `unknown_case` when unknown."""
        return answered(desk.rate(rating, key))

    @app.get("/sandbox/rectifications", include_in_schema=False)
    def rectifications() -> list[Rectification]:
        return desk.rectifications()

    _add_page(app, desk)


def _add_page(app: FastAPI, desk: RatingsDesk) -> None:
    @app.get("/r/{token}", response_class=HTMLResponse, include_in_schema=False)
    def form(request: Request, token: str) -> Response:
        return _shown(request, desk, token)

    @app.post("/r/{token}", response_class=HTMLResponse, include_in_schema=False)
    def send(request: Request, token: str, said: Annotated[RatingForm, Form()]) -> Response:
        desk.rate_on_phone(token, said.grade, said.reasons)
        return _shown(request, desk, token)


def _shown(request: Request, desk: RatingsDesk, token: str) -> Response:
    """The form; thanks where the case has its rating; 404 where there is no such address."""
    invited = desk.invited(token)
    if invited is None:
        return page(request, "rating.html", {"case": None}, HTTPStatus.NOT_FOUND)
    case, rated = invited
    context = {"case": case, "rated": rated, "grades": GRADES, "reasons": REASONS}
    return page(request, "rating.html", context)
