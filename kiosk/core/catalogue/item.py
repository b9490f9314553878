"""A service item: what may be applied for, after GB/T 39554 and the national 实施清单.

It says what is needed, never how the screens go: the flow is derived from it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field as Setting

from kiosk.core.catalogue.form import Field, Group, When
from kiosk.core.catalogue.text import Code, Days, Entry, Text


class Category(StrEnum):
    """The eleven kinds of services of a township's centre."""

    HOUSEHOLD = "household"  # 户籍管理
    HEALTH = "health"  # 卫生健康
    SOCIAL = "social"  # 社会保障
    LABOUR = "labour"  # 劳动保障
    PENSION = "pension"  # 养老保障
    MEDICAL = "medical"  # 医疗保障
    AGRICULTURE = "agriculture"  # 农业农村管理和服务
    CONSTRUCTION = "construction"  # 乡村建设管理和服务
    BUSINESS = "business"  # 营商管理和服务
    VETERANS = "veterans"  # 服役退役服务
    PARTY = "party"  # 党务管理服务


class TaskType(StrEnum):
    """事项类型 of the 实施清单."""

    LICENCE = "01"  # 行政许可
    LEVY = "04"  # 行政征收
    PAYMENT = "05"  # 行政给付
    CONFIRMATION = "07"  # 行政确认
    REWARD = "08"  # 行政奖励
    ADJUDICATION = "09"  # 行政裁决
    OTHER = "10"  # 其他行政权力
    PUBLIC_SERVICE = "20"  # 公共服务


class Handling(StrEnum):
    """办件类型 of the 实施清单."""

    INSTANT = "1"  # 即办件
    PROMISED = "2"  # 承诺件


class IdentityLevel(StrEnum):
    """How sure the platform must be of who is asking."""

    NONE = "none"
    DOCUMENT = "document"  # an ID card, a social security card or an e-ID code
    FACE = "face"  # one of these, and the face of its holder


class Audience(StrEnum):
    """Whom an item or a policy is for."""

    PERSON = "person"
    ENTERPRISE = "enterprise"


class Source(StrEnum):
    """材料来源 of the 实施清单."""

    OWN = "10"  # 申请人自备
    AUTHORITY = "20"  # 政府部门核发
    OTHER = "99"  # 其他


class Necessity(StrEnum):
    """材料必要性 of the 实施清单."""

    REQUIRED = "1"  # 必要
    OPTIONAL = "2"  # 非必要
    DEFERRABLE = "3"  # 容缺后补: may be handed in later


class Material(Entry):
    """One paper or record an application needs.

    `code` is its meaning: two items of a bundle that need the same one need it once. `certificate`
    is the kind of e-certificate that serves for it; `promised` says that a commitment of the item
    replaces it. A DEFERRABLE one may follow within `deferral_days` working days.
    """

    code: Code
    name: Text
    source: Source
    necessity: Necessity
    note: Text | None = None
    certificate: Code | None = None
    promised: bool = False
    deferral_days: Annotated[int, Setting(ge=1, le=60)] | None = None
    most_pages: Annotated[int, Setting(ge=1, le=20)] = 5
    when: When | None = None


class Commitment(Entry):
    """告知承诺: what is told, what is promised, and what follows where the promise is broken."""

    told: Text
    promise: Text
    consequence: Text


class Fee(Entry):
    """What it costs; `yuan` None where it is free, and then there is no basis."""

    yuan: Annotated[str, Setting(pattern=r"^[0-9]{1,7}\.[0-9]{2}$")] | None = None
    basis: Text | None = None


class Delivery(StrEnum):
    """How a result reaches the resident."""

    HERE = "here"  # printed at this terminal
    COUNTER = "counter"  # picked up at a counter
    EXPRESS = "express"
    ELECTRONIC = "electronic"  # as an e-certificate alone


class ResultKind(StrEnum):
    """What a resident leaves with."""

    CERTIFICATE = "certificate"  # issued at once, shown and kept as an e-certificate
    CASE = "case"  # accepted, decided later


class Reach(StrEnum):
    """Where applicants may come from; beyond `DISTRICT` it is decided in the region they choose."""

    DISTRICT = "district"
    PROVINCE = "province"  # 全省通办
    NATION = "nation"  # 跨省通办


class ServiceItem(Entry):
    """One item of the unified catalogue (清单之外无审批).

    `code` is the 基本编码 of GB/T 39554, `task_code` the 实施编码 with the department and the level
    in it. Times are in working days, 0 meaning at once.
    """

    code: Code
    task_code: Annotated[str, Setting(pattern=r"^[0-9A-Z]{31}([0-9]{2})?$")]
    version: Annotated[int, Setting(ge=1)] = 1
    category: Category
    task_type: TaskType
    handling: Handling
    name: Text
    summary: Text
    department: Code
    audience: Annotated[tuple[Audience, ...], Setting(min_length=1)] = (Audience.PERSON,)
    identity: IdentityLevel
    youngest: Annotated[int, Setting(ge=0, le=120)] = 0
    """Years from which one may apply for oneself; before that a guardian does."""
    legal_basis: Annotated[tuple[Text, ...], Setting(min_length=1)]
    conditions: tuple[Text, ...]
    promised_days: Days
    statutory_days: Days
    fee: Fee = Fee()
    form: tuple[Field | Group, ...] = ()
    materials: tuple[Material, ...] = ()
    commitment: Commitment | None = None
    signature: bool = False
    delivery: tuple[Delivery, ...] = ()
    """The ways to choose from; without any the result is electronic."""
    result: ResultKind
    result_name: Text
    reach: Reach = Reach.DISTRICT
    agents: tuple[Audience, ...] = ()
    """For whom else one may apply, with authority shown."""
    keywords: tuple[str, ...] = ()
    """Synonyms and everyday words, for the search."""
    rated: bool = True
