"""What scanners see."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.device.personal import Personal


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """One code as it was shown: an opaque token, sent on and never parsed or logged.

    `seen_at` is monotonic seconds. Electronic social security and identity codes change within a
    minute: `expired` says whether this one is too old to be sent.
    """

    payload: Personal
    symbology: str = ""  # the scanner's word for it: "QR Code", "Code 128"; "" where it says none
    seen_at: float = 0.0

    def expired(self, now: float, lifetime: float = 60.0) -> bool:
        """Whether more than `lifetime` seconds went by since it was shown."""
        return now - self.seen_at > lifetime
