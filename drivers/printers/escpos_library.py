"""python-escpos, imported so that it leaves nothing behind.

On import it makes a directory for a cache that no later start finds again, and gives the root
logger a handler. Here the directory goes at once, and the logger is left as it was.
"""

from __future__ import annotations

import logging
import tempfile

_handlers = list(logging.root.handlers)
_place = tempfile.tempdir
with tempfile.TemporaryDirectory() as _directory:
    tempfile.tempdir = _directory
    try:
        from escpos.printer import Dummy
    finally:
        tempfile.tempdir = _place
        logging.root.handlers[:] = _handlers

__all__ = ["Dummy"]
