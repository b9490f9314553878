"""Keys on the screen: digits, letters, and Chinese by an input method."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from kivy.clock import Clock
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.core.catalogue import Language
from screens import entry, theme
from screens.gate import KeyGate
from screens.kv import load_beside
from screens.widgets.layout import IconLabel
from screens.widgets.touch import Touchable
from screens.words import N_, Say

DIGITS: Final = "1234567890"
LETTERS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SIGNS: Final = {True: "，。、：？！（）·—", False: ",.:?!()-/@"}  # Chinese, Latin
# Kinds of keys:
ALL_CAPITALS: Final = frozenset({"number", "code"})
WRITING: Final = frozenset({"text", "lines"})
CHINESE, NEW_LINE = N_("Chinese"), N_("New line")
BY_PINYIN: Final = N_("Type pinyin, then touch the characters")
AS_THEY_ARE: Final = N_("Letters are typed as they are")


class Key(Touchable):
    """One key: a character or a picture. A `chosen` one is switched on."""

    icon = StringProperty("")
    content = StringProperty("")
    size_px = NumericProperty(52)
    chosen = BooleanProperty(False)


class Keys(BoxLayout):
    """Rows of keys. `on_text` hands out what was typed, `on_delete` asks for one less.

    Keys act when they are pressed. `clock` gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, **kwargs: Any) -> None:
        self.register_event_type("on_text")
        self.register_event_type("on_delete")
        self._clock = clock
        self._gate = KeyGate()
        super().__init__(orientation="vertical", spacing=dp(8), **kwargs)

    def on_text(self, text: str) -> None:
        """Something was typed."""

    def on_delete(self) -> None:
        """The last character is to go."""

    def forget(self) -> None:
        """Show no keys until they are wanted again."""
        self.clear_widgets()

    def _key(self, name: str, act: Callable[[], object], weight: float = 1, **look: Any) -> Key:
        """A key that acts; `name` is the end of its tag, `weight` its share of the row."""
        key = Key(tag=f"key:{name}", size_hint_x=weight, **look)

        def press(_: Key) -> None:
            if self._gate.admits(name, self._clock()):
                act()

        key.bind(on_press=press)
        return key

    def _char(self, char: str, *, disabled: bool = False) -> Key:
        return self._key(
            char, lambda: self.dispatch("on_text", char), content=char, disabled=disabled
        )

    def _delete(self, weight: float = 1) -> Key:
        return self._key("delete", lambda: self.dispatch("on_delete"), icon="delete", weight=weight)

    def _row(self, keys: Sequence[Widget], indent: float = 0) -> BoxLayout:
        """A row, indented by so many keys on both sides."""
        row = BoxLayout(spacing=dp(8))
        if indent:
            row.add_widget(BoxLayout(size_hint_x=indent))
        for key in keys:
            row.add_widget(key)
        if indent:
            row.add_widget(BoxLayout(size_hint_x=indent))
        self.add_widget(row)
        return row


class Keyboard(Keys):
    """Digits and letters; with `chinese`, letters are spelled and turned into characters.

    `on_spell` hands out the letters typed for the input method so far, "" for none any more;
    `offer` shows what it has for them. Where it has nothing, the letters themselves may be taken.
    A `flat` one has four rows for what stands in six elsewhere.
    """

    flat = BooleanProperty(False)
    busy = BooleanProperty(False)  # letters are typed of which no characters were made yet

    def __init__(self, **kwargs: Any) -> None:
        self._say: Say | None = None
        self._made_for: tuple[str, Language] | None = None
        self._kind = ""
        self._chinese = self._capital = self._signs = False
        self._draft = entry.Draft()  # the letters for the input method
        self._candidates: tuple[str, ...] = ()
        self._first = 0
        self._line = BoxLayout(spacing=dp(8))
        self._top = BoxLayout()
        # At the end of the frame: more letters of it were meant for the keys that are on the glass.
        self._build_later = Clock.create_trigger(lambda _: self._build(), -1)
        self.register_event_type("on_spell")
        super().__init__(**kwargs)

    def on_spell(self, letters: str) -> None:
        """Other letters are typed now."""

    def prepare(self, kind: str, say: Say, *, chinese: bool = False) -> None:
        """Have the keys there; `chinese` is how a text begins.

        Kinds are "text", "lines" (a text of several), "search", "number" (letters of which all are
        capitals) and "code" (those of a credit code).
        """
        if self._made_for == (kind, say.language):
            return
        self._made_for = (kind, say.language)
        self._kind, self._say = kind, say
        self._chinese, self._capital, self._signs = chinese, False, False
        self._forget_letters()
        self._build()

    def offer(self, letters: str, candidates: tuple[str, ...]) -> None:
        """What the input method has for these letters, unless others have been typed since."""
        before = self._letters
        self._draft.told(letters)
        if letters == self._letters and (letters, candidates) != (before, self._candidates):
            self._candidates, self._first = candidates, 0
            self.busy = bool(letters)
            self._show_candidates()

    def restart(self) -> None:
        """Something else is typed: letters that wait are let go."""
        self._forget_letters()
        self._show_candidates()

    def forget(self) -> None:
        """No keys, and no letters."""
        super().forget()
        self._build_later.cancel()
        self._line.clear_widgets()
        self._made_for = None
        self._forget_letters()

    @property
    def _letters(self) -> str:
        return self._draft.text

    @property
    def _upper(self) -> bool:
        return self._capital or self._kind in ALL_CAPITALS

    # --- what keys do ---

    def _type(self, char: str) -> None:
        if self._chinese and char.isalpha():
            self._spell(self._letters + char)
            return
        if self._letters:
            self._take(self._candidates[0] if self._candidates else self._letters)
            if char == " ":
                return
        self.dispatch("on_text", char.upper() if self._upper else char)
        if self._capital and char.isalpha():
            self._switch("_capital")

    def _spell(self, letters: str) -> None:
        self._draft.put(letters)
        self._candidates, self._first = (), 0
        self.busy = bool(letters)
        self._show_candidates()
        self.dispatch("on_spell", letters)

    def _take(self, text: str) -> None:
        self.dispatch("on_text", text)
        self._spell("")

    def _erase(self) -> None:
        if self._letters:
            self._spell(self._letters[:-1])
        else:
            self.dispatch("on_delete")

    def _switch(self, name: str) -> None:
        """Turn capitals, signs or Chinese on or off; letters that wait are taken as they are."""
        if self._letters:
            self._take(self._letters)
        setattr(self, name, not getattr(self, name))
        self._build_later()

    def _forget_letters(self) -> None:
        self._draft.forget()
        self._draft.put("")
        self._candidates, self._first, self.busy = (), 0, False

    # --- how they look ---

    def _build(self) -> None:
        self.clear_widgets()
        if self._kind in WRITING and not self.flat:
            self.add_widget(self._line)
        self._top = self._row(
            [self._letter(c) for c in (SIGNS[self._chinese] if self._signs else DIGITS)]
        )
        if self.flat:
            self._build_letters_flat()
        else:
            self._build_letters()
        self._show_candidates()

    def _build_letters(self) -> None:
        for row, indent in zip(LETTERS[:2], (0, 0.5), strict=True):
            self._row([self._letter(c) for c in row], indent)
        self._row([*self._shift(), *(self._letter(c) for c in LETTERS[2]), self._back()])
        last = [*self._language(), *self._space(), *self._line_break(), *self._sign()]
        if last:
            self._row(last)

    def _build_letters_flat(self) -> None:
        """The keys of the last row beside the letters; the room has no row for them."""
        upper, middle, lower = ([self._letter(c) for c in row] for row in LETTERS)
        self._row([*upper, self._back()])
        self._row([*middle, *self._line_break(), *self._language()])
        self._row([*self._shift(), *lower, *self._space(weight=3), *self._sign()])

    def _letter(self, char: str) -> Key:
        shown = char.upper() if self._upper else char
        impossible = self._kind == "code" and shown not in entry.CREDIT_ALPHABET
        return self._key(char, lambda: self._type(char), content=shown, disabled=impossible)

    def _shift(self) -> list[Widget]:
        if self._kind not in WRITING or self._chinese:
            return [] if self.flat else [BoxLayout(size_hint_x=1.5)]
        return [
            self._key(
                "capital",
                lambda: self._switch("_capital"),
                icon="capital",
                weight=1.5,
                chosen=self._capital,
            )
        ]

    def _back(self) -> Key:
        return self._key("delete", self._erase, icon="delete", weight=1.5)

    def _space(self, weight: float = 5) -> list[Key]:
        if self._kind in ALL_CAPITALS:
            return []
        return [self._key("space", lambda: self._type(" "), icon="space", weight=weight)]

    def _language(self) -> list[Key]:
        if self._kind not in WRITING:
            return []
        return [
            self._named(
                "language",
                self._in(CHINESE),
                lambda: self._switch("_chinese"),
                chosen=self._chinese,
            )
        ]

    def _line_break(self) -> list[Key]:
        if self._kind != "lines":
            return []
        return [self._named("line", self._in(NEW_LINE), lambda: self._type("\n"))]

    def _sign(self) -> list[Key]:
        if self._kind not in WRITING:
            return []
        sign = DIGITS[:3] if self._signs else SIGNS[self._chinese][:2] + "?"
        return [self._named("signs", sign, lambda: self._switch("_signs"))]

    def _named(self, name: str, words: str, act: Callable[[], object], **look: Any) -> Key:
        """A key with words on it."""
        return self._key(name, act, content=words, size_px=theme.BODY, weight=2.5, **look)

    def _in(self, words: str) -> str:
        """In the language of the keys."""
        return self._say(words) if self._say is not None else ""

    def _show_candidates(self) -> None:
        """The letters, and as many of the characters for them as have room.

        On a flat keyboard they stand where digits are while nothing waits.
        """
        self._line.clear_widgets()
        if self.flat:
            self._take_turns()
        if not self._letters:
            hint = BY_PINYIN if self._chinese else AS_THEY_ARE
            self._line.add_widget(IconLabel(content=self._in(hint), size_px=theme.SMALL))
            return
        self._line.add_widget(
            self._key(
                "letters",
                lambda: self._take(self._letters),
                content=self._letters,
                size_px=theme.BODY,
                weight=entry.keys_wide(self._letters),
            )
        )
        shown, room = entry.in_sight(self._letters, self._candidates[self._first :])
        for place, text in enumerate(shown):
            self._line.add_widget(self._candidate(place, text))
        self._line.add_widget(BoxLayout(size_hint_x=room or None, width=0))
        if len(shown) < len(self._candidates):
            self._line.add_widget(self._key("more", self._turn, icon="next"))

    def _take_turns(self) -> None:
        shown, other = (self._line, self._top) if self._letters else (self._top, self._line)
        if other.parent is self:
            self.remove_widget(other)
        if shown.parent is None:
            self.add_widget(shown, index=len(self.children))

    def _candidate(self, place: int, text: str) -> Key:
        weight = entry.keys_wide(text)
        return self._key(
            f"candidate:{place}", lambda: self._take(text), content=text, weight=weight
        )

    def _turn(self) -> None:
        self._first += len(entry.in_sight(self._letters, self._candidates[self._first :])[0])
        if self._first >= len(self._candidates):
            self._first = 0
        self._show_candidates()


load_beside(__file__)
