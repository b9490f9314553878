"""One question at a time: answered by a touch, or typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from kivy.metrics import dp
from kivy.properties import NumericProperty
from kivy.uix.widget import Widget

from drivers.device import Personal
from kiosk.core.catalogue import FieldKind, Language
from kiosk.core.events import Enter, Pick, Spell
from kiosk.core.views import Frame, OptionView, QuestionView
from kiosk.core.visit import Purpose
from screens import entry, texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.keyboard import Keyboard, Pad
from screens.widgets.pages import Pages
from screens.widgets.touch import TileButton
from screens.words import Say

ICONS: Final = {"yes": "check", "no": "not_me"}
FEW: Final = 3  # so few answers have room to be large
SHORT: Final = 12  # such labels have room beside each other; a Chinese character counts twice
TOUCHED: Final = frozenset({FieldKind.CHOICE, FieldKind.YES_NO})
TALL: Final = frozenset({FieldKind.LONG_TEXT, FieldKind.ADDRESS})
KEYBOARD_HEIGHT: Final = 600
CODE_HEIGHT: Final = 480
PAD_HEIGHT: Final = 600
FIELD_HEIGHT: Final = 132
# How much of the height the question itself may take; what is longer slides.
TOUCHED_SHARE, TYPED_SHARE, WIDE_SHARE = 0.35, 0.19, 0.4


class QuestionScreen(BaseScreen[QuestionView]):
    """The question, the answer so far, and what to answer with.

    What is typed stands here first: views that follow each letter take none of them away.
    """

    share = NumericProperty(TOUCHED_SHARE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked: tuple[object, ...] = ()
        self._answer = entry.Draft()
        self._kind, self._longest = FieldKind.TEXT, 0
        self._say: Say | None = None
        ids = self.ids
        if self.wide:  # the keys have a side of their own
            actions = ids.actions.__self__
            self.remove_widget(actions)
            ids.told.add_widget(actions)
        self._pages, self._pad, self._keyboard = Pages(), Pad(), Keyboard()
        for keys in (self._pad, self._keyboard):
            keys.bind(on_text=lambda _, text: self._type(text))
            keys.bind(on_delete=lambda _: self._enter(entry.deleted(self._kind, self._text)))
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
        self._tell(body, say)
        options = _yes_and_no(body, say) if body.kind is FieldKind.YES_NO else body.options
        if options or body.kind is FieldKind.CHOICE:
            self._offer_options(options, say)
        else:
            self._offer_keys(body, say)
        self._show_actions(options, say, required=body.required)

    def wipe(self) -> None:
        """Forget the answer and all that was offered for it."""
        super().wipe()
        self._begin(())
        self._pad.forget()
        self._keyboard.forget()

    def _begin(self, asked: tuple[object, ...]) -> None:
        """Another question."""
        self._asked = asked
        self._answer.forget()
        self._pages.forget()
        self._keyboard.restart()

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
        ids.about.icon = head.icon
        ids.about.content = "  ·  ".join(part for part in about if part)
        ids.title.content = body.label
        ids.hint.content = "" if body.problem else body.hint or _between(body, say)
        ids.path.content = "  ›  ".join(body.path)
        ids.up.shown, ids.up.content = bool(body.path), say("Up one")
        ids.problem.title = ids.problem.content = ""
        if body.problem is not None:
            ids.problem.title = say(texts.PROBLEMS[body.problem])
            ids.problem.content = _between(body, say)
        ids.field.wrong = body.problem is not None

    # --- what it is answered with ---

    def _offer_options(self, options: Sequence[OptionView], say: Say) -> None:
        few = len(options) <= FEW
        short = all(_wide(option.label) <= SHORT for option in options)
        self._pages.cols = 2 if short and not few else 1
        make = [partial(self._tile, option, large=few) for option in options]
        self._pages.show(make, say)
        self._put(self._pages, 0)
        self._hide_text()

    def _offer_keys(self, body: QuestionView, say: Say) -> None:
        if body.kind in entry.PADS:
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

    def _put(self, widget: Widget, height: float) -> None:
        """Let this stand where answers are given, of this height where it has one."""
        place, told = self.ids.place, self.ids.told
        if widget not in place.children:
            place.clear_widgets()
            place.add_widget(widget)
        place.size_hint_y = None if height and not self.wide else 1
        place.height = dp(height)
        told.size_hint_y = 1 if height or self.wide else None
        self.share = WIDE_SHARE if self.wide else TYPED_SHARE if height else TOUCHED_SHARE

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
        field.show(shown, wanted, say("Clear"), clearable=bool(self._text))
        field.rows = 0 if tall else 1
        field.size_hint_y, field.height, field.opacity = 1 if tall else None, dp(FIELD_HEIGHT), 1
        self._give_rest_room(has_room=not tall)

    def _hide_text(self) -> None:
        field = self.ids.field
        field.show("", "", "", clearable=False)
        field.size_hint_y, field.height, field.opacity = None, 0, 0
        self._give_rest_room(has_room=True)

    def _give_rest_room(self, *, has_room: bool) -> None:
        rest = self.ids.rest
        rest.size_hint_y, rest.height = (1 if has_room else None), 0

    def _show_actions(self, options: Sequence[OptionView], say: Say, *, required: bool) -> None:
        """Going on is for what is typed; a touched answer goes on by itself."""
        ids = self.ids
        typed = self._kind not in TOUCHED and not options
        ids.skip.shown, ids.skip.content = not required, say("Skip this")
        ids.go_on.shown = typed or any(option.chosen for option in options)
        ids.go_on.content = say("Continue")
        ids.go_on.disabled = not ids.go_on.shown or self._keyboard.busy
        ids.actions.arrange()
        ids.actions.height = ids.go_on.height if ids.actions.children else 0


def _yes_and_no(body: QuestionView, say: Say) -> tuple[OptionView, ...]:
    """The two answers in the screen's own words, whichever was given before."""
    chosen = {option.code for option in body.options if option.chosen} or {body.text.reveal()}
    return (
        OptionView("yes", say("Yes"), chosen="yes" in chosen),
        OptionView("no", say("No"), chosen="no" in chosen),
    )


def _between(body: QuestionView, say: Say) -> str:
    """The bounds of an answer, where it has any."""
    match body.bounds:
        case None | ("", ""):
            return ""
        case (least, ""):
            return say("At least {least}", least=least)
        case ("", most):
            return say("At most {most}", most=most)
        case (least, most):
            return say("From {least} to {most}", least=least, most=most)


def _wide(label: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in label)


load_beside(__file__)
