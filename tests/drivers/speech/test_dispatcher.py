"""The spoken voice on the real speech-dispatcher with espeak-ng: what is heard of it."""

from __future__ import annotations

import array
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from drivers.device import Personal
from drivers.errors import DeviceError
from drivers.protocols import ssip
from drivers.speech.dispatcher import SpeechDispatcher, Voice
from sandbox import voice
from sandbox.voice import SpeechDaemon, loudness, seconds

pytestmark = [
    pytest.mark.usefixtures("daemon", "no_leaks"),
    pytest.mark.skipif(bool(voice.missing()), reason=voice.missing() or "nothing is missing"),
]

ZH, EN = "zh-CN", "en"
BOTH = {ZH: Voice(), EN: Voice()}
CARD = "请把身份证放在读卡器上。"
COUNTING = "One two three four five six seven eight nine ten. "
WITHIN = 30.0  # seconds for a text to be said to its end


@pytest.fixture(scope="module")
def daemon() -> Iterator[SpeechDaemon]:
    """One daemon for all of them; each listens from where the last one ended."""
    with SpeechDaemon() as daemon:
        daemon.start()
        yield daemon


@pytest.fixture
async def speaker(daemon: SpeechDaemon) -> AsyncIterator[SpeechDispatcher]:
    """Somebody who speaks by it."""
    speaker = SpeechDispatcher(BOTH, daemon.socket)
    await speaker.say_to_the_end(Personal("1"), EN, rate=0, volume=0, within=WITHIN)
    daemon.heard()
    yield speaker
    await speaker.close()


async def spoken(
    daemon: SpeechDaemon, speaker: SpeechDispatcher, text: str, language: str, **how: int
) -> array.array[int]:
    """What is heard of one text."""
    manner = {"rate": 0, "volume": 0} | how
    await speaker.say_to_the_end(Personal(text), language, **manner, within=WITHIN)
    return daemon.heard()


async def test_both_languages_are_heard(daemon: SpeechDaemon, speaker: SpeechDispatcher) -> None:
    """Sound, not silence; and Chinese is spoken, not spelled out as an English voice would."""
    chinese = await spoken(daemon, speaker, CARD, ZH)
    english = await spoken(daemon, speaker, COUNTING, EN)
    misread = await spoken(daemon, speaker, CARD, EN)
    for samples in (chinese, english):
        assert 1 < seconds(samples) < 6
        assert loudness(samples) > 500
    assert seconds(misread) > 1.5 * seconds(chinese)


async def test_louder_is_louder_and_slower_takes_longer(
    daemon: SpeechDaemon, speaker: SpeechDispatcher
) -> None:
    """Each step of volume and pace is one; the lowest volume there is is silence."""
    volumes = [
        loudness(await spoken(daemon, speaker, CARD, ZH, volume=volume))
        for volume in (-100, -60, -20, 20, 60, 100)
    ]
    assert volumes[0] == 0
    assert all(quiet * 1.1 < loud for quiet, loud in pairwise(volumes))
    paces = [seconds(await spoken(daemon, speaker, CARD, ZH, rate=r)) for r in (-100, -30, 0, 40)]
    assert all(slow > quick * 1.1 for slow, quick in pairwise(paces))


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize("meanwhile", ["", " \n", "好"])
async def test_what_is_said_next_breaks_off_what_is_being_said(
    daemon: SpeechDaemon, speaker: SpeechDispatcher, language: str, meanwhile: str
) -> None:
    """Ten minutes of counting end at once, in the same language and in the other."""
    once = await spoken(daemon, speaker, COUNTING, EN)
    await speaker.say(Personal(COUNTING * 200), EN, rate=0, volume=0)
    await speaker.say(Personal(meanwhile), language, rate=0, volume=0)
    cut = await spoken(daemon, speaker, "two", language)
    assert 0 < seconds(cut) < seconds(once) * 200 / 4


async def test_no_words_break_off_what_is_being_said(speaker: SpeechDispatcher) -> None:
    """The daemon itself says that the text was cancelled, before anything else is said."""
    line = await speaker._use(EN)
    for event in ("END", "CANCEL"):
        await line.ask("SET", "self", "NOTIFICATION", event, "on")
    message = await speaker._speak(line, Personal(COUNTING * 200), 0, 0)
    await speaker.say(Personal(""), EN, rate=0, volume=0)
    assert await line.event_of(message, WITHIN) == ssip.EVENT_CANCELED


async def test_a_text_arrives_as_it_is(daemon: SpeechDaemon, speaker: SpeechDispatcher) -> None:
    """Dots, empty lines, every kind of line end, markup, characters of every size."""
    texts = [
        ".",
        "..\n.\n\n...",
        "one\rtwo\u2028three\x85",
        "SPEAK\r\n.\r\nQUIT",
        "<speak>&amp;</speak> 100% \\",
        "𠮷野家 🎧 e\u0301",
        "长" * 3000,
    ]
    before = len(daemon.texts())
    for text in texts:
        await speaker.say(Personal(text), EN, rate=0, volume=0)
    arrived = [text.splitlines() for text in daemon.texts()[before:]]
    assert arrived == [text.splitlines() for text in texts]


async def test_each_language_has_a_voice_of_its_own(daemon: SpeechDaemon) -> None:
    """A voice that was set for one language is not the other's."""
    mandarin = "Chinese (Mandarin, latin as Pinyin)"
    speaker = SpeechDispatcher({ZH: Voice("espeak-ng", mandarin), EN: Voice()}, daemon.socket)
    before = len(daemon.settings("synthesis_voice"))
    for language in (EN, ZH, EN):
        await spoken(daemon, speaker, "1", language)
    await speaker.close()
    assert daemon.settings("synthesis_voice")[before:] == ["NULL", mandarin, "NULL"]


async def test_it_can_be_tried_without_a_sound(
    daemon: SpeechDaemon, speaker: SpeechDispatcher
) -> None:
    """Which module speaks which language is told, and nobody hears it."""
    assert await speaker.examine() == {ZH: "espeak-ng", EN: "espeak-ng"}
    assert loudness(daemon.heard()) == 0


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Voice("festival"), "speech.no_module"),
        (Voice("espeak-ng", "Xiaoxiao"), "speech.no_voice"),
    ],
)
async def test_a_misspelt_voice_is_found(daemon: SpeechDaemon, chosen: Voice, code: str) -> None:
    """The daemon takes any name and speaks with some voice: only asking for the lists tells."""
    speaker = SpeechDispatcher({ZH: chosen}, daemon.socket)
    with pytest.raises(DeviceError) as raised:
        await speaker.examine()
    await speaker.close()
    assert raised.value.fault.code == code
    assert (chosen.name or chosen.module or "") in raised.value.fault.detail


async def test_a_daemon_that_is_back_is_spoken_by_again() -> None:
    """A connection that broke is dropped: the first text after it fails, the next one is heard."""
    with SpeechDaemon() as other:
        other.start()
        lasting = SpeechDispatcher(BOTH, other.socket)
        assert seconds(await spoken(other, lasting, CARD, ZH)) > 1
        other.end()
        with pytest.raises(DeviceError) as raised:
            await lasting.say(Personal(CARD), ZH, rate=0, volume=0)
        assert raised.value.fault.code == "speech.away"
        other.start()
        assert seconds(await spoken(other, lasting, CARD, ZH)) > 1
        await lasting.close()


async def test_without_a_sound_card_it_is_said_that_nobody_hears() -> None:
    """The daemon takes every text and plays none: that is no success."""
    with SpeechDaemon(sound=False) as mute:
        mute.start()
        into_nothing = SpeechDispatcher(BOTH, mute.socket)
        with pytest.raises(DeviceError) as raised:
            await into_nothing.say_to_the_end(Personal("1"), EN, rate=0, volume=0, within=0.5)
        await into_nothing.close()
    assert raised.value.fault.code == "speech.unheard"


async def test_the_users_own_daemon_is_started_and_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without an address nobody else has to start it, and no text is in its log."""
    with SpeechDaemon() as own:
        for name, value in own.own_environment.items():
            monkeypatch.setenv(name, value)
        speaker = SpeechDispatcher(BOTH)
        assert speaker.where == str(own.socket)
        assert seconds(await spoken(own, speaker, CARD, ZH)) > 1
        own.end()
        with pytest.raises(DeviceError):
            await speaker.say(Personal(CARD), ZH, rate=0, volume=0)
        assert seconds(await spoken(own, speaker, CARD, ZH)) > 1
        await speaker.close()
        logs = [file for file in own.socket.parent.rglob("*") if file.is_file()]
        assert logs
        assert not any(CARD.encode() in file.read_bytes() for file in logs)


async def test_a_daemon_that_can_not_be_started_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not installed, and installed but of no use, are two different things to do."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "speech-dispatcher"
    for code, script in (("not_installed", ""), ("not_started", "#!/bin/sh\nexit 3\n")):
        if script:
            program.write_text(script)
            program.chmod(0o755)
        with pytest.raises(DeviceError) as raised:
            await SpeechDispatcher(BOTH).say(Personal(CARD), ZH, rate=0, volume=0)
        assert raised.value.fault.code == f"speech.{code}"
