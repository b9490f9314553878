"""Social security cards (社会保障卡, LD/T 32): what they say without keys or PIN.

The environment SSSE holds two files of records that anybody may read: EF05 of the issuer, EF06 of
the holder. A record is tag (1), length (1), value. Cards of specification 1.00 have no record
4E (the rest of a long name), so the records behind it have other numbers than in 2.00 and 3.00:
every record is taken for what its tag says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from drivers.device import Advice, Fault, Personal, Sex, SocialSecurityCard
from drivers.errors import CardError, LocalProtocolError, RemoteProtocolError
from drivers.protocols.iso7816 import (
    NO_FILE,
    NO_RECORD,
    WRONG_PARAMETERS,
    Answer,
    Conversation,
    exchange,
    read_record,
    select,
)
from drivers.protocols.resident_card import NATIONS, SEXES

SSSE = "sx1.sh.社会保障".encode("gbk")
BANKS = (b"1PAY.SYS.DDF01", b"2PAY.SYS.DDF01")  # PSE, PPSE: every bank card has one of them

BY_NAME = 0x04
FILE_FORMS = (0x02, 0x00)  # P1 of SELECT for a file: cards know the one, the other, or both
BY_NUMBER, BY_TAG = 0x04, 0x00  # P2 of READ RECORD
# What a card says that reads records only by their tags; 6B00 is an older word for 6A86.
NOT_BY_NUMBER = frozenset({WRONG_PARAMETERS, 0x6A81, 0x6B00})
PADDING = frozenset(b"\x00\xff")

BANK_CARD = Fault(
    "card.bank",
    Advice.RESIDENT_ACTS,
    "a bank card; nothing of it was read",
    "This is a bank card. Please take it out and use your social security card.",
)
UNKNOWN_CARD = Fault(
    "card.unknown",
    Advice.RESIDENT_ACTS,
    "neither a social security card nor a bank card",
    "This is not a social security card. Please take it out.",
)
UNREADABLE = Fault(
    "card.unreadable",
    Advice.RESIDENT_ACTS,
    "what the card says makes no sense",
    "This card could not be read. Please take it out, wipe its chip, and put it in again.",
)


class Format(Enum):
    """How a value is written."""

    B = "binary"
    AN = "ASCII, padded with 00"
    CN = "two digits a byte, padded with F"
    GBK = "GBK, padded with 00"


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a file: its tag, what it is called here, its format and length in bytes."""

    tag: int
    name: str
    format: Format
    length: int


EF05 = (
    Item(0x01, "card_id", Format.B, 16),
    Item(0x02, "card_class", Format.AN, 1),
    Item(0x03, "version", Format.AN, 4),
    Item(0x04, "issuer", Format.CN, 12),
    Item(0x05, "issued", Format.CN, 4),
    Item(0x06, "valid_until", Format.CN, 4),
    Item(0x07, "card_number", Format.AN, 9),
)
EF06 = (
    Item(0x08, "social_security_number", Format.AN, 18),
    Item(0x09, "name", Format.GBK, 30),
    Item(0x4E, "name_more", Format.GBK, 20),
    Item(0x0A, "sex", Format.AN, 1),
    Item(0x0B, "nation", Format.CN, 1),
    Item(0x0C, "birthplace", Format.CN, 3),
    Item(0x0D, "birth_date", Format.CN, 4),
)
FILES: Mapping[int, tuple[Item, ...]] = {0xEF05: EF05, 0xEF06: EF06}
ITEMS = {item.tag: item for item in (*EF05, *EF06)}

Values = dict[str, bytes]
"""What a card holds, raw, by the items' names."""


def items_of(file: int, version: str) -> tuple[Item, ...]:
    """The records of a file in the order of their numbers, as that version has them."""
    items = FILES[file]
    return tuple(i for i in items if i.tag != 0x4E) if version.startswith("1") else items


# --- the conversation ---


def read() -> Conversation[SocialSecurityCard]:
    """Read the card. CardError for a bank card, an unknown one, and one that refuses."""
    if not (yield from _has(SSSE)):
        raise CardError((yield from _other_card()))
    values: Values = {}
    for file in FILES:
        yield from _select_file(file)
        version = _text(values.get("version", b""), "version")
        yield from _read_file(items_of(file, version), values)
    return decode(values)


def _has(application: bytes) -> Conversation[bool]:
    """Select an application; what it says of itself (61xx) is left where it is."""
    return Answer.from_bytes((yield select(BY_NAME, application))).good


def _other_card() -> Conversation[Fault]:
    for application in BANKS:
        if (yield from _has(application)):
            return BANK_CARD
    return UNKNOWN_CARD


def _select_file(file: int) -> Conversation[None]:
    for form in FILE_FORMS:
        answer = Answer.from_bytes((yield select(form, file.to_bytes(2, "big"))))
        if answer.good:
            return
    raise CardError(answer.fault)


def _read_file(items: tuple[Item, ...], values: Values) -> Conversation[None]:
    """Every record, by number or else by tag, into `values`."""
    for number, item in enumerate(items, start=1):
        answer = yield from exchange(read_record(number, BY_NUMBER, item.length + 2))
        if number == 1 and answer.sw in NOT_BY_NUMBER:
            yield from _read_by_tag(items, values)
            return
        if answer.sw == NO_RECORD:
            return
        _keep(answer, values)


def _read_by_tag(items: tuple[Item, ...], values: Values) -> Conversation[None]:
    for item in items:
        answer = yield from exchange(read_record(item.tag, BY_TAG, item.length + 2))
        if answer.sw not in {NO_RECORD, NO_FILE}:
            _keep(answer, values)


def _keep(answer: Answer, values: Values) -> None:
    if not answer.good:
        raise CardError(answer.fault)
    for tag, value in parse_records(answer.data):
        if tag in ITEMS:
            values[ITEMS[tag].name] = value


# --- the contents ---


def parse_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each record in `data`; padding behind the last one is left out."""
    at = 0
    while at < len(data) and not PADDING.issuperset(data[at:]):
        if at + 1 == len(data):
            raise RemoteProtocolError("record without a length")
        length, end = data[at + 1], at + 2 + data[at + 1]
        if end > len(data):
            raise RemoteProtocolError(f"record says {length} bytes, has {len(data) - at - 2}")
        yield data[at], data[at + 2 : end]
        at = end


def decode(values: Values) -> SocialSecurityCard:
    """The card that the raw values describe; RemoteProtocolError names the item, not its value."""
    return SocialSecurityCard(
        version=_text(values.get("version", b""), "version"),
        card_number=Personal(_needed(values, "card_number")),
        social_security_number=Personal(_needed(values, "social_security_number")),
        name=Personal(_name(values)),
        sex=_sex(_text(values.get("sex", b""), "sex")),
        card_id=_card_id(values.get("card_id", b"")),
        card_class=_text(values.get("card_class", b""), "card_class") or None,
        issuer=_digits(values, "issuer") or None,
        issued=_day(values, "issued"),
        valid_until=_day(values, "valid_until"),
        nation=NATIONS.get(_digits(values, "nation")),
        birthplace=_digits(values, "birthplace") or None,
        birth_date=_day(values, "birth_date"),
    )


def _text(raw: bytes, name: str) -> str:
    """ASCII without its padding; what was never written is zeros or ones."""
    if PADDING.issuperset(raw):
        return ""
    try:
        text = raw.rstrip(b"\x00 ").decode("ascii")
    except UnicodeDecodeError:
        raise RemoteProtocolError(f"{name} is not ASCII") from None
    if not text.isprintable():
        raise RemoteProtocolError(f"{name} is not text")
    return text


def _needed(values: Values, name: str) -> str:
    text = _text(values.get(name, b""), name)
    if not text:
        raise RemoteProtocolError(f"{name} is empty")
    return text


def _name(values: Values) -> str:
    """The name; a long one goes on in a second record, and may be cut within a character.

    GB 18030 reads all of GBK, and the rare characters that newer cards write in four bytes.
    """
    parts = (values.get(part, b"") for part in ("name", "name_more"))
    raw = b"".join(b"" if PADDING.issuperset(part) else part.rstrip(b"\x00") for part in parts)
    try:
        name = raw.decode("gb18030").strip()
    except UnicodeDecodeError:
        raise RemoteProtocolError("name is not GBK") from None
    if not name or not name.isprintable():
        raise RemoteProtocolError("name is empty" if not name else "name is not text")
    return name


def _sex(code: str) -> Sex:
    if code and code not in SEXES:
        raise RemoteProtocolError("sex is not 0, 1, 2 or 9")
    return SEXES.get(code, Sex.UNKNOWN)


def _card_id(raw: bytes) -> Personal | None:
    return None if PADDING.issuperset(raw) else Personal(raw.hex().upper())


def _digits(values: Values, name: str) -> str:
    """Digits without their padding; "" where the card has none, or something else.

    Nothing that is done here depends on these items, so a sloppy issuer stops nobody.
    """
    digits = values.get(name, b"").hex().rstrip("f")
    return digits if digits.isdecimal() else ""


def _day(values: Values, name: str) -> date | None:
    """A day written as YYYYMMDD; None where the card has none."""
    digits = _digits(values, name)
    if len(digits) != 8:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def encode(card: SocialSecurityCard) -> dict[int, list[bytes]]:
    """The records of a card by file, in their order; LocalProtocolError if an item is too long."""
    texts = _texts(card)
    return {
        file: [_record(item, texts.get(item.name, b"")) for item in items_of(file, card.version)]
        for file in FILES
    }


def _texts(card: SocialSecurityCard) -> Values:
    codes = {name: code for code, name in NATIONS.items()}
    sexes = {sex: code for code, sex in SEXES.items()}
    name = card.name.reveal().encode("gb18030")
    room = ITEMS[0x09].length if not card.version.startswith("1") else len(name)
    digits = {
        "issuer": card.issuer,
        "issued": card.issued and f"{card.issued:%Y%m%d}",
        "valid_until": card.valid_until and f"{card.valid_until:%Y%m%d}",
        "nation": codes[card.nation] if card.nation else None,
        "birthplace": card.birthplace,
        "birth_date": card.birth_date and f"{card.birth_date:%Y%m%d}",
    }
    return {
        "card_id": bytes.fromhex(card.card_id.reveal()) if card.card_id else b"",
        "card_class": (card.card_class or "").encode("ascii"),
        "version": card.version.encode("ascii"),
        "card_number": card.card_number.reveal().encode("ascii"),
        "social_security_number": card.social_security_number.reveal().encode("ascii"),
        "name": name[:room],
        "name_more": name[room:],
        "sex": sexes[card.sex].encode("ascii"),
        **{
            name: bytes.fromhex(text + "F" * (len(text) % 2))
            for name, text in digits.items()
            if text
        },
    }


def _record(item: Item, value: bytes) -> bytes:
    if len(value) > item.length:
        raise LocalProtocolError(f"{item.name} takes {len(value)} bytes, it has {item.length}")
    pad = b"\xff" if item.format in {Format.B, Format.CN} else b"\x00"
    return bytes([item.tag, item.length]) + value.ljust(item.length, pad)
