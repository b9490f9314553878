"""Answers as people type them: what is kept of them, and what is wrong with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device.id_number import check_digit
from kiosk.core.answers import Problem, check, tidy
from kiosk.core.catalogue import Choice, Field, FieldKind, Text

TODAY = date(2026, 11, 25)
CHOICES = (
    Choice(code="yes-please", label=Text("要", "Yes")),
    Choice(code="no", label=Text("不要", "No")),
)

# Published: Hutool's tests, and the example of the Chinese Wikipedia's article on the code.
CREDIT_CODES = ["91310110666007217T", "91350100M000100Y43"]
# From Hutool's tests too: issued before the standard, so its check character is another one.
EARLY_CREDIT_CODE = "91350211M00013FA1N"
# The examples of GB 11643.
ID_NUMBERS = ["11010519491231002X", "440524188001010014"]


def field(kind: FieldKind, **limits: object) -> Field:
    """A question of that kind."""
    everything = {"kind": kind, "key": "asked", "label": Text("问题", "Question"), **limits}
    return Field.model_validate(everything)


def after(kind: FieldKind, text: str, **limits: object) -> str | Problem:
    """What is kept of an answer, or what is wrong with it."""
    asked = field(kind, **limits)
    return check(asked, text, TODAY) or tidy(asked, text)


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("text", ["", "  ", "　", "\n"])
def test_nothing_is_wrong_only_where_something_is_required(kind: FieldKind, text: str) -> None:
    """Blanks count as nothing."""
    assert after(kind, text) is Problem.MISSING
    assert after(kind, text, required=False) == ""


@pytest.mark.parametrize(
    "text",
    [
        "20261125", "2026-11-25", "2026/11/25", "2026.11.25", "2026年11月25日", "2026年11月25",
        "２０２６１１２５", " 2026 - 11 - 25 ", "2026．11．25",
    ],
)  # fmt: skip
def test_a_date_may_be_typed_in_any_usual_way(text: str) -> None:
    """It is kept as ISO 8601."""
    assert after(FieldKind.DATE, text) == "2026-11-25"


def test_a_date_without_leading_zeros_is_filled_up() -> None:
    """2026/1/5 is the fifth of January."""
    assert after(FieldKind.DATE, "2026/1/5") == after(FieldKind.DATE, "2026.1.5") == "2026-01-05"


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "20261301", "2026", "261125", "1/5/2026", "0000-01-01", "2026-W48-3", "昨天"],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    """A day the calendar does not have is refused as well as what looks like none."""
    assert after(FieldKind.DATE, text) is Problem.NOT_A_DATE


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-31, Problem.DATE_TOO_EARLY), (-30, None), (0, None), (7, None), (8, Problem.DATE_TOO_LATE)],
)
def test_a_date_lies_within_its_days(days: int, expected: Problem | None) -> None:
    """Both bounds are days that are still right."""
    asked = field(FieldKind.DATE, days_back=30, days_ahead=7)
    assert check(asked, f"{TODAY + timedelta(days):%Y%m%d}", TODAY) is expected


def test_bounds_beyond_the_calendar_are_none() -> None:
    """A catalogue may name more days than there are."""
    assert after(FieldKind.DATE, "00010101", days_back=10**9, days_ahead=10**9) == "0001-01-01"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1,200", "1200.00"), ("1200元", "1200.00"), ("1200 块钱", "1200.00"),
        ("￥1，200．5", "1200.50"), ("１２００", "1200.00"), ("0", "0.00"), ("007.", "7.00"),
        ("123,456,789.01", "123456789.01"),
    ],
)  # fmt: skip
def test_an_amount_is_kept_with_two_decimals(text: str, kept: str) -> None:
    """Whatever stands around it or between its digits."""
    assert after(FieldKind.AMOUNT, text) == kept


@pytest.mark.parametrize("text", ["12,00", "1.234", "-5", "1.2.3", "一千", "1e3", "9" * 13, ".5"])
def test_what_could_mean_two_things_is_no_amount(text: str) -> None:
    """Nobody's money is guessed."""
    assert after(FieldKind.AMOUNT, text) is Problem.NOT_AN_AMOUNT


def test_amounts_and_numbers_lie_between_their_bounds() -> None:
    """The bounds themselves are right; a cent beyond is not."""
    bounds = {"least": 10, "most": 20}
    assert after(FieldKind.AMOUNT, "9.99", **bounds) is Problem.AMOUNT_TOO_SMALL
    assert after(FieldKind.AMOUNT, "10", **bounds) == "10.00"
    assert after(FieldKind.AMOUNT, "20.01", **bounds) is Problem.AMOUNT_TOO_LARGE
    assert after(FieldKind.NUMBER, "9", **bounds) is Problem.NUMBER_TOO_SMALL
    assert after(FieldKind.NUMBER, "020", **bounds) == "20"
    assert after(FieldKind.NUMBER, "21", **bounds) is Problem.NUMBER_TOO_LARGE


@pytest.mark.parametrize("text", ["3.5", "三", "1,200", "--1", "٣", "9" * 13])
def test_a_number_is_whole(text: str) -> None:
    """Digits alone, and those of everyday."""
    assert after(FieldKind.NUMBER, text) is Problem.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("13800138000", "13800138000"), ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"), ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"), ("１３８００１３８０００", "13800138000"),
        ("0394-9900000", "0394-9900000"), ("03949900000", "0394-9900000"),
        ("（0394）9900000", "0394-9900000"), ("+86 394 9900000", "0394-9900000"),
        ("010-99000000", "010-99000000"), ("0371—99000000", "0371-99000000"),
        ("021 99000000", "021-99000000"),
    ],
)  # fmt: skip
def test_a_phone_is_kept_as_it_is_dialled_here(text: str, kept: str) -> None:
    """Mobile numbers bare, landlines with the area code, nothing of the country's."""
    assert after(FieldKind.PHONE, text) == kept


@pytest.mark.parametrize(
    "text",
    ["9900000", "12345", "12800138000", "1380013800", "138001380000", "+1 202 5550100", "没有"],
)
def test_a_phone_that_nobody_could_call_back_is_none(text: str) -> None:
    """Without its area code a landline can not be told from another district's."""
    assert after(FieldKind.PHONE, text) is Problem.NOT_A_PHONE


@pytest.mark.parametrize("number", ID_NUMBERS)
def test_the_standards_id_numbers_are_right(number: str) -> None:
    """Also with a small x, in full-width digits, and in the groups people read them in."""
    assert after(FieldKind.ID_NUMBER, number.lower()) == number
    assert after(FieldKind.ID_NUMBER, f"{number[:6]} {number[6:14]} {number[14:]}") == number
    wide = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    assert after(FieldKind.ID_NUMBER, wide) == number


@given(st.sampled_from(ID_NUMBERS), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_id_number_is_found(number: str, place: int, digit: str) -> None:
    """Any one, wherever it stands."""
    typed = number[:place] + digit + number[place + 1 :]
    expected = {None} if typed == number else {Problem.ID_NUMBER_CHECK, Problem.ID_NUMBER_DATE}
    assert check(field(FieldKind.ID_NUMBER), typed, TODAY) in expected


@pytest.mark.parametrize("day", ["19490231", "20261126", "00000101"])
def test_nobody_is_born_on_such_a_day(day: str) -> None:
    """A date of birth is one, and not after today."""
    first = f"990000{day}002"
    assert after(FieldKind.ID_NUMBER, first + check_digit(first)) is Problem.ID_NUMBER_DATE


@pytest.mark.parametrize("text", ["110105491231002", "1101051949123100XX", "A1010519491231002X"])
def test_what_is_shaped_otherwise_is_no_id_number(text: str) -> None:
    """The fifteen digits of before 2013 are no longer one."""
    assert after(FieldKind.ID_NUMBER, text) is Problem.NOT_AN_ID_NUMBER


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_published_credit_codes_are_right(code: str) -> None:
    """Also in small letters and with blanks."""
    assert after(FieldKind.CREDIT_CODE, code.lower()) == code
    assert after(FieldKind.CREDIT_CODE, f"{code[:8]} {code[8:]}") == code


def test_a_credit_code_has_the_standards_letters_and_check_character() -> None:
    """I, O, Z, S and V are left out of it; what early districts issued does not check."""
    assert after(FieldKind.CREDIT_CODE, "9135O100M000100Y43") is Problem.NOT_A_CREDIT_CODE
    assert after(FieldKind.CREDIT_CODE, "91350100S000100Y43") is Problem.NOT_A_CREDIT_CODE
    assert after(FieldKind.CREDIT_CODE, EARLY_CREDIT_CODE) is Problem.CREDIT_CODE_CHECK


@given(
    st.sampled_from(CREDIT_CODES),
    st.integers(0, 17),
    st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"),
)
def test_one_wrong_character_of_a_credit_code_is_found(code: str, place: int, other: str) -> None:
    """Any one, wherever it stands."""
    typed = code[:place] + other + code[place + 1 :]
    assert (check(field(FieldKind.CREDIT_CODE), typed, TODAY) is None) == (typed == code)


def test_an_address_has_a_region_and_a_rest() -> None:
    """The code of a region, a bar, and what stands on the door."""
    assert after(FieldKind.ADDRESS, "990001001000| 三组12号 ") == "990001001000|三组12号"
    for half in ("990001001000|", "990001001000", "|三组12号", "9900|三组12号"):
        assert after(FieldKind.ADDRESS, half) is Problem.ADDRESS_INCOMPLETE
    assert after(FieldKind.ADDRESS, "|") is Problem.MISSING
    assert after(FieldKind.ADDRESS, "990001001000|三组12号", longest=4) is Problem.TOO_LONG


def test_a_text_is_kept_as_it_was_typed() -> None:
    """Full-width signs are right in Chinese: only blanks around it go."""
    assert after(FieldKind.TEXT, " 柳湖镇（东街）１号 ") == "柳湖镇（东街）１号"
    assert after(FieldKind.TEXT, "一二三", longest=3) == "一二三"
    assert after(FieldKind.TEXT, "一二三四", longest=3) is Problem.TOO_LONG


@pytest.mark.parametrize("unseen", ["\0", "\x1b", "\t", "\u202e", "\u200b", "\ud800", "\u2028"])
def test_no_text_holds_what_nobody_sees(unseen: str) -> None:
    """It could not be printed, or would turn what stands around it."""
    for kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        assert after(kind, f"王{unseen}秀英") is Problem.CONTROL_CHARACTERS


def test_only_a_long_text_has_lines() -> None:
    """However a line ends, it is kept with a line feed."""
    assert after(FieldKind.LONG_TEXT, "一\r\n二\r三") == "一\n二\n三"
    assert after(FieldKind.TEXT, "一\n二") is Problem.CONTROL_CHARACTERS


def test_a_choice_is_one_of_those_offered() -> None:
    """By its code; yes and no are a choice too."""
    assert after(FieldKind.CHOICE, "yes-please", choices=CHOICES) == "yes-please"
    assert after(FieldKind.CHOICE, "maybe", choices=CHOICES) is Problem.NOT_A_CHOICE
    assert after(FieldKind.YES_NO, "yes") == "yes"
    assert after(FieldKind.YES_NO, "maybe") is Problem.NOT_A_CHOICE


# What people might type, letters that look like others, and anything at all.
TYPED = st.one_of(
    st.text("0123456789-/.,年月日元+86xX|（）　０９ \n", max_size=24),
    st.text(st.characters(codec=None), max_size=24),
    st.sampled_from([*ID_NUMBERS, *CREDIT_CODES, "2026/1/5", "1,200元", "+86 394 9900000"]),
)
FIELDS = st.builds(
    field,
    st.sampled_from(FieldKind),
    required=st.booleans(),
    longest=st.integers(1, 30),
    least=st.none() | st.integers(),
    most=st.none() | st.integers(),
    days_back=st.none() | st.integers(0),
    days_ahead=st.none() | st.integers(0),
    choices=st.just(CHOICES),
)


@given(FIELDS, TYPED)
def test_whatever_is_typed_is_judged_alike_when_tidied(asked: Field, text: str) -> None:
    """Nothing raises; what is tidy stays as it is, and is as right or wrong as before."""
    kept = tidy(asked, text)
    assert tidy(asked, kept) == kept
    assert check(asked, kept, TODAY) is check(asked, text, TODAY)


WRITTEN = ["{:04}{:02}{:02}", "{}-{}-{}", "{:04}/{}/{}", "{:04}.{:02}.{:02}", "{:04}年{}月{}日"]


@given(st.dates(date(1000, 1, 1)), st.sampled_from(WRITTEN))
def test_every_day_is_kept_as_itself(day: date, how: str) -> None:
    """In whichever way it is written."""
    assert after(FieldKind.DATE, how.format(*day.timetuple()[:3])) == day.isoformat()


@given(st.integers(0, 10**14 - 1))
def test_every_amount_is_kept_as_itself(cents: int) -> None:
    """With its thousands set apart, or without."""
    kept = f"{cents // 100}.{cents % 100:02}"
    assert after(FieldKind.AMOUNT, kept) == kept
    assert after(FieldKind.AMOUNT, f"{cents // 100:,}.{cents % 100:02} 元") == kept
