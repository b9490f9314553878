"""The government platform: what a terminal asks of it, and the adapter that asks over HTTP.

The contract is docs/reference/platform.openapi.yaml; docs/integrator.md says how another platform
is connected.
"""

from kiosk.services.platform.adapter import HttpPlatform
from kiosk.services.platform.line import MAX_ANSWER, MAX_CATALOGUE, Certificates, Timeouts
from kiosk.services.platform.port import (
    Grant,
    Platform,
    PlatformError,
    PlatformProtocolError,
    PlatformUnavailable,
    Sending,
)

__all__ = [
    "MAX_ANSWER",
    "MAX_CATALOGUE",
    "Certificates",
    "Grant",
    "HttpPlatform",
    "Platform",
    "PlatformError",
    "PlatformProtocolError",
    "PlatformUnavailable",
    "Sending",
    "Timeouts",
]
