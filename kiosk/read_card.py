"""The command `kiosk read-card`: reads one ID card and says what it says, masked unless asked."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from typing import Any

import click

from drivers.cards.id_card import SamIdCardReader
from drivers.device import Advice, CardKind, Fault, IdCard, Personal
from drivers.errors import DeviceError
from drivers.protocols.sam import BAUD_RATES
from kiosk.complaint import as_text, complain, what_to_do
from kiosk.core.identity import masked_id, masked_name
from kiosk.options import json_option

FOR_LIFE = "长期"

WHAT_TO_DO = what_to_do("reader", "lay the card flat on the reader and leave it there")


@click.command("read-card")
@click.option(
    "--port", required=True, metavar="DEV", help="Where the reader is, such as /dev/ttyUSB0."
)
@click.option(
    "--baud",
    type=click.Choice([str(baud) for baud in BAUD_RATES]),
    default="115200",
    show_default=True,
    help="The reader's speed.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=30.0,
    show_default=True,
    metavar="S",
    help="Seconds to wait for a card.",
)
@json_option
@click.option("--show", is_flag=True, help="Do not mask what the card says of a person.")
def read_card(port: str, baud: str, timeout: float, *, as_json: bool, show: bool) -> None:
    """Wait for an ID card, read it once and show it.

    Exit status 0: read; 1: no reader, no card or no good read, and the answer says what to do.
    """
    try:
        card = asyncio.run(_read(port, int(baud), timeout))
    except DeviceError as error:
        complain(error.fault, WHAT_TO_DO, as_json=as_json)
        sys.exit(1)
    fields = described(card, show=show)
    click.echo(as_text(fields) if as_json else _table(fields))


async def _read(port: str, baud: int, timeout: float) -> IdCard:
    reader = SamIdCardReader(port, baud)
    try:
        if await reader.wait_for_card(timeout):
            return await reader.read_card()
    finally:
        await reader.close()
    raise DeviceError(
        Fault("card.missing", Advice.RESIDENT_ACTS, f"{port}: no card within {timeout:g} s")
    )


def described(card: IdCard, *, show: bool) -> dict[str, Any]:
    """The card by the names of its fields, in the order of the card; its photo is left out.

    Every kind has the first ten, None where the kind lacks one; each kind adds its own.
    """
    return {
        "kind": card.kind.value,
        "name": card.name.reveal() if show else masked_name(card.name),
        "sex": card.sex.value,
        "nation": card.nation,
        "birth_date": card.birth_date.isoformat() if show else "****-**-**",
        "address": _text(card.address, show=show, head=6),
        "id_number": card.id_number.reveal() if show else masked_id(card.id_number),
        "issuer": card.issuer,
        "valid_from": card.valid_from.isoformat(),
        "valid_until": _until(card.valid_until),
        **_added(card, show=show),
    }


def _added(card: IdCard, *, show: bool) -> dict[str, Any]:
    """What only cards of this kind have."""
    match card.kind:
        case CardKind.RESIDENT:
            return {}
        case CardKind.HMT_RESIDENCE:
            number = _text(card.pass_number, show=show, head=1, tail=2)
            return {"pass_number": number, "issue_count": card.issue_count}
        case CardKind.FOREIGNER_2017:
            return _foreigner(card, show=show) | {"version": card.version}
        case CardKind.FOREIGNER_2023:
            more = {"renewals": card.renewals, "old_number_link": card.old_number_link}
            return _foreigner(card, show=show) | more


def _foreigner(card: IdCard, *, show: bool) -> dict[str, Any]:
    name = _text(card.english_name, show=show, head=1)
    return {"english_name": name, "nationality": card.nationality}


def _text(text: Personal | None, *, show: bool, head: int, tail: int = 0) -> str | None:
    if text is None:
        return None
    return text.reveal() if show else text.masked(head, tail)


def _until(day: date | None) -> str:
    return day.isoformat() if day else FOR_LIFE


def _table(fields: dict[str, Any]) -> str:
    """One field a line; those the card lacks are left out."""
    return "\n".join(f"{name:<16}{value}" for name, value in fields.items() if value is not None)
