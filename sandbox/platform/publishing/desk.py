"""Signs the unified catalogue and issues it: the one in force, or, to play with, another."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kiosk.core.catalogue import Catalogue
from kiosk.services import signed
from sandbox.platform.office import Office
from sandbox.platform.registry import Registry

SCHEMA = """
CREATE TABLE IF NOT EXISTS signing_key (
    place INTEGER PRIMARY KEY CHECK (place = 1),
    raw BLOB NOT NULL
) STRICT;
"""

KEY_ID = "example-district"
COUNTS_FOR = timedelta(days=90)


class Issue(BaseModel):
    """Another catalogue: the one in force without some items, or dated or signed otherwise.

    Without a serial it has the next one. `tampered`: it was changed after it was signed, and does
    not come into force here.
    """

    model_config = ConfigDict(extra="forbid")

    withdraw: frozenset[str] = frozenset()
    serial: int | None = Field(default=None, ge=0)
    activates_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    tampered: bool = False


@dataclass(slots=True)
class PublishingDesk:
    """What terminals get as the catalogue."""

    office: Office
    _sealed: tuple[Catalogue, bytes] | None = field(default=None, repr=False)

    def bundle(self) -> bytes:
        """The signed bundle; the same bytes until another catalogue is issued.

        One whose time has run out is issued anew, as an office does that goes on working.
        """
        if self.office.delivered is not None:
            return self.office.delivered
        if _has_run_out(self.office.catalogue, self.office.now()):
            issue(self.office, Issue())
        catalogue = self.office.catalogue
        if self._sealed is None or self._sealed[0] is not catalogue:
            self._sealed = catalogue, signed.seal_bundle(catalogue, self.office.key, KEY_ID)
        return self._sealed[1]


def kept_key(registry: Registry) -> Ed25519PrivateKey:
    """The key that signs the catalogue: made once, so that a restart needs no new trust."""
    with registry.writing() as transaction:
        row = transaction.one("SELECT raw FROM signing_key")
        if row is not None:
            return Ed25519PrivateKey.from_private_bytes(row[0])
        key = Ed25519PrivateKey.generate()
        transaction.execute("INSERT INTO signing_key VALUES (1, ?)", (key.private_bytes_raw(),))
        return key


def key_line(office: Office) -> str:
    """The public key as a terminal's configuration has it."""
    return signed.trusted_line(KEY_ID, office.key.public_key())


def dated(catalogue: Catalogue, now: datetime) -> Catalogue:
    """A catalogue that counts for as long as one does that is signed now."""
    return catalogue.model_copy(update={"expires_at": now + COUNTS_FOR})


def issue(office: Office, wanted: Issue) -> Catalogue:
    """Issues another catalogue, which is in force from then on unless it is tampered with."""
    old = office.catalogue
    now = office.now()
    new = _without(old, wanted.withdraw).model_copy(
        update={
            "serial": old.serial + 1 if wanted.serial is None else wanted.serial,
            "issued_at": now,
            "activates_at": wanted.activates_at,
            "expires_at": wanted.expires_at or now + COUNTS_FOR,
        }
    )
    if wanted.tampered:
        office.delivered = _tampered(signed.seal_bundle(new, office.key, KEY_ID))
        return new
    office.delivered, office.catalogue = None, new
    return new


def _has_run_out(catalogue: Catalogue, now: datetime) -> bool:
    """Whether it once counted and does no longer; one issued as expired never did."""
    began, until = catalogue.issued_at, catalogue.expires_at
    return until is not None and until <= now and (began is None or began < until)


def _without(catalogue: Catalogue, codes: frozenset[str]) -> Catalogue:
    """Without these items, bundles and policies, and without what speaks of nothing else."""
    bundles = tuple(
        one for one in catalogue.bundles if one.code not in codes and not codes & {*one.items}
    )
    gone = codes | {one.code for one in catalogue.bundles} - {one.code for one in bundles}
    labels = (
        one.model_copy(update={"offers": tuple(code for code in one.offers if code not in gone)})
        for one in catalogue.labels
    )
    return catalogue.model_copy(
        update={
            "items": tuple(one for one in catalogue.items if one.code not in gone),
            "bundles": bundles,
            "policies": tuple(one for one in catalogue.policies if one.code not in gone),
            "frequent": tuple(code for code in catalogue.frequent if code not in gone),
            "labels": tuple(label for label in labels if label.offers),
            "announcements": tuple(one for one in catalogue.announcements if one.about not in gone),
        }
    )


def _tampered(bundle: bytes) -> bytes:
    """With another version in it than was signed."""
    envelope = orjson.loads(bundle)
    payload = orjson.loads(base64.b64decode(envelope["payload"]))
    changed = orjson.dumps({**payload, "version": "changed"})
    return orjson.dumps({**envelope, "payload": base64.b64encode(changed).decode()})
