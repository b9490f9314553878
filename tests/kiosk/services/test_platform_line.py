"""The line to the platform and every way it can fail: slow, broken off, or full of nonsense."""

from __future__ import annotations

import pytest

from drivers.device import Personal
from kiosk.core.cases import Application
from kiosk.core.catalogue import Department, Text
from kiosk.core.identity import Person
from kiosk.core.inquiries import CheckCode, OpenUpload, SaveDraft
from kiosk.core.sheet import Sheet
from kiosk.services import signed
from kiosk.services.platform import (
    MAX_ANSWER,
    MAX_CATALOGUE,
    PlatformProtocolError,
    PlatformUnavailable,
    Sending,
)
from sandbox.clock import START
from tests.kiosk.services import answers as said
from tests.kiosk.services.catalogues import TRUSTED, bundle, catalogue
from tests.kiosk.services.paper_office import page
from tests.kiosk.services.scripted import adapter, http, problem, says, told

ASK = CheckCode(Personal("a-code"))
ANSWER = told({"person": said.PERSON})


async def test_nobody_there_is_unavailable(free_port: int) -> None:
    """A platform that is not there at all is unavailable, and says no address with secrets."""
    platform = adapter(f"http://127.0.0.1:{free_port}")
    with pytest.raises(PlatformUnavailable, match="POST /v1/identities: ConnectError"):
        await platform.consult(ASK)
    assert not await platform.reachable()
    await platform.aclose()


@pytest.mark.parametrize(
    "reply",
    [
        http(b"<html>Please log in to the network</html>", kind="text/html"),
        http(b""),
        http(b"null"),
        told({"person": {}}),
        http(b"{}", "302 Found"),
        http(b"no", "404 Not Found"),
        problem("404 Not Found", "never_heard_of"),
        problem("422 Unprocessable Entity", "key_reused"),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        http(b" " * (MAX_ANSWER + 1)),
        http(b"[" * 200_000),
        http(b"\xff\xfe"),
    ],
    ids=lambda reply: reply[:24].decode(errors="replace").strip() + f"… {len(reply)}",
)
async def test_nonsense_is_a_protocol_error(reply: bytes) -> None:
    """Whatever a platform answers, the error is one of the two, and short."""
    async with says(reply) as script:
        with pytest.raises(PlatformProtocolError) as raised:
            await script.platform.consult(ASK)
    assert len(str(raised.value)) < 200


async def test_a_county_s_catalogue_may_be_larger_than_any_other_answer() -> None:
    """A signed bundle above what else is read comes whole, and opens."""
    long = Text("长" * 2000, "long")
    many = tuple(Department(code=f"d{number}", name=long) for number in range(1050))
    large = bundle(catalogue(1).model_copy(update={"departments": many}))
    assert MAX_ANSWER < len(large) < MAX_ANSWER * 1.05
    async with says(http(large)) as script:
        delivered = await script.platform.catalogue(None)
    assert delivered is not None
    assert len(signed.verify_bundle(delivered, TRUSTED).catalogue.departments) == 1050


async def test_a_catalogue_without_end_is_not_read() -> None:
    """It has a bound of its own."""
    async with says(http(b" " * (MAX_CATALOGUE + 1))) as script:
        with pytest.raises(PlatformProtocolError, match=f"more than {MAX_CATALOGUE} bytes"):
            await script.platform.catalogue(None)


@pytest.mark.parametrize("status", ["408 X", "425 X", "429 X", "500 X", "502 X", "503 X"])
async def test_a_platform_that_can_not_now_is_unavailable(status: str) -> None:
    """The request may be repeated, and is not by the line."""
    async with says(problem(status, "unavailable")) as script:
        with pytest.raises(PlatformUnavailable, match=status[:3]):
            await script.platform.consult(ASK)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "begun", [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", b"no\r\n\r\n"]
)
async def test_half_an_answer_is_unavailable(begun: bytes) -> None:
    """Where the line broke nothing is known."""
    async with says(begun) as script:
        with pytest.raises(PlatformUnavailable):
            await script.platform.consult(ASK)


async def test_an_answer_that_drips_is_given_up() -> None:
    """The deadline is for the whole answer, not for each byte."""
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    async with says(begun, drip=b" ") as script:
        with pytest.raises(PlatformUnavailable, match=r"no answer in 0\.5 s"):
            await script.platform.consult(ASK)


async def test_a_catalogue_takes_the_time_its_line_needs() -> None:
    """Nobody waits for it: as long as something arrives it may take longer than other answers."""
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"
    async with says(begun, drip=b".") as script:
        assert await script.platform.catalogue(None) == b"." * 20


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n."])
async def test_a_catalogue_of_which_nothing_more_arrives_is_given_up(begun: bytes) -> None:
    """After as long as any answer may take, and it is not asked for twice."""
    async with says(begun, stays=True) as script:
        with pytest.raises(PlatformUnavailable, match="GET /v1/catalogue: ReadTimeout"):
            await script.platform.catalogue(None)
    assert len(script.asked) == 1


async def test_a_catalogue_that_drips_for_ever_is_given_up() -> None:
    """It has a deadline of its own."""
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    async with says(begun, drip=b".", download=1.0) as script:
        with pytest.raises(PlatformUnavailable, match="no answer in 1 s"):
            await script.platform.catalogue(None)


async def test_what_only_asks_is_asked_once_more_where_the_line_broke() -> None:
    """An idle connection that was closed costs the resident no second attempt."""
    async with says(b"", ANSWER) as script:
        assert isinstance(await script.platform.consult(ASK), Person)
    assert len(script.asked) == 2
    assert script.asked[0] == script.asked[1]


async def test_it_is_asked_twice_at_most() -> None:
    """A platform that always hangs up is away."""
    async with says(b"") as script:
        with pytest.raises(PlatformUnavailable, match="RemoteProtocolError"):
            await script.platform.consult(ASK)
    assert len(script.asked) == 2


async def test_what_changes_something_is_sent_once(application: Application) -> None:
    """Where the line broke nobody knows whether it was done: that is for others to repeat."""
    async with says(b"") as script:
        platform, applicant = script.platform, application.applicant
        for change in (
            platform.deliver(Sending(application, "K-1", START, "HY0001"), "key"),
            platform.store_file(page(b"a page")),
            platform.consult(OpenUpload("id_copy")),
            platform.consult(SaveDraft("item", applicant, Sheet(), ())),
            platform.grant_print(applicant, "CB1", "key"),
            platform.return_print("key"),
        ):
            before = len(script.asked)
            with pytest.raises(PlatformUnavailable):
                await change
            assert len(script.asked) == before + 1


async def test_nothing_personal_is_in_an_address_or_an_error(application: Application) -> None:
    """Servers and proxies write addresses down: whatever is about a person goes in the body."""
    async with says(problem("422 Unprocessable Entity", "invalid_request")) as script:
        with pytest.raises(PlatformProtocolError) as raised:
            await script.platform.consult(ASK)
        with pytest.raises(PlatformProtocolError):
            await script.platform.deliver(Sending(application, "K-1", START, "HY0001"), "key")
    assert str(raised.value) == "POST /v1/identities: status 422 (invalid_request)"
    number = application.applicant.id_number.reveal().encode()
    heads = [request.partition(b"\r\n\r\n")[0] for request in script.asked]
    assert not any(number in head or b"a-code" in head for head in heads)
    assert number in script.asked[1]


async def test_a_page_goes_as_it_is() -> None:
    """Its bytes, its kind and its digest; one that the platform has already is not sent."""
    scanned = page(b"\xff\xd8 a picture")
    async with says(told({"sha256": scanned.sha256})) as script:
        await script.platform.store_file(scanned)
        await script.platform.store_file(type(scanned)(scanned.sha256))
    [request] = script.asked
    assert request.startswith(f"PUT /v1/files/{scanned.sha256} ".encode())
    assert b"content-type: image/jpeg\r\n" in request.lower()
    assert request.endswith(b"\r\n\r\n\xff\xd8 a picture")
