"""A scenario: lines for the world, with pauses, so that what happened once can happen again.

card wang          # everything after a hash is for people
wait 2.5
printer paper-out
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from sandbox import options
from sandbox.control import ControlError, ask

LONGEST_WAIT = 3600.0
_REMARK = re.compile(r"(?:^|\s)#.*")  # a hash within a word belongs to it, as in an address


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing happens for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Line:
    """Something is done; `number` is its place in the file."""

    number: int
    text: str


class ScenarioError(Exception):
    """A line that cannot be played; the message says which and why."""


def parse(text: str) -> Iterator[Pause | Line]:
    """The steps of a scenario. ScenarioError names the line."""
    for number, raw in enumerate(text.splitlines(), start=1):
        words = without_remark(raw).split()
        match words:
            case []:
                continue
            case ["wait", seconds]:
                yield Pause(_seconds(number, seconds))
            case ["wait", *_]:
                raise ScenarioError(f"line {number}: wait takes one number of seconds")
            case _:
                yield Line(number, " ".join(words))


def without_remark(line: str) -> str:
    """What the world is to do of a line: all but what is for people."""
    return _REMARK.sub("", line).strip()


def text_of(step: Pause | Line) -> str:
    """A step as it stands in a file, with the end of its line."""
    match step:
        case Pause(seconds):
            return f"wait {seconds}\n"
        case Line(_, text):
            return f"{text}\n"


def _seconds(number: int, word: str) -> float:
    try:
        seconds = float(word)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= LONGEST_WAIT:
        raise ScenarioError(f'line {number}: "{word}" is no number of seconds up to an hour')
    return seconds


def play(
    steps: Iterator[Pause | Line], act: Callable[[str], str], sleep: Callable[[float], None]
) -> Iterator[str]:
    """Do each step in turn and yield what the world said of it. ScenarioError names the line."""
    for step in steps:
        match step:
            case Pause(seconds):
                sleep(seconds)
            case Line(number, text):
                try:
                    yield act(text)
                except ControlError as error:
                    raise ScenarioError(f"line {number}: {error}") from None


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.control
def scenario(file: Path, control: Path) -> None:
    """Play the lines of FILE on a running demonstration."""
    try:
        for said in play(
            parse(file.read_text(encoding="utf-8")), lambda line: ask(control, line), time.sleep
        ):
            click.echo(said)
    except ScenarioError as error:
        click.echo(f"{file}: {error}", err=True)
        sys.exit(1)


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.control
def act(words: tuple[str, ...], control: Path) -> None:
    """Do one thing on a running demonstration, such as: card wang, printer paper-out."""
    try:
        click.echo(ask(control, " ".join(words)))
    except ControlError as error:
        click.echo(f"sandbox act: {error}", err=True)
        sys.exit(1)
