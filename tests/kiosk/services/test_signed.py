"""Signed bundles: what counts, and the stable reason of everything that does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services import dsse, signed
from kiosk.services.signed import PAYLOAD_TYPE, BundleError, Reason, open_bundle, seal_bundle
from tests.kiosk.services.catalogues import ISSUER, KEY_ID, STRANGER, TRUSTED, bundle, catalogue

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WHOLE = catalogue(5, activates_at=NOW + DAY, expires_at=NOW + 9 * DAY)
BUNDLE = bundle(WHOLE)


def refused(data: bytes, *, now: datetime = NOW, in_force: int = 0) -> BundleError:
    """Why a bundle does not count."""
    with pytest.raises(BundleError) as raised:
        open_bundle(data, TRUSTED, now, in_force)
    return raised.value


def test_what_was_sealed_is_opened() -> None:
    """The catalogue comes through whole, with who signed it and a digest to know it by."""
    opened = open_bundle(BUNDLE, TRUSTED, NOW, 5)
    assert opened.catalogue == WHOLE
    assert opened.key_id == KEY_ID
    assert opened.bundle == BUNDLE
    assert len(opened.digest) == 64
    assert signed.etag(opened.digest) == f'"{opened.digest}"'


def test_a_bundle_is_a_dsse_envelope_of_its_own_type() -> None:
    """Any tool that speaks DSSE can read and verify what is delivered."""
    envelope = json.loads(BUNDLE)
    assert envelope["payloadType"] == PAYLOAD_TYPE
    assert [one["keyid"] for one in envelope["signatures"]] == [KEY_ID]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.MALFORMED),
        (b'{"serial": 5, "version": "5"}', Reason.MALFORMED),
        (dsse.sign("application/json", b"{}", ISSUER, KEY_ID), Reason.MALFORMED),
        (bundle(WHOLE, key=STRANGER, key_id="stranger"), Reason.UNKNOWN_KEY),
        (bundle(WHOLE, key=STRANGER), Reason.TAMPERED),
        (bundle(WHOLE).replace(b'"sig":"', b'"sig":"AA'), Reason.TAMPERED),
        (bundle(catalogue(4)), Reason.OLDER),
        (bundle(catalogue(5, expires_at=NOW)), Reason.EXPIRED),
        (bundle(catalogue(5, department="gone")), Reason.NOT_VALID),
        (dsse.sign(PAYLOAD_TYPE, b"no catalogue", ISSUER, KEY_ID), Reason.NOT_VALID),
        (dsse.sign(PAYLOAD_TYPE, b'{"serial": 5}', ISSUER, KEY_ID), Reason.NOT_VALID),
    ],
)
def test_each_refusal_has_its_reason_and_a_sentence(data: bytes, reason: Reason) -> None:
    """Codes are stable; the sentence says what is the matter in plain words."""
    error = refused(data, in_force=5)
    assert error.reason is reason
    assert str(error)
    assert bool(error.faults) == (reason is Reason.NOT_VALID)


def test_every_fault_of_the_catalogue_is_named() -> None:
    """Members that are wrong and references that lead nowhere: all are there, not the first."""
    payload = b'{"serial": "5", "version": "v 5"}'
    error = refused(dsse.sign(PAYLOAD_TYPE, payload, ISSUER, KEY_ID))
    assert [fault.member for fault in error.faults] == ["serial", "version"]
    error = refused(bundle(catalogue(5, department="gone")))
    assert [(fault.entry, fault.member) for fault in error.faults] == [("help", "department")]


def test_the_same_number_again_is_not_older() -> None:
    """A bundle may be signed anew, with another key, under the number it had."""
    assert open_bundle(BUNDLE, TRUSTED, NOW, 5).catalogue.serial == 5
    assert refused(BUNDLE, in_force=6).reason is Reason.OLDER


def test_it_counts_until_the_moment_it_expires() -> None:
    """A second before it is good, at the moment it is not."""
    end = NOW + 9 * DAY
    assert open_bundle(BUNDLE, TRUSTED, end - timedelta(seconds=1), 0).catalogue == WHOLE
    assert refused(BUNDLE, now=end).reason is Reason.EXPIRED


def test_members_of_a_later_version_are_signed_and_let_pass() -> None:
    """What this version does not know does not break what it knows."""
    payload = json.dumps(json.loads(WHOLE.model_dump_json(by_alias=True)) | {"colour": "red"})
    opened = open_bundle(dsse.sign(PAYLOAD_TYPE, payload.encode(), ISSUER, KEY_ID), TRUSTED, NOW, 0)
    assert opened.catalogue == WHOLE


@given(st.integers(0, len(BUNDLE) * 8 - 1))
def test_no_bit_can_be_changed(bit: int) -> None:
    """One bit flipped anywhere: it is refused with a reason, or says exactly the same."""
    changed = bytearray(BUNDLE)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        opened = open_bundle(bytes(changed), TRUSTED, NOW, 0)
    except BundleError as error:
        assert error.reason in {Reason.MALFORMED, Reason.UNKNOWN_KEY, Reason.TAMPERED}  # noqa: PT017 - both ends are good
    else:
        assert opened.catalogue == WHOLE
        assert opened.digest != signed.digest(BUNDLE)


@given(st.binary(min_size=32, max_size=32))
def test_the_line_of_the_configuration_is_the_key(seed: bytes) -> None:
    """A key written down for the configuration and read again verifies what it signed."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    trusted = signed.trusted_keys([signed.trusted_line("k", key.public_key())])
    assert open_bundle(seal_bundle(WHOLE, key, "k"), trusted, NOW, 0).key_id == "k"
