"""`kiosk speak-test`, and what `kiosk doctor` says of the voice, with a real speech-dispatcher."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import voice
from sandbox.voice import SpeechDaemon, loudness, seconds
from tests.minimal import MINIMAL

pytestmark = [
    pytest.mark.usefixtures("no_leaks"),
    pytest.mark.skipif(bool(voice.missing()), reason=voice.missing() or "nothing is missing"),
]


@pytest.fixture
def own() -> Iterator[SpeechDaemon]:
    """The place of this user's daemon; nobody has started it."""
    with SpeechDaemon() as own:
        yield own


def kiosk(
    own: SpeechDaemon, config: Path, speech: str, *command: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as this user, with that [speech] in the configuration."""
    config.write_text(MINIMAL + "[speech]\n" + speech, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *command, "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | own.own_environment | environment,
    )


def test_both_languages_are_said(own: SpeechDaemon, tmp_path: Path) -> None:
    """Exit status 0 once both were played to their end; the daemon is started for it."""
    done = kiosk(own, tmp_path / "k.toml", "fitted = true", "speak-test")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["zh-CN", "en"]
    heard = own.heard()
    assert seconds(heard) > 5
    assert loudness(heard) > 500


def test_it_can_be_heard_before_it_is_fitted(own: SpeechDaemon, tmp_path: Path) -> None:
    """One language, as loud as wanted, as data; the configuration says that nothing else speaks."""
    command = ("speak-test", "--json", "--language=en")
    volumes = []
    for volume in (1, 5):
        done = kiosk(own, tmp_path / "k.toml", "", *command, f"--volume={volume}")
        answer = json.loads(done.stdout)
        assert (done.returncode, list(answer["seconds"])) == (0, ["en"])
        assert (answer["fitted"], answer["volume"]) == (False, volume)
        volumes.append(loudness(own.heard()))
        own.end()
    assert volumes[1] > 2 * volumes[0] > 0


@pytest.mark.parametrize("as_json", [False, True])
def test_a_missing_daemon_is_named(own: SpeechDaemon, tmp_path: Path, *, as_json: bool) -> None:
    """With exit status 1, what to install and a code."""
    options = ["--json"] if as_json else []
    done = kiosk(own, tmp_path / "k.toml", "", "speak-test", *options, PATH=str(tmp_path))
    assert done.returncode == 1
    told = done.stdout if as_json else done.stderr
    assert "apt install speech-dispatcher speech-dispatcher-espeak-ng" in told
    assert "speech.not_installed" in told


def test_the_doctor_tries_the_voice(own: SpeechDaemon, tmp_path: Path) -> None:
    """A fitted voice is part of what has to work, and is tried without a sound."""
    done = kiosk(own, tmp_path / "k.toml", "fitted = true", "doctor")
    assert done.returncode == 0, done.stdout
    assert "\nspoken voice: zh-CN by espeak-ng, en by espeak-ng\n" in done.stdout
    assert loudness(own.heard()) == 0


def test_the_doctor_says_what_keeps_it_silent(own: SpeechDaemon, tmp_path: Path) -> None:
    """Exit status 1, with what to do; nobody asks for a voice that is not fitted."""
    config = tmp_path / "k.toml"
    misspelt = 'fitted = true\n[speech.en]\nmodule = "espeak-ng"\nname = "Alan"'
    done = kiosk(own, config, misspelt, "doctor")
    assert done.returncode == 1
    assert "-> spoken voice: espeak-ng: Alan: " in done.stdout
    assert "[technician; speech.no_voice]" in done.stdout
    own.end()
    away = kiosk(own, config, "fitted = true", "doctor", "--json", PATH=str(tmp_path))
    assert away.returncode == 1
    answer = json.loads(away.stdout)
    assert not answer["ready"]
    assert answer["speech"]["fault"] == "speech.not_installed"
    unfitted = kiosk(own, config, "fitted = false", "doctor", "--json", PATH=str(tmp_path))
    assert (unfitted.returncode, json.loads(unfitted.stdout)["speech"]) == (0, None)
