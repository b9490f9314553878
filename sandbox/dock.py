"""The dock: buttons beside the screen that act on the world around it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from sandbox import options
from sandbox.control import ControlError, ask
from sandbox.residents import RESIDENTS, Resident

WIDTH, HEIGHT = 360, 900

Buttons = tuple[tuple[str, str], ...]
"""What each says, and the line it sends."""


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons under a title, in so many columns."""

    title: str
    buttons: Buttons
    columns: int = 2


WHO = {
    "wang": "74 岁 years old",
    "li": "未参保 Not insured",
    "chan": "港澳台 From Hong Kong",
    "anna": "外国人 Foreigner",
    "xiao": "15 岁 years old",
    "zhao": "证件过期 Card ran out",
}
"""What is special about each resident."""


def _of(resident: Resident) -> Group:
    """Everything by which a resident shows who they are."""
    key = resident.key
    buttons: Buttons = (
        ("身份证 ID", f"card {key}"),
        ("露脸 Face", f"face {key}"),
        ("亮码 QR", f"scanner show-qr {key}"),
    )
    if resident.issue is not None:
        buttons = (*buttons, ("社保 Card", f"social-card insert {key}"))
    return Group(f"{resident.card.name.reveal()} · {WHO[key]}", buttons, columns=4)


DEVICES = (
    Group(
        "拿走 Take away",
        (
            ("身份证 ID card", "card lift"),
            ("社保卡 Social card", "social-card remove"),
            ("二维码 QR code", "scanner hide"),
            ("人走开 Nobody there", "face nobody"),
        ),
    ),
    Group(
        "平台 Platform",
        (
            ("正常 Works", "platform off"),
            ("不通 Away", "platform error"),
            ("很慢 Slow", "platform slow"),
            ("办前断线 Drops before", "platform drop_before"),
            ("办后断线 Drops after", "platform drop_after"),
            ("收到两次 Twice", "platform duplicate"),
            ("时钟不准 Clock off", "platform skew 3600"),
            ("过1天 A day on", "platform jump 1"),
            ("过3天 3 days on", "platform jump 3"),
            ("过30天 30 days on", "platform jump 30"),
        ),
    ),
    Group(
        "高拍仪 Document camera",
        (
            ("放A4 Lay A4", "page a4"),
            ("放A5 Lay A5", "page a5"),
            ("放表格 Lay a form", "page form"),
            ("放身份证 Lay an ID", "page id-card"),
            ("转 Turn", "page turn 30"),
            ("移动 Move", "page move"),
            ("弯 Bent", "page bent"),
            ("暗 Dark", "page dark"),
            ("手挡 Covered", "page covered"),
            ("出框 Cut off", "page cut-off"),
            ("模糊 Blurred", "page blurred"),
            ("反光 Glare", "page glare"),
            ("拿走 Lift", "page lift"),
            ("恢复 Behave", "document-camera behave"),
        ),
    ),
    Group(
        "人脸摄像头 Face camera",
        (
            ("举照片 A photo", "face photo"),
            ("两个人 Two", "face two"),
            ("太远 Far", "face far"),
            ("侧脸 Turned", "face turned"),
            ("遮住 Covered", "face-camera black"),
            ("恢复 Behave", "face-camera behave"),
        ),
    ),
    Group(
        "身份证阅读器 ID card reader",
        (
            ("拔线 Unplug", "reader unplug"),
            ("插线 Plug in", "reader plug"),
            ("乱码 Garbage", "reader garbage"),
            ("不应答 Silence", "reader silence"),
            ("恢复 Behave", "reader behave"),
        ),
    ),
    Group(
        "社保卡读卡器 Social card reader",
        (
            ("银行卡 Bank card", "social-card insert bank"),
            ("别的卡 Other card", "social-card insert unknown"),
            ("拔线 Unplug", "social-card unplug"),
            ("插线 Plug in", "social-card plug"),
        ),
    ),
    Group(
        "扫码器 Scanner",
        (
            ("不应答 Silence", "scanner silence"),
            ("恢复 Behave", "scanner behave"),
        ),
    ),
    Group(
        "回执打印机 Receipt printer",
        (
            ("缺纸 Paper out", "printer paper-out"),
            ("半途缺纸 …midway", "printer paper-out 400"),
            ("装纸 Load paper", "printer paper-in"),
            ("开盖 Cover open", "printer cover-open"),
            ("关盖 Cover shut", "printer cover-shut"),
            ("卡纸 Paper jam", "printer jam"),
            ("切刀卡住 Cutter", "printer cutter"),
            ("清理 Clear", "printer clear"),
            ("拔线 Unplug", "printer unplug"),
            ("插线 Plug in", "printer plug"),
        ),
    ),
    Group(
        "文书打印机 Document printer",
        (
            ("缺纸 Paper out", "documents paper-out"),
            ("装纸 Load paper", "documents paper-in"),
            ("卡纸 Jam", "documents jam"),
            ("清除 Clear the jam", "documents unjam"),
            ("拔线 Unplug", "documents unplug"),
            ("插线 Plug in", "documents plug"),
        ),
    ),
    Group(
        "机柜 Cabinet",
        (
            ("开门 Door open", "cabinet door-open"),
            ("关门 Door shut", "cabinet door-shut"),
            ("拆动 Tamper", "cabinet tamper"),
            ("已查看 Acknowledge", "cabinet acknowledge"),
            ("停电 Mains off", "cabinet mains-off"),
            ("来电 Mains on", "cabinet mains-on"),
        ),
    ),
)


def groups() -> Iterator[Group]:
    """All buttons: who comes first, then what surrounds them."""
    yield from map(_of, RESIDENTS)
    yield from DEVICES


@click.command()
@options.control
@click.option("--left", default=0, help="Where the window stands, pixels from the left.")
def dock(control: Path, left: int) -> None:
    """Open a window with buttons that act on the world around a demonstration's terminal."""
    os.environ |= {
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_NO_CONSOLELOG": "1",
        "KCFG_GRAPHICS_WIDTH": str(WIDTH),
        "KCFG_GRAPHICS_HEIGHT": str(HEIGHT),
        "KCFG_GRAPHICS_POSITION": "custom",
        "KCFG_GRAPHICS_LEFT": str(left),
        "KCFG_GRAPHICS_TOP": "0",
        "KCFG_GRAPHICS_MAXFPS": "15",
        "KCFG_INPUT_MOUSE": "mouse,disable_multitouch",
    }
    from sandbox.dock_window import open_dock  # noqa: PLC0415 # opens Kivy: after its settings

    # The demonstration clears away what lies beside its control line.
    open_dock(groups(), lambda line: _send(control, line), control.parent / "fonts")


def _send(control: Path, line: str) -> str:
    try:
        return ask(control, line)
    except ControlError as error:
        return str(error)
