"""The legal time of the country: what offices and terminals date by.

A terminal shows and dates by it whatever zone its system was left in: one set to UTC would
otherwise be a day behind each morning until eight, and send dates that the platform refuses.
"""

from __future__ import annotations

from datetime import timedelta, timezone

BEIJING = timezone(timedelta(hours=8))  # without daylight saving, from Xinjiang to Heilongjiang
