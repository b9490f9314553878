"""The hands of the core: they carry out its effects with devices, platform, disk and paper.

Each effect is a task and each outcome an event. Nothing personal is in any log, and nothing of a
visit is left once it ended.
"""

from kiosk.services.hands.carrying import AsyncHands
from kiosk.services.hands.search import Finder
from kiosk.services.hands.tools import Equipment, InputMethod, Tools

__all__ = ["AsyncHands", "Equipment", "Finder", "InputMethod", "Tools"]
