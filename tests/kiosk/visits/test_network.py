"""A terminal whose network is taken away, platform and broker at once: it goes on by itself."""

from __future__ import annotations

from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from device_config import schema
from kiosk.core import events, views
from sandbox.broker import Broker
from sandbox.network import HERE, Network
from sandbox.stage import Stage
from tests.waiting import eventually

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(120)]


def test_what_is_asked_without_network_is_kept_and_sent_once_it_is_back(tmp_path: Path) -> None:
    """A number instead of the result; afterwards exactly one case, and home works again."""
    with Network() as network, Stage(tmp_path, network=network) as stage:
        stage.go_to_reader()
        stage.world.act("card wang")
        stage.see(views.ReviewView)
        stage.world.act("network off")
        stage.touch(events.Continue())
        assert stage.see(views.KeptView).number
        assert stage.platform.cases().cases == 0
        stage.touch(events.Leave())
        stage.see(views.FarewellView)
        stage.world.act("network on")
        eventually(lambda: stage.platform.cases().cases == 1, within=60)


def test_the_screen_says_so_and_takes_it_back(tmp_path: Path) -> None:
    """Home tells that the platform is away for as long as the network is off."""
    with Network() as network, Stage(tmp_path, network=network) as stage:
        stage.touch(events.Start())
        stage.see(views.HomeView, lambda home: home.platform_reachable)
        stage.world.act("network off")
        stage.see(views.HomeView, lambda home: not home.platform_reachable)
        stage.world.act("network on")
        stage.see(views.HomeView, lambda home: home.platform_reachable)


def test_the_fleet_hears_afterwards_what_happened_without_network(tmp_path: Path) -> None:
    """A call for help while nobody could hear it arrives when the broker is reached again."""
    heard: list[bytes] = []
    listener = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
    listener.on_message = lambda _, __, message: heard.append(bytes(message.payload))
    home = tmp_path / "terminal"
    home.mkdir()
    with Broker(tmp_path / "broker") as broker, Network() as network:
        listener.connect(broker.host, broker.port)
        listener.subscribe("#", 1)
        listener.loop_start()
        line = schema.Mqtt(host=HERE, port=network.line(broker.host, broker.port))
        with Stage(home, network=network, mqtt=line) as stage:
            eventually(lambda: any(b"started" in message for message in heard), within=60)
            stage.world.act("network off")
            stage.touch(events.Start())
            stage.see(views.HomeView)
            stage.touch(events.CallHelp())
            stage.see(views.HelpView)
            assert not any(b"help_called" in message for message in heard)
            stage.world.act("network on")
            eventually(lambda: any(b"help_called" in message for message in heard), within=60)
        listener.disconnect()
        listener.loop_stop()
        listener.on_message = None
