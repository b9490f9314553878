"""The words of the pages, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
Say = Callable[[str], str]

# Key to (Chinese, English). Keys with a dot belong to a closed set of the wire or of presence.
WORDS: dict[str, tuple[str, str]] = {
    "title": ("家门口 · 终端监控", "Doorstep · Fleet"),
    "terminals": ("终端", "Terminals"),
    "events": ("最近发生", "What happened last"),
    "none": ("还没有终端上线。终端连上消息服务器后会自动出现在这里。", "No terminal has reported yet. It appears here once it has reached the broker."),
    "no_events": ("还没有记录。", "Nothing yet."),
    "terminal": ("终端", "Terminal"),
    "state": ("状态", "State"),
    "devices": ("设备", "Devices"),
    "seen": ("最近消息", "Last heard"),
    "screen": ("屏幕", "Screen"),
    "software": ("软件", "Software"),
    "never": ("从未", "never"),
    "just": ("刚刚", "just now"),
    "for": ("已{}", "for {}"),
    "broken": ("{} 台有设备待处理", "{} with device trouble"),
    "pending": ("{} 件待上传", "{} to be sent"),
    "platform_away": ("政务平台不通", "platform away"),
    "clock": ("时钟偏差 {} 秒", "clock off by {} s"),
    "replayed": ("补传", "sent later"),
    "broker_away": ("消息服务器不通：下面的状态可能已过时，恢复后自动更新。", "The broker cannot be reached: what is shown may be old. It is updated by itself once the broker is back."),
    "pages": ("翻页", "Pages"),
    "page": ("第 {} 页，共 {} 页", "Page {} of {}"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "hint": ("忘记密码或没有密码：请管理员用 fleet user login-link 发一个登录链接。", "No password, or forgotten: ask for a login link, made by fleet user login-link."),
    "login": ("登录", "Log in"),
    "logout": ("退出", "Log out"),
    "name": ("账号", "Account"),
    "password": ("密码", "Password"),
    "wrong": ("账号或密码不对。", "Account or password is wrong."),
    "slow_down": ("尝试太多次，请一分钟后再试。", "Too many attempts. Please wait a minute."),
    "link_used": ("这个登录链接已经用过或已过期，请重新获取。", "This login link was used or is too old. Please ask for a new one."),
    "live": ("实时", "live"),
    "lost": ("连接中断，正在重连", "connection lost, trying again"),
    "other_language": ("English", "中文"),
    "error.400": ("这个请求看不懂", "This request can not be understood"),
    "error.404": ("没有这个页面", "There is no such page"),
    "error.403": ("这个请求不是从本站页面发出的", "This request did not come from one of our pages"),
    "error.500": ("监控系统出错了，已记录", "The monitor made a mistake; it is in the log"),
    "back": ("回到终端列表", "Back to the terminals"),
    "verdict.down": ("离线", "Down"),
    "verdict.stuck": ("卡住", "Stuck"),
    "verdict.stale": ("无消息", "Stale"),
    "verdict.unknown": ("未知", "Unknown"),
    "verdict.present": ("在线", "Present"),
    "kind.id_card_reader": ("身份证阅读器", "ID card reader"),
    "kind.social_card_reader": ("社保卡读卡器", "Social security card reader"),
    "kind.receipt_printer": ("回执打印机", "Receipt printer"),
    "kind.document_printer": ("文书打印机", "Document printer"),
    "kind.face_camera": ("人脸摄像头", "Face camera"),
    "kind.document_camera": ("高拍仪", "Document camera"),
    "kind.barcode_scanner": ("扫码器", "Barcode scanner"),
    "kind.signature_pad": ("签名", "Signature pad"),
    "kind.cabinet": ("机柜", "Cabinet"),
    "kind.touch_panel": ("触摸屏", "Touch panel"),
    "device.ready": ("正常", "Ready"),
    "device.unknown": ("未知", "Unknown"),
    "device.not_fitted": ("未安装", "Not fitted"),
    "device.not_supported": ("不支持查询", "Can not tell"),
    "device.busy": ("忙", "Busy"),
    "device.paper_jammed": ("卡纸", "Paper jammed"),
    "device.powered_off": ("未通电", "Powered off"),
    "device.user_error": ("待处理", "Needs somebody"),
    "device.suspected_tampering": ("疑被拆动", "Suspected tampering"),
    "device.paper_low": ("纸将尽", "Paper low"),
    "device.paper_out": ("缺纸", "Out of paper"),
    "device.cover_open": ("机盖打开", "Cover open"),
    "device.disconnected": ("未连接", "Disconnected"),
    "device.hardware_error": ("故障", "Hardware error"),
    "todo.paper_low": ("备好新纸", "have a roll ready"),
    "todo.paper_out": ("请人装纸", "load a roll"),
    "todo.paper_jammed": ("请人取出卡住的纸", "take out the stuck paper"),
    "todo.powered_off": ("查电源", "check its power"),
    "todo.cover_open": ("请人合上机盖", "close the cover"),
    "todo.disconnected": ("查电源和连线", "check power and cable"),
    "advice.retry": ("可重试", "try again"),
    "advice.wait": ("请稍候", "wait"),
    "advice.resident_acts": ("群众处理", "for the resident"),
    "advice.attendant_acts": ("值守人员处理", "for an attendant"),
    "advice.technician_acts": ("技术人员处理", "for a technician"),
    "advice.replace": ("更换设备", "replace"),
    "screen.attract": ("待机", "Idle"),
    "screen.home": ("首页", "Home"),
    "screen.notice": ("须知", "Notice"),
    "screen.read_card": ("刷证", "Reading a card"),
    "screen.review": ("核对", "Review"),
    "screen.working": ("办理中", "Working"),
    "screen.issued": ("办好", "Issued"),
    "screen.kept": ("已登记", "Kept"),
    "screen.rating": ("评价", "Rating"),
    "screen.farewell": ("结束", "Farewell"),
    "screen.fault": ("故障提示", "Fault"),
    "screen.still_there": ("询问是否还在", "Still there?"),
    "screen.help": ("求助", "Help"),
    "event.help_called": ("有人求助", "Help was called"),
    "event.application_issued": ("办结一件", "A case was issued"),
    "event.application_kept": ("平台不通，已留存一件", "Platform away: a request was kept"),
    "event.application_refused": ("平台未予办理", "The platform refused a request"),
    "event.print_confirmed": ("回执已打印", "A receipt was printed"),
    "event.print_sent": ("回执已发送", "A receipt was sent to the printer"),
    "event.print_unknown": ("回执打印结果不明", "A receipt may or may not be out"),
    "event.print_not_started": ("回执未能打印", "A receipt could not be printed"),
    "event.started": ("终端启动", "The terminal started"),
}  # fmt: skip


def words(language: Language) -> Say:
    """What is said for a key in one language; what is not known is shown as it came."""
    column = LANGUAGES.index(language)

    def say(key: str) -> str:
        return WORDS[key][column] if key in WORDS else key.partition(".")[2] or key

    return say


def known(key: str) -> bool:
    """Whether there are words for a key."""
    return key in WORDS


def choose(asked: str | None, kept: str | None, accepted: str) -> Language:
    """The language of a page: asked for, else kept from before, else what the browser prefers."""
    for wish in (asked, kept):
        for language in LANGUAGES:
            if wish == language:
                return language
    first = accepted.split(",", maxsplit=1)[0].strip().lower()
    return "en" if first.startswith("en") else "zh-CN"
