"""What a phone's page says of an answer that is wrong: one sentence for each way."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.answers import Problem
from kiosk.core.catalogue import Text

PROBLEMS: Mapping[Problem, Text] = {
    Problem.MISSING: Text("这一项要填。", "Please fill this in."),
    Problem.TOO_LONG: Text("太长了，请写短一点。", "This is too long."),
    Problem.CONTROL_CHARACTERS: Text(
        "里面有看不见的字符，请重新输入。", "There are characters in it that cannot be seen."
    ),
    Problem.NOT_A_CHOICE: Text("请从给出的答案里选一个。", "Please choose one of the answers."),
    Problem.NOT_A_DATE: Text(
        "日期不对，请写成 2026-11-25 这样。", "This is no date; write 2026-11-25."
    ),
    Problem.DATE_TOO_EARLY: Text("这个日期太早了。", "This day is too early."),
    Problem.DATE_TOO_LATE: Text("这个日期太晚了。", "This day is too late."),
    Problem.NOT_AN_AMOUNT: Text(
        "金额不对，请写成 1200.00 这样。", "This is no amount; write 1200.00."
    ),
    Problem.AMOUNT_TOO_SMALL: Text("金额太小了。", "This amount is too small."),
    Problem.AMOUNT_TOO_LARGE: Text("金额太大了。", "This amount is too large."),
    Problem.NOT_A_NUMBER: Text("请填一个整数。", "Please write a whole number."),
    Problem.NUMBER_TOO_SMALL: Text("这个数太小了。", "This number is too small."),
    Problem.NUMBER_TOO_LARGE: Text("这个数太大了。", "This number is too large."),
    Problem.NOT_A_PHONE: Text(
        "电话号码不对。手机号是 11 位；座机请带区号。",
        "This is no telephone number. A landline needs its area code.",
    ),
    Problem.NOT_AN_ID_NUMBER: Text(
        "身份证号码是 18 位，最后一位可以是 X。",
        "An ID number has 18 digits; the last may be an X.",
    ),
    Problem.ID_NUMBER_DATE: Text(
        "身份证号码里的出生日期不对，请核对。", "The date of birth in it is wrong."
    ),
    Problem.ID_NUMBER_CHECK: Text(
        "身份证号码有一位输错了，请核对。", "One of its digits is wrong."
    ),
    Problem.NOT_A_CREDIT_CODE: Text(
        "统一社会信用代码是 18 位，在营业执照上。",
        "It has 18 characters and is on the business licence.",
    ),
    Problem.CREDIT_CODE_CHECK: Text(
        "统一社会信用代码有一位输错了，请核对。", "One of its characters is wrong."
    ),
    Problem.ADDRESS_INCOMPLETE: Text(
        "请选地区，再写街道和门牌。", "Please choose the region and write the rest."
    ),
}
