"""Tiles of the catalogue, as the first screen, a listing and a search show them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from kiosk.core.events import Choose, Want
from kiosk.core.troubles import Trouble
from kiosk.core.views import Tile
from kiosk.core.visit import Purpose
from screens import texts
from screens.screen import Emit
from screens.texts import PlaceText
from screens.widgets.pages import Maker
from screens.widgets.touch import TileButton
from screens.words import Say

_POLICY: Final = texts.SERVICES[Purpose.POLICIES]


def makers(
    tiles: Iterable[Tile], emit: Emit, say: Say, *, brief: bool = False, named: bool = False
) -> list[Maker]:
    """What makes the button of each tile when its page comes.

    A `named` one says its name alone; a `brief` one is small besides.
    """
    bare = brief or named
    return [partial(_button, tile, emit, say, brief=brief, bare=bare) for tile in tiles]


def place_of(wanted: str | None, codes: Iterable[str]) -> int:
    """The place of a code among others, or the first."""
    return next((n for n, code in enumerate(codes) if code == wanted), 0)


def place(text: PlaceText, tag: str, why_not: Trouble | None, say: Say) -> TileButton:
    """The button of a category or of another service."""
    return TileButton(
        size_hint_y=1,
        tag=tag,
        icon=text.icon,
        title=say(text.name),
        summary=say(text.about),
        obstacle=_obstacle(why_not, say),
        disabled=why_not is not None,
    )


def _button(tile: Tile, emit: Emit, say: Say, *, brief: bool, bare: bool) -> TileButton:
    button = TileButton(
        size_hint_y=1,
        tag=f"tile:{tile.code}",
        icon=_POLICY.icon if tile.policy else "bundle" if tile.bundle else "notice",
        title=tile.name,
        summary="" if bare else _summary(tile, say),
        found=tile.found,
        obstacle=_obstacle(tile.why_not, say),
        disabled=tile.why_not is not None,
        brief=brief,
    )
    # Which policies fit is known of somebody alone: they are looked for together.
    wanted = Want(Purpose.POLICIES) if tile.policy else Choose(tile.code)
    button.bind(on_release=lambda _: emit(wanted))
    return button


def _summary(tile: Tile, say: Say) -> str:
    return f"{say(_POLICY.about)}\n{tile.summary}" if tile.policy else tile.summary


def _obstacle(why_not: Trouble | None, say: Say) -> str:
    return say(texts.TROUBLES[why_not].title) if why_not else ""
