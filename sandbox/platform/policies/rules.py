"""Whom each policy is for, by what is on record; the reason is told with every match."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sandbox.platform.messages import Text
from sandbox.records import Enterprise, Records


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of a person, or of an enterprise."""

    records: Records
    age: int
    today: date
    enterprise: Enterprise | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """Why a policy fits, and how much it comes to, where that is known."""

    why: Text
    amount: Text | None = None


Rule = Callable[[Known], Fit | None]


def _elder(known: Known) -> Fit | None:
    if known.age < 80:
        return None
    yuan = 50 if known.age < 90 else 100 if known.age < 100 else 300
    return Fit(
        Text(zh=f"您今年{known.age}周岁", en=f"You are {known.age}"),
        Text(zh=f"每月{yuan}元", en=f"{yuan} yuan a month"),
    )


def _one_child(known: Known) -> Fit | None:
    rural = "land.contract_number" in known.records
    if known.records.get("children.count") != "1" or not rural or known.age < 60:
        return None
    return Fit(
        Text(
            zh="您是农村独生子女父母，年满六十周岁", en="You have one child and are sixty or older"
        ),
        Text(zh="每年960元", en="960 yuan a year"),
    )


def _severely_disabled(known: Known) -> Fit | None:
    grade = known.records.get("disability.grade")
    if grade not in ("1", "2"):
        return None
    return Fit(
        Text(
            zh=f"您的残疾等级是{'一二'[int(grade) - 1]}级",
            en=f"Your disability is of grade {grade}",
        ),
        Text(zh="每月80元", en="80 yuan a month"),
    )


def _kindergarten(known: Known) -> Fit | None:
    poor = "allowance.since" in known.records or "disability.grade" in known.records
    if not poor or "children.kindergarten" not in known.records:
        return None
    return Fit(
        Text(
            zh="您家孩子在上幼儿园，家里有困难",
            en="Your child is at kindergarten and the household is in need",
        ),
        Text(zh="每年1000元", en="1000 yuan a year"),
    )


def _farmland(known: Known) -> Fit | None:
    mu = int(known.records.get("land.area_mu", "0"))
    if mu == 0:
        return None
    return Fit(
        Text(zh=f"您家承包地{mu}亩", en=f"You have contracted {mu} mu of land"),
        Text(zh=f"每年约{mu * 100}元", en=f"About {mu * 100} yuan a year"),
    )


def _minimum_allowance(known: Known) -> Fit | None:
    since = known.records.get("allowance.since")
    if since is None:
        return None
    return Fit(Text(zh="您正在享受最低生活保障", en="You receive the minimum living allowance"))


def _jobless(known: Known) -> Fit | None:
    until = known.records.get("unemployment.until")
    if until is None or date.fromisoformat(until) < known.today:
        return None
    return Fit(
        Text(zh="您正在领取失业金", en="You draw unemployment benefit"),
        Text(zh=f"代缴到{until}", en=f"Paid until {until}"),
    )


def _veteran(known: Known) -> Fit | None:
    if "veteran.unit" not in known.records:
        return None
    return Fit(Text(zh="您是退役军人", en="You served in the forces"))


def _apprentice(known: Known) -> Fit | None:
    graduated = known.records.get("education.graduated_on")
    idle = known.records.get("employment.status") == "unemployed"
    if graduated is None or not idle:
        return None
    years = (known.today - date.fromisoformat(graduated)).days / 365.25
    if years > 2:
        return None
    return Fit(
        Text(
            zh="您毕业不到两年，还没有就业", en="You graduated in the last two years, without work"
        )
    )


def _keeps_jobs(known: Known) -> Fit | None:
    if known.enterprise is None or known.enterprise.employees == 0:
        return None
    return Fit(
        Text(
            zh="上年度没有裁员，按时缴了失业保险费", en="Nobody was laid off, all was paid in time"
        ),
        Text(zh="返还上年缴费的60%", en="60 per cent of last year's contributions"),
    )


def _small_profit(known: Known) -> Fit | None:
    if known.enterprise is None or known.enterprise.employees > 300:
        return None
    people = known.enterprise.employees
    return Fit(Text(zh=f"从业人数{people}人，属于小微", en=f"A small enterprise of {people}"))


def _hires_the_hard_to_place(known: Known) -> Fit | None:
    if known.enterprise is None or known.enterprise.hard_to_place == 0:
        return None
    people = known.enterprise.hard_to_place
    return Fit(
        Text(
            zh=f"招用就业困难人员{people}人",
            en=f"{people} employed who find it hard to get work",
        )
    )


def _new_jobs(known: Known) -> Fit | None:
    if known.enterprise is None or known.enterprise.graduates == 0:
        return None
    graduates = known.enterprise.graduates
    return Fit(
        Text(zh=f"今年新招毕业生{graduates}人", en=f"{graduates} graduates hired this year"),
        Text(zh=f"最多{graduates * 1500}元", en=f"Up to {graduates * 1500} yuan"),
    )


def _veterans_employer(known: Known) -> Fit | None:
    if known.enterprise is None or known.enterprise.veterans == 0:
        return None
    veterans = known.enterprise.veterans
    return Fit(
        Text(zh=f"招用退役军人{veterans}人", en=f"{veterans} veterans employed"),
        Text(zh=f"每年最多减{veterans * 9000}元", en=f"Up to {veterans * 9000} yuan a year"),
    )


RULES: Mapping[str, Rule] = {
    "elder_allowance": _elder,
    "one_child_support": _one_child,
    "preschool_aid": _kindergarten,
    "disability_care": _severely_disabled,
    "farmland_subsidy": _farmland,
    "insurance_aid": _minimum_allowance,
    "jobless_insurance": _jobless,
    "veteran_honour": _veteran,
    "youth_apprentice": _apprentice,
    "keep_jobs_refund": _keeps_jobs,
    "small_profit_tax": _small_profit,
    "hiring_subsidy": _hires_the_hard_to_place,
    "new_jobs_grant": _new_jobs,
    "veteran_employer_tax": _veterans_employer,
}
