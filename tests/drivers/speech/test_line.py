"""The wire to a speech server that is silent, talks nonsense, hangs up or refuses."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

import pytest

from drivers.device import Personal
from drivers.errors import DeviceError
from drivers.speech.dispatcher import SpeechDispatcher, Voice
from tests.drivers.speech.scripted import Answer, ScriptedServer, agree

pytestmark = pytest.mark.usefixtures("no_leaks")

ZH = "zh-CN"
NAME = Personal("王秀英，您的身份证号码是四一一六二五")
SOON = 0.1  # seconds: the deadline of those who are to be given up


async def said(answer: Answer, voice: Voice | None = None) -> tuple[ScriptedServer, DeviceError]:
    """What a server got that answers so, and how it ended."""
    async with ScriptedServer(answer) as server:
        speaker = SpeechDispatcher({ZH: voice or Voice()}, server.socket, SOON)
        with pytest.raises(DeviceError) as raised:
            await speaker.say(NAME, ZH, rate=0, volume=0)
        await speaker.close()
        return server, raised.value


async def silence(_command: str) -> bytes:
    """Nothing for ever."""
    return b""


async def half(_command: str) -> bytes:
    """A reply without end."""
    return b"200-and"


async def echo(_command: str) -> bytes:
    """What it was sent, as a mistaken server may."""
    return NAME.reveal().encode() + b"\r\n"


async def gone(_command: str) -> None:
    """It hangs up."""


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (silence, "speech.silent"),
        (half, "speech.silent"),
        (echo, "speech.garbage"),
        (gone, "speech.away"),
    ],
)
@pytest.mark.parametrize("command", ["SET self CLIENT_NAME", "CANCEL self", "SPEAK"])
async def test_whatever_a_server_does_is_named(how: Answer, code: str, command: str) -> None:
    """At the first command as at the last, within the deadline, and without the text."""

    async def answer(asked: str) -> bytes | None:
        return await (how if asked.startswith(command) else agree)(asked)

    server, error = await said(answer)
    assert error.fault.code == code
    assert str(server.socket) in error.fault.detail
    told = "".join(traceback.format_exception(error))
    assert not any(part in told + repr(error.fault) for part in NAME.reveal().split("，"))


@pytest.mark.parametrize("command", ["SET self RATE", "SET self OUTPUT_MODULE", "SPEAK"])
async def test_a_command_that_is_refused_is_told_by_its_name(command: str) -> None:
    """With the server's code; nothing is spoken then."""

    async def answer(asked: str) -> bytes | None:
        if asked.startswith(command):
            return b"408 ERR " + NAME.reveal().encode() + b"\r\n"
        return await agree(asked)

    server, error = await said(answer, Voice("festival"))
    assert error.fault.code == "speech.refused"
    assert f"{command}: 408" in error.fault.detail
    assert NAME.reveal() not in error.fault.detail
    assert server.texts == []


async def test_events_between_replies_are_no_replies() -> None:
    """A server may tell of an earlier text at any time."""

    async def answer(asked: str) -> bytes | None:
        return b"703-6\r\n703-1\r\n703 CANCELED\r\n" + await agree(asked)

    async def answer_and_end(asked: str) -> bytes | None:
        before = b"702-6\r\n702-1\r\n702 END\r\n" if asked == "SPEAK" else b""
        return before + await agree(asked)

    for how in (answer, answer_and_end):
        async with ScriptedServer(how) as server:
            speaker = SpeechDispatcher({ZH: Voice()}, server.socket, SOON)
            await speaker.say(Personal("一"), ZH, rate=0, volume=0)
            with pytest.raises(DeviceError) as raised:  # its own end never comes
                await speaker.say_to_the_end(Personal("二"), ZH, rate=0, volume=0, within=SOON)
            await speaker.close()
        assert raised.value.fault.code == "speech.unheard"


async def test_a_module_without_the_language_is_found() -> None:
    """A synthesizer that knows English alone would read Chinese letter by letter."""
    async with ScriptedServer() as server:
        speaker = SpeechDispatcher({ZH: Voice()}, server.socket, SOON)
        with pytest.raises(DeviceError) as raised:
            await speaker.examine()
        await speaker.close()
    assert raised.value.fault.code == "speech.no_language"
    assert raised.value.fault.detail.startswith("festival: zh-CN: ")


async def test_nobody_there_is_nobody_to_start(tmp_path: Path) -> None:
    """Behind an address of its own the daemon is somebody else's."""
    speaker = SpeechDispatcher({ZH: Voice()}, tmp_path / "s", SOON)
    with pytest.raises(DeviceError) as raised:
        await speaker.say(NAME, ZH, rate=0, volume=0)
    assert raised.value.fault.code == "speech.away"
    assert "No such file" in raised.value.fault.detail


async def test_what_is_broken_off_begins_anew() -> None:
    """A command that was cancelled leaves no half sentence for the next one."""
    stuck = asyncio.Event()

    async def answer(asked: str) -> bytes | None:
        if asked == "SPEAK" and not stuck.is_set():
            stuck.set()
            return b""
        return await agree(asked)

    async with ScriptedServer(answer) as server:
        speaker = SpeechDispatcher({ZH: Voice()}, server.socket)
        first = asyncio.create_task(speaker.say(NAME, ZH, rate=0, volume=0))
        await stuck.wait()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await speaker.say(Personal("二"), ZH, rate=0, volume=0)
        await speaker.close()
    assert server.texts == ["二"]
    assert sum("CLIENT_NAME" in command for command in server.commands) == 2
