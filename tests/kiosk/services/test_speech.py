"""Who speaks for the screens: the newest words alone, whatever becomes of the voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import pytest
from structlog.testing import capture_logs

from drivers.device import Personal
from drivers.speech.dispatcher import SpeechDispatcher, Voice
from kiosk.core.catalogue import Language
from kiosk.core.speech import Pace, Utterance
from kiosk.services.speech import STALE, Speech
from tests.drivers.speech.scripted import Answer, ScriptedServer, agree

pytestmark = pytest.mark.usefixtures("no_leaks")

VOICES = {language.value: Voice() for language in Language}
NAME = "王秀英"


def words(text: str, language: Language = Language.CHINESE) -> Utterance:
    """Something to be said."""
    return Utterance(Personal(text), language)


@asynccontextmanager
async def speaking(
    server: ScriptedServer, clock: Callable[[], float] = lambda: 0.0, rate: int = 0
) -> AsyncIterator[Speech]:
    """Somebody who speaks by this server, for as long as the block."""
    speech = Speech(SpeechDispatcher(VOICES, server.socket, 0.2), rate, clock=clock)
    task = asyncio.create_task(speech.run())
    try:
        yield speech
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def eventually(so: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110 # a condition of any kind
            await asyncio.sleep(0.005)


def held(command: str) -> tuple[Answer, asyncio.Event, asyncio.Event]:
    """A server that waits with its first answer to a command until it may; and what tells of it."""
    reached, may = asyncio.Event(), asyncio.Event()

    async def answer(asked: str) -> bytes | None:
        if asked == command:
            reached.set()
            await may.wait()
        return await agree(asked)

    return answer, reached, may


async def test_of_many_the_last_is_said() -> None:
    """Whoever walks quickly through a list hears where they ended; nothing waits meanwhile."""
    answer, reached, may = held("CANCEL self")
    async with ScriptedServer(answer) as server, speaking(server) as speech:
        await reached.wait()
        for number in range(50):
            speech.say(words(f"第{number}项"))
        may.set()
        await eventually(lambda: server.texts)
        speech.say(words("返回"))
        await eventually(lambda: len(server.texts) == 2)
    assert server.texts == ["第49项", "返回"]


async def test_a_voice_is_ready_before_the_first_word() -> None:
    """At the start it is connected, and says nothing."""
    async with ScriptedServer() as server, speaking(server):
        await eventually(lambda: "CANCEL self" in server.commands)
        assert server.texts == []


async def test_no_words_end_what_is_being_said() -> None:
    """An empty utterance cancels, and nothing is spoken."""
    async with ScriptedServer() as server, speaking(server) as speech:
        speech.say(words(NAME))
        await eventually(lambda: server.texts)
        before = server.commands.count("CANCEL self")
        speech.say(words(""))
        await eventually(lambda: server.commands.count("CANCEL self") > before)
    assert server.texts == [NAME]


@pytest.mark.parametrize("rate", [-70, 0, 60])
async def test_what_residents_choose_is_what_the_voice_does(rate: int) -> None:
    """Louder is louder, slower is slower, in the language of the screen, within the protocol."""
    manners = [(volume, pace) for volume in range(1, 6) for pace in Pace]
    async with ScriptedServer() as server, speaking(server, rate=rate) as speech:
        for number, (volume, pace) in enumerate(manners):
            speech.say(Utterance(Personal("好"), Language.ENGLISH, volume, pace))
            await eventually(partial(lambda so_far: len(server.texts) > so_far, number))
    asked = [command.split() for command in server.commands]
    volumes = [int(words[3]) for words in asked if words[2:3] == ["VOLUME"]][:: len(Pace)]
    rates = [int(words[3]) for words in asked if words[2:3] == ["RATE"]][: len(Pace)]
    assert volumes == sorted(set(volumes))
    assert rates == sorted(set(rates))
    assert rates[1] == rate
    assert all(-100 <= one <= 100 for one in volumes + rates)
    assert ["SET", "self", "LANGUAGE", "en"] in asked


async def test_a_voice_that_comes_back_says_what_is_still_wanted() -> None:
    """It is looked for again by itself, told of once when it goes and once when it is back."""
    async with ScriptedServer() as server:
        await server.stop()
        with capture_logs() as logs:
            async with speaking(server) as speech:
                await eventually(lambda: logs)
                speech.say(words(NAME))
                await asyncio.sleep(0)
                await server.start()
                await eventually(lambda: server.texts)
                await eventually(lambda: len(logs) > 1)
        assert server.texts == [NAME]
    assert [(log["event"], log.get("fault")) for log in logs] == [
        ("speech.away", "speech.away"),
        ("speech.back", None),
    ]
    assert NAME not in str(logs)


async def test_what_comes_too_late_is_not_said() -> None:
    """Words for somebody who has gone are not said to whoever stands there then."""
    now = 0.0
    async with ScriptedServer() as server:
        await server.stop()
        with capture_logs() as logs:
            async with speaking(server, lambda: now) as speech:
                speech.say(words(NAME))
                await eventually(lambda: logs)
                now = STALE + 1
                await server.start()
                await eventually(lambda: "CANCEL self" in server.commands)
                speech.say(words("欢迎"))
                await eventually(lambda: server.texts)
        assert server.texts == ["欢迎"]


@pytest.mark.parametrize("reply", [b"", b"200-and so on", b"300 ERR INTERNAL\r\n", NAME.encode()])
async def test_a_daemon_that_fails_stops_nothing(reply: bytes) -> None:
    """Silence, half a reply, an error, nonsense: the next words are said, and no log has any."""
    failing = True

    async def answer(asked: str) -> bytes | None:
        nonsense = reply + b"\r\n" if reply == NAME.encode() else reply
        return nonsense if failing and asked == "SPEAK" else await agree(asked)

    async with ScriptedServer(answer) as server:
        with capture_logs() as logs:
            async with speaking(server) as speech:
                speech.say(words(NAME))
                await eventually(lambda: logs)
                failing = False
                speech.say(words("请取走回执"))
                await eventually(lambda: server.texts)
        assert server.texts == ["请取走回执"]
    assert logs[0]["event"] == "speech.away"
    assert NAME not in str(logs)


async def test_when_the_terminal_stops_so_does_its_voice() -> None:
    """The last thing that the daemon hears is to be silent."""
    async with ScriptedServer() as server:
        async with speaking(server) as speech:
            speech.say(words(NAME))
            await eventually(lambda: server.texts)
        await eventually(lambda: server.commands[-1] == "QUIT")
    assert server.commands[-2:] == ["CANCEL self", "QUIT"]
