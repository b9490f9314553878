"""What all simulated devices have in common: a place, a plug, faults, lines that act on them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sandbox.control import ControlError


@dataclass(frozen=True, slots=True)
class Actor:
    """One thing that can be acted on: what may follow its name, and who does it."""

    words: str
    act: Callable[[Sequence[str]], str]


def actor(name: str, deeds: Mapping[str, Callable[..., object]]) -> Actor:
    """An actor that does what its first word says, with the words behind it as arguments.

    A deed that can not use them raises ValueError or TypeError; whoever said the line is then told
    what could be said. The answer is the line, or what the deed says if that is a text.
    """
    words = "|".join(deeds)

    def act(said: Sequence[str]) -> str:
        first, *rest = said
        try:
            answer = deeds[first](*rest)
        except (KeyError, TypeError, ValueError) as error:
            line = " ".join([name, *said])
            raise ControlError(f'"{line}" is not understood; there is: {name} {words}') from error
        return answer if isinstance(answer, str) else f"{name}: {' '.join(said)}"

    return Actor(words, act)


class Simulator(Protocol):
    """One simulated device, alone or in a world."""

    name: str
    """Its word in lines: `printer paper-out`. Its faults are words of that actor."""

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One that uses `place` for its link, socket or files; `baud` paces a serial line."""
        ...

    @property
    def where(self) -> str:
        """The address at which a terminal's configuration finds it, once it is plugged in."""
        ...

    @property
    def actors(self) -> Mapping[str, Actor]:
        """Everything that lines can act on, by its word; `name` is one of them."""
        ...

    def plug(self) -> None:
        """Plug it in, where it is not. OSError when its place can not be had."""
        ...

    def unplug(self) -> None:
        """Pull it out, in the middle of whatever it does."""
        ...

    def behave(self) -> None:
        """Be a good device again: no fault, paper loaded, doors shut. The plug stays as it is."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


class WireFault(StrEnum):
    """How any device on a wire can misbehave."""

    SILENCE = "silence"
    GARBAGE = "garbage"
    BAD_CHECKSUM = "bad-checksum"
    SLOW = "slow"
    TRUNCATED = "truncated"


def noise(size: int) -> bytes:
    """Bytes of no meaning: random, but never text in any encoding and without a line's end.

    Bytes of pure chance are a code once in some hundred times to a reader whose protocol has no
    checksum: nobody at the other end could tell, so no test may ask for it.
    """
    return os.urandom(size).replace(b"\r", b"\xff")[:-1] + b"\xff" if size else b""


class Misbehaviour:
    """The faults that a device has now: each until `end`, or for so many answers."""

    def __init__(self) -> None:
        self._left: dict[StrEnum, int | None] = {}

    def begin(self, fault: StrEnum, times: int | None = None) -> None:
        """Have this fault too."""
        self._left[fault] = times

    def end(self) -> None:
        """Have no fault any more."""
        self._left.clear()

    def has(self, fault: StrEnum) -> bool:
        """Whether it is there now."""
        return fault in self._left

    def strikes(self, fault: StrEnum) -> bool:
        """Whether it is there now; where it is there for so many answers, this was one of them."""
        if fault not in self._left:
            return False
        left = self._left[fault]
        if left is not None:
            if left <= 1:
                del self._left[fault]
            else:
                self._left[fault] = left - 1
        return True

    def spoil(self, answer: bytes) -> bytes:
        """An answer as it comes out; its checksum is taken to be its last byte."""
        raw = bytearray(answer)
        if self.strikes(WireFault.SILENCE):
            return b""
        if self.strikes(WireFault.GARBAGE):
            raw = bytearray(noise(len(raw)))
        if raw and self.strikes(WireFault.BAD_CHECKSUM):
            raw[-1] ^= 0xFF
        if self.strikes(WireFault.TRUNCATED):
            raw = raw[: len(raw) // 2]
        return bytes(raw)
