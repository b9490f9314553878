"""The contract between terminals and the fleet says what the code does."""

from __future__ import annotations

import orjson
import pytest
import yaml

from kiosk import wire
from tools import asyncapi


def test_every_channel_of_the_wire_is_in_the_contract() -> None:
    """It is AsyncAPI 3 of exactly the topics that a terminal publishes to."""
    document = yaml.safe_load(asyncapi.document())
    assert document["asyncapi"].startswith("3.")
    addresses = {channel["address"] for channel in document["channels"].values()}
    assert addresses == {wire.topic("{terminal}", channel) for channel in wire.CHANNELS}


@pytest.mark.parametrize("name", asyncapi.MESSAGES)
def test_every_example_is_a_message(name: str) -> None:
    """What the contract shows as an example is read by the fleet as it stands there."""
    document = yaml.safe_load(asyncapi.document())
    for example in document["components"]["messages"][name]["examples"]:
        payload = orjson.dumps(example["payload"])
        assert wire.decode(asyncapi.MESSAGES[name], payload) == asyncapi.EXAMPLES[name]


def test_it_leads_nowhere_but_to_itself() -> None:
    """Every reference is to a part of the document."""
    document = yaml.safe_load(asyncapi.document())
    for reference in _references(document):
        part = document
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def _references(part: object) -> list[str]:
    match part:
        case {"$ref": str(reference)}:
            return [reference]
        case dict():
            return [found for inner in part.values() for found in _references(inner)]
        case list():
            return [found for inner in part for found in _references(inner)]
        case _:
            return []
