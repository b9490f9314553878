"""Opens a page for one phone and one material, for five minutes, and keeps what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from pydantic import TypeAdapter

from sandbox.platform.files import desk as files
from sandbox.platform.messages import Attachment
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Row, Transaction
from sandbox.platform.uploads.messages import OpenUpload, Uploaded, UploadPage
from sandbox.platform.uploads.pictures import Page, Wrong

OPEN = timedelta(seconds=300)
MOST = 20  # pages

SCHEMA = """
CREATE TABLE IF NOT EXISTS upload (
    session TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    material TEXT NOT NULL,
    terminal TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    pages TEXT NOT NULL DEFAULT '[]'
) STRICT;
"""

_PAGES = TypeAdapter(tuple[Attachment, ...])


@dataclass(frozen=True, slots=True)
class Session:
    """One page for a phone as it is now; `most` is how many pages it takes in all."""

    token: str
    material: str
    ends_at: datetime
    ended: bool
    pages: tuple[Attachment, ...]
    most: int

    @property
    def room(self) -> int:
        """How many pages may still come."""
        return max(self.most - len(self.pages), 0)


def begin(office: Office, transaction: Transaction, request: OpenUpload) -> UploadPage:
    """A page whose address nobody can guess."""
    session, token = office.token(), office.token()
    ends_at = (office.now() + OPEN).isoformat()
    transaction.execute(
        "INSERT INTO upload (session, token, material, terminal, ends_at) VALUES (?, ?, ?, ?, ?)",
        (session, token, request.material, request.terminal, ends_at),
    )
    url = f"{office.address}/u/{token}"
    return UploadPage(session=session, url=url, seconds=round(OPEN.total_seconds()))


def uploaded(office: Office, transaction: Transaction, session: str) -> Uploaded:
    """What came to a page, for the terminal that opened it; ProblemError `not_found`."""
    found = _find(office, transaction, "session", session)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "There is no such upload page.")
    return Uploaded(pages=found.pages, ended=found.ended)


def by_token(office: Office, transaction: Transaction, token: str) -> Session | None:
    """The page behind an address, ended or not; None where there is none."""
    return _find(office, transaction, "token", token)


def add(
    office: Office, transaction: Transaction, token: str, pages: Sequence[Page]
) -> Wrong | None:
    """Keeps pages, each once, as far as there is room and time; why some were not kept."""
    session = _find(office, transaction, "token", token)
    if session is None or session.ended:
        return Wrong.TOO_LATE if pages else None
    known = {one.sha256 for one in session.pages}
    new = list({page.sha256: page for page in pages if page.sha256 not in known}.values())
    taken = new[: session.room]
    for page in taken:
        files.keep(office, transaction, page.sha256, page.media_type, page.content)
    added = (Attachment(sha256=page.sha256, media_type=page.media_type) for page in taken)
    text = _PAGES.dump_json((*session.pages, *added)).decode()
    transaction.execute("UPDATE upload SET pages = ? WHERE token = ?", (text, token))
    return Wrong.TOO_MANY if len(taken) < len(new) else None


def end(transaction: Transaction, token: str) -> None:
    """Nothing more can come."""
    transaction.execute("UPDATE upload SET done = 1 WHERE token = ?", (token,))


def forget(office: Office, transaction: Transaction) -> None:
    """Lets go of pages that ended before yesterday: no terminal asks after them any more."""
    yesterday = office.today() - timedelta(days=1)
    transaction.execute("DELETE FROM upload WHERE ends_at < ?", (yesterday.isoformat(),))


def _find(office: Office, transaction: Transaction, column: str, value: str) -> Session | None:
    query = f"SELECT token, material, ends_at, done, pages FROM upload WHERE {column} = ?"  # noqa: S608 - our own names
    row = transaction.one(query, (value,))
    return _session(office, row) if row else None


def _session(office: Office, row: Row) -> Session:
    token, material, ends_at, done, pages = row
    until = datetime.fromisoformat(ends_at)
    return Session(
        token,
        material,
        until,
        bool(done) or office.now() >= until,
        _PAGES.validate_json(pages),
        _most(office, material),
    )


def _most(office: Office, material: str) -> int:
    """How many pages the material may have, of whichever item asks for most."""
    listed = (m for item in office.catalogue.items for m in item.materials if m.code == material)
    return min(max((m.most_pages for m in listed), default=MOST), MOST)
