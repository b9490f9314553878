"""How the sandbox's platform decides: by the records of its residents."""

from __future__ import annotations

from datetime import date

from sandbox.platform.messages import Application, Refused, Text
from sandbox.platform.offer import PROOF_CODE
from sandbox.residents import RESIDENTS, Pension

_RECORDS = {resident.card.id_number.reveal(): resident for resident in RESIDENTS}

EXPIRED = Refused(
    reason="document_expired",
    words=Text(
        zh="您的身份证件已过有效期，请换领新证后再办理。",
        en="Your identity card has expired. Please renew it, then apply again.",
    ),
)
WITHDRAWN = Refused(
    reason="item_withdrawn",
    words=Text(
        zh="该事项已从统一目录中撤下，本机不再受理。",
        en="This service is no longer in the catalogue and cannot be applied for here.",
    ),
)
MISMATCH = Refused(
    reason="identity_mismatch",
    words=Text(
        zh="您证件上的信息与参保登记不一致，请到社会保险经办窗口核对。",
        en="Your card does not match the insurance records. Please have them checked at the "
        "social insurance counter.",
    ),
)
NOT_INSURED = Refused(
    reason="not_insured",
    words=Text(
        zh="没有查到您在本区的城乡居民基本养老保险参保记录。如需参保，请到社会保险经办窗口办理。",
        en="No record was found of your pension insurance in this district. To join, please visit "
        "the social insurance counter.",
    ),
)


def decide(application: Application, today: date) -> Pension | Refused:
    """The record that a proof will state, or why there is none."""
    applicant = application.applicant
    if application.item_code != PROOF_CODE:
        return WITHDRAWN
    if applicant.valid_until is not None and applicant.valid_until < today:
        return EXPIRED
    resident = _RECORDS.get(applicant.id_number)
    if resident is None or resident.pension is None:
        return NOT_INSURED
    card = resident.card
    if (applicant.name, applicant.birth_date) != (card.name.reveal(), card.birth_date):
        return MISMATCH
    return resident.pension
