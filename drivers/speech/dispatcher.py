"""The spoken voice: speech-dispatcher, by SSIP over its UNIX socket.

The daemon is the user's own: where it is away it is started, as its own library starts it. One
behind another address is somebody else's to start.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.device import Advice, Fault, Personal
from drivers.errors import DeviceError
from drivers.protocols import ssip
from drivers.speech import daemon
from drivers.speech.line import Line

UNHEARD = Fault(
    "speech.unheard",
    Advice.TECHNICIAN_ACTS,
    "it took the text and did not say it to its end: is a sound card there, is this user in the "
    'group audio, does /etc/speech-dispatcher/speechd.conf say AudioOutputMethod "alsa"',
)
NO_MODULE = Fault(
    "speech.no_module",
    Advice.TECHNICIAN_ACTS,
    "speech-dispatcher has no such output module: spd-say -O lists them",
)
NO_VOICE = Fault(
    "speech.no_voice",
    Advice.TECHNICIAN_ACTS,
    "the output module has no such voice: spd-say -o MODULE -L lists them",
)
NO_LANGUAGE = Fault(
    "speech.no_language",
    Advice.TECHNICIAN_ACTS,
    "the output module has no voice for this language: install speech-dispatcher-espeak-ng, "
    "or set module",
)

DEADLINE = 3.0  # seconds for an answer, which takes a thousandth of one
PROBE = 1.5  # seconds in which a word that nobody hears is said to its end

SPOKEN_AS = {"zh": ("zh", "cmn"), "en": ("en",)}
"""By what codes synthesizers call a language; Mandarin is cmn in ISO 639-3."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a language: an output module of speech-dispatcher, and one of its voices.

    None leaves it to the daemon's own configuration.
    """

    module: str | None = None
    name: str | None = None


class SpeechDispatcher:
    """Says one text at a time, each in place of the one before; connected when it is needed.

    `voices` has a voice for each language, by its BCP 47 tag. Rates and volumes are SSIP's, -100 to
    100: 0 is the synthesizer's usual pace, and -100 no sound at all. DeviceError `speech.…` says
    what is in the way; the connection is dropped then, and the next call makes a new one. One task
    uses it.
    """

    def __init__(
        self, voices: Mapping[str, Voice], socket: Path | None = None, deadline: float = DEADLINE
    ) -> None:
        self.where = str(socket or daemon.own_socket())
        self._voices = voices
        self._socket = socket
        self._deadline = deadline
        self._line: Line | None = None
        self._language = ""

    async def say(self, text: Personal, language: str, *, rate: int, volume: int) -> None:
        """Break off what is being said, and say this; a text with nothing in it says no more.

        Returns as soon as the daemon has it.
        """
        async with self._connected(language) as line:
            await self._speak(line, text, rate, volume)

    async def say_to_the_end(
        self, text: Personal, language: str, *, rate: int, volume: int, within: float
    ) -> None:
        """The same, and return once it was heard; `speech.unheard` where it was not."""
        async with self._connected(language) as line:
            for event in ("END", "CANCEL"):
                await line.ask("SET", "self", "NOTIFICATION", event, "on")
            message = await self._speak(line, text, rate, volume)
            if not message:
                return
            said = await line.event_of(message, within) == ssip.EVENT_END
        if not said:
            raise DeviceError(UNHEARD.at(self.where))

    async def examine(self) -> dict[str, str]:
        """Each language and the output module that speaks it, tried out without a sound.

        DeviceError where one of them would not be heard.
        """
        found = {}
        for language in self._voices:
            async with self._connected(language) as line:
                found[language] = await self._module_of(line, language)
            await self.say_to_the_end(
                Personal("1"), language, rate=0, volume=ssip.QUIETEST, within=PROBE
            )
        return found

    async def close(self) -> None:
        """Say no more, and let the connection go."""
        line, self._line = self._line, None
        if line is not None:
            await line.close()

    # --- the connection ---

    @asynccontextmanager
    async def _connected(self, language: str) -> AsyncIterator[Line]:
        """The connection; whatever breaks off what is done with it, a cancel too, drops it."""
        try:
            yield await self._use(language)
        except BaseException:
            await self.close()
            raise

    async def _use(self, language: str) -> Line:
        """A connection that speaks this language, and only this.

        A voice that was set for another one would stay in force on the same connection.
        """
        if self._line is not None and self._language != language:
            await self.close()
        if self._line is None:
            self._line = await daemon.connect(self._socket, self._deadline)
            self._language = language
            await self._introduce(self._line, language)
        return self._line

    async def _introduce(self, line: Line, language: str) -> None:
        """Who speaks, and with what voice; the order is that in which one overrides the other."""
        voice = self._voices[language]
        await line.ask("SET", "self", "CLIENT_NAME", "doorstep:kiosk:main")
        await line.ask("SET", "self", "PRIORITY", "text")
        await line.ask("SET", "self", "LANGUAGE", language)
        if voice.module is not None:
            await line.ask("SET", "self", "OUTPUT_MODULE", voice.module)
        if voice.name is not None:
            await line.ask("SET", "self", "SYNTHESIS_VOICE", voice.name)

    async def _speak(self, line: Line, text: Personal, rate: int, volume: int) -> str:
        """Hand a text over; the daemon's number for it, "" where there is nothing to be said."""
        await line.ask("CANCEL", "self")
        if ssip.is_silence(text.reveal()):
            return ""
        await line.ask("SET", "self", "RATE", str(rate))
        await line.ask("SET", "self", "VOLUME", str(volume))
        await line.ask("SPEAK")
        reply = await line.send(ssip.data_block(text.reveal()), "SPEAK")
        return reply.lines[0] if reply.code == ssip.MESSAGE_QUEUED else ""

    # --- what it has ---

    async def _module_of(self, line: Line, language: str) -> str:
        voice = self._voices[language]
        modules = (await line.ask("LIST", "OUTPUT_MODULES")).lines[:-1]
        if voice.module is not None and voice.module not in modules:
            raise DeviceError(NO_MODULE.at(voice.module))
        module = (await line.ask("GET", "OUTPUT_MODULE")).lines[0]
        rows = (await line.ask("LIST", "SYNTHESIS_VOICES")).lines[:-1]
        offered = [row.split("\t")[:2] for row in rows if "\t" in row]
        if voice.name is not None:
            if voice.name not in {name for name, _ in offered}:
                raise DeviceError(NO_VOICE.at(f"{module}: {voice.name}"))
        elif not any(_speaks(code, language) for _, code in offered):
            raise DeviceError(NO_LANGUAGE.at(f"{module}: {language}"))
        return module


def _speaks(code: str, language: str) -> bool:
    """Whether a synthesizer's code of a language is that of a BCP 47 tag."""
    return code.partition("-")[0].lower() in SPOKEN_AS[language.partition("-")[0]]
