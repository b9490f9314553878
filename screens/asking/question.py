"""One question at a time: answered by a touch, or typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty
from kivy.uix.widget import Widget

from drivers.device import Personal
from kiosk.core.catalogue import FieldKind, Language
from kiosk.core.events import Enter, Pick, Spell
from kiosk.core.views import Frame, OptionView, QuestionView
from kiosk.core.visit import Purpose
from screens import entry, texts, theme
from screens.dates import Span
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.calendar import Calendar
from screens.widgets.keyboard import Keyboard
from screens.widgets.pad import Pad
from screens.widgets.pages import Pages
from screens.widgets.touch import TileButton
from screens.words import Say

ICONS: Final = {"yes": "check", "no": "not_me"}
FEW: Final = 3  # so few answers have room to be large
SHORT: Final = 12  # such labels have room beside each other; a Chinese character counts twice
TOUCHED: Final = frozenset({FieldKind.CHOICE, FieldKind.YES_NO})
TALL: Final = frozenset({FieldKind.LONG_TEXT, FieldKind.ADDRESS})
FIELD_HEIGHT: Final = 120
LEAST_FIELD: Final = 150  # of what may have many lines, which slide
# Keys on an upright screen, for type as large as the design's, and for larger type.
KEYBOARD_HEIGHT: Final = (600, 524)
CODE_HEIGHT: Final = (480, 400)
PAD_HEIGHT: Final = (600, 480)
CALENDAR_HEIGHT: Final = (680, 676)
NO_HEIGHT: Final = (0, 0)  # as high as there is room


class QuestionScreen(BaseScreen[QuestionView]):
    """The question, the answer so far, and what to answer with.

    What is typed stands here first: views that follow each letter take none of them away. The
    question `fills` what the answers leave; an answer is `written`, in a `tall` field
    where it may have many lines, or touched. On a `flat` screen
    answers and actions share a strip below the middle; `headed` is the height of what is only read
    above the keys, so that it may stand above the middle.
    """

    fills = BooleanProperty(True)
    headed = NumericProperty(0)
    written = BooleanProperty(False)
    tall = BooleanProperty(False)
    flat = BooleanProperty(False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked: tuple[object, ...] = ()
        self._answer = entry.Draft()
        self._kind, self._longest = FieldKind.TEXT, 0
        self._bounds: tuple[str, str] | None = None
        self._today: date | None = None
        self._say: Say | None = None
        ids = self.ids
        if self.wide and not self.low:  # the keys have a side of their own
            actions = ids.actions.__self__
            ids.answer.remove_widget(actions)
            ids.told.add_widget(actions)
        self._pages, self._calendar = Pages(low=self.low, few=self.few), Calendar(flat=self.flat)
        self._pad, self._keyboard = Pad(), Keyboard(flat=self.flat)
        self._picks = True  # a date, rather than typing it
        for keys in (self._pad, self._keyboard):
            keys.bind(on_text=lambda _, text: self._type(text))
            keys.bind(on_delete=lambda _: self._enter(entry.deleted(self._kind, self._text)))
        self._calendar.bind(head=lambda _, head: setattr(self, "headed", head))
        self._calendar.bind(on_pick=lambda _, begun: self._enter(begun))
        self._calendar.bind(on_digits=lambda _: self._pick(pick=False))
        self._pad.bind(on_calendar=lambda _: self._pick(pick=True))
        self._keyboard.bind(on_spell=lambda _, letters: self.emit(Spell(letters)))
        self._keyboard.bind(busy=lambda _, busy: setattr(ids.go_on, "disabled", busy))
        ids.field.bind(on_clear=lambda _: self._enter(""))
        self._begin(())

    def render(self, body: QuestionView, frame: Frame, say: Say) -> None:
        """Ask; the same question again keeps what is typed."""
        asked = (body.step, body.label, body.kind, body.group, body.number, body.path)
        if asked != self._asked:
            self._begin(asked)
        self._answer.told(body.text.reveal())
        self._kind, self._longest, self._say = body.kind, body.longest, say
        self._bounds = body.bounds
        self._tell(body, say)
        options = _yes_and_no(body, say) if body.kind is FieldKind.YES_NO else body.options
        if options or body.kind is FieldKind.CHOICE:
            self._offer_options(options, say)
        else:
            self._offer_keys(body, say)
        self._show_actions(body, options, say)

    def tell_time(self, now: datetime) -> None:
        """A date can be today's."""
        if self._today != now.date():
            self._today = now.date()
            self._show_calendar()

    def wipe(self) -> None:
        """Forget the answer and all that was offered for it."""
        super().wipe()
        self._begin(())
        for keys in (self._pad, self._keyboard, self._calendar):
            keys.forget()

    def _begin(self, asked: tuple[object, ...]) -> None:
        """Another question."""
        self._asked = asked
        self._answer.forget()
        self._pages.forget()
        self._keyboard.restart()
        self._picks = True

    @property
    def _text(self) -> str:
        return self._answer.text

    # --- what is asked ---

    def _tell(self, body: QuestionView, say: Say) -> None:
        ids = self.ids
        head = texts.SERVICES[Purpose(body.service)] if body.service else texts.STEPS[body.step]
        many = say("Question {n} of {total}", n=body.number, total=body.total)
        about = [say(head.name), body.group or "", many if body.total > 1 else ""]
        ids.asked.hint = say("Slide up to read more")
        # What is wrong comes first: large type leaves no room for how far it is.
        shortly = body.problem is not None and theme.zoom() > 1
        ids.about.icon = "" if shortly else head.icon
        ids.about.content = "" if shortly else "  ·  ".join(part for part in about if part)
        ids.title.content = body.label
        seen = body.kind is FieldKind.DATE  # on the calendar: what cannot be is grey
        ids.hint.content = (
            "" if body.problem else body.hint or ("" if seen else _between(body, say))
        )
        ids.path.content = "  ›  ".join(body.path)
        ids.problem.title = ids.problem.content = ""
        if body.problem is not None:
            ids.problem.title = say(texts.PROBLEMS[body.problem])
            ids.problem.content = _between(body, say)
        ids.field.wrong = body.problem is not None

    # --- what it is answered with ---

    def _offer_options(self, options: Sequence[OptionView], say: Say) -> None:
        few = len(options) <= FEW
        short = all(_wide(option.label) <= SHORT for option in options)
        self._pages.cols = (
            (len(options) if few else 2) if self.flat else 2 if short and not few else 1
        )
        make = [partial(self._tile, option, large=few) for option in options]
        self._pages.show(make, say)
        self._put(self._pages, NO_HEIGHT)
        self._hide_text()

    def _offer_keys(self, body: QuestionView, say: Say) -> None:
        if body.kind is FieldKind.DATE:
            self._offer_date(say)
        elif body.kind in entry.PADS:
            self._pad.prepare(entry.PADS[body.kind])
            self._put(self._pad, PAD_HEIGHT)
        elif body.kind is FieldKind.CREDIT_CODE:
            self._keyboard.prepare("code", say)
            self._put(self._keyboard, CODE_HEIGHT)
        elif not body.spelled:
            self._keyboard.prepare("number", say)
            self._put(self._keyboard, CODE_HEIGHT)
        else:
            kind = "lines" if body.kind is FieldKind.LONG_TEXT else "text"
            self._keyboard.prepare(kind, say, chinese=say.language is Language.CHINESE)
            self._keyboard.offer(body.letters, body.candidates)
            self._put(self._keyboard, KEYBOARD_HEIGHT)
        self._show_text()

    def _offer_date(self, say: Say) -> None:
        """A calendar, or digits for those who are quicker so."""
        if self._picks:
            self._show_calendar()
            self._put(self._calendar, CALENDAR_HEIGHT)
        else:
            self._pad.prepare("", calendar=say("Calendar"))
            self._put(self._pad, PAD_HEIGHT)

    def _show_calendar(self) -> None:
        """What can be picked next, once it is known what day it is."""
        if self._say is None or self._today is None or self._kind is not FieldKind.DATE:
            return
        span = Span.between(self._bounds, self._today)
        self._calendar.show(self._text, span, self._today, self._say)

    def _pick(self, *, pick: bool) -> None:
        """Pick a date, or type it."""
        self._picks = pick
        if self._say is not None:
            self._offer_date(self._say)

    def _put(self, widget: Widget, heights: tuple[float, float]) -> None:
        """Let this stand where answers are given, of its height on an upright screen."""
        place, height = self.ids.place, heights[theme.zoom() > 1]
        if widget not in place.children:
            place.clear_widgets()
            place.add_widget(widget)
        self.fills = bool(height) or self.wide or self.low
        place.size_hint_y = None if height and not self.wide and not self.low else 1
        place.height = dp(height)
        self.headed = self._calendar.head if widget is self._calendar else 0

    def _tile(self, option: OptionView, *, large: bool) -> TileButton:
        button = TileButton(
            tag=f"pick:{option.code}",
            icon=ICONS.get(option.code, "") if self._kind is FieldKind.YES_NO else "",
            title=option.label,
            chosen=option.chosen,
            large=large,
        )
        button.bind(on_release=lambda _: self.emit(Pick(option.code)))
        return button

    # --- what is typed ---

    def _type(self, key: str) -> None:
        self._enter(entry.typed(self._kind, self._text, key, self._longest))

    def _enter(self, text: str) -> None:
        if text != self._text:
            self._answer.put(text)
            self._show_text()
            self.emit(Enter(Personal(text)))

    def _show_text(self) -> None:
        say = self._say
        if say is None:
            return
        shown = entry.grouped(self._kind, self._text)
        if self._kind is FieldKind.DATE:
            year, month, day = entry.date_parts(self._text)
            shown = say("{year} - {month} - {day}", year=year, month=month, day=day)
        elif self._kind is FieldKind.AMOUNT and shown:
            shown = say("{yuan} yuan", yuan=shown)
        field, tall = self.ids.field, self._kind in TALL
        field.caret = self._kind not in {FieldKind.DATE, FieldKind.AMOUNT}
        address = self._kind is FieldKind.ADDRESS
        wanted = say("Street or village group, and house number") if address else say("Type here")
        # Where all that is touched keeps low, the key that deletes has to do.
        clearable = bool(self._text) and not self.low
        field.show(shown, wanted, say("Clear"), clearable=clearable)
        field.rows = 0 if tall else 1
        self._give_room(field=True, tall=tall)
        self._show_calendar()

    def _hide_text(self) -> None:
        self.ids.field.show("", "", "", clearable=False)
        self._give_room(field=False, tall=False)

    def _give_room(self, *, field: bool, tall: bool) -> None:
        """To the field what it needs, or all that is left; to nothing what nothing needs."""
        one, rest = self.ids.field, self.ids.rest
        self.written, self.tall, one.opacity = field, tall, int(field)
        one.size_hint_y, one.height = (1 if tall else None), dp(FIELD_HEIGHT) * field
        one.size_hint_min_y = dp(LEAST_FIELD) if tall else None
        rest.size_hint_y, rest.height = (None if tall else 1), 0

    def _show_actions(self, body: QuestionView, options: Sequence[OptionView], say: Say) -> None:
        """Going on is for what is typed; a touched answer goes on by itself."""
        ids = self.ids
        typed = self._kind not in TOUCHED and not options
        ids.up.shown, ids.up.content = bool(body.path), say("Up one")
        ids.skip.shown, ids.skip.content = not body.required, say("Skip this")
        ids.go_on.shown = typed or any(option.chosen for option in options)
        ids.go_on.content = say("Continue")
        ids.go_on.disabled = not ids.go_on.shown or self._keyboard.busy
        ids.actions.arrange()


def _yes_and_no(body: QuestionView, say: Say) -> tuple[OptionView, ...]:
    """The two answers in the screen's own words, whichever was given before."""
    chosen = {option.code for option in body.options if option.chosen} or {body.text.reveal()}
    return (
        OptionView("yes", say("Yes"), chosen="yes" in chosen),
        OptionView("no", say("No"), chosen="no" in chosen),
    )


def _between(body: QuestionView, say: Say) -> str:
    """The bounds of an answer, where it has any; those of a date are seen on the calendar."""
    least, most = body.bounds or ("", "")
    if body.kind is FieldKind.DATE or not (least or most):
        return ""
    if not most:
        return say("At least {least}", least=least)
    if not least:
        return say("At most {most}", most=most)
    return say("From {least} to {most}", least=least, most=most)


def _wide(label: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in label)


load_beside(__file__)
