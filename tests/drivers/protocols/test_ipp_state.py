"""What printers say of themselves, as a status, and what they have to print with."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import (
    Advice,
    Busy,
    CoverOpen,
    HardwareError,
    Level,
    PaperJammed,
    PaperLow,
    PaperOut,
    PoweredOff,
    Ready,
    Status,
    Supply,
    fault_of,
    slug,
    usable,
)
from drivers.protocols import ipp_state
from drivers.protocols.ipp_state import IDLE, PROCESSING, STOPPED, status, supplies


def said(*reasons: str, state: int = IDLE, **more: object) -> dict[str, Any]:
    """A printer that gives these reasons."""
    attributes = {name.replace("_", "-"): value for name, value in more.items()}
    return {
        "printer-state": state,
        "printer-state-reasons": list(reasons or ["none"]),
        **attributes,
    }


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("none", "ready"),
        ("media-empty-error", "paper_out"),
        ("media-empty", "paper_out"),
        ("media-needed-warning", "paper_out"),
        ("media-low", "paper_low"),
        ("media-low-warning", "paper_low"),
        ("media-jam-error", "paper_jammed"),
        ("cover-open-error", "cover_open"),
        ("door-open", "cover_open"),
        ("toner-empty-error", "hardware_error"),
        ("toner-low-warning", "ready"),
        ("toner-low", "ready"),
        ("marker-supply-low-report", "ready"),
        ("shutdown", "powered_off"),
        ("offline-error", "disconnected"),
        ("connecting-to-device", "disconnected"),
        ("paused", "hardware_error"),
        ("cups-waiting-for-job-completed", "ready"),
    ],
)
def test_each_reason_is_the_status_it_should_be(reason: str, expected: str) -> None:
    """The keywords of RFC 8011 and CUPS, with and without a severity."""
    assert slug(status(said(reason))) == expected


@pytest.mark.parametrize("severity", ["warning", "report"])
@pytest.mark.parametrize(
    "reason",
    ["toner-empty", "marker-waste-full", "media-empty", "output-area-full", "offline", "x"],
)
def test_a_warning_stops_no_print(reason: str, severity: str) -> None:
    """RFC 8011: nothing in a warning or a report prevents a job from completing."""
    assert usable(status(said(f"{reason}-{severity}")))


def test_no_paper_passes_a_jam_however_it_is_called() -> None:
    """A jam is one, though some printers call everything a report while they are idle."""
    assert status(said("media-jam-report")) == PaperJammed()
    assert status(said("cover-open-warning", state=PROCESSING)) == CoverOpen()


def test_one_tray_of_two_is_low_and_all_are_out() -> None:
    """A report of an empty tray is believed as far as the trays bear it out."""
    empty, full, unknown = "level=0;name=a;", "level=90;name=b;", "level=-2;name=manual;"
    one = said("media-empty-report", printer_input_tray=[empty, full, unknown])
    every = said("media-empty-report", printer_input_tray=[empty, unknown])
    assert status(one) == PaperLow()
    assert status(every) == PaperOut()


def test_the_gravest_is_said() -> None:
    """An open cover hides what else the printer complains of."""
    reasons = ("toner-empty-error", "media-empty-error", "cover-open-error", "media-jam-error")
    assert status(said(*reasons)) == CoverOpen()
    assert status(said("media-empty-report", "media-empty-error")) == PaperOut()


def test_a_stop_has_a_reason_or_none() -> None:
    """What stopped it is looked for among warnings and unknown words; else that is said."""
    assert status(said("media-empty-warning", state=STOPPED)) == PaperOut()
    vendor = fault_of(status(said("com.example-lamp-broken", state=STOPPED)))
    assert vendor is not None
    assert vendor.code == "documents.attention"
    assert "lamp-broken" in vendor.detail
    silent = fault_of(status(said(state=STOPPED, printer_state_message="Filter failed")))
    assert silent is not None
    assert silent.code == "documents.stopped"
    assert "Filter failed" in silent.detail


def test_words_nobody_knows_stop_nothing() -> None:
    """A maker's own keyword counts where it is an error or the printer stopped."""
    assert status(said("com.example-ink-club")) == Ready()
    assert isinstance(status(said("com.example-head-broken-error")), HardwareError)


def test_busy_ready_and_what_can_not_print() -> None:
    """The state without reasons, jobs that are rejected, and printers without PDF."""
    assert status(said(state=PROCESSING)) == Busy()
    assert status({}) == Ready()
    rejecting = fault_of(status(said(printer_is_accepting_jobs=False)))
    assert rejecting is not None
    assert rejecting.code == "documents.rejecting"
    no_pdf = fault_of(status(said(document_format_supported=["image/urf"])))
    assert no_pdf is not None
    assert no_pdf.code == "documents.no_pdf"


def test_only_a_full_bin_is_for_the_resident() -> None:
    """What a resident can put right says so; everything else is for staff."""
    bin_full = fault_of(status(said("output-area-full-error")))
    assert bin_full is not None
    assert bin_full.advice is Advice.RESIDENT_ACTS
    assert "sheets" in bin_full.for_resident


def test_a_queue_forgets_what_it_heard() -> None:
    """An idle queue that once heard of no paper is not asked about paper."""
    queue = said("media-empty-error", "paused", state=STOPPED, cups_version="2.4.2")
    alone = ipp_state.of_queue_alone(queue)
    assert fault_of(status(alone)) == ipp_state.PAUSED
    assert ipp_state.is_paused(queue)
    assert status(ipp_state.of_queue_alone(ipp_state.without_pause(queue))) == Ready()


def test_who_is_paused() -> None:
    """A printer that says so, or a queue that has stopped or takes nothing."""
    assert ipp_state.is_paused(said("paused-report"))
    assert ipp_state.is_paused(said(state=STOPPED, cups_version="2.4.2"))
    assert ipp_state.is_paused(said(cups_version="2.4.2", printer_is_accepting_jobs=False))
    assert not ipp_state.is_paused(said("media-jam-error", state=STOPPED))


def test_markers_are_supplies() -> None:
    """CUPS' marker-…: toner by its own thresholds, a waste box by how full it is."""
    printer = {
        "marker-names": ["Black", "Cyan", "Magenta", "Yellow", "Waste", "Fuser"],
        "marker-types": ["toner", "toner", "toner", "toner", "waste-toner", "fuser"],
        "marker-levels": [60, 15, 0, -3, 95, -2],
        "marker-low-levels": [20, 20, 20, 20, 0, 0],
        "marker-high-levels": [100, 100, 100, 100, 90, 100],
    }
    assert supplies(printer) == (
        Supply("Black", Level.FULL, 60),
        Supply("Cyan", Level.LOW, 15),
        Supply("Magenta", Level.OUT, 0),
        Supply("Yellow", Level.FULL),
        Supply("Waste", Level.LOW, 95),
        Supply("Fuser", Level.UNKNOWN),
    )


def test_one_marker_is_no_list() -> None:
    """A printer with one toner gives single values, and fewer of them than it should."""
    printer = {"marker-names": "Black", "marker-levels": 5}
    assert supplies(printer) == (Supply("Black", Level.LOW, 5),)


def test_trays_and_supplies_of_pwg_5100_13() -> None:
    """The texts that ippeveprinter gives, byte for byte."""
    printer = {
        "printer-input-tray": [
            (
                "type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;maxcapacity=250;level=100;"
                "status=0;name=main"
            ),
            (
                "type=sheetFeedManual;mediafeed=0;mediaxfeed=0;maxcapacity=1;level=-2;status=0;"
                "name=manual"
            ),
        ],
        "printer-supply": [
            (
                "index=1;class=receptacleThatIsFilled;type=wasteToner;unit=percent;maxcapacity=100;"
                "level=25;colorantname=unknown;"
            ),
            (
                "index=2;class=supplyThatIsConsumed;type=toner;unit=percent;maxcapacity=100;level=75;"
                "colorantname=black;"
            ),
        ],
        "printer-supply-description": ["Toner Waste Tank", "Black Toner"],
    }
    assert supplies(printer) == (
        Supply("main", Level.FULL, 40),
        Supply("manual", Level.UNKNOWN),
        Supply("Toner Waste Tank", Level.FULL, 25),
        Supply("Black Toner", Level.FULL, 75),
    )


VALUES = st.one_of(
    st.text(max_size=20),
    st.integers(-5, 200),
    st.booleans(),
    st.lists(st.one_of(st.text(max_size=30), st.integers(-5, 200)), max_size=4),
)
KNOWN = [
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-input-tray",
    "printer-supply",
    "printer-supply-description",
    "marker-names",
    "marker-levels",
    "marker-types",
    "marker-low-levels",
    "document-format-supported",
    "cups-version",
]


@given(st.dictionaries(st.sampled_from(KNOWN), VALUES))
def test_anything_said_is_some_status(printer: dict[str, Any]) -> None:
    """A printer may give any attribute any type: it still is in some state, with some supplies."""
    found: Status = status(printer)
    assert slug(found)
    assert all(isinstance(supply.name, str) for supply in supplies(printer))
    assert status(ipp_state.without_pause(printer)) is not None


def test_a_printer_that_shuts_down_is_off() -> None:
    """Switched off at its own button, it says so before it is gone."""
    assert status(said("shutdown", "media-empty")) == PoweredOff()
