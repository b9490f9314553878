"""The catalogue over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Header, Response
from pydantic import BaseModel

from kiosk.services import dsse, signed
from sandbox.platform.office import Office
from sandbox.platform.publishing.desk import Issue, PublishingDesk, issue
from sandbox.platform.replies import wrong

_TEXT: dict[str, Any] = {"type": "string"}
ENVELOPE: dict[str, Any] = {
    "type": "object",
    "required": ["payload", "payloadType", "signatures"],
    "properties": {
        "payload": {**_TEXT, "description": "base64 of the catalogue's JSON"},
        "payloadType": {"const": signed.PAYLOAD_TYPE},
        "signatures": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["sig"],
                "properties": {
                    "keyid": _TEXT,
                    "sig": {**_TEXT, "description": "base64 of the Ed25519 signature (RFC 8032)"},
                },
            },
        },
    },
}


class Issued(BaseModel):
    """The catalogue that was issued."""

    serial: int
    items: int


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes."""
    desk = PublishingDesk(office)

    @app.get(
        "/v1/catalogue",
        response_class=Response,
        responses={
            200: {
                "description": "The signed catalogue (DSSE v1), with its ETag.",
                "content": {dsse.MEDIA_TYPE: {"schema": ENVELOPE}},
            },
            304: {"description": "The catalogue of that ETag is in force."},
            **wrong(422),
        },
    )
    def catalogue(if_none_match: Annotated[str | None, Header()] = None) -> Response:
        """The catalogue in force as a signed bundle, with an ETag to ask by the next time."""
        bundle = desk.bundle()
        tag = signed.etag(signed.digest(bundle))
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if if_none_match == tag:
            return Response(status_code=304, headers=headers)
        return Response(bundle, headers=headers, media_type=dsse.MEDIA_TYPE)

    @app.post("/sandbox/catalogue", include_in_schema=False)
    def issue_another(wanted: Issue) -> Issued:
        issued = issue(office, wanted)
        return Issued(serial=issued.serial, items=len(issued.items))
