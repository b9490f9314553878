"""A code says whose electronic identity it is, for as long as a phone shows it."""

from __future__ import annotations

import pytest

from kiosk.services.platform.messages import PersonMessage
from sandbox.devices.barcode_scanner import LIFETIME, dynamic_code
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, person
from sandbox.residents import RESIDENTS, WANG, Resident
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import problem

NOW = MONDAY.timestamp()


@pytest.mark.parametrize("resident", RESIDENTS, ids=lambda resident: resident.key)
def test_a_code_is_its_residents(lasting: PlainTerminal, resident: Resident) -> None:
    """What a resident's card says comes back, as an electronic document."""
    answer = lasting.client.post("/v1/identities", json={"code": dynamic_code(resident.key, NOW)})
    said = answer.json()["person"]
    assert said == person(resident) | {"document": "electronic"}
    PersonMessage.model_validate_json(answer.text[len('{"person":') : -1])  # as a terminal reads it


@pytest.mark.parametrize(
    ("age", "status"), [(0, 200), (LIFETIME, 200), (2 * LIFETIME, 404), (-LIFETIME, 404)]
)
def test_a_code_lasts_no_longer_than_scanning_takes(
    terminal: PlainTerminal, age: float, status: int
) -> None:
    """The code of this minute and of the last one are taken; older ones and coming ones are not."""
    code = dynamic_code(WANG.key, NOW - age)
    assert terminal.client.post("/v1/identities", json={"code": code}).status_code == status


def test_a_jump_of_the_platforms_clock_leaves_phones_alone(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Whoever plays with time can still show a code."""
    server.jump(days=30)
    answer = terminal.client.post("/v1/identities", json={"code": dynamic_code(WANG.key, NOW)})
    assert answer.json()["person"]["name"] == "王秀英"


@pytest.mark.parametrize("code", ["SBX", "https://example.invalid/", "x" * 512])
def test_any_other_code_is_refused(terminal: PlainTerminal, code: str) -> None:
    """A payment code, a link or half a code is nobody's."""
    answer = terminal.client.post("/v1/identities", json={"code": code})
    assert problem(answer) == (404, "code_refused")
    assert code not in answer.text
