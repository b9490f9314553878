"""What the reference platform offers."""

from __future__ import annotations

from kiosk.core.catalogue import IdentityLevel, ResultKind
from sandbox.platform.contract import Catalogue, Item, Text

PENSION_PROOF = "002014109000"
ISSUER = "淮阳区城乡居民社会养老保险中心"
TITLE = "城乡居民基本养老保险参保证明"


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


CATALOGUE = Catalogue(
    version="2026.11.1",
    items=(
        Item(
            code=PENSION_PROOF,
            category=_text("养老保障", "Old-age insurance"),
            name=_text("城乡居民基本养老保险参保证明", "Proof of residents' pension insurance"),
            summary=_text(
                "刷身份证，当场开具参保证明",
                "Use your ID card and get your proof at once",
            ),
            department=_text(
                "淮阳区人力资源和社会保障局",
                "Huaiyang District Bureau of Human Resources and Social Security",
            ),
            identity=IdentityLevel.ID_CARD,
            materials=(_text("本人有效居民身份证", "Your own valid resident ID card"),),
            conditions=(
                _text(
                    "已参加城乡居民基本养老保险",
                    "You are insured in the basic pension scheme for urban and rural residents",
                ),
                _text("由本人办理", "You apply for yourself"),
            ),
            promised_days=0,
            statutory_days=5,
            fee=_text("不收费", "Free of charge"),
            result=ResultKind.CERTIFICATE,
            result_name=_text("参保证明（电子）", "Proof of insurance (electronic)"),
            rated=True,
        ),
    ),
)
