"""What surrounds every screen: name, place, time, language, progress, help and the way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ColorProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.core.catalogue import Language
from kiosk.core.comfort import Comfort
from kiosk.core.events import Adjust, CallStaff, Intent, Speak
from kiosk.core.views import Frame, HelpView, View
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import Disc
from screens.widgets.touch import Touchable
from screens.words import Say

# The button names the language it leads to, in that language.
OTHER: Final = {
    Language.CHINESE: (Language.ENGLISH, "English"),
    Language.ENGLISH: (Language.CHINESE, "中文"),
}


HOLD: Final = 3.0  # seconds: longer than anybody leaves a finger who means something else


class TopBar(BoxLayout):
    """Name and place, the time, and elder mode and the other language one touch away.

    While the buttons are to be `low`, the hotline stands here in place of them.
    """

    dark = BooleanProperty(False)
    wide = BooleanProperty(False)
    low = BooleanProperty(False)
    ground = ColorProperty()


class Sign(Disc):
    """The terminal's own sign; a finger that lies on it for long is somebody of staff.

    It is nothing to be touched for anybody else: no keypad stops at it, nothing tells of it.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_hold")
        self.register_event_type("on_tap")
        super().__init__(**kwargs)
        self._held = Clock.create_trigger(lambda _: self.dispatch("on_hold"), HOLD)

    def on_hold(self) -> None:
        """A finger lay there for long."""

    def on_tap(self) -> None:
        """It was taken away before."""

    def on_touch_down(self, touch: Any) -> bool:
        """A finger comes."""
        if not self.collide_point(*touch.pos):
            return bool(super().on_touch_down(touch))
        touch.grab(self)
        self._held()
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """It goes."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        if self._held.is_triggered:
            self._held.cancel()
            self.dispatch("on_tap")
        return True


class Progress(BoxLayout):
    """Step 2 of 5."""


class HotlineLabel(BoxLayout):
    """The number that always answers."""

    content = StringProperty("")
    dark = BooleanProperty(False)


class BottomBar(BoxLayout):
    """How it looks and speaks, back, help, the end of the visit, always in the same places.

    It is lower where whatever is touched has to share a `low` and flat strip with it.
    """

    dark = BooleanProperty(False)
    wide = BooleanProperty(False)
    low = BooleanProperty(False)
    ground = ColorProperty()


class Shell(BoxLayout):
    """The whole window: the bars, and between them one screen.

    `low` has everything that is touched in the lower half, the buttons of the top bar, too.
    """

    wide = BooleanProperty(False)
    low = BooleanProperty(False)
    dark = BooleanProperty(False)
    ground = ColorProperty()

    def __init__(
        self, emit: Callable[[Intent], None], idle_touch: Callable[[], None], **kwargs: Any
    ) -> None:
        self.emit = emit
        self.idle_touch = idle_touch
        self.other = Language.ENGLISH
        self.comfort = Comfort()
        super().__init__(**kwargs)
        self._arrange()

    def close(self) -> None:
        """Let go of the screen: another shell takes over."""
        self.ids.place.clear_widgets()

    def tell_time(self, now: datetime) -> None:
        """Show what time it is; nothing is drawn anew within a minute."""
        self.ids.top.ids.clock.content = now.strftime("%H:%M")
        if self.screen is not None:
            self.screen.tell_time(now)

    def _arrange(self) -> None:
        """Put the buttons of the bars where this shape and reach want them."""
        top, bottom = self.ids.top.ids, self.ids.bottom.ids
        above, upper, lower = top.buttons, bottom.upper, bottom.lower
        elder, language, hotline = top.elder, top.language, bottom.hotline
        rows: list[tuple[Widget, list[Widget]]] = []
        if self.low and self.wide:
            rows = [(above, [hotline]), (upper, [])]
            rows.append((lower, [elder, language, bottom.comfort, *reversed(lower.children)]))
        elif self.low:
            rows = [(above, [hotline]), (upper, [elder, language, bottom.comfort])]
        elif self.wide:
            rows = [(upper, [hotline]), (lower, [bottom.comfort, *reversed(lower.children)])]
        for row, widgets in rows:
            for widget in list(widgets):
                widget.parent.remove_widget(widget)
            for widget in widgets:
                row.add_widget(widget)

    @property
    def screen(self) -> BaseScreen[Any] | None:
        """The screen between the bars."""
        children = self.ids.place.children
        return children[0] if children else None

    def hold(self, screen: BaseScreen[Any]) -> None:
        """Put a screen between the bars, in place of the one there."""
        if self.screen is not screen:
            self.ids.place.clear_widgets()
            self.ids.place.add_widget(screen)
        self.dark = screen.dark

    def surround(self, view: View, say: Say) -> None:
        """Show the frame of a view."""
        frame = view.frame
        self.other, name = OTHER[frame.language]
        self.comfort = frame.comfort
        top, bottom = self.ids.top.ids, self.ids.bottom.ids
        top.name.content = say("Doorstep")
        top.place.content = frame.place
        top.language.content = name
        top.language.tag = f"language:{self.other}"
        self._show_progress(frame, say)
        bottom.back.content, bottom.back.shown = say("Back"), frame.can_go_back
        bottom.help.content = say("Help")
        bottom.help.shown = frame.serves and not isinstance(view.body, HelpView)
        leave = say("End visit") if frame.serves else say("Close")
        bottom.leave.content, bottom.leave.shown = leave, frame.can_leave
        top.elder.shown = frame.serves
        top.elder.content = say("Standard view") if frame.comfort.elder else say("Elder view")
        bottom.comfort.content, bottom.comfort.shown = say("Accessibility"), frame.can_adjust
        bottom.hotline.content = say("Hotline {hotline}", hotline=frame.hotline)

    def _show_progress(self, frame: Frame, say: Say) -> None:
        # In landscape it stands in the top bar: height is what a wide screen is short of.
        there, elsewhere = self.ids.top.ids.progress, self.ids.progress
        progress, unused = (there, elsewhere) if self.wide else (elsewhere, there)
        unused.opacity = 0
        on = frame.step is not None
        words = say("Step {step} of {steps}", step=frame.step, steps=frame.steps) if on else ""
        progress.ids.words.content = words
        progress.ids.bar.at, progress.ids.bar.of = frame.step or 0, max(frame.steps, 1)
        progress.opacity = 1 if on else 0

    def call_staff(self) -> None:
        """Somebody of staff wants in."""
        self.emit(CallStaff())

    def speak(self) -> None:
        """Ask for the other language."""
        self.emit(Speak(self.other))

    def switch_elder(self) -> None:
        """Ask for elder mode, or for the way it was without."""
        self.emit(Adjust(self.comfort.for_elders(on=not self.comfort.elder)))

    def on_touch_down(self, touch: Any) -> bool:
        """A touch that presses nothing still says that somebody is there."""
        taken = bool(super().on_touch_down(touch))
        if not any(isinstance(reference(), Touchable | Sign) for reference in touch.grab_list):
            self.idle_touch()
        return taken


load_beside(__file__)
