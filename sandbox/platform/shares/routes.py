"""Data sharing over HTTP."""

from __future__ import annotations

from fastapi import FastAPI

from sandbox.platform.office import Office
from sandbox.platform.replies import wrong
from sandbox.platform.shares import desk
from sandbox.platform.shares.messages import Disclosures, Share, Shared


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""

    @app.post("/v1/shares", response_description="What is known.", responses=wrong(422))
    def share(request: Share) -> Shared:
        """What other departments know of a person or enterprise, of what the item asks for.

        Without consent only the person's own draft is told.
        """
        with office.registry.writing() as transaction:
            return desk.share(office, transaction, request)

    @app.get("/sandbox/shares", include_in_schema=False)
    def disclosures() -> Disclosures:
        with office.registry.reading() as transaction:
            return Disclosures(disclosures=desk.disclosures(transaction))
