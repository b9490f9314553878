"""Pinyin input: how long the candidates for each key take, how soon it is there, and its memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from kiosk.services.ime import LONGEST, PinyinInput
from tests.bench.row import Row

TYPED = {
    "names": "wangxiuying lijianguo zhangwei ouyangna zhaoguoqiang liuzhiqiang chenyumei",
    "words": "henansheng zhoukou shenghuokunnan shenqing dianhua dizhi yanglaojin tuixiu",
    "sentences": "jializhiyouwoyigeren ludenghuailemeiyourenxiu wodeyanglaojinsangeyuemeiyoufa",
}
HARDEST = ("sh" * LONGEST)[:LONGEST]  # each may be any syllable that begins so
BUDGET = 20.0  # ms, in which no finger types the next key
STARTS = 5
MEBIBYTE = 1 << 20
ALONE = """
import sys, psutil
from pathlib import Path
import kiosk.services.names, kiosk.services.rime
before = psutil.Process().memory_info().rss
from kiosk.services.ime import PinyinInput
ime = PinyinInput(Path(sys.argv[1]))
for letters in sys.argv[2].split():
    ime.candidates(letters)
print(psutil.Process().memory_info().rss - before)
"""


def run() -> Iterator[Row]:
    """Each kind of text typed key by key, the hardest letters, the start and the memory."""
    with tempfile.TemporaryDirectory() as scratch:
        starts = sorted(
            _milliseconds(lambda: PinyinInput(Path(scratch)).close()) for _ in range(STARTS)
        )
        yield Row("pinyin: open and close", starts[STARTS // 2], "ms")
        with closing(PinyinInput(Path(scratch))) as ime:
            ime.candidates("wangwei")  # names are read from their table once
            for kind, typed in TYPED.items():
                times = sorted(_key_by_key(ime, typed.split()))
                yield Row(f"pinyin: a key of {kind}, p50", times[len(times) // 2], "ms")
                yield Row(f"pinyin: a key of {kind}, p95", times[len(times) * 95 // 100], "ms",
                          BUDGET, "what nobody waits for")  # fmt: skip
            hardest = _milliseconds(lambda: ime.candidates(HARDEST))
            yield Row(f"pinyin: {LONGEST} letters of sh", hardest, "ms")
        yield Row("pinyin: memory", _memory(scratch) / MEBIBYTE, "MiB")


def _key_by_key(ime: PinyinInput, words: list[str]) -> Iterator[float]:
    """Milliseconds for every beginning of every word, as a finger makes them."""
    for word in words:
        for end in range(1, len(word) + 1):
            yield _milliseconds(partial(ime.candidates, word[:end]))


def _memory(scratch: str) -> int:
    """Bytes that a process grows by when all of this is typed."""
    words = " ".join(TYPED.values())
    growth = [sys.executable, "-c", ALONE, scratch, words]
    return int(subprocess.run(growth, capture_output=True, check=True).stdout)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
