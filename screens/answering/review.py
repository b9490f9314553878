"""Is this you, and is everything right that will be sent?"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from kiosk.core.cases import Way
from kiosk.core.catalogue import Audience, FieldKind
from kiosk.core.events import Pick
from kiosk.core.views import BroughtView, ForWhomView, Frame, LineView, ReviewView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import Card, Reading
from screens.widgets.parts import CheckRow
from screens.words import N_, Say

YES_NO: Final = {"yes": N_("Yes"), "no": N_("No")}


class ReviewCard(Card):
    """Lines that belong together; one that is not `shown` takes no room, a `tight` one less."""

    shown = BooleanProperty(True)
    tight = BooleanProperty(False)


class ReviewScreen(BaseScreen[ReviewView]):
    """Who asks for what, for whom, with which answers and papers; each can be changed.

    It `splits` where what can be changed has to be within a low reach: the rest stands above it.
    """

    splits = BooleanProperty(False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._readings = [ids.told, ids.asked]
        if self.low:
            _move(ids.own.__self__, ids.asked)
        if self.low and self.wide:
            _move(ids.person.__self__, ids.who)
            self._readings.append(ids.who)
            ids.aside.remove_widget(ids.push)
            ids.aside.remove_widget(ids.last_push)
        else:
            ids.aside.remove_widget(ids.who)

    def render(self, body: ReviewView, frame: Frame, say: Say) -> None:
        """Show everything that will be sent."""
        ids = self.ids
        for reading in self._readings:
            reading.hint = say("Slide up to read more")
        ids.title.content = say("Please check: is all of this right?")
        ids.item.label, ids.item.content = say("You are applying for"), body.item_name
        ids.wish.label = ids.wish.content = ""
        if body.result_name != body.item_name:  # as of a bundle
            ids.wish.label, ids.wish.content = say("You will get"), body.result_name
        self._show_person(body, say)
        self._show_whom(body.for_whom, say)
        ids.answers.clear_widgets()
        for line in body.answers:
            self._add_answer(line, say)
        ids.materials.clear_widgets()
        for one in body.materials:
            self._add_material(one, say)
        ids.whom_card.shown = body.for_whom is not None
        ids.answers_card.shown = bool(body.answers)
        ids.materials_card.shown = bool(body.materials)
        ids.own.arrange()
        splits = bool(body.for_whom or body.answers or body.materials)
        if self.low and splits != self.splits:  # below what can be changed, or below the rest
            _move(ids.take.__self__, ids.asked if splits else ids.told)
        self.splits = self.low and splits
        ids.take.content = say("Is your card still in the machine? You can take it back now.")
        ids.confirm.content = say("Yes, all is right")
        ids.not_me.content = say("This is not me")

    def wipe(self) -> None:
        """Forget the answers with their rows."""
        super().wipe()
        self.ids.answers.clear_widgets()
        self.ids.materials.clear_widgets()

    def _show_person(self, body: ReviewView, say: Say) -> None:
        ids = self.ids
        for fact, label, value in (
            (ids.name, say("Name"), body.name.reveal()),
            (ids.sex, say("Sex"), say(texts.SEXES[body.sex])),
            (ids.number, say("ID number"), body.masked_id),
            (ids.address, say("Address"), body.masked_address or ""),
        ):
            fact.label, fact.content = (label, value) if value else ("", "")

    def _show_whom(self, whom: ForWhomView | None, say: Say) -> None:
        ids = self.ids
        facts = (ids.whom, ids.whom_number, ids.authority)
        if whom is None:
            for fact in facts:
                fact.label = fact.content = ""
            return
        enterprise = whom.kind is Audience.ENTERPRISE
        ids.whom.label, ids.whom.content = say("You apply for"), whom.name.reveal()
        number = say("Credit code") if enterprise else say("ID number")
        ids.whom_number.label, ids.whom_number.content = number, whom.masked_number
        ids.authority.label = say("Who you are to them")
        ids.authority.content = say(texts.AUTHORITIES[whom.authority])

    def _add_answer(self, line: LineView, say: Say) -> None:
        self._add("answers", line.key, say, label=line.label, content=_said(line, say))

    def _add_material(self, one: BroughtView, say: Say) -> None:
        remark = say(texts.WAYS[one.way].done)
        if one.pages:
            remark = f"{remark}  ·  {say.many('{n} page', '{n} pages', one.pages)}"
        # A promise is taken back where it was made: there is nothing to bring while it stands.
        code = None if one.way is Way.PROMISED else one.code
        self._add("materials", code, say, content=one.name, remark=remark)

    def _add(self, to: str, key: str | None, say: Say, **words: str) -> None:
        tag = f"pick:{key}" if key else ""
        row = CheckRow(change=say("Change"), tag=tag, **words)
        if key is not None:
            row.bind(on_change=lambda _: self.emit(Pick(key)))
        self.ids[to].add_widget(row)


def _move(widget: Widget, reading: Reading) -> None:
    widget.parent.remove_widget(widget)
    reading.add_widget(widget)


def _said(line: LineView, say: Say) -> str:
    """An answer as it is read: yes, no, days and amounts have no words of their own."""
    value = line.value.reveal()
    match line.kind:
        case FieldKind.YES_NO:
            return say(YES_NO[value])
        case FieldKind.DATE:
            return texts.birthday(date.fromisoformat(value), say)
        case FieldKind.AMOUNT:
            return say("{yuan} yuan", yuan=value)
        case _:
            return value


load_beside(__file__)
