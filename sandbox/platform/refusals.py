"""Why the platform says no, in its own words for the resident."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.platform.messages import Refused, Text


class RefusalError(Exception):
    """A request that is decided against; an answer like any other, kept under its key."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def refusal(reason: str, zh: str, en: str, materials: Sequence[str] = ()) -> RefusalError:
    """One refusal, to be raised."""
    words = Text(zh=zh, en=en)
    return RefusalError(Refused(reason=reason, words=words, materials=tuple(materials)))


def item_withdrawn() -> RefusalError:
    """What is not in the catalogue can not be applied for."""
    return refusal(
        "item_withdrawn",
        "该事项已从统一目录中撤下，本机不再受理。",
        "This service is no longer in the catalogue and cannot be applied for here.",
    )


def document_expired() -> RefusalError:
    """The applicant's document has run out."""
    return refusal(
        "document_expired",
        "您的身份证件已过有效期，请换领新证后再办理。",
        "Your identity card has expired. Please renew it, then apply again.",
    )


def identity_mismatch() -> RefusalError:
    """What was read is not what is on record under that number."""
    return refusal(
        "identity_mismatch",
        "证件上的信息与登记的不一致，请到服务中心窗口核对。",
        "What the document says does not match the records. Please have it checked at the "
        "service centre.",
    )


def underage(years: int) -> RefusalError:
    """A guardian has to act."""
    return refusal(
        "underage",
        f"办这件事要年满{years}周岁，请由父母等监护人来办。",
        f"You have to be {years} to apply for this. Please let a parent or guardian apply.",
    )


def not_entitled(zh: str, en: str, reason: str = "not_entitled") -> RefusalError:
    """A condition of the item does not hold."""
    return refusal(reason, zh, en)


def incomplete(
    names: Sequence[Text], materials: Sequence[str] = (), reason: str = "incomplete"
) -> RefusalError:
    """Something that the item asks for is missing or can not be taken."""
    zh = "、".join(name.zh for name in names[:5]) + ("等" if len(names) > 5 else "")
    en = ", ".join(name.en for name in names[:5]) + (", …" if len(names) > 5 else "")
    return refusal(
        reason, f"以下内容还缺或者不对：{zh}。", f"Missing or not right: {en}.", materials
    )


def material_rejected(names: Sequence[Text], materials: Sequence[str]) -> RefusalError:
    """Papers that do not serve; they may be brought again."""
    zh = "、".join(name.zh for name in names)
    en = ", ".join(name.en for name in names)
    return refusal(
        "material_rejected",
        f"这些材料看不清或者不能用，请重新提供：{zh}。",
        f"These papers cannot be read or do not count; please bring them again: {en}.",
        materials,
    )


def unknown_case() -> RefusalError:
    """There is no such case of that person."""
    return refusal(
        "unknown_case",
        "没有查到这个办件，请核对编号，或到服务中心窗口查询。",
        "No such case of yours was found. Please check the number, or ask at the service centre.",
    )


def draft_submitted() -> RefusalError:
    """The draft this came of was handed in before, here or elsewhere."""
    return refusal(
        "draft_submitted",
        "这份草稿已经提交过了，可以在“我的办件”里查看进度。",
        "This draft has been handed in already; its progress is among your applications.",
    )
