"""The 256 bytes of text of an ID card: UTF-16LE, padded with spaces, in four layouts.

Layouts: mainland resident (GA 450), residence permit for 港澳台 residents (type J), permanent
residence of foreigners of 2017 (type I) and of 2023 (type Y). The character at byte 248 says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from drivers.device import CardKind, IdCard, Personal, Sex
from drivers.errors import LocalProtocolError, RemoteProtocolError

LENGTH = 256
TYPE_AT = 248
FOR_LIFE = "长期"

Layout = Mapping[str, tuple[int, int]]
"""Field name to (offset, length) in bytes."""

RESIDENT: Layout = {
    "name": (0, 30),
    "sex": (30, 2),
    "nation": (32, 4),
    "birth": (36, 16),
    "address": (52, 70),
    "id_number": (122, 36),
    "issuer": (158, 30),
    "start": (188, 16),
    "end": (204, 16),
}
HMT_RESIDENCE: Layout = {
    **{name: place for name, place in RESIDENT.items() if name != "nation"},
    "pass_number": (220, 18),
    "issue_count": (238, 4),
    "type": (TYPE_AT, 2),
}
FOREIGNER_2017: Layout = {
    "english_name": (0, 120),
    "sex": (120, 2),
    "id_number": (122, 30),
    "nationality": (152, 6),
    "name": (158, 30),
    "start": (188, 16),
    "end": (204, 16),
    "birth": (220, 16),
    "version": (236, 4),
    "issuer": (240, 8),
    "type": (TYPE_AT, 2),
}
FOREIGNER_2023: Layout = {
    "name": (0, 30),
    "sex": (30, 2),
    "renewals": (32, 4),
    "birth": (36, 16),
    "english_name": (52, 70),
    "id_number": (122, 36),
    "start": (188, 16),
    "end": (204, 16),
    "english_name_more": (220, 22),
    "nationality": (242, 6),
    "type": (TYPE_AT, 2),
    "old_number_link": (250, 6),
}


@dataclass(frozen=True, slots=True)
class CardType:
    """A kind of card: the character that marks it and where its fields are."""

    mark: str
    kind: CardKind
    layout: Layout


TYPES = (
    CardType(" ", CardKind.RESIDENT, RESIDENT),
    CardType("J", CardKind.HMT_RESIDENCE, HMT_RESIDENCE),
    CardType("I", CardKind.FOREIGNER_2017, FOREIGNER_2017),
    CardType("Y", CardKind.FOREIGNER_2023, FOREIGNER_2023),
)

SEXES = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.UNSPECIFIED}

NATION_CODES = (*(f"{n:02}" for n in range(1, 57)), "97", "98")
NATION_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 "
    "佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 "
    "锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 "
    "鄂伦春 赫哲 门巴 珞巴 基诺 其他 外国血统"
)
NATIONS = dict(zip(NATION_CODES, NATION_NAMES.split(), strict=True))
"""GB/T 3304: code to name of nationality."""


def decode(text: bytes) -> IdCard:
    """The card that the 256 bytes describe; an error names the field, never its value."""
    if len(text) != LENGTH:
        raise RemoteProtocolError(f"card text of {len(text)} bytes, expected {LENGTH}")
    mark = _character(text[TYPE_AT : TYPE_AT + 2])
    card_type = next((t for t in TYPES if t.mark == mark), None)
    if card_type is None:
        raise RemoteProtocolError(
            "unknown type of card: the mark at byte 248 is not blank, I, J, Y"
        )
    return _card(card_type.kind, _Fields(text, card_type.layout))


def _character(raw: bytes) -> str:
    """The type mark; cards without one are padded with spaces or zeros."""
    return raw.decode("utf-16-le", "replace").replace("\0", " ")


class _Fields:
    """The fields of one card's text, by name."""

    def __init__(self, text: bytes, layout: Layout) -> None:
        self._text = text
        self._layout = layout

    def text(self, name: str) -> str:
        """A field without its padding; empty when the layout has no such field."""
        return self._padded(name).rstrip(" \0")

    def english_name(self) -> str:
        """The English name, which the cards of 2023 may continue in a second field."""
        return (self._padded("english_name") + self._padded("english_name_more")).rstrip(" \0")

    def _padded(self, name: str) -> str:
        offset, length = self._layout.get(name, (0, 0))
        try:
            return self._text[offset : offset + length].decode("utf-16-le")
        except UnicodeDecodeError:
            raise RemoteProtocolError(f"{name} is not UTF-16") from None

    def needed(self, name: str) -> str:
        """A field that every card of the layout has."""
        value = self.text(name)
        if not value:
            raise RemoteProtocolError(f"{name} is empty")
        return value

    def day(self, name: str) -> date:
        """A date written as YYYYMMDD."""
        value = self.text(name)
        if len(value) != 8 or not value.isascii() or not value.isdigit():
            raise RemoteProtocolError(f"{name} is not a date")
        try:
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
        except ValueError:
            raise RemoteProtocolError(f"{name} is not a date") from None

    def end(self) -> date | None:
        """The last day of validity, None for life."""
        return None if self.text("end") == FOR_LIFE else self.day("end")

    def sex(self) -> Sex:
        """Sex by GB/T 2261.1."""
        value = self.text("sex")
        if value not in SEXES:
            raise RemoteProtocolError("sex is not 0, 1, 2 or 9")
        return SEXES[value]

    def number(self, name: str) -> int | None:
        """A count; None when the card leaves it blank."""
        value = self.text(name)
        if value and not (value.isascii() and value.isdigit()):
            raise RemoteProtocolError(f"{name} is not a number")
        return int(value) if value else None

    def personal(self, name: str) -> Personal | None:
        """A text about the holder; None when blank or not on this kind of card."""
        value = self.text(name)
        return Personal(value) if value else None


def _card(kind: CardKind, fields: _Fields) -> IdCard:
    english = fields.english_name()
    # Foreigners may have no Chinese name: then the English one is their name.
    name = fields.text("name") or english or fields.needed("name")
    return IdCard(
        kind=kind,
        name=Personal(name),
        id_number=Personal(fields.needed("id_number")),
        sex=fields.sex(),
        birth_date=fields.day("birth"),
        issuer=fields.text("issuer"),
        valid_from=fields.day("start"),
        valid_until=fields.end(),
        nation=_nation(fields.text("nation")),
        address=fields.personal("address"),
        english_name=Personal(english) if english else None,
        nationality=fields.text("nationality") or None,
        pass_number=fields.personal("pass_number"),
        issue_count=fields.number("issue_count"),
        version=fields.text("version") or None,
        renewals=fields.number("renewals"),
        old_number_link=fields.text("old_number_link") or None,
    )


def _nation(code: str) -> str | None:
    if not code:
        return None
    if code not in NATIONS:
        raise RemoteProtocolError("nation is not a code of GB/T 3304")
    return NATIONS[code]


def encode(card: IdCard) -> bytes:
    """The 256 bytes of a card, the inverse of `decode`; LocalProtocolError if a field is long."""
    card_type = next(t for t in TYPES if t.kind is card.kind)
    text = bytearray(" ".encode("utf-16-le") * (LENGTH // 2))
    for name, value in _values(card, card_type).items():
        if name not in card_type.layout:
            continue
        offset, length = card_type.layout[name]
        raw = value.encode("utf-16-le")
        if len(raw) > length:
            raise LocalProtocolError(f"{name} takes {len(raw)} bytes, its field has {length}")
        text[offset : offset + len(raw)] = raw
    return bytes(text)


def _values(card: IdCard, card_type: CardType) -> dict[str, str]:
    english = card.english_name.reveal() if card.english_name else ""
    room = card_type.layout.get("english_name", (0, 0))[1] // 2
    codes = {name: code for code, name in NATIONS.items()}
    return {
        "name": "" if card.name == card.english_name else card.name.reveal(),
        "sex": next(code for code, sex in SEXES.items() if sex is card.sex),
        "nation": codes[card.nation] if card.nation else "",
        "birth": f"{card.birth_date:%Y%m%d}",
        "address": card.address.reveal() if card.address else "",
        "id_number": card.id_number.reveal(),
        "issuer": card.issuer,
        "start": f"{card.valid_from:%Y%m%d}",
        "end": f"{card.valid_until:%Y%m%d}" if card.valid_until else FOR_LIFE,
        "pass_number": card.pass_number.reveal() if card.pass_number else "",
        "issue_count": "" if card.issue_count is None else f"{card.issue_count:02}",
        "english_name": english[:room],
        "english_name_more": english[room:],
        "nationality": card.nationality or "",
        "version": card.version or "",
        "renewals": "" if card.renewals is None else f"{card.renewals:02}",
        "type": card_type.mark,
        "old_number_link": card.old_number_link or "",
    }
