"""Keeps what somebody left unfinished, for thirty days, and lets nobody overwrite another's change.

A draft is its person's own: whoever else asks is told that it is gone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from http import HTTPStatus

from pydantic import TypeAdapter

from sandbox.platform.drafts.messages import LoadedDraft, SaveDraft
from sandbox.platform.files import desk as files
from sandbox.platform.messages import Draft, KeptDraft, Person, Provided
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Row, Transaction

KEPT = timedelta(days=30)

SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    until TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    browser TEXT,
    answers TEXT NOT NULL,
    materials TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS draft_person ON draft (person, code);
CREATE TABLE IF NOT EXISTS submitted_draft (
    id TEXT PRIMARY KEY
) STRICT;
"""

_MATERIALS = TypeAdapter(tuple[Provided, ...])
_SELECT = (
    "SELECT id, person, code, version, saved_at, until, token, browser, answers, materials"
    " FROM draft WHERE until >= ?"
)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One draft as it is kept.

    `token` is in the address of its page for a phone, `browser` the secret of the one that opened
    it: nobody else can.
    """

    id: str
    person: str
    code: str
    version: int
    saved_at: datetime
    until: date
    token: str
    browser: str | None = None
    answers: dict[str, str] = field(default_factory=dict, repr=False)
    materials: tuple[Provided, ...] = ()

    def kept(self, office: Office) -> KeptDraft:
        """What a terminal is told of it."""
        return KeptDraft(
            draft=Draft(id=self.id, version=self.version),
            code=self.code,
            saved_at=self.saved_at,
            until=self.until,
            url=f"{office.address}/d/{self.token}",
        )


def save(office: Office, transaction: Transaction, request: SaveDraft) -> KeptDraft:
    """A new draft, or the next version of one; its page has a new address from now on.

    ProblemError `draft_changed` where another version was kept meanwhile, `draft_gone`.
    """
    pages = (page for one in request.materials for page in one.pages)
    if not all(office.knows_file(transaction, page.sha256) for page in pages):
        title = "A page was not handed in before."
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_file", title)
    before = _continued(office, transaction, request) or _new(office, request)
    changed = replace(
        before,
        answers=request.answers,
        materials=request.materials,
        token=office.token(),
        browser=None,
    )
    return write_next(office, transaction, changed).kept(office)


def write_next(office: Office, transaction: Transaction, draft: Unfinished) -> Unfinished:
    """Keeps a draft as its next version, with its pages, from now on for the whole term."""
    until = office.today() + KEPT
    files.hold(transaction, (page.sha256 for one in draft.materials for page in one.pages), until)
    after = replace(draft, version=draft.version + 1, saved_at=office.now(), until=until)
    values = (
        after.id,
        after.person,
        after.code,
        after.version,
        after.saved_at.isoformat(),
        after.until.isoformat(),
        after.token,
        after.browser,
        json.dumps(after.answers, ensure_ascii=False),
        _MATERIALS.dump_json(after.materials).decode(),
    )
    sql = "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    transaction.execute(sql, values)
    return after


def load(office: Office, transaction: Transaction, draft_id: str, person: Person) -> LoadedDraft:
    """Everything in a draft of that person; ProblemError `draft_gone`."""
    draft = _own(office, transaction, draft_id, person)
    return LoadedDraft(kept=draft.kept(office), answers=draft.answers, materials=draft.materials)


def newest(office: Office, transaction: Transaction, person: Person, code: str) -> KeptDraft | None:
    """What somebody left unfinished last of one matter."""
    query = f"{_SELECT} AND person = ? AND code = ? ORDER BY saved_at DESC, rowid DESC LIMIT 1"
    row = transaction.one(query, (office.today().isoformat(), person.id_number, code))
    return _unfinished(row).kept(office) if row else None


def by_token(office: Office, transaction: Transaction, token: str) -> Unfinished | None:
    """The draft behind an address; None when it is gone."""
    row = transaction.one(f"{_SELECT} AND token = ?", (office.today().isoformat(), token))
    return _unfinished(row) if row else None


def claim(transaction: Transaction, draft: Unfinished, browser: str) -> None:
    """Only the browser with that secret gets to see the draft's page from now on."""
    transaction.execute("UPDATE draft SET browser = ? WHERE id = ?", (browser, draft.id))


def submit(transaction: Transaction, draft_id: str) -> bool:
    """Notes that a draft became an application; False where it did before.

    It is forgotten with whatever else its person began of the same matter.
    """
    sql = "INSERT INTO submitted_draft VALUES (?) ON CONFLICT DO NOTHING"
    if not transaction.execute(sql, (draft_id,)):
        return False
    transaction.execute(
        "DELETE FROM draft WHERE (person, code) IN (SELECT person, code FROM draft WHERE id = ?)",
        (draft_id,),
    )
    return True


def forget(office: Office, transaction: Transaction) -> None:
    """Lets go of whatever is past its last day."""
    transaction.execute("DELETE FROM draft WHERE until < ?", (office.today().isoformat(),))


def _continued(office: Office, transaction: Transaction, request: SaveDraft) -> Unfinished | None:
    """The draft that a request continues, as it is now; None for a new one."""
    if request.draft is None:
        return None
    draft = _own(office, transaction, request.draft.id, request.person)
    if draft.version != request.draft.version:
        title = "The draft was changed elsewhere meanwhile."
        raise ProblemError(HTTPStatus.CONFLICT, "draft_changed", title)
    return draft


def _new(office: Office, request: SaveDraft) -> Unfinished:
    """A draft that nothing is in yet."""
    person = request.person.id_number
    return Unfinished(office.token(), person, request.code, 0, office.now(), office.today(), "")


def _own(office: Office, transaction: Transaction, draft_id: str, person: Person) -> Unfinished:
    query = f"{_SELECT} AND id = ? AND person = ?"
    row = transaction.one(query, (office.today().isoformat(), draft_id, person.id_number))
    if row is None:
        raise ProblemError(HTTPStatus.GONE, "draft_gone", "There is no such draft any more.")
    return _unfinished(row)


def _unfinished(row: Row) -> Unfinished:
    draft_id, person, code, version, saved_at, until, token, browser, answers, materials = row
    return Unfinished(
        draft_id,
        person,
        code,
        version,
        datetime.fromisoformat(saved_at),
        date.fromisoformat(until),
        token,
        browser,
        json.loads(answers),
        _MATERIALS.validate_json(materials),
    )
