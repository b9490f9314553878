"""The command `kiosk catalogue show`: what a terminal has, and whether it counts."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from kiosk.complaint import as_text
from kiosk.options import config_option, configured, json_option
from kiosk.services import signed
from kiosk.services.catalogue_files import ACTIVE, FOLDER, ROLLED_BACK, SLOTS, CatalogueFiles
from kiosk.services.signed import BundleError, TrustedKeys


@dataclass(frozen=True, slots=True)
class Shown:
    """One bundle that is kept; of one that does not open only `state` and `why` say something.

    `state` is "good", "expired", or the reason why it does not count.
    """

    state: str
    why: str | None = None
    serial: int | None = None
    version: str | None = None
    issued_at: datetime | None = None
    activates_at: datetime | None = None
    expires_at: datetime | None = None
    items: int | None = None
    bundles: int | None = None
    policies: int | None = None
    labels: int | None = None
    announcements: int | None = None
    signed_by: str | None = None
    digest: str | None = None


@click.command()
@config_option
@json_option
def show(config: Path, *, as_json: bool) -> None:
    """Show which catalogue is active, staged and previous, and who signed each.

    Works while the terminal runs. Exit status 0: one is in force; 1: none is, or the terminal's
    files can not be read; 2: wrong configuration.
    """
    terminal = configured(config)
    files = CatalogueFiles(terminal.storage.state / FOLDER)
    trusted = signed.trusted_keys(terminal.catalogue.keys)
    try:
        kept = {name: _shown(files.read(name), trusted) for name in SLOTS}
        rolled_back = files.read(ROLLED_BACK)
    except OSError as error:
        click.echo(f"kiosk catalogue show: {error}", err=True)
        sys.exit(1)
    bad = rolled_back.decode("ascii", "replace") if rolled_back else None
    click.echo(_data(kept, bad) if as_json else _table(kept, bad))
    active = kept[ACTIVE]
    sys.exit(0 if active is not None and active.state == "good" else 1)


def _shown(bundle: bytes | None, trusted: TrustedKeys) -> Shown | None:
    if bundle is None:
        return None
    try:
        opened = signed.verify_bundle(bundle, trusted)
    except BundleError as error:
        return Shown(error.reason.value, str(error), digest=signed.digest(bundle))
    whole = opened.catalogue
    return Shown(
        state="expired" if signed.has_expired(whole, datetime.now(UTC)) else "good",
        serial=whole.serial,
        version=whole.version,
        issued_at=whole.issued_at,
        activates_at=whole.activates_at,
        expires_at=whole.expires_at,
        items=len(whole.items),
        bundles=len(whole.bundles),
        policies=len(whole.policies),
        labels=len(whole.labels),
        announcements=len(whole.announcements),
        signed_by=opened.key_id,
        digest=opened.digest,
    )


def _slot(name: str) -> str:
    return name.partition(".")[0]


def _data(kept: dict[str, Shown | None], rolled_back: str | None) -> str:
    slots = {_slot(name): asdict(one) if one else None for name, one in kept.items()}
    return as_text(slots | {"rolled_back": rolled_back})


def _table(kept: dict[str, Shown | None], rolled_back: str | None) -> str:
    lines = [f"{_slot(name):9} {_line(one) if one else 'none'}" for name, one in kept.items()]
    if rolled_back:
        lines.append(f"rolled back: {rolled_back}; it is not tried again")
    return "\n".join(lines)


def _line(one: Shown) -> str:
    """A bundle: which, from when to when, how much, by whom; or why it does not count."""
    if one.serial is None:
        return f"does not count ({one.state}): {one.why}"
    begins = f" from {_time(one.activates_at)}" if one.activates_at else ""
    ends = f" until {_time(one.expires_at)}" if one.expires_at else ""
    much = (
        f"{one.items} items, {one.bundles} bundles, {one.policies} policies, "
        f"{one.labels} labels, {one.announcements} announcements"
    )
    over = ", EXPIRED" if one.state == "expired" else ""
    return (
        f"number {one.serial}, version {one.version}{begins}{ends}{over}, {much}, "
        f"signed by {one.signed_by}"
    )


def _time(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
