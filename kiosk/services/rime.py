"""librime by its C API, as far as the terminal needs it: letters in, candidates out.

Follows rime_api.h of librime 1.8, Debian's librime1; the functions used are of 1.0 and still there
in later versions. What is loaded is read-only: schemas of ours (kiosk/ime) and the tables that
Debian's rime-data-luna-pinyin brings built, so that nothing is deployed and nothing is written.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LIBRARY: Final = "librime.so.1"
SCHEMAS: Final = Path(__file__).parent.parent / "ime"
SCHEMA: Final = b"doorstep"
TABLES: Final = ("luna_pinyin.table.bin", "luna_pinyin_simp.prism.bin")

_APP: Final = b"rime.doorstep"  # the log keeps the pointer, so it lives as long as the process
_FATAL: Final = 3  # what it logs below that may hold what was typed
_DOWN: Final = 0xFF54  # X11's keysym: the next candidate
_taken = threading.Lock()
_set_up = threading.Event()


class ImeError(Exception):
    """There is no input method; the text says what is missing and what to do."""


class _Traits(ctypes.Structure):
    _fields_ = (
        ("data_size", ctypes.c_int),
        ("shared_data_dir", ctypes.c_char_p),
        ("user_data_dir", ctypes.c_char_p),
        ("distribution_name", ctypes.c_char_p),
        ("distribution_code_name", ctypes.c_char_p),
        ("distribution_version", ctypes.c_char_p),
        ("app_name", ctypes.c_char_p),
        ("modules", ctypes.POINTER(ctypes.c_char_p)),
        ("min_log_level", ctypes.c_int),
        ("log_dir", ctypes.c_char_p),
        ("prebuilt_data_dir", ctypes.c_char_p),
        ("staging_dir", ctypes.c_char_p),
    )


class _Candidate(ctypes.Structure):
    _fields_ = (
        ("text", ctypes.c_char_p),
        ("comment", ctypes.c_char_p),
        ("reserved", ctypes.c_void_p),
    )


class _Context(ctypes.Structure):
    _fields_ = (
        ("data_size", ctypes.c_int),
        ("length", ctypes.c_int),  # RimeComposition
        ("cursor_pos", ctypes.c_int),
        ("sel_start", ctypes.c_int),
        ("sel_end", ctypes.c_int),
        ("preedit", ctypes.c_char_p),
        ("page_size", ctypes.c_int),  # RimeMenu
        ("page_no", ctypes.c_int),
        ("is_last_page", ctypes.c_int),
        ("highlighted_candidate_index", ctypes.c_int),
        ("num_candidates", ctypes.c_int),
        ("candidates", ctypes.POINTER(_Candidate)),
        ("select_keys", ctypes.c_char_p),
        ("commit_text_preview", ctypes.c_char_p),
        ("select_labels", ctypes.c_void_p),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """Characters, and the letters behind them that they do not stand for."""

    text: str = field(repr=False)
    left: str = field(repr=False)


class Rime:
    """librime, from the tables in `data`; `scratch` is a directory that it wants and leaves empty.

    Raises ImeError where a package is missing, and where another one is open: librime is one for
    the whole process. One thread at a time may use it.
    """

    def __init__(self, scratch: Path, data: Path) -> None:
        # Reading takes milliseconds, in which other threads may run. The rest is over in
        # microseconds: to wait for the interpreter again after each would take far longer.
        self._slow, self._quick = _load(ctypes.CDLL), _load(ctypes.PyDLL)
        for name in TABLES:
            if not (data / name).is_file():
                raise ImeError(
                    f"pinyin input: {data} has no {name}; "
                    "install the Debian package rime-data-luna-pinyin"
                )
        if not _taken.acquire(blocking=False):
            raise ImeError("pinyin input: it is open already in this process; close that one first")
        traits = _traits(scratch, data)
        if not _set_up.is_set():  # a second time would end the process: its log allows one set-up
            self._slow.RimeSetup(ctypes.byref(traits))
            _set_up.set()
        self._slow.RimeInitialize(ctypes.byref(traits))
        self._session = self._slow.RimeCreateSession()
        self._slow.RimeSelectSchema(self._session, SCHEMA)
        if not self.read("ni", 1):  # librime says of broken tables only that there is nothing
            self.close()
            raise ImeError(
                f"pinyin input: {LIBRARY} finds nothing in {data} by the schema in {SCHEMAS}; "
                "install librime1 and rime-data-luna-pinyin of the same Debian again"
            )

    def read(self, letters: str, limit: int) -> list[Reading]:
        """What the letters may mean, best first, up to the first reading that leaves some of them.

        `letters` are a to z, with ' between syllables where somebody wants to say so. Where no
        word stands for all of them, the first reading is a sentence made of words.
        """
        # A session reads on with every key, and the time adds up. Typed from the end, with the
        # caret behind the first letter, nothing but that and the newest is read before End.
        keys = letters[0] + "".join(f"{c}{{KP_Left}}" for c in reversed(letters[1:])) + "{End}"
        self._slow.RimeSimulateKeySequence(self._session, keys.encode("ascii"))
        found: list[Reading] = []
        while len(found) < limit:
            with self._context() as context:
                if not context.num_candidates:
                    break
                text = context.candidates[0].text.decode()
                left = context.commit_text_preview.decode().removeprefix(text)
                last = context.is_last_page
            found.append(Reading(text, left))
            if last or left:  # all that follow leave as many, or more
                break
            self._quick.RimeProcessKey(self._session, _DOWN, 0)
        self._quick.RimeClearComposition(self._session)
        return found

    def close(self) -> None:
        """End every session and give back what they held; only once."""
        self._slow.RimeFinalize()
        _taken.release()

    @contextmanager
    def _context(self) -> Iterator[_Context]:
        context = _Context(data_size=_size(_Context))
        self._quick.RimeGetContext(self._session, ctypes.byref(context))
        try:
            yield context
        finally:
            self._quick.RimeFreeContext(ctypes.byref(context))


def _load(kind: type[ctypes.CDLL]) -> ctypes.CDLL:
    """The library, and the types of its functions that are not `int`."""
    try:
        rime = kind(LIBRARY)
    except OSError as error:
        raise ImeError(
            f"pinyin input: {LIBRARY} can not be loaded ({error}); "
            "install the Debian package librime1"
        ) from error
    session = ctypes.c_size_t
    context = ctypes.POINTER(_Context)
    rime.RimeCreateSession.restype = session
    rime.RimeSelectSchema.argtypes = (session, ctypes.c_char_p)
    rime.RimeSimulateKeySequence.argtypes = (session, ctypes.c_char_p)
    rime.RimeProcessKey.argtypes = (session, ctypes.c_int, ctypes.c_int)
    rime.RimeClearComposition.argtypes = (session,)
    rime.RimeGetContext.argtypes = (session, context)
    rime.RimeFreeContext.argtypes = (context,)
    return rime


def _traits(scratch: Path, data: Path) -> _Traits:
    return _Traits(
        data_size=_size(_Traits),
        shared_data_dir=bytes(data.parent),
        user_data_dir=bytes(scratch),
        distribution_name=b"Doorstep",
        distribution_code_name=b"doorstep",
        distribution_version=b"1",
        app_name=_APP,
        min_log_level=_FATAL,
        log_dir=bytes(scratch),
        prebuilt_data_dir=bytes(data),
        staging_dir=bytes(SCHEMAS),
    )


def _size(structure: type[ctypes.Structure]) -> int:
    """RIME_STRUCT_INIT: the size without the field that holds it."""
    return ctypes.sizeof(structure) - ctypes.sizeof(ctypes.c_int)
