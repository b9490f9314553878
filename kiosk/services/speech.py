"""Speaks what the screens say: the newest utterance in place of the one before.

Whoever walks quickly through a list hears the last of it. A voice that is away is asked for again,
ever more slowly, and stops nothing; what it would say late is not said any more, since by then
somebody else may stand there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

import structlog

from drivers.device import Personal
from drivers.errors import DeviceError
from kiosk.core.catalogue import Language
from kiosk.core.speech import Pace, Utterance

log = structlog.get_logger(__name__)

STALE = 5.0  # seconds after which nobody waits for an utterance any more
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before a voice that is away is asked again

PACES = {Pace.SLOW: -30, Pace.NORMAL: 0, Pace.FAST: 40}
VOLUMES = {1: -60, 2: -20, 3: 20, 4: 60, 5: 100}
"""As the voice has them, -100 to 100; where -100 is silence, each step is a fifth of the whole."""

SILENCE = Utterance(Personal(""), Language.CHINESE)


class Voice(Protocol):
    """Something that speaks; DeviceError where it can not."""

    async def say(self, text: Personal, language: str, *, rate: int, volume: int) -> None:
        """Say this in place of what is being said; an empty text says no more."""
        ...

    async def close(self) -> None:
        """Say no more, and let go of it."""
        ...


class Speech:
    """Speaks by a voice; `rate`, -70 to 60, is what this terminal calls a normal pace.

    `clock` gives seconds that never go back.
    """

    def __init__(
        self, voice: Voice, rate: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._voice = voice
        self._rate = rate
        self._clock = clock
        self._next: Utterance | None = SILENCE  # at the start: so that a voice is made ready
        self._since = clock()
        self._asked = asyncio.Event()
        self._asked.set()
        self._trouble = ""

    def say(self, utterance: Utterance) -> None:
        """Have this said next; it neither waits nor raises. To be called on the loop's thread."""
        self._next, self._since = utterance, self._clock()
        self._asked.set()

    async def run(self) -> None:
        """Speak until cancelled."""
        try:
            while True:
                await self._asked.wait()
                self._asked.clear()
                await self._carry_out()
        finally:
            await self._voice.close()

    async def _carry_out(self) -> None:
        pause = FIRST_PAUSE
        while self._next is not None:
            utterance = self._next
            try:
                await self._speak(utterance)
            except DeviceError as error:
                self._away(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            self._there()
            if self._next is utterance:
                self._next = None

    async def _speak(self, utterance: Utterance) -> None:
        late = self._clock() - self._since > STALE
        said = SILENCE if late else utterance
        rate, volume = self._rate + PACES[said.pace], VOLUMES[said.volume]
        await self._voice.say(said.text, said.language.value, rate=rate, volume=volume)

    def _away(self, error: DeviceError) -> None:
        if error.fault.code != self._trouble:
            self._trouble = error.fault.code
            log.warning("speech.away", fault=error.fault.code, detail=error.fault.detail)

    def _there(self) -> None:
        if self._trouble:
            self._trouble = ""
            log.info("speech.back")
