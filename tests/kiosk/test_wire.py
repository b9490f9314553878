"""Messages between terminal and fleet: what fits, and that nothing personal does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk import wire

LABELS = wire.Labels(name_zh="家门口", name_en="Doorstep", place_zh="柳湖村", place_en="Liuhu")
STATE = wire.State(
    online=True,
    session_id="0123456789abcdef",
    boot_id="fedcba9876543210",
    connect_ts=1.5,
    software="0.1.0",
    labels=LABELS,
)
HEALTH = wire.Health(
    boot_id="fedcba9876543210",
    seq=3,
    sent_at=2.5,
    uptime_ms=1000,
    screen="attract",
    platform_reachable=True,
    pending=0,
    devices=(wire.DeviceState(kind="receipt_printer", state="paper_out", since=1.0),),
)
EVENT = wire.Event(boot_id="fedcba9876543210", seq=4, at=3.0, name="help_called", data={"n": 1})


@pytest.mark.parametrize("message", [STATE, HEALTH, EVENT])
def test_a_message_survives_the_wire(message: wire.Message) -> None:
    """What a terminal encodes is what the fleet decodes."""
    assert wire.decode(type(message), wire.encode(message)) == message


@pytest.mark.parametrize("channel", wire.CHANNELS)
def test_a_topic_says_whose_and_what(channel: wire.Channel) -> None:
    """Topics are taken apart as they were put together."""
    assert wire.parse_topic(wire.topic("village-0001", channel)) == ("village-0001", channel)


@given(st.text(), st.binary())
def test_anything_foreign_is_a_wire_error(topic: str, payload: bytes) -> None:
    """No topic and no payload raises anything else."""
    with pytest.raises(wire.WireError):
        wire.parse_topic(topic)
    for kind in (wire.State, wire.Health, wire.Event):
        with pytest.raises(wire.WireError):
            wire.decode(kind, payload)


@pytest.mark.parametrize(
    "value", ["王秀英", "990000195203070028", "H12345678901234", "Wang", "a b", "", 990000195203070]
)
def test_an_event_has_no_room_for_a_person(value: str | int) -> None:
    """Names, ID numbers and sentences are refused where they would be written."""
    with pytest.raises(ValidationError):
        wire.Event(boot_id="fedcba9876543210", seq=1, at=0, name="x", data={"who": value})


def test_an_error_repeats_nothing_of_the_message() -> None:
    """What does not fit is counted, not quoted."""
    with pytest.raises(wire.WireError) as caught:
        wire.decode(wire.Event, '{"name": "王秀英"}'.encode())
    assert "王" not in str(caught.value)


def test_fields_of_a_later_version_are_let_pass() -> None:
    """A newer terminal may say more than this monitor knows."""
    later = wire.encode(EVENT)[:-1] + b',"mood":"good"}'
    assert wire.decode(wire.Event, later) == EVENT
