"""The contract between terminals and the fleet, as AsyncAPI 3, made from `kiosk.wire`."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic.json_schema import models_json_schema

from kiosk import wire

MADE = "# Made by ./run docs from kiosk/wire.py: change it there.\n"
SCHEMAS = "#/components/schemas/{model}"
MESSAGES: dict[str, type[wire.Message]] = {
    "state": wire.State,
    "health": wire.Health,
    "event": wire.Event,
}
# What each channel is for, the message on it, and whether the broker keeps the last one.
CHANNELS: dict[wire.Channel, tuple[str, str, bool]] = {
    "state": ("Birth, death and will of a terminal.", "state", True),
    "health": ("How a terminal is, on change and as a heartbeat.", "health", False),
    "event": ("What happened, as it happens.", "event", False),
    "replay": ("What happened while the broker could not be reached, in order.", "event", False),
}
ABOUT = """\
What terminals tell the fleet, over MQTT 5 in plain JSON. Everything is published with QoS 1 and
with the user property `schema`, which names the version. A terminal may publish below its own name
alone, which is that of its certificate. Members that a reader does not know are let pass; a message
that does not fit is passed over. Two events are the same when terminal, `boot_id` and `seq` are the
same: a replay may bring one again.

The will is a `state` with `online` false, retained, delayed by the broker. A death counts only when
its `session_id` is that of the newest birth. Nothing personal fits into any message: every text is
a code of a closed alphabet, but for the names and places of terminals.
"""
STARTED = 1_767_225_600.0  # 2026-01-01T00:00:00Z, in the examples
BOOT = "5f0c6f1e9a7d4b21"
EXAMPLES: dict[str, wire.Message] = {
    "state": wire.State(
        online=True,
        session_id="c2d84a90b1e37f56",
        boot_id=BOOT,
        connect_ts=STARTED,
        software="0.1.0",
        labels=wire.Labels(
            name_zh="一号终端", name_en="Terminal 1", place_zh="柳湖村", place_en="Liuhu Village"
        ),
    ),
    "health": wire.Health(
        boot_id=BOOT,
        seq=7,
        sent_at=STARTED + 60,
        uptime_ms=60_000,
        screen="attract",
        platform_reachable=True,
        pending=0,
        devices=(
            wire.DeviceState(kind="id_card_reader", state="ready", since=STARTED + 2),
            wire.DeviceState(
                kind="receipt_printer",
                state="hardware_error",
                since=STARTED + 50,
                advice="attendant_acts",
                fault="printer.cutter",
            ),
        ),
        memory_mb=160,
        disk_free_mb=52_000,
    ),
    "event": wire.Event(
        boot_id=BOOT, seq=8, at=STARTED + 75, name="help_called", data={"screen": "review"}
    ),
}


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def document() -> str:
    """The contract as YAML."""
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": 100}
    text: str = yaml.dump(contract(), Dumper=_Dumper, **options)
    return MADE + text


def contract() -> dict[str, Any]:
    """The contract as plain data."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Doorstep: terminal to fleet",
            "version": str(wire.VERSION),
            "description": ABOUT,
        },
        "defaultContentType": "application/json",
        "servers": {
            "broker": {
                "host": "broker.example:8883",
                "protocol": "secure-mqtt",
                "protocolVersion": "5",
                "description": "Knows each terminal by its certificate.",
            }
        },
        "channels": {name: _channel(name) for name in wire.CHANNELS},
        "operations": {name: _operation(name) for name in wire.CHANNELS},
        "components": {
            "parameters": {"terminal": {"description": f"A terminal's name: `{wire.TERMINAL}`."}},
            "messages": {name: _message(name) for name in MESSAGES},
            "schemas": _schemas(),
        },
    }


def _channel(name: wire.Channel) -> dict[str, Any]:
    about, message, _ = CHANNELS[name]
    return {
        "address": wire.topic("{terminal}", name),
        "description": about,
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
        "parameters": {"terminal": {"$ref": "#/components/parameters/terminal"}},
    }


def _operation(name: wire.Channel) -> dict[str, Any]:
    about, message, retained = CHANNELS[name]
    return {
        "action": "send",
        "summary": about,
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{message}"}],
        "bindings": {"mqtt": {"qos": 1, "retain": retained}},
    }


def _message(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "headers": {"type": "object", "properties": {"schema": {"const": str(wire.VERSION)}}},
        "payload": {"$ref": SCHEMAS.format(model=MESSAGES[name].__name__)},
        "examples": [{"payload": EXAMPLES[name].model_dump(mode="json", exclude_none=True)}],
    }


def _schemas() -> dict[str, Any]:
    models = [(model, "validation") for model in MESSAGES.values()]
    _, schema = models_json_schema(models, ref_template=SCHEMAS)  # type: ignore[arg-type] # a mode is a literal
    found: dict[str, Any] = schema["$defs"]
    return found
