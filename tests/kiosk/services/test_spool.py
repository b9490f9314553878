"""The spool of events: damage, and what does not fit, cost events and never the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import wire
from kiosk.services.spool import Kept, SpoolError, open_spool
from kiosk.services.telemetry import Telemetry, TelemetryConfig

LABELS = wire.Labels(name_zh="家门口", name_en="Doorstep", place_zh="柳湖村", place_en="Liuhu")


def test_a_damaged_spool_is_put_aside_for_a_new_one(tmp_path: Path) -> None:
    """A file that is no database any more is kept for whoever looks, and events go on."""
    path = tmp_path / "spool.db"
    path.write_bytes(b"no database at all" * 100)
    spool = open_spool(path)
    spool.add(Kept("boot", 1, b"{}"))
    assert spool.all() == [Kept("boot", 1, b"{}")]
    spool.close()
    assert (tmp_path / "spool.db.damaged").read_bytes().startswith(b"no database")


def test_a_spool_that_can_not_be_made_says_where(tmp_path: Path) -> None:
    """A folder that is not there is a SpoolError with the path, and nothing is moved."""
    with pytest.raises(SpoolError, match="nowhere"):
        open_spool(tmp_path / "nowhere" / "spool.db")


def test_what_is_kept_outlives_the_process(tmp_path: Path) -> None:
    """Events come back in the order in which they happened; removed ones do not."""
    first = open_spool(tmp_path / "spool.db")
    for seq in (3, 1, 2):
        first.add(Kept("boot", seq, b"{}"))
    first.remove("boot", 1)
    first.close()
    second = open_spool(tmp_path / "spool.db")
    assert [kept.seq for kept in second.all()] == [3, 2]
    second.close()


async def test_a_fact_that_does_not_fit_breaks_nothing(tmp_path: Path, free_port: int) -> None:
    """A word too long or too personal is left out: what happened is told, and work goes on."""
    config = TelemetryConfig("test-1", LABELS, "0.1", "127.0.0.1", free_port)
    line = Telemetry(config, tmp_path / "spool.db")
    line.event("application_issued", item="990000195203070028")
    line.event("application_issued", who="王秀英")
    line.event("application_issued", item="990142001000")
    line.event("help_called", screen="certificateshown")
    line.event("Help!")
    await line.stop()
    line.event("help_called")
    spool = open_spool(tmp_path / "spool.db")
    kept = [wire.decode(wire.Event, kept.payload) for kept in spool.all()]
    spool.close()
    assert [(event.name, event.data) for event in kept] == [
        ("application_issued", {}),
        ("application_issued", {}),
        ("application_issued", {"item": "990142001000"}),
        ("help_called", {}),
    ]
