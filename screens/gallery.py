"""kiosk gallery: every screen in every state, looked at and as pictures."""

from __future__ import annotations

import gc
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.core.catalogue import Language
from kiosk.core.legal_time import BEIJING
from kiosk.core.views import Body
from screens import contact_sheet
from screens.glass import Glass, prepare
from screens.samples import samples
from screens.samples.looks import LOOKS

if TYPE_CHECKING:
    from PIL.Image import Image

    from screens.app import DoorstepApp

HASTE = 1000  # frames a second
TIDY = 8  # samples shown between two looks for garbage
MOMENT = datetime(2026, 11, 25, 9, 30, tzinfo=BEIJING)  # what time all pictures show
FRAMES = 8  # until texts are set, layouts done, pages shared out and pictures drawn


class Gallery:
    """Shows the samples one after another in one window, and says what is wrong with them."""

    def __init__(
        self, out: Path | None, look: str, language: Language, only: str, *, sheet: bool
    ) -> None:
        self._out = out
        self._kinds: dict[type[Body], Image] | None = {} if sheet else None
        self._look = look
        self._language = language
        self._only = only
        self.faults: list[str] = []

    def walk(self, app: DoorstepApp) -> Iterator[None]:
        """One step a frame."""
        from kivy.clock import Clock  # noqa: PLC0415 - opens the window: not before it is prepared

        from screens import lint  # noqa: PLC0415 - likewise

        gc.disable()  # left to itself it goes through all screens so far again and again
        shown = samples(self._language, certificate(), LOOKS[self._look])
        for count, (name, view) in enumerate(shown):
            if not name.startswith(self._only):
                continue
            if count % TIDY == 0:
                gc.collect()
                gc.freeze()  # screens are kept
            app.show(view)
            Clock._max_fps = HASTE  # noqa: SLF001 - nobody looks on; there is no public way
            for _ in range(FRAMES):
                yield
            self.faults += [
                f"{name} ({self._language}, {self._look}): {fault}"
                for fault in lint.faults(app.root)
            ]
            if self._out is not None:
                app.root.export_to_png(str(self._out / f"{name}.png"))
            if self._kinds is not None and type(view.body) not in self._kinds:
                self._kinds[type(view.body)] = contact_sheet.taken(app.root)

    @property
    def sheet(self) -> Image | None:
        """The first picture of each kind of screen, side by side."""
        return contact_sheet.laid_out(list(self._kinds.values())) if self._kinds else None


def certificate() -> bytes:
    """A sheet that looks like a certificate from afar, as a PNG: lines instead of words."""
    width, height = 420, 594
    rows = [bytearray(b"\xff\xff\xff" * width) for _ in range(height)]

    def bar(left: int, top: int, right: int, bottom: int, colour: bytes) -> None:
        for row in rows[top:bottom]:
            row[left * 3 : right * 3] = colour * (right - left)

    bar(110, 60, 310, 84, b"\x0b\x34\x77")
    for line in range(9):
        bar(50, 130 + 36 * line, 370 - 37 * (line % 3), 140 + 36 * line, b"\xc9\xdb\xf5")
    bar(270, 480, 360, 550, b"\xe0\x5a\x4a")
    bar(276, 486, 354, 544, b"\xff\xff\xff")
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _size(_: click.Context, __: click.Parameter, text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.split("x"))
    except ValueError:
        raise click.BadParameter(f"{text!r} is not WIDTHxHEIGHT, such as 1080x1920") from None
    return width, height


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write a PNG of each screen here.")
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a PNG with one picture of each kind of screen here.",
)
@click.option(
    "--size",
    default="1080x1920",
    show_default=True,
    callback=_size,
    metavar="WIDTHxHEIGHT",
    help="Of the window, in pixels.",
)
@click.option(
    "--language",
    type=click.Choice([str(one) for one in Language]),
    default="zh-CN",
    show_default=True,
    help="What residents read.",
)
@click.option(
    "--look",
    type=click.Choice(list(LOOKS)),
    default="calm",
    show_default=True,
    help="How somebody may want it.",
)
@click.option("--only", default="", metavar="NAME", help="Only screens whose name begins so.")
def gallery(
    *,
    out: Path | None,
    sheet: Path | None,
    size: tuple[int, int],
    language: str,
    look: str,
    only: str,
) -> None:
    """Show every screen in every state once, and say what is wrong with it.

    Exit status 1 when text is cut, crowded, small or faint, or a target too small to touch. The
    window stays empty, and no display is needed; --out leaves pictures.
    """
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    shown = Gallery(out, look, Language(language), only, sheet=sheet is not None)
    with tempfile.TemporaryDirectory() as scratch:
        _show(shown, Glass(Path(scratch), size=size))
    if sheet is not None and (picture := shown.sheet) is not None:
        picture.save(sheet, optimize=True)
    for fault in shown.faults:
        click.echo(fault)
    sys.exit(1 if shown.faults else 0)


def _show(shown: Gallery, glass: Glass) -> None:
    prepare(glass)
    from kivy.clock import Clock  # noqa: PLC0415 - opens the window: not before it is prepared
    from kivy.core.window import Window  # noqa: PLC0415 - likewise

    from screens.app import DoorstepApp  # noqa: PLC0415 - likewise

    # To be measured a screen has to be laid out, and a picture is drawn by itself: not each frame.
    Window.on_draw = Window.flip = lambda *_: None
    app = DoorstepApp(lambda _: None, glass, lambda: None, now=lambda: MOMENT)
    walk = shown.walk(app)

    def step(_: Any) -> None:
        if next(walk, "end") == "end":
            app.stop()

    Clock.schedule_interval(step, 0)
    app.run()
