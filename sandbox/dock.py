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

WIDTH, HEIGHT = 460, 900

Buttons = tuple[tuple[str, str], ...]
"""What each says, Chinese and English with a space between, and the line it sends."""


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons under a title, in so many columns."""

    title: str
    buttons: Buttons
    columns: int = 4


@dataclass(frozen=True, slots=True)
class Said:
    """What the world answered to a line."""

    text: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """Groups that are seen together."""

    title: str
    groups: tuple[Group, ...]


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
        ("刷身份证 ID card", f"card {key}"),
        ("插社保卡 Social card", f"social-card insert {key}"),
        ("亮码 QR code", f"scanner show-qr {key}"),
        ("露脸 Face", f"face {key}"),
    )
    if resident.issue is None:
        buttons = tuple(button for button in buttons if not button[1].startswith("social"))
    return Group(f"{resident.card.name.reveal()} · {WHO[key]}", buttons)


HERE = (
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
        "高拍仪放材料 Pages under the document camera",
        (
            ("放A4 A4 page", "page a4"),
            ("放A5 A5 page", "page a5"),
            ("放表格 A form", "page form"),
            ("放身份证 An ID card", "page id-card"),
            ("转30° Turn", "page turn 30"),
            ("移动 Move", "page move"),
            ("手挡 Hand over it", "page covered"),
            ("拿走 Take away", "page lift"),
        ),
    ),
    Group(
        "五键键盘 Keypad",
        (
            ("上 Up", "keypad up"),
            ("下 Down", "keypad down"),
            ("左 Left", "keypad left"),
            ("右 Right", "keypad right"),
            ("确认 Select", "keypad select"),
            ("插耳机 Earphones in", "keypad earphones-in"),
            ("拔耳机 Earphones out", "keypad earphones-out"),
        ),
    ),
)
"""What people do at a terminal, beside showing who they are."""

AROUND = (
    Group(
        "终端网络 The terminal's network",
        (
            ("断网 Off", "network off"),
            ("恢复 On", "network on"),
        ),
        columns=2,
    ),
    Group(
        "时间（终端和平台） Time, of terminal and platform",
        (
            ("过1天 A day on", "time jump 1"),
            ("过3天 3 days on", "time jump 3"),
            ("过30天 30 days on", "time jump 30"),
            ("过1年 A year on", "time jump 365"),
            ("到早上 To 8 a.m.", "time at 08:00"),
            ("到夜里 To 11 p.m.", "time at 23:00"),
        ),
    ),
    Group(
        "平台 Platform",
        (
            ("正常 Works", "platform off"),
            ("报错 Errors", "platform error"),
            ("很慢 Slow", "platform slow"),
            ("收到两次 Twice", "platform duplicate"),
            ("办前断线 Drops before", "platform drop_before"),
            ("办后断线 Drops after", "platform drop_after"),
            ("时钟不准 Clock off", "platform skew 3600"),
        ),
    ),
    Group(
        "机柜 Cabinet",
        (
            ("开门 Door open", "cabinet door-open"),
            ("关门 Door shut", "cabinet door-shut"),
            ("拆动 Tamper", "cabinet tamper"),
            ("已查看 Seen to", "cabinet acknowledge"),
            ("停电 Mains off", "cabinet mains-off"),
            ("来电 Mains on", "cabinet mains-on"),
        ),
    ),
)
"""What surrounds a terminal."""

DEVICES = (
    Group(
        "高拍仪 Document camera",
        (
            ("弯 Bent", "page bent"),
            ("暗 Dark", "page dark"),
            ("出框 Cut off", "page cut-off"),
            ("模糊 Blurred", "page blurred"),
            ("反光 Glare", "page glare"),
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
)
"""What goes wrong with devices."""

TABS = (
    Tab("居民 People", (*map(_of, RESIDENTS), *HERE)),
    Tab("环境 Around", AROUND),
    Tab("设备 Devices", DEVICES),
)

ALWAYS = Group(
    "场景 Scenario",
    (("录制 Record", "record"), ("停止 Stop", "record stop")),
    columns=2,
)
"""What is there whichever tab is open."""


def groups() -> Iterator[Group]:
    """All buttons."""
    for tab in TABS:
        yield from tab.groups
    yield ALWAYS


@click.command()
@options.control
@click.option("--left", default=0, help="Where the window stands, pixels from the left.")
@click.option("--height", default=HEIGHT, help="How high the window is, in pixels.")
def dock(control: Path, left: int, height: int) -> None:
    """Open a window with buttons that act on the world around a demonstration's terminal."""
    os.environ |= {
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_NO_CONSOLELOG": "1",
        "KCFG_GRAPHICS_WIDTH": str(WIDTH),
        "KCFG_GRAPHICS_HEIGHT": str(height),
        "KCFG_GRAPHICS_POSITION": "custom",
        "KCFG_GRAPHICS_LEFT": str(left),
        "KCFG_GRAPHICS_TOP": "0",
        "KCFG_GRAPHICS_MAXFPS": "15",
        "KCFG_INPUT_MOUSE": "mouse,disable_multitouch",
    }
    from sandbox.dock_window import open_dock  # noqa: PLC0415 # opens Kivy: after its settings

    # The demonstration clears away what lies beside its control line.
    open_dock(lambda line: _send(control, line), control.parent / "fonts")


def _send(control: Path, line: str) -> Said:
    try:
        return Said(ask(control, line))
    except ControlError as error:
        return Said(str(error), wrong=True)
