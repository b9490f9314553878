"""The adapter towards the platform, over real HTTP: what it says, and every way it can fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from drivers.device import Personal
from kiosk.core.cases import Application, Grade, Issued, Rating, Refused
from kiosk.core.catalogue import Language
from kiosk.services.platform import (
    MAX_ANSWER,
    HttpPlatform,
    LeftRating,
    PlatformProtocolError,
    PlatformUnavailable,
    Submission,
)
from kiosk.services.platform_schema import DECISION, CatalogueMessage
from sandbox import residents
from sandbox.platform.offer import PROOF_CODE
from sandbox.platform.server import PlatformServer

MADE_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[PlatformServer]:
    """The reference platform on a port of its own."""
    with PlatformServer() as server:
        yield server


@pytest.fixture
async def platform(server: PlatformServer) -> AsyncIterator[HttpPlatform]:
    """The adapter towards it, and no trouble in between."""
    server.faults("off")
    platform = HttpPlatform(server.address, timeout=5.0)
    yield platform
    await platform.aclose()


def submission(application: Application) -> Submission:
    """An application as it is sent."""
    return Submission(application, "HY0001-261123-48017-K", MADE_AT, "HY0001")


async def test_the_catalogue_arrives_whole_and_is_asked_for_by_its_etag(
    platform: HttpPlatform,
) -> None:
    """An unchanged catalogue is the same object: it was not sent again."""
    catalogue = await platform.catalogue()
    assert catalogue.find(PROOF_CODE) is not None
    assert await platform.catalogue() is catalogue


async def test_an_application_is_decided_once_for_a_key(
    platform: HttpPlatform, server: PlatformServer, application: Application
) -> None:
    """A repeated key has the same decision and makes no second case."""
    before, key = server.cases().cases, str(uuid4())
    first = await platform.submit(submission(application), key)
    again = await platform.submit(submission(application), key)
    assert isinstance(first, Issued)
    assert first == again
    assert server.cases().cases == before + 1
    assert first.certificate.holder == application.applicant.name


async def test_a_refusal_is_a_value_in_the_language_of_the_resident(
    platform: HttpPlatform, uninsured: Application
) -> None:
    """Refused is no error, and its words are the ones the resident reads."""
    chinese = await platform.submit(submission(uninsured), str(uuid4()))
    english = await platform.submit(
        submission(replace(uninsured, language=Language.ENGLISH)), str(uuid4())
    )
    assert isinstance(chinese, Refused)
    assert isinstance(english, Refused)
    assert chinese.reason == english.reason == "not_insured"
    assert english.words.isascii()
    assert not chinese.words.isascii()


async def test_a_rating_is_left_once(platform: HttpPlatform, application: Application) -> None:
    """A repeated key, and a case that has its rating already, are no trouble."""
    issued = await platform.submit(submission(application), str(uuid4()))
    assert isinstance(issued, Issued)
    rating = LeftRating(Rating(issued.case_number, PROOF_CODE, Grade.SATISFIED), "HY0001")
    key = str(uuid4())
    await platform.rate(rating, key)
    await platform.rate(rating, key)
    await platform.rate(rating, str(uuid4()))


async def test_a_key_for_two_requests_is_against_the_contract(
    platform: HttpPlatform, application: Application, uninsured: Application
) -> None:
    """The platform says so by a stable code, and nothing personal is in the error."""
    key = str(uuid4())
    await platform.submit(submission(application), key)
    with pytest.raises(PlatformProtocolError, match=r"422 \(key_reused\)") as raised:
        await platform.submit(submission(uninsured), key)
    assert uninsured.applicant.name.reveal() not in str(raised.value)


@pytest.mark.parametrize("mode", ["error", "drop_before", "drop_after", "slow"])
async def test_a_platform_in_trouble_is_unavailable(
    server: PlatformServer, application: Application, mode: str
) -> None:
    """Whatever the trouble, the same key leads to one case once it is over."""
    platform = HttpPlatform(server.address, timeout=0.5)
    before, key = server.cases().cases, str(uuid4())
    server.faults(mode, 3.0)
    with pytest.raises(PlatformUnavailable):
        await platform.submit(submission(application), key)
    assert not await platform.reachable()
    server.faults("off")
    assert await platform.reachable()
    assert isinstance(await platform.submit(submission(application), key), Issued)
    assert server.cases().cases == before + 1
    await platform.aclose()


async def test_nobody_there_is_unavailable(free_port: int) -> None:
    """A platform that is not there at all is unavailable, and says no address with secrets."""
    platform = HttpPlatform(f"http://127.0.0.1:{free_port}")
    with pytest.raises(PlatformUnavailable, match="GET /v1/catalogue: ConnectError"):
        await platform.catalogue()
    assert not await platform.reachable()
    await platform.aclose()


@asynccontextmanager
async def says(reply: bytes, drip: bytes = b"") -> AsyncIterator[HttpPlatform]:
    """A platform that answers everything with these bytes, and with `drip` again and again."""
    over, answering = asyncio.Event(), set[asyncio.Task[None]]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # it was more than anybody wanted to hear
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply)
            await writer.drain()
            while drip and not over.is_set():
                writer.write(drip)
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.add(asyncio.create_task(answer(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    address = "http://{}:{}".format(*server.sockets[0].getsockname())
    platform = HttpPlatform(address, timeout=0.5 if drip else 5.0)
    try:
        yield platform
    finally:
        over.set()
        await platform.aclose()
        await asyncio.gather(*answering)
        server.close()
        await server.wait_closed()


def http(body: bytes, status: str = "200 OK", kind: str = "application/json") -> bytes:
    """An answer of that status and body."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize(
    "reply",
    [
        http(b"<html>Please log in to the network</html>", kind="text/html"),
        http(b""),
        http(b"null"),
        http(b'{"version": "1", "items": [{}]}'),
        http(b'{"version": "1", "items": []}', "302 Found"),
        http(b"no", "404 Not Found"),
        http(b'{"code": "key_reused"}', "422 Unprocessable Entity"),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        http(b" " * (MAX_ANSWER + 1)),
        http(b"[" * 200_000),
        http(b"\xff\xfe"),
    ],
    ids=lambda reply: reply[:24].decode(errors="replace").strip() + f"… {len(reply)}",
)
async def test_nonsense_is_a_protocol_error(reply: bytes) -> None:
    """Whatever a platform answers, the error is one of the two, and short."""
    async with says(reply) as platform:
        with pytest.raises(PlatformProtocolError) as raised:
            await platform.catalogue()
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "reply", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", b"garbage\r\n\r\n"]
)
async def test_half_an_answer_is_unavailable(reply: bytes) -> None:
    """Where the line broke nothing is known."""
    async with says(reply) as platform:
        with pytest.raises(PlatformUnavailable):
            await platform.catalogue()


async def test_an_answer_that_drips_is_given_up() -> None:
    """The deadline is for the whole answer, not for each byte."""
    async with says(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", drip=b" ") as platform:
        with pytest.raises(PlatformUnavailable, match=r"no answer in 0\.5 s"):
            await platform.catalogue()


DECIDED = {
    "outcome": "issued",
    "case_number": "1",
    "certificate": {
        "number": "CB1",
        "check_code": "ABCD2345",
        "title": "证明",
        "holder": "王秀英",
        "holder_id": residents.WANG.card.id_number.reveal(),
        "issued_at": "2026-11-23T09:00:00+08:00",
        "issuer": "社保局",
        "verify_url": "http://127.0.0.1/v1/certificates/CB1/verify?code=ABCD2345",
        "record": {
            "insured_since": "2011-07-01",
            "status": "正常参保",
            "paid_years": 15,
            "paid_total": "3000.00",
            "agency": "社保中心",
        },
    },
}
NONSENSE: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.text() | st.just([]) | st.just({})
)


def broken(value: object, path: list[str], by: object) -> object:
    """A copy with the member at `path` replaced."""
    if not path or not isinstance(value, dict):
        return by
    return {**value, path[0]: broken(value[path[0]], path[1:], by)}


def paths(value: object, before: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """Every member there is."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield [*before, name]
            yield from paths(inner, (*before, name))


@given(st.sampled_from(list(paths(DECIDED))), NONSENSE)
def test_a_decision_is_right_or_refused_and_never_quoted(path: list[str], by: object) -> None:
    """A member replaced by anything gives a decision or a validation error without its contents."""
    try:
        decision = DECISION.validate_json(json.dumps(broken(DECIDED, path, by)))
    except ValidationError as error:
        assert "王秀英" not in str(error)  # noqa: PT017 - either of both is good
    else:
        value = decision.value(Language.CHINESE)
        assert isinstance(value, Issued)
        assert "王秀英" not in repr(value)


@given(st.recursive(NONSENSE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_json_breaks_the_reading_of_a_catalogue(value: object) -> None:
    """Anything is a catalogue or a validation error."""
    try:
        CatalogueMessage.model_validate_json(json.dumps(value))
    except ValidationError:
        return
    assert isinstance(value, dict)


async def test_somebody_elses_certificate_is_not_handed_on(uninsured: Application) -> None:
    """A platform that mixes people up is against the contract, and no name is in the error."""
    async with says(http(json.dumps(DECIDED).encode())) as platform:
        with pytest.raises(PlatformProtocolError, match=r"of somebody else$"):
            await platform.submit(submission(uninsured), str(uuid4()))


def test_personal_texts_do_not_show_in_a_submission(application: Application) -> None:
    """What is sent can be logged by mistake without saying who."""
    assert "王秀英" not in repr(submission(application))
    assert isinstance(application.applicant.name, Personal)
