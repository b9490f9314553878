"""The commands `kiosk catalogue …`: check a catalogue, sign it, make a key, show a terminal's."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

import click
import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.catalogue_shown import show
from kiosk.complaint import as_text
from kiosk.core.catalogue import Catalogue
from kiosk.core.catalogue.checks import faults
from kiosk.core.catalogue.faults import CatalogueFault
from kiosk.core.catalogue.reading import NotACatalogueError, read, unknown
from kiosk.options import PATH, json_option
from kiosk.services import dsse, signed
from kiosk.services.platform import MAX_CATALOGUE

FILE = click.argument("file", type=PATH)
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class _Examined:
    """What a file holds: a catalogue unless its members are wrong, its faults, who signed it."""

    catalogue: Catalogue | None
    faults: tuple[CatalogueFault, ...]
    signed_by: tuple[str, ...] | None = None


@click.group()
def catalogue() -> None:
    """Check, sign and show the catalogue: what may be applied for at a terminal."""


catalogue.add_command(show)


@catalogue.command()
@FILE
@json_option
def check(file: Path, *, as_json: bool) -> None:
    """Name every fault of a catalogue: where it is, what is wrong, what to do.

    FILE is a catalogue as JSON, or a signed bundle of one; a bundle's signature is verified by the
    terminals, which know whom they trust. Exit status 0: no fault; 1: it has to be repaired; 2: the
    file can not be read or is no JSON.
    """
    examined = _examine(_read(file))
    if as_json:
        click.echo(as_text(_data(file, examined)))
    else:
        _tell(examined)
    sys.exit(1 if examined.faults else 0)


@catalogue.command()
@FILE
@click.option(
    "--key",
    type=PATH,
    required=True,
    metavar="PEM",
    help="The private key, as new-key made it.",
)
@click.option("--key-id", required=True, metavar="ID", help="The id under which it is trusted.")
@click.option("--out", type=PATH, required=True, metavar="F", help="Where to put it.")
def sign(file: Path, key: Path, key_id: str, out: Path) -> None:
    """Sign a catalogue without fault: the bundle that terminals take.

    FILE is a catalogue as JSON. Exit status 0: signed; 1: the catalogue has a fault, or the bundle
    can not be written; 2: a file can not be read, or no such key.
    """
    if not KEY_ID.fullmatch(key_id):
        _give_up(2, f"{key_id}: an id has up to 64 letters, digits, dots, underscores and hyphens")
    private = _private_key(key)
    examined = _examine(_read(file))
    if examined.signed_by is not None:
        _give_up(2, f"{file}: it is signed already; name the catalogue itself")
    if examined.faults or examined.catalogue is None:
        _tell(examined)
        sys.exit(1)
    bundle = signed.seal_bundle(examined.catalogue, private, key_id)
    if len(bundle) > MAX_CATALOGUE:
        _give_up(1, f"{file}: signed it has {len(bundle)} bytes; terminals read {MAX_CATALOGUE}")
    try:
        out.write_bytes(bundle)
    except OSError as error:
        _give_up(1, f"{out}: can not be written: {error.strerror}")
    click.echo(f"{out}: {_named(examined.catalogue)}, signed by {key_id}")
    click.echo(f"ETag: {signed.etag(signed.digest(bundle))}")


@catalogue.command("new-key")
@click.option(
    "--out",
    type=PATH,
    required=True,
    metavar="PEM",
    help="Where to put the private key; there is no such file yet.",
)
def new_key(out: Path) -> None:
    """Make a key for signing catalogues, and print the line by which terminals trust it.

    Whoever has the private key decides what every terminal offers: keep it off the network. Exit
    status 0: made; 1: it can not be written, or there is such a file.
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with open(out, "xb", opener=_for_its_owner) as file:
            file.write(private)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        _give_up(1, f"{out}: can not be made: {error.strerror}")
    public = key.public_key()
    key_id = hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]
    click.echo(f"keys = [{orjson.dumps(signed.trusted_line(key_id, public)).decode()}]")
    click.echo(f"its id is {key_id}; the line belongs under [catalogue]", err=True)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        _give_up(2, f"{path}: can not be read: {error.strerror}")
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        _give_up(2, f"{path}: not an Ed25519 private key in PEM; kiosk catalogue new-key makes one")
    return key


def _read(file: Path) -> bytes:
    try:
        document = file.read_bytes()
        orjson.loads(document)
    except OSError as error:
        _give_up(2, f"{file}: can not be read: {error.strerror}")
    except orjson.JSONDecodeError as error:
        _give_up(2, f"{file}: not JSON: {error}")
    return document


def _examine(document: bytes) -> _Examined:
    told = orjson.loads(document)
    if not (isinstance(told, dict) and "payloadType" in told):
        return _examine_catalogue(document)
    try:
        envelope = dsse.read(document)
    except dsse.EnvelopeError as error:
        fault = CatalogueFault("", "", f"no signed bundle: {error}", "have it signed again")
        return _Examined(None, (fault,), ())
    by = tuple(signature.key_id for signature in envelope.signatures)
    if envelope.payload_type != signed.PAYLOAD_TYPE:
        what = f"what was signed is {envelope.payload_type or 'nothing that has a name'}"
        fault = CatalogueFault("", "payloadType", what, f"sign {signed.PAYLOAD_TYPE}")
        return _Examined(None, (fault,), by)
    return _examine_catalogue(envelope.payload, by)


def _examine_catalogue(document: bytes, by: tuple[str, ...] | None = None) -> _Examined:
    try:
        whole = read(document)
    except NotACatalogueError as error:
        return _Examined(None, error.faults, by)
    return _Examined(whole, (*faults(whole), *unknown(document, whole)), by)


def _data(file: Path, examined: _Examined) -> dict[str, object]:
    whole = examined.catalogue
    return {
        "file": str(file),
        "serial": whole.serial if whole else None,
        "version": whole.version if whole else None,
        "items": len(whole.items) if whole else None,
        "signed_by": examined.signed_by,
        "faults": [asdict(fault) for fault in examined.faults],
    }


def _tell(examined: _Examined) -> None:
    """Every fault on its line; then how many, of what."""
    for fault in examined.faults:
        click.echo(str(fault))
    if examined.catalogue is not None:
        click.echo(_named(examined.catalogue), err=True)
    if examined.signed_by is not None:
        by = ", ".join(key_id or "somebody" for key_id in examined.signed_by)
        click.echo(f"said to be signed by {by or 'nobody'}; not verified here", err=True)
    count = len(examined.faults)
    click.echo("no fault" if count == 0 else f"{count} fault{'s' if count > 1 else ''}", err=True)


def _named(whole: Catalogue) -> str:
    return f"number {whole.serial}, version {whole.version}, {len(whole.items)} items"


def _give_up(status: int, sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(status)
