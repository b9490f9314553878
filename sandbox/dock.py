"""The dock: buttons beside the screen that act on the world around it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sandbox.control import ControlError, ask

WIDTH, HEIGHT = 360, 900

# Title, then buttons as what they say and the line they send.
GROUPS = (
    (
        "刷证 Tap a card",
        (
            ("王秀英 74", "card wang"),
            ("李向阳 (未参保)", "card li"),
            ("陈美玲 (港澳台)", "card chan"),
            ("Anna (外国人)", "card anna"),
            ("拿走 Lift", "card lift"),
        ),
    ),
    (
        "读卡器 Card reader",
        (
            ("拔线 Unplug", "reader unplug"),
            ("插线 Plug in", "reader plug"),
            ("乱码 Garbage", "reader garbage"),
            ("不应答 Silence", "reader silence"),
            ("恢复 Behave", "reader behave"),
        ),
    ),
    (
        "打印机 Printer",
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
    (
        "社保卡 Social security card",
        (
            ("王秀英 Insert", "social-card insert wang"),
            ("银行卡 Bank card", "social-card insert bank"),
            ("拔卡 Remove", "social-card remove"),
            ("拔线 Unplug", "social-card unplug"),
            ("插线 Plug in", "social-card plug"),
        ),
    ),
    (
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
    (
        "人脸摄像头 Face camera",
        (
            ("站好 Person", "face person"),
            ("没人 Nobody", "face nobody"),
            ("遮住 Covered", "face-camera black"),
            ("恢复 Behave", "face-camera behave"),
        ),
    ),
    (
        "高拍仪 Document camera",
        (
            ("放A4 Lay A4", "page a4"),
            ("拿走 Lift", "page lift"),
            ("弯 Bent", "page bent"),
            ("暗 Dark", "page dark"),
        ),
    ),
    (
        "扫码器 Scanner",
        (
            ("出示码 Show a code", "scanner show-qr wang"),
            ("不应答 Silence", "scanner silence"),
            ("恢复 Behave", "scanner behave"),
        ),
    ),
    (
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
    (
        "平台 Platform",
        (
            ("正常 Works", "platform off"),
            ("不通 Away", "platform error"),
            ("很慢 Slow", "platform slow"),
            ("收后断线 Drops", "platform drop_after"),
        ),
    ),
)


@click.command()
@click.option(
    "--control",
    type=click.Path(path_type=Path),
    required=True,
    help="The control line of a running demonstration.",
)
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

    open_dock(GROUPS, lambda line: _send(control, line))


def _send(control: Path, line: str) -> str:
    try:
        return ask(control, line)
    except ControlError as error:
        return str(error)
