"""What the samples tell of: invented people, one item, and texts as long as they may become."""

from __future__ import annotations

from typing import Final

from kiosk.core.catalogue import Text

HOLDER: Final = "某某某"  # nobody: what forms print where a name goes
ADDRESS: Final = "示例区柳湖镇柳湖村1组1号"

PLACE: Final = Text("柳湖镇便民服务站", "Liuhu Town Service Point")
ITEM: Final = Text(
    "城乡居民基本养老保险参保证明", "Proof of Urban and Rural Resident Basic Pension Insurance"
)
SUMMARY: Final = Text(
    "证明您参加了养老保险，当场出具", "Certifies that you are insured; issued at once"
)
RESULT: Final = Text("养老保险参保证明", "Proof of pension insurance")
OFFICE: Final = Text(
    "示例区人力资源和社会保障局", "Example District Human Resources and Social Security Bureau"
)
# As long as the platform may make them: nothing is cut, whatever an item is called.
LONG: Final = Text(
    "被征地农民参加城乡居民基本养老保险和被征地农民生活保障待遇衔接转移接续及个人账户一次性结清申请（含继承人代为办理）",
    "Transfer, continuation and settlement of the basic pension insurance of farmers whose land "
    "was requisitioned, by their heirs",
)
LONG_RESULT: Final = Text(
    "基本养老保险关系转移接续及个人账户一次性结清办理结果通知书",
    "Notice of the transfer and settlement of a basic pension insurance account",
)
LONG_NUMBER: Final = "LIUHU-FUWU-ZHONGDUAN-HAO-0001-261123-48017-K"
REFUSAL: Final = Text("没有查到您的参保记录。", "No insurance record was found for you.")
