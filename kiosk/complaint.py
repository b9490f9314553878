"""What a command says when something is wrong with the world: the same words everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import orjson

from drivers.device import Advice, Fault


def what_to_do(device: str, person: str) -> dict[Advice, str]:
    """A sentence for each advice; `person` is for whoever stands before the device."""
    return {
        Advice.RETRY: "try again",
        Advice.WAIT: "wait a moment and try again",
        Advice.RESIDENT_ACTS: person,
        Advice.ATTENDANT_ACTS: f"the attendant has to look at the {device}",
        Advice.TECHNICIAN_ACTS: f"a technician has to look at the {device}",
        Advice.REPLACE: f"the {device} has to be replaced",
    }


def complain(fault: Fault, advice: Mapping[Advice, str], *, as_json: bool) -> None:
    """Say what is wrong and what to do: as data on standard output, or for people on the other."""
    if as_json:
        error = {"code": fault.code, "message": fault.detail, "advice": fault.advice.value}
        click.echo(as_text({"error": error}))
    else:
        click.echo(f"{fault.detail} ({fault.code})\n{advice[fault.advice]}", err=True)


def as_text(data: dict[str, Any]) -> str:
    """Data as a command prints it."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2).decode()
