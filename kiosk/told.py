"""What each service is told of the configuration."""

from __future__ import annotations

from importlib.metadata import version

from device_config.schema import TerminalConfig
from drivers.printers import receipt_layout
from kiosk.core.catalogue import Language, Text
from kiosk.core.staff import Role
from kiosk.core.visit import Settings
from kiosk.services.platform import Certificates, Timeouts
from kiosk.services.receipts import Origin
from kiosk.services.telemetry import TelemetryConfig, Tls
from kiosk.wire import Labels


def settings(config: TerminalConfig) -> Settings:
    """What the journey is told."""
    terminal, timeouts = config.terminal, config.timeouts
    return Settings(
        place={Language.CHINESE: terminal.place.zh, Language.ENGLISH: terminal.place.en},
        hotline=terminal.hotline,
        attendant_phone=terminal.attendant_phone,
        language=Language(terminal.default_language),
        idle=timeouts.idle,
        warning=timeouts.warning,
        staffed=bool(pins(config)),
        technician_phone=config.staff.technician_phone,
        speaks=config.speech.fitted,
    )


def pins(config: TerminalConfig) -> dict[Role, str]:
    """The hashes by which staff are known; the technician's counts where both fit."""
    staff = config.staff
    kept = {Role.ATTENDANT: staff.attendant_pin, Role.TECHNICIAN: staff.technician_pin}
    return {role: one for role, one in kept.items() if one is not None}


def software() -> str:
    """The version of what runs here."""
    return version("doorstep")


def origin(config: TerminalConfig) -> Origin:
    """What receipts are told."""
    terminal, printer = config.terminal, config.receipt_printer
    return Origin(
        terminal.id,
        Text(terminal.place.zh, terminal.place.en),
        terminal.hotline,
        receipt_layout.Paper(printer.width_dots, printer.text, printer.qr),
    )


def timeouts(config: TerminalConfig) -> Timeouts:
    """How long the platform is waited for."""
    return Timeouts(answer=config.platform.timeout, upload=config.platform.upload_timeout)


def certificates(config: TerminalConfig) -> Certificates | None:
    """By what terminal and platform know each other, where it is not by what the system trusts."""
    platform = config.platform
    if platform.ca is None and platform.cert is None:
        return None
    return Certificates(platform.ca, platform.cert, platform.key)


def line(config: TerminalConfig) -> TelemetryConfig | None:
    """What the line to the fleet is told, where there is one."""
    if config.mqtt is None:
        return None
    mqtt, terminal = config.mqtt, config.terminal
    return TelemetryConfig(
        terminal=terminal.id,
        labels=Labels(
            name_zh=terminal.name.zh,
            name_en=terminal.name.en,
            place_zh=terminal.place.zh,
            place_en=terminal.place.en,
        ),
        software=software(),
        host=mqtt.host,
        port=mqtt.port,
        heartbeat=mqtt.heartbeat,
        tls=Tls(mqtt.tls.ca, mqtt.tls.cert, mqtt.tls.key) if mqtt.tls else None,
    )
