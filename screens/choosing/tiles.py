"""Tiles of the catalogue, as the first screen, a listing and a search show them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from kiosk.core.events import Choose
from kiosk.core.troubles import Trouble
from kiosk.core.views import Tile
from screens import texts
from screens.screen import Emit
from screens.texts import PlaceText
from screens.widgets.pages import Maker
from screens.widgets.touch import TileButton
from screens.words import Say


def makers(tiles: Iterable[Tile], emit: Emit, say: Say, *, large: bool = False) -> list[Maker]:
    """What makes the button of each tile when its page comes."""
    return [partial(_button, tile, emit, say, large=large) for tile in tiles]


def place(text: PlaceText, tag: str, why_not: Trouble | None, say: Say) -> TileButton:
    """The button of a category or of another service."""
    return TileButton(
        tag=tag,
        icon=text.icon,
        title=say(text.name),
        summary=say(text.about),
        obstacle=_obstacle(why_not, say),
        disabled=why_not is not None,
    )


def _button(tile: Tile, emit: Emit, say: Say, *, large: bool) -> TileButton:
    button = TileButton(
        tag=f"tile:{tile.code}",
        icon="bundle" if tile.bundle else "notice",
        title=tile.name,
        summary=tile.summary,
        found=tile.found,
        obstacle=_obstacle(tile.why_not, say),
        disabled=tile.why_not is not None,
        large=large,
    )
    button.bind(on_release=lambda _: emit(Choose(tile.code)))
    return button


def _obstacle(why_not: Trouble | None, say: Say) -> str:
    return say(texts.TROUBLES[why_not].title) if why_not else ""
