"""The command `kiosk intents`: what residents asked for, and what became of it; nobody's name."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from kiosk.complaint import as_text
from kiosk.options import config_option, configured, json_option
from kiosk.services import receipt_number
from kiosk.services.store import StoreError, read_only


@dataclass(frozen=True, slots=True)
class Kept:
    """A wish; `about` is the code or the number it refers to, `outcome` None while it is pending.

    `case_number` is the platform's own number for it.
    """

    kind: str
    number: str
    about: str
    made_at: str
    attempts: int
    trouble: str | None
    outcome: str | None
    reason: str | None
    case_number: str | None
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class Printed:
    """A print; `evidence` None while it is under way."""

    subject: str
    copy: int
    made_at: str
    evidence: str | None
    ended_at: str | None


@click.command()
@click.argument("number", required=False)
@config_option
@json_option
def intents(number: str | None, config: Path, *, as_json: bool) -> None:
    """List what was asked for at this terminal: pending first, then done; no personal data.

    NUMBER, from a resident's receipt, finds that request alone. Works while the terminal runs.
    Exit status 0: listed; 1: the terminal's database can not be read, or holds no such number;
    2: wrong configuration, or a number with a slip in it.
    """
    if number is not None and not receipt_number.is_whole(number):
        click.echo(f"{number}: the last character does not fit the rest; read it again", err=True)
        sys.exit(2)
    state = configured(config).storage.state
    try:
        requests, prints = _look(state)
    except (StoreError, sqlite3.Error) as error:
        click.echo(f"kiosk intents: {error}", err=True)
        sys.exit(1)
    if number is not None:
        requests = [one for one in requests if _same(one.number, number)]
        prints = [one for one in prints if _same(one.subject, number)]
        if not requests:
            click.echo(f"{number}: nothing of that number was asked for here", err=True)
            sys.exit(1)
    click.echo(_data(requests, prints) if as_json else _table(requests, prints))


def _look(state: Path) -> tuple[list[Kept], list[Printed]]:
    with read_only(state) as connection:
        requests = connection.execute(
            f"SELECT {', '.join(Kept.__slots__)} FROM intents"  # noqa: S608 - our own names
            " ORDER BY outcome IS NOT NULL, made_at"
        )
        prints = connection.execute(
            f"SELECT {', '.join(Printed.__slots__)} FROM prints"  # noqa: S608 - likewise
            " ORDER BY made_at"
        )
        return [Kept(*row) for row in requests], [Printed(*row) for row in prints]


def _same(held: str, asked: str) -> bool:
    """Whether it is that number; people read letters out in either case."""
    return held.casefold() == asked.casefold()


def _data(requests: list[Kept], prints: list[Printed]) -> str:
    listed = {
        "pending": [asdict(one) for one in requests if one.outcome is None],
        "done": [asdict(one) for one in requests if one.outcome is not None],
        "prints": [asdict(one) for one in prints],
    }
    return as_text(listed)


def _table(requests: list[Kept], prints: list[Printed]) -> str:
    lines = [_line(one) for one in requests]
    lines += [
        f"{one.made_at[:19]}  {'print':12}  {one.subject}"
        + (f"  copy {one.copy}" if one.copy else "")
        + f"  {one.evidence or 'under way'}"
        for one in prints
    ]
    pending = sum(one.outcome is None for one in requests)
    return "\n".join([*lines, f"{pending} pending, {len(requests) - pending} done"])


def _line(one: Kept) -> str:
    """One request: when, what, its number, and where it stands."""
    start = f"{one.made_at[:19]}  {one.kind:12}  {one.number}"
    if one.outcome is None:
        trouble = f": {one.trouble}" if one.trouble else ""
        return f"{start}  pending, {one.attempts} attempts{trouble}"
    ending = one.reason or one.case_number
    return f"{start}  {one.outcome}{f' {ending}' if ending else ''}"
