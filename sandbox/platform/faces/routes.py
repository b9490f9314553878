"""Faces over HTTP."""

from __future__ import annotations

from fastapi import FastAPI

from sandbox.platform.faces import desk
from sandbox.platform.faces.messages import CompareFace, FaceVerdict
from sandbox.platform.office import Office
from sandbox.platform.replies import wrong


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""

    @app.post("/v1/faces", response_description="The verdict.", responses=wrong(422))
    def compare_face(request: CompareFace) -> FaceVerdict:
        """Whether a face is the person's; `no_face` where the picture shows none."""
        return FaceVerdict(same=desk.is_same(office, request.person, request.photo))
