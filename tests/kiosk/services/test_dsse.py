"""Dead Simple Signing Envelope: the specification's own example, and every way not to be one."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services import dsse
from kiosk.services.dsse import EnvelopeError, TamperedError, UnknownKeyError

# The example of protocol.md 1.0.0, "Test Vectors": ECDSA over P-256, r and s one after the other.
EXAMPLE = b"""\
{"payload": "aGVsbG8gd29ybGQ=",
 "payloadType": "http://example.com/HelloWorld",
 "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEG\
AHTVeCUjW2JIZA=="}]}"""
EXAMPLE_PAE = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
EXAMPLE_X = 46950820868899156662930047687818585632848591499744589407958293238635476079160
EXAMPLE_Y = 5640078356564379163099075877009565129882514886557779369047442380624545832820

# RFC 8032, 7.1, TEST 1 and TEST 2.
ANNE = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
BERT = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
)
TRUSTED = {"anne": ANNE.public_key(), "bert": BERT.public_key()}


def test_the_specifications_example_is_taken_apart_and_encoded_as_it_says() -> None:
    """Payload, type and PAE are those of the specification."""
    envelope = dsse.read(EXAMPLE)
    assert envelope.payload == b"hello world"
    assert envelope.payload_type == "http://example.com/HelloWorld"
    assert [signature.key_id for signature in envelope.signatures] == [""]
    assert dsse.pae(envelope.payload_type, envelope.payload) == EXAMPLE_PAE


def test_the_specifications_signature_fits_our_encoding() -> None:
    """The published signature verifies over what we encode, by the published key."""
    envelope = dsse.read(EXAMPLE)
    signature = envelope.signatures[0].value
    r, s = (int.from_bytes(half) for half in (signature[:32], signature[32:]))
    key = ec.EllipticCurvePublicNumbers(EXAMPLE_X, EXAMPLE_Y, ec.SECP256R1()).public_key()
    signed = dsse.pae(envelope.payload_type, envelope.payload)
    key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))


def test_lengths_are_of_bytes() -> None:
    """A type beyond ASCII counts as its UTF-8, and nothing is written as a length of 0."""
    assert dsse.pae("家", b"") == b"DSSEv1 3 " + "家".encode() + b" 0 "


@given(st.text(st.characters(exclude_categories=["Cs"])), st.binary())
def test_what_is_signed_comes_back(payload_type: str, payload: bytes) -> None:
    """Any type and payload come through, under the name of the key that signed them."""
    envelope = dsse.read(dsse.sign(payload_type, payload, BERT, "bert"))
    assert (envelope.payload_type, envelope.payload) == (payload_type, payload)
    assert dsse.signer(envelope, TRUSTED) == "bert"


def members(**changes: Any) -> bytes:  # noqa: ANN401 - JSON
    """A good envelope with other members."""
    return json.dumps(json.loads(dsse.sign("x", b"\xfb\xff\xbf", ANNE, "anne")) | changes).encode()


def test_both_alphabets_of_base64_are_taken() -> None:
    """URL-safe base64 says the same; the specification asks every verifier to take it."""
    plain = json.loads(members())
    assert "+" in plain["payload"]
    signature = plain["signatures"][0]["sig"].replace("+", "-").replace("/", "_")
    signatures = [{"keyid": "anne", "sig": signature}]
    other = members(payload=plain["payload"].replace("+", "-").replace("/", "_"))
    other = json.dumps(json.loads(other) | {"signatures": signatures}).encode()
    assert dsse.signer(dsse.read(other), TRUSTED) == "anne"


@pytest.mark.parametrize("hint", [{}, {"keyid": None}, {"keyid": ""}])
def test_a_key_is_found_without_a_hint(hint: dict[str, str | None]) -> None:
    """An id that is not set is the same as an empty one: every trusted key is tried."""
    signature = json.loads(members())["signatures"][0]["sig"]
    envelope = dsse.read(members(signatures=[{"sig": signature, **hint}], later_member=1))
    assert dsse.signer(envelope, TRUSTED) == "anne"


def test_the_hint_is_no_proof() -> None:
    """Who claims to be somebody else has signed with the wrong key."""
    envelope = dsse.read(dsse.sign("x", b"", BERT, "anne"))
    with pytest.raises(TamperedError):
        dsse.signer(envelope, TRUSTED)


def test_one_good_signature_among_others_is_enough() -> None:
    """While keys change a bundle is signed with both, and each terminal trusts one of them."""
    [old] = json.loads(dsse.sign("x", b"", BERT, "bert"))["signatures"]
    [new] = json.loads(dsse.sign("x", b"", ANNE, "anne"))["signatures"]
    both = json.dumps({"payload": "", "payloadType": "x", "signatures": [old, new]}).encode()
    for name in ("anne", "bert"):
        assert dsse.signer(dsse.read(both), {name: TRUSTED[name]}) == name


@pytest.mark.parametrize("signatures", [[], [{"keyid": "carl", "sig": ""}]])
def test_a_stranger_is_told_from_a_slip(signatures: list[dict[str, str]]) -> None:
    """Where no signature is by a trusted key, nothing needs to be verified."""
    with pytest.raises(UnknownKeyError):
        dsse.signer(dsse.read(members(signatures=signatures)), TRUSTED)


def test_the_type_is_signed_too() -> None:
    """What was signed as one thing can not be passed for another."""
    with pytest.raises(TamperedError):
        dsse.signer(dsse.read(members(payloadType="y")), TRUSTED)


@pytest.mark.parametrize(
    ("envelope", "member"),
    [
        (b"", "envelope"),
        (b"[]", "envelope"),
        (b"{}", "payload"),
        (members(payload=1), "payload"),
        (members(payload="%"), "payload"),
        (members(payload="QQ"), "payload"),
        (members(payload="家"), "payload"),
        (members(payloadType=None), "payloadType"),
        (members(signatures={}), "signatures"),
        (members(signatures=[{"keyid": "anne"}]), "signatures.0.sig"),
        (members(signatures=[{"sig": "="}]), "signatures.0.sig"),
    ],
)
def test_what_is_no_envelope_is_refused_by_its_member(envelope: bytes, member: str) -> None:
    """The error says which member is wrong, and repeats nothing of it."""
    with pytest.raises(EnvelopeError, match=rf"^{member}: "):
        dsse.read(envelope)


ENVELOPE = dsse.sign("application/x", b"what is signed", ANNE, "anne")


@given(st.integers(0, len(ENVELOPE) * 8 - 1))
def test_no_bit_can_be_changed_in_what_was_signed(bit: int) -> None:
    """One bit flipped anywhere: it is refused, or says exactly the same."""
    changed = bytearray(ENVELOPE)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        envelope = dsse.read(bytes(changed))
        dsse.signer(envelope, TRUSTED)
    except (EnvelopeError, UnknownKeyError, TamperedError):
        return
    assert (envelope.payload_type, envelope.payload) == ("application/x", b"what is signed")


@given(st.binary(), st.binary(max_size=80))
def test_no_other_payload_or_signature_passes(payload: bytes, signature: bytes) -> None:
    """Nothing passes but what was signed, whatever stands in its place."""
    told = json.loads(ENVELOPE)
    told["payload"] = base64.b64encode(payload + b"!").decode()
    for value in (told["signatures"][0]["sig"], base64.b64encode(signature).decode()):
        told["signatures"] = [{"keyid": "anne", "sig": value}]
        with pytest.raises(TamperedError):
            dsse.signer(dsse.read(json.dumps(told).encode()), TRUSTED)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_an_envelope_or_an_error(data: bytes) -> None:
    """Nothing but EnvelopeError comes of bytes that are no envelope."""
    with pytest.raises(EnvelopeError):
        dsse.read(data)
