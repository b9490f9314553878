"""Searching five thousand items: queries of each kind, against scanning for the same letters."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from pypinyin import lazy_pinyin

from kiosk.core.catalogue import Catalogue, Text
from kiosk.services.search import Search
from sandbox.platform import content
from tests.bench.row import Row

ITEMS = 5000
QUERIES = 200
BUDGET = 20.0  # ms
BUILDS = 3

WHO = {
    "城乡居民": "residents", "企业职工": "employees", "灵活就业人员": "the self-employed",
    "退役军人": "veterans", "个体工商户": "sole traders", "残疾人": "disabled people",
    "高龄老人": "the very old", "新生儿": "newborns", "困难家庭": "families in need",
    "农村居民": "villagers", "高校毕业生": "graduates", "被征地农民": "farmers without land",
    "农民专业合作社": "cooperatives", "义务兵家属": "families of conscripts",
    "独生子女父母": "parents of an only child", "流动人口": "people on the move",
}  # fmt: skip
WHAT = {
    "养老保险": "pension insurance", "医疗保险": "medical insurance",
    "失业保险": "unemployment insurance", "工伤保险": "work injury insurance",
    "最低生活保障": "minimum income", "护理补贴": "care allowance",
    "宅基地使用权": "right to build a house", "营业执照": "business licence",
    "户口": "household registration", "社会保障卡": "social security card",
    "创业担保贷款": "start-up loan", "优待证": "preferential card", "居住证": "residence permit",
    "食品经营许可": "food licence", "生育服务": "birth services", "临时救助": "emergency aid",
    "公益性岗位": "public job", "农机购置补贴": "machinery subsidy", "银行账户": "bank account",
    "党组织关系": "party membership",
}  # fmt: skip
HOW = {
    "参保登记": "registering", "信息变更": "changing details", "资格认定": "qualifying",
    "申领": "applying", "注销": "cancelling", "补领换领": "replacing", "关系转移接续": "moving",
    "待遇核定": "assessing", "年度审核": "yearly review", "参保证明打印": "proof",
    "异地备案": "use elsewhere", "缴费补缴": "paying late", "费用报销": "claiming costs",
    "重新核查": "checking again", "挂失": "reporting a loss", "延续": "extending",
}  # fmt: skip
EVERYDAY = (
    *(
        "上户口",
        "办低保",
        "开店",
        "看病报销",
        "养老金",
        "退休工资",
        "社保卡",
        "医保卡",
        "领补贴",
        "打证明",
    ),
    *("改名字", "迁户口", "生孩子", "结婚", "盖房子", "当兵", "找工作", "失业金", "贷款", "残疾证"),
)


def run() -> Iterator[Row]:
    """How long building takes, and each kind of query with its median and its 95th percentile."""
    catalogue = _catalogue()
    builds = sorted(_milliseconds(lambda: Search(catalogue)) for _ in range(BUILDS))
    yield Row(f"search: index of {ITEMS:,} items", builds[BUILDS // 2], "ms")
    search = Search(catalogue)
    texts = ["\n".join((item.name.zh, item.name.en, *item.keywords)) for item in catalogue.items]
    for kind, queries in _queries(catalogue).items():
        times = [_milliseconds(partial(search.find, query)) for query in queries]
        scans = [_milliseconds(partial(_scan, texts, query)) for query in queries]
        usual, seldom = _share(times, 0.5), _share(times, 0.95)
        scan = _share(scans, 0.5)
        yield Row(f"search: {kind}, p50", usual, "ms", scan, "`query in text` for each item")
        yield Row(f"search: {kind}, p95", seldom, "ms", BUDGET, "what nobody waits for")


def _queries(catalogue: Catalogue) -> dict[str, list[str]]:
    chance = random.Random(8)  # noqa: S311 # the same queries each time, no secrets
    names = [item.name.zh for item in chance.sample(catalogue.items, QUERIES)]
    parts = [_part(chance, name) for name in names]
    spelled = ["".join(lazy_pinyin(part)) for part in parts]
    return {
        "whole names": names,
        "Chinese parts": parts,
        "pinyin": spelled,
        "pinyin so far": [letters[: chance.randint(1, 6)] for letters in spelled],
        "initials": ["".join(s[0] for s in lazy_pinyin(part)) for part in parts],
        "everyday words": [f"我要{chance.choice(EVERYDAY)}怎么办" for _ in names],
        "pinyin with a slip": [_slip(chance, letters) for letters in spelled],
        "English": [chance.choice((*WHAT.values(), *HOW.values())) for _ in names],
        "nothing there": ["".join(chance.choices("bdfgjklmnpqrstwxyz", k=9)) for _ in names],
    }


def _part(chance: random.Random, name: str) -> str:
    begin = chance.randint(0, len(name) - 4)
    return name[begin : begin + chance.randint(2, 8)]


def _slip(chance: random.Random, letters: str) -> str:
    place = chance.randrange(len(letters))
    return letters[:place] + chance.choice("aeiou") + letters[place + 1 :]


def _scan(texts: list[str], query: str) -> list[int]:
    """The plainest search there is: it knows neither pinyin nor ranks."""
    return [number for number, text in enumerate(texts) if query in text]


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _share(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _catalogue() -> Catalogue:
    chance = random.Random(7)  # noqa: S311 # the same catalogue each time, no secrets
    names = [
        Text(f"{who[0]}{what[0]}{how[0]}", f"{how[1]} {what[1]} for {who[1]}".capitalize())
        for who, what, how in product(WHO.items(), WHAT.items(), HOW.items())
    ]
    picked = chance.sample(names, ITEMS)
    pattern = content.reference().items[0]
    items = tuple(
        pattern.model_copy(
            update={
                "code": f"{number:012}",
                "name": name,
                "keywords": tuple(chance.sample(EVERYDAY, 5)),
            }
        )
        for number, name in enumerate(picked)
    )
    return Catalogue(serial=1, version="bench", items=items)
