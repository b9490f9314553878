"""One touch, one intent: hands that tremble or tap twice ask for nothing twice."""

from __future__ import annotations

from typing import Final

AGAIN: Final = 0.6  # seconds until the same view may ask once more
DOUBLE: Final = 0.3  # seconds in which a second tap belongs to the first, on any view
ECHO: Final = 0.15  # seconds in which the same key once more is a trembling finger
SIGN_OF_LIFE: Final = 5.0  # seconds between two touches that ask for nothing


class Gate:
    """Lets an intent pass, or not; times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._passed = float("-inf")
        self._alive = float("-inf")
        self._fresh = True  # no intent came from this view yet

    def new_view(self) -> None:
        """Another view is shown."""
        self._fresh = True

    def admits(self, now: float) -> bool:
        """Whether an intent passes now; if so it counts."""
        if not self.would_admit(now):
            return False
        self._passed, self._fresh = now, False
        return True

    def would_admit(self, now: float) -> bool:
        """Whether an intent would pass now."""
        return now - self._passed >= (DOUBLE if self._fresh else AGAIN)

    def admits_sign_of_life(self, now: float) -> bool:
        """Whether a touch that asks for nothing passes now; if so it counts."""
        if now - self._alive < SIGN_OF_LIFE or now - self._passed < DOUBLE:
            return False
        self._alive = now
        return True


class KeyGate:
    """Lets a key pass, or not: letters may follow each other quickly, the same one not at once."""

    def __init__(self) -> None:
        self._last, self._at = "", float("-inf")

    def admits(self, key: str, now: float) -> bool:
        """Whether a key pressed now counts."""
        echo = key == self._last and now - self._at < ECHO
        self._last, self._at = key, now
        return not echo
