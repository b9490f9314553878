"""What IPP printers say of themselves (RFC 8011 5.4.11 and 5.4.12, PWG 5100.9, CUPS markers).

A reason is a keyword with or without a severity behind it (`media-low-warning`). An error has
stopped the printer, a warning or report has not: so says RFC 8011. Printers differ. A reason
without a severity is believed by its nature; one that nobody knows counts only where the printer
has stopped; and no paper passes an open cover or a jam, whatever severity goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from drivers.device import (
    Advice,
    Busy,
    CoverOpen,
    Disconnected,
    Fault,
    HardwareError,
    Level,
    PaperJammed,
    PaperLow,
    PaperOut,
    PoweredOff,
    Ready,
    Status,
    Supply,
    UserError,
)

Attributes = Mapping[str, Any]

IDLE, PROCESSING, STOPPED = 3, 4, 5  # printer-state

_ATTENDANT, _TECHNICIAN = Advice.ATTENDANT_ACTS, Advice.TECHNICIAN_ACTS

TONER_EMPTY = Fault("documents.toner_empty", _ATTENDANT, "toner or ink is used up; change it")
SUPPLY_MISSING = Fault("documents.supply_missing", _ATTENDANT, "a cartridge is missing; put it in")
WASTE_FULL = Fault("documents.waste_full", _ATTENDANT, "the waste toner box is full; change it")
TRAY_MISSING = Fault("documents.tray_missing", _ATTENDANT, "a tray is out; push it in")
BIN_FULL = Fault(
    "documents.bin_full",
    Advice.RESIDENT_ACTS,
    "the output bin is full; take the paper out",
    "Please take the printed sheets out of the printer.",
)
FUSER = Fault("documents.fuser", Advice.WAIT, "the fuser is too hot or too cold; wait")
WORN = Fault("documents.worn_out", _TECHNICIAN, "drum or developer is at its end; change it")
SPOOL_FULL = Fault("documents.spool_full", _TECHNICIAN, "it has no room for jobs; cancel old ones")
FILTER = Fault("documents.filter", _TECHNICIAN, "its queue lacks a filter; install its driver")
PAUSED = Fault("documents.paused", _ATTENDANT, "it is paused; press Online or resume its queue")
REJECTING = Fault("documents.rejecting", _TECHNICIAN, "it accepts no jobs; let its queue accept")
STOPPED_SILENTLY = Fault("documents.stopped", _TECHNICIAN, "it has stopped and does not say why")
OTHER = Fault("documents.attention", _TECHNICIAN, "it needs attention")
NO_PDF = Fault("documents.no_pdf", _TECHNICIAN, "it takes no PDF; print through a queue of CUPS")

_OFFLINE = "its queue does not reach the printer; check power and cable of the printer"

# In the order in which they matter: a printer with an open cover often says more besides.
REASONS: Mapping[str, Status] = {
    "shutdown": PoweredOff(),
    "power-down": PoweredOff(),
    "deactivated": PoweredOff(),
    "offline": Disconnected(_OFFLINE),
    "timed-out": Disconnected(_OFFLINE),
    "connecting-to-device": Disconnected(_OFFLINE),
    "cover-open": CoverOpen(),
    "door-open": CoverOpen(),
    "interlock-open": CoverOpen(),
    "media-jam": PaperJammed(),
    "input-tray-missing": HardwareError(TRAY_MISSING),
    "media-empty": PaperOut(),
    "media-needed": PaperOut(),
    "input-media-supply-empty": PaperOut(),
    "toner-empty": HardwareError(TONER_EMPTY),
    "marker-supply-empty": HardwareError(TONER_EMPTY),
    "marker-supply-missing": HardwareError(SUPPLY_MISSING),
    "marker-waste-full": HardwareError(WASTE_FULL),
    "output-area-full": UserError(BIN_FULL),
    "fuser-over-temp": HardwareError(FUSER),
    "fuser-under-temp": HardwareError(FUSER),
    "opc-life-over": HardwareError(WORN),
    "developer-empty": HardwareError(WORN),
    "spool-area-full": HardwareError(SPOOL_FULL),
    "cups-missing-filter": HardwareError(FILTER),
    "cups-insecure-filter": HardwareError(FILTER),
    "hold-new-jobs": HardwareError(PAUSED),
    "paused": HardwareError(PAUSED),
    "moving-to-paused": HardwareError(PAUSED),
}
# What keeps paper from passing, however mildly it is put: ippeveprinter calls a jam a report.
ALWAYS = frozenset(
    {"cover-open", "door-open", "interlock-open", "media-jam", "media-needed", "power-down"}
)
EMPTY = frozenset({"media-empty", "input-media-supply-empty"})  # at least one tray is
LOW = frozenset({"media-low", "input-media-supply-low"})
# Warnings by their nature, and what says nothing of whether it prints.
HARMLESS = LOW | {
    "none",
    "stopped-partly",
    "toner-low",
    "marker-supply-low",
    "marker-waste-almost-full",
    "output-area-almost-full",
    "opc-near-eol",
    "developer-low",
    "identify-printer-requested",
    "cups-waiting-for-job-completed",
}
# What a queue says of itself rather than of the printer behind it.
OF_QUEUES = frozenset(
    {"paused", "moving-to-paused", "hold-new-jobs", "cups-missing-filter", "cups-insecure-filter"}
)
PAUSE = frozenset({"paused", "moving-to-paused"})
SEVERITIES = ("error", "warning", "report")


def status(printer: Attributes) -> Status:
    """How a printer is, from its attributes: the gravest of what it says."""
    reasons = dict(_reasons(printer))
    stopped = number(printer, "printer-state") == STOPPED
    for reason, meaning in REASONS.items():
        if reason in reasons and _stops(reason, reasons[reason], printer):
            return meaning
    if unknown := sorted(_unknown(reasons, stopped=stopped)):
        return HardwareError(OTHER.because(", ".join(unknown)))
    if stopped:
        # A warning that goes with a stop is what stopped it.
        found = (meaning for reason, meaning in REASONS.items() if reason in reasons)
        return next(found, HardwareError(STOPPED_SILENTLY.because(message(printer))))
    if printer.get("printer-is-accepting-jobs") is False:
        return HardwareError(REJECTING)
    formats = words(printer, "document-format-supported")
    if formats and "application/pdf" not in formats:
        return HardwareError(NO_PDF)
    if not reasons.keys().isdisjoint(LOW | EMPTY):
        return PaperLow()
    return Busy() if number(printer, "printer-state") == PROCESSING else Ready()


def is_queue(printer: Attributes) -> bool:
    """Whether it is a queue of CUPS rather than a printer itself."""
    return "cups-version" in printer


def of_queue_alone(printer: Attributes) -> Attributes:
    """The attributes of a queue without what it once heard from its printer.

    A queue learns how its printer is only while it prints; afterwards it goes on saying what it
    heard last, "no paper" say, long after paper was loaded (OpenPrinting/cups#278).
    """
    own = [reason for reason in words(printer, "printer-state-reasons") if reason in OF_QUEUES]
    return {**printer, "printer-state-reasons": own or ["none"]}


def is_paused(printer: Attributes) -> bool:
    """Whether jobs that are sent to it wait until somebody resumes it.

    A queue of CUPS may call itself idle and paused at once, while it is set up; one whose backend
    failed has stopped.
    """
    if not PAUSE.isdisjoint(reason for reason, _ in _reasons(printer)):
        return True
    stopped = number(printer, "printer-state") == STOPPED
    return is_queue(printer) and (stopped or printer.get("printer-is-accepting-jobs") is False)


def without_pause(printer: Attributes) -> Attributes:
    """The attributes as they would be after it was resumed."""
    reasons = words(printer, "printer-state-reasons")
    left = [reason for reason in reasons if not reason.startswith(tuple(PAUSE))]
    return {
        **printer,
        "printer-state": IDLE,
        "printer-state-reasons": left,
        "printer-is-accepting-jobs": True,
    }


def supplies(printer: Attributes) -> tuple[Supply, ...]:
    """Trays and markers in the printer's own words."""
    return (*_trays(printer), *(tuple(_markers(printer)) or _described(printer)))


def words(printer: Attributes, name: str) -> list[str]:
    """The texts of an attribute; none where it is not there or says that it is unknown."""
    value = printer.get(name, [])
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text]


def number(printer: Attributes, name: str) -> int | None:
    """The number of an attribute, None where it has none."""
    value = printer.get(name)
    return int(value) if isinstance(value, int) else None


def message(printer: Attributes) -> str:
    """What it says of its state for people; "" for nothing."""
    return next(iter(words(printer, "printer-state-message")), "")


def _reasons(printer: Attributes) -> Iterator[tuple[str, str]]:
    """Each reason with its severity; of two severities the graver counts."""
    found = []
    for word in words(printer, "printer-state-reasons"):
        reason, _, severity = word.rpartition("-")
        found.append((reason, severity) if severity in SEVERITIES else (word, ""))
    grave = ["report", "warning", "", "error"]
    return iter(sorted(found, key=lambda pair: grave.index(pair[1])))


def _stops(reason: str, severity: str, printer: Attributes) -> bool:
    """Whether a reason that is known keeps it from printing."""
    if severity in {"", "error"} or reason in ALWAYS:
        return True
    return reason in EMPTY and _all_trays_empty(printer)


def _all_trays_empty(printer: Attributes) -> bool:
    """Whether each tray that counts its sheets has none; False where none counts."""
    levels = [_integer(_pairs(tray).get("level")) for tray in words(printer, "printer-input-tray")]
    counted = [level for level in levels if level is not None and level not in {-1, -2}]
    return bool(counted) and all(level == 0 for level in counted)


def _unknown(reasons: Mapping[str, str], *, stopped: bool) -> Iterator[str]:
    """The reasons nobody knows that keep it from printing."""
    for reason, severity in reasons.items():
        if reason in REASONS or reason in HARMLESS:
            continue
        if severity == "error" or (stopped and severity == ""):
            yield reason


def _trays(printer: Attributes) -> Iterator[Supply]:
    """PWG 5100.13, printer-input-tray: `type=…;maxcapacity=250;level=80;status=0;name=main;`."""
    for text in words(printer, "printer-input-tray"):
        pairs = _pairs(text)
        level, full = _integer(pairs.get("level")), _integer(pairs.get("maxcapacity"))
        name = pairs.get("name", pairs.get("type", "tray"))
        if level is None or level == -2:
            yield Supply(name, Level.UNKNOWN)
        elif level < 0:  # -1: no limit; -3: at least one sheet
            yield Supply(name, Level.FULL)
        else:
            percent = min(100 * level // full, 100) if full and full > 0 else None
            low = percent is not None and percent < 10
            yield Supply(name, _level(level, low=low), percent)


def _described(printer: Attributes) -> Iterator[Supply]:
    """PWG 5100.13, printer-supply: `class=supplyThatIsConsumed;type=toner;level=75;…`, percent."""
    names = words(printer, "printer-supply-description")
    for index, text in enumerate(words(printer, "printer-supply")):
        pairs = _pairs(text)
        name = names[index] if index < len(names) else pairs.get("type", "supply")
        level = _integer(pairs.get("level"))
        filled = pairs.get("class") == "receptacleThatIsFilled"
        yield _marker(name, -2 if level is None else level, 10, 90, filled=filled)


def _markers(printer: Attributes) -> Iterator[Supply]:
    """CUPS' marker-…: one value each per toner, ink or waste box; levels are percent."""
    types, levels = words(printer, "marker-types"), _numbers(printer, "marker-levels")
    lows, highs = _numbers(printer, "marker-low-levels"), _numbers(printer, "marker-high-levels")
    for index, name in enumerate(words(printer, "marker-names")):
        filled = index < len(types) and types[index].startswith("waste")
        low, high = _at(lows, index, 10), _at(highs, index, 90)
        yield _marker(name, _at(levels, index, -2), low, high, filled=filled)


def _marker(name: str, level: int, low: int, high: int, *, filled: bool) -> Supply:
    """What is used up, or fills up (`filled`: `level` is how full it is)."""
    if level < 0:  # -1 and -2: nobody knows; -3: some is left
        return Supply(name, Level.FULL if level == -3 else Level.UNKNOWN)
    if filled:
        return Supply(name, _level(100 - level, low=level >= high), level)
    return Supply(name, _level(level, low=level <= low), level)


def _level(left: int, *, low: bool) -> Level:
    if left <= 0:
        return Level.OUT
    return Level.LOW if low else Level.FULL


def _numbers(printer: Attributes, name: str) -> list[int]:
    value = printer.get(name, [])
    values = value if isinstance(value, list) else [value]
    return [number if isinstance(number, int) else -2 for number in values]


def _at(values: list[int], index: int, otherwise: int) -> int:
    return values[index] if index < len(values) else otherwise


def _pairs(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def _integer(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None
