"""Logs of the terminal: one JSON object a line on standard error, where the journal keeps them."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logs(level: int = logging.INFO) -> None:
    """Log structured lines; a traceback shows where it broke, never the values it broke on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.ExceptionRenderer(_places),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _places(exc_info: structlog.typing.ExcInfo) -> str:
    """The error's type and the lines it came through; its message may be personal."""
    kind, _, traceback = exc_info
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_qualname}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return f"{kind.__name__} in {' > '.join(places)}"
