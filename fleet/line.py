"""One line to the broker: a subscription of its own, acknowledged by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as mqtt
import structlog
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

log = structlog.get_logger(__name__)

KEEPALIVE = 20  # seconds
PAUSES = 1, 10  # seconds between two attempts to connect


@dataclass(frozen=True, slots=True)
class Subscription:
    """What is listened to, and for how many seconds the broker keeps it while we are away."""

    client_id: str
    topics: tuple[str, ...]
    kept: int = 0


class Line:
    """A subscriber. `heard` is called on paho's thread with each message and its connection.

    `acknowledge` wants that connection back: a broker that restarted numbers messages anew.
    `clock` gives seconds since 1970.
    """

    def __init__(
        self,
        subscription: Subscription,
        where: tuple[str, int],
        heard: Callable[[mqtt.MQTTMessage, int], None],
        clock: Callable[[], float],
    ) -> None:
        self._subscription = subscription
        self._where = where
        self._heard = heard
        self._clock = clock
        self._connection = 0
        self.since: float | None = None  # subscribed, in seconds since 1970; None: it is not
        self._client = self._make_client()

    def start(self) -> None:
        """Begin; a broker that is not there yet is waited for."""
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call] # paho's
        properties.SessionExpiryInterval = self._subscription.kept
        self._client.connect_async(
            *self._where,
            keepalive=KEEPALIVE,
            clean_start=not self._subscription.kept,
            properties=properties,
        )
        self._client.loop_start()

    def stop(self) -> None:
        """End paho's thread."""
        self._client.disconnect()
        self._client.loop_stop()

    def tend(self) -> None:
        """Start paho's thread again should it have died (paho #894)."""
        thread = self._client._thread  # noqa: SLF001 # paho has no public way to ask
        if thread is None or not thread.is_alive():
            log.error("broker.thread_died")
            self.since = None
            self._client.loop_start()

    def acknowledge(self, mid: int, connection: int) -> None:
        """The message is safe with us; one of an earlier connection comes again anyway."""
        if connection == self._connection:
            self._client.ack(mid, 1)

    def _make_client(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            self._subscription.client_id,
            protocol=mqtt.MQTTv5,
            manual_ack=True,
        )
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.reconnect_delay_set(*PAUSES)
        return client

    def _on_connect(
        self,
        client: mqtt.Client,
        _: object,
        __: object,
        reason: Any,  # noqa: ANN401 # paho's
        ___: object,
    ) -> None:
        if reason.is_failure:
            log.warning("broker.refused", reason=str(reason))
            return
        self._connection += 1
        log.info("broker.connected", host=self._where[0], port=self._where[1])
        client.subscribe([(topic, 1) for topic in self._subscription.topics])

    def _on_subscribe(
        self, _: object, __: object, ___: object, reasons: list[Any], ____: object
    ) -> None:
        refused = [str(reason) for reason in reasons if reason.is_failure]
        if refused:
            log.error("broker.subscription_refused", reasons=refused)
        else:
            self.since = self._clock()

    def _on_disconnect(self, *_: object) -> None:
        self.since = None

    def _on_message(self, _: object, __: object, message: mqtt.MQTTMessage) -> None:
        self._heard(message, self._connection)
