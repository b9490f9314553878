"""The command `kiosk speak-test`: says a sentence in each language, and whether it was said."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import click

from device_config.schema import Speech
from drivers.device import Personal
from drivers.errors import DeviceError
from kiosk import fitting
from kiosk.complaint import as_text, complain, what_to_do
from kiosk.core.catalogue import Language
from kiosk.options import config_option, configured, json_option
from kiosk.services.speech import VOLUMES

SENTENCES = {
    Language.CHINESE: "您好，这里是政务服务终端。请把身份证放在读卡器上。",
    Language.ENGLISH: "Hello. This is the public-service terminal. Please lay your ID card down.",
}
WHAT_TO_DO = what_to_do("spoken voice", "look at the earphones: are they plugged in")
LONGEST = 20.0  # seconds for one sentence, at the slowest pace there is


@click.command("speak-test")
@config_option
@click.option(
    "--language",
    "only",
    type=click.Choice([language.value for language in Language]),
    help="Say it in this language alone.",
)
@click.option(
    "--volume",
    type=click.IntRange(min(VOLUMES), max(VOLUMES)),
    default=3,
    show_default=True,
    help="How loudly, as residents set it.",
)
@json_option
def speak_test(config: Path, only: str | None, volume: int, *, as_json: bool) -> None:
    """Say a sentence in each language, as [speech] of the configuration sets it.

    It speaks beside a terminal that runs, and also where no voice is fitted yet. Exit status 0:
    the daemon played everything to its end; 1: it did not, and the answer says what to do. Whether
    it is loud enough, and comes out where it should, only you can hear.
    """
    section = configured(config).speech
    languages = [Language(only)] if only else list(Language)
    try:
        seconds = asyncio.run(_speak(section, languages, VOLUMES[volume]))
    except DeviceError as error:
        complain(error.fault, WHAT_TO_DO, as_json=as_json)
        sys.exit(1)
    spoken = {tag: round(took, 1) for tag, took in seconds.items()}
    if as_json:
        click.echo(as_text({"fitted": section.fitted, "volume": volume, "seconds": spoken}))
        return
    for tag, took in spoken.items():
        click.echo(f"{tag}: said to its end in {took} s")
    if not section.fitted:
        click.echo("it works; write fitted = true under [speech], and the screens speak too")


async def _speak(section: Speech, languages: list[Language], volume: int) -> dict[str, float]:
    """How many seconds each sentence took."""
    voice, seconds = fitting.voice(section), {}
    try:
        for language in languages:
            text = Personal(SENTENCES[language])
            started = time.monotonic()
            await voice.say_to_the_end(
                text, language.value, rate=section.rate, volume=volume, within=LONGEST
            )
            seconds[language.value] = time.monotonic() - started
    finally:
        await voice.close()
    return seconds
