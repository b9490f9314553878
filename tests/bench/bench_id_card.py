"""From a card on the reader to its fields, against the wire's own time at 115200."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from drivers.cards.id_card import POLL, SamIdCardReader
from sandbox.devices.sam_reader import THINKING, SimulatedSamReader
from sandbox.residents import WANG
from tests.bench.row import Row

BAUDS = (115200, 9600)
ROUNDS = 20
REPLY = 1295  # bytes of text and photo
OTHERS = 15 + 19 + 11  # the replies to find, select and newest address


def run() -> Iterator[Row]:
    """The usual time of a read, and of a tap at any moment between two looks for a card."""
    for baud in BAUDS:
        wire = (REPLY + OTHERS) * 10 / baud + THINKING
        with tempfile.TemporaryDirectory() as directory:
            reads, taps = asyncio.run(_measure(Path(directory), baud))
        source = "the wire of all four replies, and the 50 ms a module takes to read"
        name = f"ID card read at {baud} (find to fields)"
        yield Row(name, _usual(reads), "ms", wire * 1000, source)
        source = f"the wire, and half of the {POLL * 1000:.0f} ms between two looks"
        name = f"ID card tapped to fields at {baud}"
        yield Row(name, _usual(taps), "ms", (wire + POLL / 2) * 1000, source)


async def _measure(directory: Path, baud: int) -> tuple[list[float], list[float]]:
    moments = random.Random(0)  # noqa: S311 # no secret: when somebody taps
    reads, taps = [], []
    with SimulatedSamReader(directory / "reader", baud=baud, expects=baud) as simulated:
        reader = SamIdCardReader(str(simulated.link), baud)
        for _ in range(ROUNDS if baud > 9600 else ROUNDS // 4):
            simulated.lift()
            waiting = asyncio.create_task(reader.wait_for_card(10))
            await asyncio.sleep(POLL + moments.random() * POLL)
            simulated.lay(WANG.card)
            tapped = time.perf_counter()
            await waiting
            found = time.perf_counter()
            await reader.read_card()
            reads.append(time.perf_counter() - found)
            taps.append(time.perf_counter() - tapped)
        await reader.close()
    return reads, taps


def _usual(times: list[float]) -> float:
    return sorted(times)[len(times) // 2] * 1000
