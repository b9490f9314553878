"""What the sandbox's platform offers: its unified catalogue."""

from __future__ import annotations

from kiosk.core.catalogue import IdentityLevel, ResultKind
from sandbox.platform.messages import Catalogue, ServiceItem, Text

ISSUER = "示例区人力资源和社会保障局"
CERTIFICATE = "城乡居民基本养老保险参保证明"
PROOF_CODE = "990142001000"  # invented: no region's and no department's


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


PROOF = ServiceItem(
    code=PROOF_CODE,
    category=_text("社会保障", "Social security"),
    name=_text(CERTIFICATE, "Proof of Urban and Rural Resident Basic Pension Insurance"),
    summary=_text(
        "证明您参加了城乡居民基本养老保险，当场出具。",
        "States that you take part in the residents' basic pension insurance; issued at once.",
    ),
    department=_text(ISSUER, "Example District Human Resources and Social Security Bureau"),
    identity=IdentityLevel.ID_CARD,
    materials=(_text("申请人本人的有效身份证件原件", "The applicant's own valid identity card"),),
    conditions=(
        _text(
            "已在本区参加城乡居民基本养老保险",
            "You take part in the residents' basic pension insurance of this district",
        ),
        _text("由参保人本人办理", "You apply for yourself"),
    ),
    promised_days=0,
    statutory_days=0,
    fee=_text("不收费", "Free of charge"),
    result=ResultKind.CERTIFICATE,
    result_name=_text(CERTIFICATE, "Proof of pension insurance"),
    rated=True,
)

CATALOGUE = Catalogue(version="2026.1", items=(PROOF,))
