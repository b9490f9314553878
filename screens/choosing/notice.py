"""一次告知: everything about one item or bundle, told once, before starting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kiosk.core.views import Frame, NeededView, NoticeView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import IconLabel, NeededLine
from screens.widgets.parts import tell_trouble
from screens.words import Say


class NoticeScreen(BaseScreen[NoticeView]):
    """Steps, time, fee, materials and conditions; then the way in, unless something bars it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._readings = [ids.main, ids.more]
        if not self.wide:  # one column, and one thing that slides
            for part in (ids.needs.__self__, ids.small_print.__self__):
                part.parent.remove_widget(part)
                ids.main.add_widget(part)
            ids.below.remove_widget(ids.more)
            self._readings = [ids.main]

    def render(self, body: NoticeView, frame: Frame, say: Say) -> None:
        """Tell everything."""
        ids = self.ids
        ids.title.content, ids.summary.content = body.name, body.summary
        ids.steps.show_steps(
            [
                (texts.STEPS[step].icon, say(texts.STEPS[step].name))
                for step in texts.picture(body.flow)
            ]
        )
        ids.time.label, ids.time.content = say("Time it takes"), _days(body.promised_days, say)
        ids.time.remark = _statutory(body.statutory_days, say)
        ids.fee.label, ids.fee.content = say("Fee"), _fee(body.fee, say)
        ids.result.label, ids.result.content = say("You will get"), "\n".join(body.results)
        ways = [say(texts.DELIVERIES[way]) for way in body.delivery]
        ids.result.remark = "  ·  ".join(ways)
        self._tell_needs(body, say)
        self._list("law", say("On what basis"), "law", body.legal_basis)
        for reading in self._readings:
            reading.hint = say("Slide up to read more")
        ids.start.content, ids.start.disabled = say("Start"), body.why_not is not None
        ids.others.shown = body.for_others and body.why_not is None
        ids.others.content = say("For others")
        ids.actions.arrange()
        tell_trouble(ids.obstacle, body.why_not, frame, say)

    def _tell_needs(self, body: NoticeView, say: Say) -> None:
        """What is done at once, what has to be there, who may come, who decides."""
        self._list("parts", say("Done together, at once"), "check", body.parts)
        ids = self.ids
        ids.materials_title.content = say("What you need")
        ids.materials.clear_widgets()
        for material in body.materials:
            remark = "\n".join(_remarks(material, say))
            line = NeededLine(icon=_icon(material), content=material.name, remark=remark)
            ids.materials.add_widget(line)
        if not body.materials:
            line = NeededLine(icon="check", content=say("Nothing but your ID card"))
            ids.materials.add_widget(line)
        self._list("conditions", say("Who can apply"), "person", body.conditions)
        self._list("good", say("Good to know"), "info", tuple(_good_to_know(body, say)))
        self._list("departments", say("Who decides"), "office", body.departments)

    def _list(self, name: str, title: str, icon: str, lines: Sequence[str]) -> None:
        """A heading with one line for each thing; without any there is neither."""
        self.ids[f"{name}_title"].content = title if lines else ""
        column = self.ids[name]
        column.clear_widgets()
        for line in lines:
            column.add_widget(IconLabel(icon=icon, content=line, size_px=column.size_px))


def _icon(material: NeededView) -> str:
    return "share" if material.held else "promise" if material.promised else "check"


def _remarks(material: NeededView, say: Say) -> Iterator[str]:
    """What makes a material easier to bring, or needless."""
    if material.held:
        yield say("You need not bring it where an e-certificate is found.")
    if material.promised:
        yield say("A promise in writing can replace it.")
    if material.later:
        yield say.many(
            "It may follow within {n} working day.",
            "It may follow within {n} working days.",
            material.later,
        )
    if material.optional:
        yield say("Bring it if you have it; it also works without.")
    if material.note:
        yield material.note


def _good_to_know(body: NoticeView, say: Say) -> Iterator[str]:
    if body.commitment:
        yield say("You may promise instead of proving: the terminal explains it.")
    if body.elsewhere:
        yield say("Handed in here, it may be decided in another place.")


def _fee(fee: str | None, say: Say) -> str:
    return say("Free of charge") if fee is None else say("{yuan} yuan", yuan=fee)


def _days(days: int, say: Say) -> str:
    """How long it takes; 0 working days is at once."""
    return say.many("{n} working day", "{n} working days", days) if days else say("At once")


def _statutory(days: int, say: Say) -> str:
    """What the law allows, where it allows any time at all."""
    if not days:
        return ""
    return say.many("The law allows {n} working day", "The law allows {n} working days", days)


load_beside(__file__)
