"""A catalogue without fault, as a document, for tests that make one mistake in it."""

from __future__ import annotations

from typing import Any

import pytest

Table = dict[str, Any]


def text(words: str) -> Table:
    """A text in both languages."""
    return {"zh-CN": words, "en": words}


def department() -> Table:
    """An invented department."""
    return {"code": "civil", "name": text("示例区民政局")}


def item() -> Table:
    """An allowance, with everything an item can ask for."""
    choices = [{"code": code, "label": text(code)} for code in ("married", "single")]
    when = {"key": "marriage", "among": ["married"]}
    return {
        "code": "allowance",
        "task_code": "1199000099000005X53990100300100",
        "category": "social",
        "task_type": "05",
        "handling": "2",
        "name": text("示例补贴"),
        "summary": text("示例"),
        "department": "civil",
        "identity": "document",
        "legal_basis": [text("示例办法")],
        "conditions": [],
        "promised_days": 5,
        "statutory_days": 20,
        "fee": {"yuan": "5.00", "basis": text("示例收费办法")},
        "form": [
            {"kind": "choice", "key": "marriage", "label": text("婚姻"), "choices": choices},
            {"kind": "text", "key": "spouse", "label": text("配偶"), "when": when},
            {"kind": "amount", "key": "income", "label": text("收入"), "least": 0, "most": 9},
            {"kind": "date", "key": "since", "label": text("从何时起"), "days_back": 400},
            {
                "key": "children",
                "label": text("子女"),
                "one": text("一个孩子"),
                "at_least": 0,
                "fields": [
                    {"kind": "yes_no", "key": "school", "label": text("在校吗")},
                    {
                        "kind": "text",
                        "key": "which",
                        "label": text("哪所学校"),
                        "when": {"key": "school", "among": ["yes"]},
                    },
                ],
            },
        ],
        "materials": [
            {
                "code": "certificate",
                "name": text("结婚证"),
                "source": "20",
                "necessity": "1",
                "certificate": "marriage",
                "promised": True,
                "when": when,
            },
            {
                "code": "photo",
                "name": text("照片"),
                "source": "10",
                "necessity": "3",
                "deferral_days": 5,
                "when": {"key": "children", "among": ["1", "2"]},
            },
        ],
        "commitment": {"told": text("一"), "promise": text("二"), "consequence": text("三")},
        "result": "case",
        "result_name": text("示例决定"),
        "reach": "province",
    }


def certificate() -> Table:
    """A certificate issued at once."""
    asked = {"form", "materials", "commitment", "fee"}
    plain = {key: value for key, value in item().items() if key not in asked}
    at_once = {"code": "proof", "handling": "1", "promised_days": 0, "result": "certificate"}
    return {**plain, **at_once}


@pytest.fixture
def document() -> Table:
    """A whole catalogue without fault."""
    region = {"code": "990001000000", "name": text("柳湖镇"), "parent": "990000000000"}
    bundle = {"code": "both", "name": text("一件事"), "summary": text("一件事")}
    policy = {
        "code": "help",
        "name": text("示例政策"),
        "summary": text("示例"),
        "benefit": text("示例"),
        "department": "civil",
        "audience": "person",
        "mode": "confirm",
        "legal_basis": [text("示例办法")],
    }
    label = {
        "code": "parents",
        "name": text("为人父母"),
        "summary": text("示例"),
        "icon": "family",
        "offers": ["both", "allowance"],
    }
    announcement = {
        "code": "news",
        "text": text("示例公告"),
        "first_day": "2026-11-20",
        "last_day": "2026-11-20",
        "about": "help",
    }
    return {
        "serial": 7,
        "version": "2026.7",
        "issued_at": "2026-11-01T00:00:00+08:00",
        "activates_at": "2026-11-10T00:00:00+08:00",
        "expires_at": "2027-11-10T00:00:00+08:00",
        "departments": [department()],
        "regions": [
            {"code": "990000000000", "name": text("示例区")},
            region,
            {"code": "991000000000", "name": text("邻区")},
        ],
        "items": [item(), certificate()],
        "bundles": [{**bundle, "items": ["allowance", "proof"], "promised_days": 10}],
        "policies": [policy],
        "frequent": ["allowance", "both"],
        "labels": [label],
        "announcements": [announcement],
    }
