"""What is on the screen: view(journey), computed afresh after every event."""

from kiosk.core.present.whole import view

__all__ = ["view"]
