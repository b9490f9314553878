"""A whole terminal that speaks, by a real speech-dispatcher."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from device_config import schema
from drivers.device import Personal
from kiosk.core import events, views
from kiosk.core.catalogue import Language
from kiosk.core.speech import Utterance
from sandbox import voice
from sandbox.stage import Stage
from sandbox.voice import SpeechDaemon

pytestmark = [
    pytest.mark.usefixtures("no_leaks"),
    pytest.mark.skipif(bool(voice.missing()), reason=voice.missing() or "nothing is missing"),
]


def test_what_the_glass_says_is_spoken(tmp_path: Path) -> None:
    """Screens are told that there is a voice; what they say from their thread reaches it."""
    with SpeechDaemon() as daemon:
        daemon.start()
        section = schema.Speech(fitted=True, socket=daemon.socket)
        with Stage(tmp_path, speech=section) as stage:
            stage.touch(events.Start())
            stage.see(views.HomeView)
            assert stage.shown[-1].frame.speaks
            stage.kiosk._bridge.speak(Utterance(Personal("请选择一项服务"), Language.CHINESE))
            deadline = time.monotonic() + 20
            while daemon.texts() != ["请选择一项服务"]:
                assert time.monotonic() < deadline, daemon.texts()
                time.sleep(0.01)


def test_a_terminal_whose_voice_is_missing_serves(tmp_path: Path) -> None:
    """Nobody listens there; a visit goes on all the same."""
    section = schema.Speech(fitted=True, socket=tmp_path / "nobody")
    with Stage(tmp_path, speech=section) as stage:
        stage.kiosk._bridge.speak(Utterance(Personal("欢迎"), Language.CHINESE))
        stage.go_to_reader()
