"""Makes docs/pictures from what a demonstration left behind: ./run docs --pictures DIR."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SCREENS = ("attract", "home", "notice", "identify", "review", "issued", "rating", "farewell")
SCREEN = (540, 960)  # half of what a terminal shows
COLOURS = 240  # of which a screen has few: smooth edges need most of them


def make(demonstration: Path) -> list[Path]:
    """Write each screen, the receipt and the fleet page, small enough for a repository."""
    FOLDER.mkdir(exist_ok=True)
    made = [_screen(min(demonstration.glob(f"*-{name}.png")), name) for name in SCREENS]
    return [*made, _receipt(demonstration / "receipt.png"), _fleet(demonstration / "fleet.png")]


def _screen(source: Path, name: str) -> Path:
    with Image.open(source) as picture:
        return _save(picture.convert("RGB").resize(SCREEN, Image.Resampling.LANCZOS), name)


def _receipt(source: Path) -> Path:
    """The receipt on a ground as high as a screen, so that both stand side by side."""
    with Image.open(source) as paper:
        ground = Image.new("RGB", SCREEN, "#D7DEE8")
        slip = paper.convert("RGB")
        slip.thumbnail((SCREEN[0] - 80, SCREEN[1] - 80), Image.Resampling.LANCZOS)
        ground.paste(slip, ((SCREEN[0] - slip.width) // 2, (SCREEN[1] - slip.height) // 2))
        return _save(ground, "receipt")


def _fleet(source: Path) -> Path:
    """The page down to where nothing more stands on it."""
    with Image.open(source) as page:
        shown = page.convert("RGB")
        ground = Image.new("RGB", (shown.width, 1), shown.getpixel((2, shown.height - 2)))
        last = next(
            row
            for row in range(shown.height - 1, 0, -1)
            if shown.crop((0, row, shown.width, row + 1)).tobytes() != ground.tobytes()
        )
        return _save(shown.crop((0, 0, shown.width, min(last + 60, shown.height))), "fleet")


def _save(picture: Image.Image, name: str) -> Path:
    target = FOLDER / f"{name}.png"
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    return target
