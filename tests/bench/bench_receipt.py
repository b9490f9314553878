"""A receipt encoded: how long it takes, and its bytes on the wire against a hand-written one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from drivers.printers import receipt_drawing as drawing
from drivers.printers.receipt_layout import Paper
from kiosk.services.receipts import receipt
from sandbox.clock import START
from tests.bench.row import Row
from tests.kiosk.services.test_receipts import ISSUED, ORIGIN, WHAT

ROUNDS = 30
RENDER = 30.0  # ms: the goal

TITLE = "办理回执"
RULE = "-" * 48
ABOVE = (
    ("事项", "城乡居民基本养老保险参保证明"),
    ("结果", "已办结"),
    ("办件编号", "990000-20261123-000017"),
    ("证明编号", "Z990000-2026-000001"),
)
BELOW = (
    ("申请人", "王**"),
    ("证件号码", "990000********0025"),
    ("办理时间", "2026-11-23 09:00"),
    ("办理地点", "示例区柳湖村便民服务站"),
    ("终端编号", "HY0001"),
)
VERIFY = "手机扫码可核验证明真伪"
HOTLINE = ("咨询投诉电话", "12345")


def run() -> Iterator[Row]:
    """The terminal's usual receipt, as text and all drawn, with the QR code in both ways."""
    for paper in (Paper(), Paper(qr="native"), Paper(text="raster")):
        origin = replace(ORIGIN, paper=paper)

        def make(origin: object = origin) -> bytes:
            return receipt(WHAT, origin=origin, copy=0, now=START)  # type: ignore[arg-type]

        name = f"receipt (text {paper.text}, QR {paper.qr})"
        yield Row(f"{name}: render", _usual(make), "ms", RENDER, "the goal")
        if paper.text == "gb18030":
            least = len(_by_hand(paper))
            source = "written by hand, with the same QR code"
            yield Row(f"{name}: on the wire", len(make()), "bytes", least, source)


def _usual(make: Callable[[], bytes]) -> float:
    make()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        make()
        times.append(time.perf_counter() - started)
    return sorted(times)[ROUNDS // 2] * 1000


def _by_hand(paper: Paper) -> bytes:
    """The same lines with the fewest commands that put them there: values stand behind blanks."""
    lines = [RULE, *_items(ABOVE), RULE, *_items(BELOW), RULE]
    code, module = drawing.qr(ISSUED.certificate.verify_url, paper.dots)
    qr = (
        drawing.qr_native(ISSUED.certificate.verify_url, module)
        if paper.qr == "native"
        else drawing.qr_raster(code, module)
    )
    large, plain = b"\x1ba\x01\x1b!\x38\x1cW\x01", b"\x1b!\x00\x1cW\x00\x1ba\x00"
    return b"".join(
        [
            b"\x1b@\x1c&",
            large + _text([TITLE]) + plain,
            _text(lines),
            b"\x1ba\x01" + qr + b"\x1ba\x00",
            _text([VERIFY, *_items([HOTLINE])]),
            b"\x1dVB\x00",
        ]
    )


def _items(pairs: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> list[str]:
    return [f"{n}{' ' * (48 - drawing.width(n + v))}{v}" for n, v in pairs]


def _text(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("gb18030")
