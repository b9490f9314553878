"""Messages between a terminal and the fleet: topics and payloads, versioned, plain JSON.

docs/reference/asyncapi.yaml is made from these models. Nothing personal fits into them: every text
is a code of a closed alphabet, but for the place names that a technician configured.
"""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

VERSION: Final = 1
LARGEST = 64 * 1024  # bytes in a message; ours have hundreds
ROOT = f"kiosk/v{VERSION}"

TERMINAL = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,63}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{8,36}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Timestamp = Annotated[float, Field(ge=0, le=4e9, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53)]
# A word or a short number: an ID number has 15 or 18 characters, a name is not ASCII.
Detail = (
    Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{1,14}$")]
    | Annotated[int, Field(ge=-999_999, le=999_999)]
)

Channel = Literal["state", "health", "event", "replay"]
CHANNELS: tuple[Channel, ...] = ("state", "health", "event", "replay")


class WireError(Exception):
    """A message that does not fit; the text says where, and repeats nothing of it."""


PART = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)


class Message(BaseModel):
    """Anything on the wire. Unknown fields of later versions are let pass."""

    model_config = PART

    version: Literal[1] = VERSION


class Labels(BaseModel):
    """What a terminal is called and where it stands."""

    model_config = PART

    name_zh: Label
    name_en: Label
    place_zh: Label
    place_en: Label


class State(Message):
    """Birth and, with `online` false, death: retained, and the will.

    A death whose `session_id` is not the newest birth's is of an earlier connection.
    """

    online: bool
    session_id: Token
    boot_id: Token
    connect_ts: Timestamp
    software: Label
    labels: Labels


class DeviceState(BaseModel):
    """How one device is; `advice` says who has to do something."""

    model_config = PART

    kind: Code
    state: Code
    since: Timestamp
    advice: Code | None = None
    fault: Code | None = None


def _each_once(devices: tuple[DeviceState, ...]) -> tuple[DeviceState, ...]:
    if len({device.kind for device in devices}) < len(devices):
        raise ValueError("one device is there twice")
    return devices


Devices = Annotated[
    tuple[DeviceState, ...], Field(strict=False, max_length=64), AfterValidator(_each_once)
]


class Health(Message):
    """How a terminal is, on change and as a heartbeat."""

    boot_id: Token
    seq: Count
    sent_at: Timestamp
    uptime_ms: Count
    screen: Code
    platform_reachable: bool
    pending: Count
    devices: Devices
    out_of_service: bool = False  # staff have closed it
    memory_mb: Count | None = None  # of the terminal's program
    disk_free_mb: Count | None = None  # where it keeps its state


class Event(Message):
    """Something that happened, without anybody it happened to."""

    boot_id: Token
    seq: Count
    at: Timestamp
    name: Code
    data: Annotated[dict[Code, Detail], Field(max_length=8)] = {}


M = TypeVar("M", bound=Message)


def topic(terminal: str, channel: Channel) -> str:
    """Where a terminal says something: kiosk/v1/up/TERMINAL/CHANNEL."""
    return f"{ROOT}/up/{terminal}/{channel}"


def from_all(*channels: Channel) -> tuple[str, ...]:
    """What the fleet subscribes to."""
    return tuple(f"{ROOT}/up/+/{channel}" for channel in channels)


def parse_topic(text: str) -> tuple[str, Channel]:
    """The terminal and channel of an upward topic; WireError for any other."""
    parts = text.split("/")
    if (
        len(parts) != 5
        or "/".join(parts[:3]) != f"{ROOT}/up"
        or not re.fullmatch(TERMINAL, parts[3])
    ):
        raise WireError("a topic of something else")
    for channel in CHANNELS:
        if parts[4] == channel:
            return parts[3], channel
    raise WireError("a channel that this version does not know")


def encode(message: Message) -> bytes:
    """The message as JSON."""
    return message.model_dump_json(exclude_none=True).encode()


def decode(kind: type[M], payload: bytes) -> M:
    """The message of that kind; WireError names the fields that do not fit."""
    if len(payload) > LARGEST:
        raise WireError(f"{kind.__name__}: larger than {LARGEST} bytes")
    try:
        return kind.model_validate_json(payload)
    except ValidationError as error:
        # The first step of a place is a field of ours; further ones may be words of the message.
        unfit = sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})
        fields = ", ".join(unfit) or "the JSON itself"
        raise WireError(f"{kind.__name__}: does not fit: {fields}") from None
