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
