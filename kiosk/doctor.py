"""The command `kiosk doctor`: opens every fitted device at once and says how each is.

The spoken voice and whether pinyin can be typed are said beside the devices, as they are none. A
terminal without pinyin works; one whose voice is fitted and can not be heard has to be put right.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import east_asian_width

import click

from device_config.faults import ConfigFault
from device_config.loader import Loaded, load
from device_config.schema import TerminalConfig
from drivers.device import Advice, DeviceKind, Fault, slug
from drivers.ports.discovery import Connected
from kiosk.complaint import as_text
from kiosk.diagnosis import NOTHING, Diagnosis, Finding, SpokenVoice, diagnosed
from kiosk.options import config_option, json_option
from kiosk.services.ime import ImeError, PinyinInput

WHO = {
    Advice.RETRY: "run this again",
    Advice.WAIT: "wait, then run this again",
    Advice.RESIDENT_ACTS: "whoever stands before it",
    Advice.ATTENDANT_ACTS: "attendant",
    Advice.TECHNICIAN_ACTS: "technician",
    Advice.REPLACE: "replace it",
}


@click.command()
@config_option
@json_option
@click.option(
    "--acknowledge-tampering",
    "looked_at",
    is_flag=True,
    help="You have looked at the cabinet: what it tells of tampering so far is over.",
)
def doctor(config: Path, *, as_json: bool, looked_at: bool) -> None:
    """Open all fitted devices at once, have them test themselves, and say what to do.

    A device has one user: stop the terminal first (systemctl stop doorstep-kiosk). Exit status 0:
    all are ready; 1: something has to be done; 2: the configuration has to be repaired.
    """
    sys.exit(asyncio.run(_examine(config, as_json=as_json, looked_at=looked_at)))


async def _examine(file: Path, *, as_json: bool, looked_at: bool) -> int:
    """Find everything out and say it; the exit status."""
    started = time.monotonic()
    loaded = load(file)
    found = NOTHING
    if loaded.config is not None:
        found = await diagnosed(loaded.config, looked_at=looked_at)
    seconds = time.monotonic() - started
    lines = _json(loaded, found, seconds) if as_json else "\n".join(_page(loaded, found, seconds))
    click.echo(lines)
    status = 2 if loaded.faults else 0 if found.ready else 1
    if found.hanging:
        sys.stdout.flush()
        os._exit(status)  # the loop's own end would wait for the thread that hangs
    return status


# --- the answer ---


def _page(loaded: Loaded, found: Diagnosis, seconds: float) -> Iterator[str]:
    """The table, and below it what has to be done, and by whom."""
    for fault in loaded.faults:
        yield f"{loaded.path}: {fault}"
    if loaded.config is None:
        yield "no device was looked at: the configuration can not be used"
        return
    yield from _table([("DEVICE", "STATUS", "WHERE", "MODEL"), *map(_row, found.findings)])
    yield from _to_do(found)
    if absent := _absent(loaded.config):
        yield f"not fitted: {', '.join(absent)}"
    for thing in found.spare:
        what = thing.known.words if thing.known else "unknown"
        yield f"plugged in and not used: {thing.where} ({what})"
    yield _voice(found.voice)
    yield _no_pinyin() or "pinyin input: works"
    ready = sum(finding.ready for finding in found.findings)
    yield f"{ready} of {len(found.findings)} ready ({seconds:.1f} s)"


def _row(finding: Finding) -> tuple[str, ...]:
    result = finding.result
    return _words(finding.kind), slug(result.status).replace("_", " "), result.where, result.model


def _to_do(found: Diagnosis) -> Iterator[str]:
    for finding in found.findings:
        if fault := finding.fault:
            yield _advised(_words(finding.kind), fault)
    if found.voice is not None and found.voice.fault is not None:
        yield _advised("spoken voice", found.voice.fault)


def _advised(what: str, fault: Fault) -> str:
    return f"-> {what}: {fault.detail} [{WHO[fault.advice]}; {fault.code}]"


def _voice(voice: SpokenVoice | None) -> str:
    if voice is None:
        return "spoken voice: not fitted"
    if voice.fault is not None:
        return "spoken voice: does not work"
    return "spoken voice: " + ", ".join(f"{tag} by {one}" for tag, one in voice.modules.items())


def _words(kind: DeviceKind) -> str:
    return kind.value.replace("_", " ")


def _no_pinyin() -> str | None:
    """Why no Chinese can be typed, None where it can."""
    with TemporaryDirectory() as scratch:
        try:
            with closing(PinyinInput(Path(scratch))):
                return None
        except ImeError as error:
            return str(error)


def _absent(config: TerminalConfig) -> list[str]:
    return [_words(kind) for kind in DeviceKind if not getattr(config, kind.value).fitted]


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (w - _columns(cell)) for cell, w in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: makers' names may be Chinese."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _json(loaded: Loaded, found: Diagnosis, seconds: float) -> str:
    config, no_pinyin = loaded.config, _no_pinyin()
    answer = {
        "file": str(loaded.path),
        "faults": [_told(fault) for fault in loaded.faults],
        "ready": config is not None and not loaded.faults and found.ready,
        "seconds": round(seconds, 2),
        "devices": [_described(finding) for finding in found.findings],
        "spare": [_spare(thing) for thing in found.spare],
        "speech": _spoken(found.voice),
        "pinyin": {"works": no_pinyin is None, "message": no_pinyin},
        "not_fitted": [k.value for k in DeviceKind if config and not getattr(config, k).fitted],
    }
    return as_text(answer)


def _spoken(voice: SpokenVoice | None) -> dict[str, Any] | None:
    """None where none is fitted."""
    if voice is None:
        return None
    fault = voice.fault
    return {
        "works": fault is None,
        "modules": dict(voice.modules),
        "fault": fault.code if fault else None,
        "message": fault.detail if fault else None,
    }


def _told(fault: ConfigFault) -> dict[str, Any]:
    return {"where": fault.where, "line": fault.line, "what": fault.what, "advice": fault.advice}


def _described(finding: Finding) -> dict[str, Any]:
    result, fault = finding.result, finding.fault
    return {
        "kind": finding.kind.value,
        "where": result.where,
        "model": result.model,
        "status": slug(result.status),
        "ready": finding.ready,
        "fault": fault.code if fault else None,
        "message": fault.detail if fault else None,
        "advice": fault.advice.value if fault else None,
        "facts": result.facts,
    }


def _spare(thing: Connected) -> dict[str, Any]:
    return {
        "where": thing.where,
        "known_as": thing.known.words if thing.known else None,
        "serves": sorted(thing.known.serves) if thing.known else [],
        "files": [node.path for node in thing.nodes],
    }
