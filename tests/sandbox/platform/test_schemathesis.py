"""Whatever the contract allows, and much that it does not, is answered as the contract says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sandbox.platform import contract
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import find, person
from sandbox.residents import RESIDENTS, Resident
from tests.sandbox.platform.applied import CATALOGUE, CODES

schema = schemathesis.openapi.from_dict(yaml.safe_load(contract.document()))
bounded = settings(
    max_examples=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@schemathesis.serializer("image/jpeg", "application/pdf")
def as_it_is(_context: schemathesis.SerializationContext, value: bytes) -> bytes:
    """Bytes are sent as they are."""
    return value


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """One platform for every operation."""
    with PlatformServer() as server:
        yield server.address


def keeps_the_contract(case: schemathesis.Case[Any], address: str) -> None:
    """Send it, and compare the answer with the contract."""
    # A request may fit its schema and be wrong all the same: a page that was never handed in.
    case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance])


@schema.parametrize()
@bounded
def test_every_operation_keeps_the_contract(case: schemathesis.Case[Any], address: str) -> None:
    """Statuses, media types, headers and bodies are those of the contract; nothing breaks."""
    keeps_the_contract(case, address)


@given(
    case=schema["/v1/applications"]["POST"].as_strategy(),
    code=st.sampled_from(CODES),
    resident=st.sampled_from(RESIDENTS),
)
@bounded
def test_an_application_for_something_that_there_is_keeps_it_too(
    address: str, case: schemathesis.Case[Any], code: str, resident: Resident
) -> None:
    """Somebody of the district asks for an item or bundle, and whatever else they say is odd."""
    items: list[Any] = [item.code for item in find(CATALOGUE, code).items]
    assert isinstance(case.body, dict)
    case.body |= {"code": code, "items": items, "applicant": person(resident)}
    keeps_the_contract(case, address)
