"""The checks of single answers: what is wrong with one as typed, and what of it is kept and sent.

`tidy` rewrites only what it understands and leaves the rest as it is, so that nobody's words change
under their hands; `check` looks at what `tidy` would keep.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from drivers.device.id_number import check_digit
from kiosk.core.catalogue import Field, FieldKind


class Problem(StrEnum):
    """Every way in which an answer can be wrong; a screen has one sentence for each."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTERS = "control_characters"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DATE = "not_a_date"
    DATE_TOO_EARLY = "date_too_early"
    DATE_TOO_LATE = "date_too_late"
    NOT_AN_AMOUNT = "not_an_amount"
    AMOUNT_TOO_SMALL = "amount_too_small"
    AMOUNT_TOO_LARGE = "amount_too_large"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_TOO_SMALL = "number_too_small"
    NUMBER_TOO_LARGE = "number_too_large"
    NOT_A_PHONE = "not_a_phone"
    NOT_AN_ID_NUMBER = "not_an_id_number"
    ID_NUMBER_DATE = "id_number_date"  # its date of birth is none, or still to come
    ID_NUMBER_CHECK = "id_number_check"  # a digit is wrong: the last character does not fit
    NOT_A_CREDIT_CODE = "not_a_credit_code"
    CREDIT_CODE_CHECK = "credit_code_check"
    ADDRESS_INCOMPLETE = "address_incomplete"


YES_NO = ("yes", "no")
"""The answers to a FieldKind.YES_NO."""

REGION_ENDS = "|"
"""Between the region's code and the rest of an address: 990001000001|三组12号."""

# Letters and control characters nobody sees, and halves of characters that no encoding takes.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

_DATE = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})|[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?)")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(
    r"¥?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{0,2}))?(?:元|圆|块|块钱)?"
)
_TIDY_AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,12}")
_BETWEEN_DIGITS = re.compile(r"[-‐‑‒–—−()]")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=[1-9])")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes have three digits where they begin with 01 or 02, four elsewhere.
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})")
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_REGION = re.compile(r"[0-9]{12}")


def tidy(field: Field, text: str) -> str:
    """What is kept and sent of an answer as typed; the same again for what is tidy already.

    Dates are ISO 8601, amounts have two decimals, landlines a hyphen after the area code.
    """
    stripped = text.strip()
    rewrite = _REWRITES.get(field.kind)
    return stripped if rewrite is None else rewrite(stripped)


def check(field: Field, text: str, today: date) -> Problem | None:
    """What is wrong with an answer, or None; an empty one is right where none is required."""
    kept = tidy(field, text)
    if kept in ("", REGION_ENDS):
        return Problem.MISSING if field.required else None
    if _has_unseen(kept, allowed="\n" if field.kind is FieldKind.LONG_TEXT else ""):
        return Problem.CONTROL_CHARACTERS
    match field.kind:
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return Problem.TOO_LONG if len(kept) > field.longest else None
        case FieldKind.CHOICE:
            return _choice(kept, [choice.code for choice in field.choices])
        case FieldKind.YES_NO:
            return _choice(kept, YES_NO)
        case FieldKind.DATE:
            return _date(field, kept, today)
        case FieldKind.AMOUNT:
            return _amount(field, kept)
        case FieldKind.NUMBER:
            return _number(field, kept)
        case FieldKind.PHONE:
            return _phone(kept)
        case FieldKind.ID_NUMBER:
            return _id_number(kept, today)
        case FieldKind.CREDIT_CODE:
            return _credit_code(kept)
        case FieldKind.ADDRESS:
            return _address(field, kept)


# --- what is kept ---


def _plain(text: str) -> str:
    """Full-width forms as ASCII, without any blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _tidy_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tidy_date(text: str) -> str:
    found = _DATE.fullmatch(_plain(text))
    if found is None:
        return text
    year, *others = (group for group in found.groups() if group)
    return "-".join([year, *(other.zfill(2) for other in others)])


def _tidy_amount(text: str) -> str:
    found = _AMOUNT.fullmatch(_plain(text))
    if found is None:
        return text
    yuan, cents = found.groups()
    return f"{int(yuan.replace(',', ''))}.{cents or '':0<2}"


def _tidy_number(text: str) -> str:
    plain = _plain(text)
    return str(int(plain)) if _NUMBER.fullmatch(plain) else text


def _tidy_phone(text: str) -> str:
    digits = _BETWEEN_DIGITS.sub("", _plain(text))
    own = _COUNTRY.sub("", digits, count=1) if _COUNTRY.match(digits) else None
    # Behind the country's code an area code goes without its zero.
    for number in (digits, own or "", f"0{own}"):
        if _MOBILE.fullmatch(number):
            return number
        if landline := _LANDLINE.fullmatch(number):
            return "-".join(landline.groups())
    return text


def _tidy_id_number(text: str) -> str:
    plain = _plain(text).upper()
    return plain if _ID_NUMBER.fullmatch(plain) else text


def _tidy_credit_code(text: str) -> str:
    plain = _plain(text).upper()
    return plain if _CREDIT_CODE.fullmatch(plain) else text


def _tidy_address(text: str) -> str:
    region, bar, rest = text.partition(REGION_ENDS)
    return region.strip() + bar + rest.strip()


_REWRITES: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.LONG_TEXT: _tidy_lines,
    FieldKind.DATE: _tidy_date,
    FieldKind.AMOUNT: _tidy_amount,
    FieldKind.NUMBER: _tidy_number,
    FieldKind.PHONE: _tidy_phone,
    FieldKind.ID_NUMBER: _tidy_id_number,
    FieldKind.CREDIT_CODE: _tidy_credit_code,
    FieldKind.ADDRESS: _tidy_address,
}


# --- what is wrong ---


def _has_unseen(text: str, allowed: str) -> bool:
    return any(unicodedata.category(c) in _UNSEEN and c not in allowed for c in text)


def _choice(kept: str, codes: Iterable[str]) -> Problem | None:
    return None if kept in codes else Problem.NOT_A_CHOICE


def _date(field: Field, kept: str, today: date) -> Problem | None:
    day = _day(kept)
    if day is None:
        return Problem.NOT_A_DATE
    ahead = day.toordinal() - today.toordinal()
    if field.days_back is not None and ahead < -field.days_back:
        return Problem.DATE_TOO_EARLY
    if field.days_ahead is not None and ahead > field.days_ahead:
        return Problem.DATE_TOO_LATE
    return None


def _day(text: str) -> date | None:
    """A day as `tidy` writes it: fromisoformat alone takes 2026-W48-3 too."""
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _amount(field: Field, kept: str) -> Problem | None:
    if not _TIDY_AMOUNT.fullmatch(kept):
        return Problem.NOT_AN_AMOUNT
    yuan = Decimal(kept)
    if field.least is not None and yuan < field.least:
        return Problem.AMOUNT_TOO_SMALL
    if field.most is not None and yuan > field.most:
        return Problem.AMOUNT_TOO_LARGE
    return None


def _number(field: Field, kept: str) -> Problem | None:
    if not _NUMBER.fullmatch(kept):
        return Problem.NOT_A_NUMBER
    number = int(kept)
    if field.least is not None and number < field.least:
        return Problem.NUMBER_TOO_SMALL
    if field.most is not None and number > field.most:
        return Problem.NUMBER_TOO_LARGE
    return None


def _phone(kept: str) -> Problem | None:
    right = _MOBILE.fullmatch(kept) or _LANDLINE.fullmatch(kept)
    return None if right else Problem.NOT_A_PHONE


def _id_number(kept: str, today: date) -> Problem | None:
    if not _ID_NUMBER.fullmatch(kept):
        return Problem.NOT_AN_ID_NUMBER
    birth = _day(f"{kept[6:10]}-{kept[10:12]}-{kept[12:14]}")
    if birth is None or birth > today:
        return Problem.ID_NUMBER_DATE
    return None if check_digit(kept[:17]) == kept[17] else Problem.ID_NUMBER_CHECK


def _credit_code(kept: str) -> Problem | None:
    if not _CREDIT_CODE.fullmatch(kept):
        return Problem.NOT_A_CREDIT_CODE
    return None if _credit_check(kept[:17]) == kept[17] else Problem.CREDIT_CODE_CHECK


def _credit_check(first_seventeen: str) -> str:
    """The last character of a unified social credit code (GB 32100, 4.2.5)."""
    total = sum(
        _CREDIT_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(first_seventeen)
    )
    return _CREDIT_ALPHABET[-total % 31]


def _address(field: Field, kept: str) -> Problem | None:
    region, _, rest = kept.partition(REGION_ENDS)
    if not _REGION.fullmatch(region) or not rest:
        return Problem.ADDRESS_INCOMPLETE
    return Problem.TOO_LONG if len(rest) > field.longest else None
