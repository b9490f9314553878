"""What the codes stand for that records hold, as certificates say it."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "person.sex": {"male": "男", "female": "女"},
    "household.type": {"family": "家庭户", "collective": "集体户"},
    "disability.grade": {"1": "一级", "2": "二级", "3": "三级", "4": "四级"},
    "education.level": {
        "primary": "小学",
        "junior": "初中",
        "senior": "高中",
        "college": "大专",
        "bachelor": "本科",
        "master": "研究生",
    },
    "employment.status": {
        "employed": "在单位就业",
        "self_employed": "自主经营",
        "flexible": "灵活就业",
        "farming": "务农",
        "unemployed": "失业",
        "retired": "退休",
    },
}


def in_words(record: str, value: str) -> str:
    """A record as people read it; one that holds no code stays as it is."""
    return _WORDS.get(record, {}).get(value, value)
