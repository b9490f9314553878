"""一次告知: everything about one item, told once, before starting."""

from __future__ import annotations

from typing import Any

from kiosk.core.views import Frame, NoticeView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import IconLabel
from screens.words import Say


class NoticeScreen(BaseScreen[NoticeView]):
    """Steps, time, fee, conditions and materials; then the way in, unless something bars it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._readings = [ids.main, ids.more]
        if not self.wide:  # one column, and one thing that slides
            needs = ids.needs.__self__
            needs.parent.remove_widget(needs)
            ids.main.add_widget(needs)
            ids.below.remove_widget(ids.more)
            self._readings = [ids.main]

    def render(self, body: NoticeView, frame: Frame, say: Say) -> None:
        """Tell everything."""
        ids = self.ids
        ids.title.content, ids.department.content = body.name, body.department
        ids.steps.show_steps(
            [(texts.STEPS[step].icon, say(texts.STEPS[step].name)) for step in body.flow]
        )
        ids.time.label, ids.time.content = say("Time it takes"), _days(body.promised_days, say)
        ids.time.remark = _statutory(body.statutory_days, say)
        ids.fee.label, ids.fee.content = say("Fee"), body.fee
        ids.result.label, ids.result.content = say("You will get"), body.result_name
        self._list("materials", say("What you need"), "check", body.materials)
        self._list("conditions", say("Who can apply"), "person", body.conditions)
        for reading in self._readings:
            reading.hint = say("Slide up to read more")
        ids.start.content, ids.start.disabled = say("Start"), body.why_not is not None
        ids.obstacle.title = ids.obstacle.content = ""
        if body.why_not is not None:
            text = texts.TROUBLES[body.why_not]
            ids.obstacle.title = say(text.title)
            ids.obstacle.content = say(text.action, hotline=frame.hotline)

    def _list(self, name: str, title: str, icon: str, lines: tuple[str, ...]) -> None:
        """A card with one line for each thing; without any it has one that says so."""
        self.ids[f"{name}_title"].content = title
        column = self.ids[name]
        column.clear_widgets()
        for line in lines:
            column.add_widget(IconLabel(icon=icon, content=line))


def _days(days: int, say: Say) -> str:
    """How long it takes; 0 working days is at once."""
    return say.many("{n} working day", "{n} working days", days) if days else say("At once")


def _statutory(days: int, say: Say) -> str:
    """What the law allows, where it allows any time at all."""
    if not days:
        return ""
    return say.many("The law allows {n} working day", "The law allows {n} working days", days)


load_beside(__file__)
