"""Looking for a service: letters are typed, what fits comes as they come."""

from __future__ import annotations

from typing import Any, Final

from kiosk.core.catalogue import FieldKind
from kiosk.core.events import Find
from kiosk.core.views import Frame, SearchView
from screens import entry
from screens.choosing import tiles
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import Headline
from screens.words import Say

LONGEST: Final = 40


class SearchScreen(BaseScreen[SearchView]):
    """What was typed, what was found, and the keys.

    What is typed stands here first: an answer to fewer letters takes none of them away.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._query = entry.Draft()
        self._say: Say | None = None
        ids = self.ids
        if self.low:  # what was typed is only read: it stands above what is touched
            self._head = Headline(icon="search", tall=True)
            typed = ids.typed.__self__
            ids.beside.remove_widget(typed)
            ids.above.add_widget(self._head)
            ids.above.add_widget(typed)
        ids.keyboard.bind(on_text=lambda _, text: self._type(text))
        ids.keyboard.bind(on_delete=lambda _: self._ask(self._query.text[:-1]))
        ids.field.bind(on_clear=lambda _: self._ask(""))

    def render(self, body: SearchView, frame: Frame, say: Say) -> None:
        """Show what was found for what is typed."""
        self._query.told(body.query)
        self._say = say
        ids = self.ids
        ids.keyboard.prepare("search", say)
        ids.hint.content = _hint(body, say)
        if self.low:
            self._head.title = say("Search for a service")
        ids.tiles.show(tiles.makers(body.tiles, self.emit, say, brief=self.wide or self.low), say)
        self._show_query()

    def wipe(self) -> None:
        """Forget what was looked for."""
        super().wipe()
        self._query.forget()
        self.ids.tiles.forget()
        self.ids.keyboard.forget()

    def _type(self, key: str) -> None:
        self._ask(entry.typed(FieldKind.TEXT, self._query.text, key, LONGEST))

    def _ask(self, query: str) -> None:
        self._query.put(query)
        self._show_query()
        self.ids.tiles.first_page()
        self.emit(Find(query))

    def _show_query(self) -> None:
        say, query = self._say, self._query.text
        if say is not None:
            words = (query, say("Type here"), say("Clear"))
            self.ids.field.show(*words, clearable=bool(query) and not self.low)


def _hint(body: SearchView, say: Say) -> str:
    """How to look for something, or what was found."""
    if not body.query:
        return say("For 身份证 (ID card) type sfz, for 养老 (pension) type yl.")
    if not body.tiles:
        return say("Nothing found. Try another word, or go back to see all services.")
    return say.many("{n} service found", "{n} services found", len(body.tiles))


load_beside(__file__)
