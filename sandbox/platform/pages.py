"""Pages for phones: no script, nothing from elsewhere, kept nowhere."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",  # the address holds a token or a check code
    "X-Content-Type-Options": "nosniff",
}

_templates = Jinja2Templates(directory=Path(__file__).with_name("templates"))


def page(
    request: Request, template: str, context: dict[str, object] | None = None, status: int = 200
) -> Response:
    """A page of the folder templates/; each extends base.html."""
    return _templates.TemplateResponse(request, template, context or {}, status, PRIVATE)
