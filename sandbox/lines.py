"""Lines that act on simulated devices: `card wang`, `printer paper-out`."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.control import ControlError
from sandbox.devices.simulator import Actor


class Lines:
    """Finds who is meant by the first word of a line and hands it the others."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self._actors = dict(actors)

    def act(self, line: str) -> str:
        """Do what a line says and say what is so now; ControlError says what could be said."""
        name, *words = line.split() or [""]
        if name not in self._actors or not words:
            known = "; ".join(f"{name} {actor.words}" for name, actor in self._actors.items())
            raise ControlError(f'"{line}" is not understood; there is: {known}')
        return self._actors[name].act(words)
