"""What printers answer, by the published bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import CoverOpen, HardwareError, PaperLow, PaperOut, Ready, Status
from drivers.protocols import escpos_status
from drivers.protocols.escpos_status import Ask

FULL = {Ask.PRINTER: 0x12, Ask.OFFLINE_CAUSE: 0x12, Ask.ERROR_CAUSE: 0x12, Ask.PAPER: 0x12}
EMPTY = {Ask.PRINTER: 0x1A, Ask.OFFLINE_CAUSE: 0x32, Ask.ERROR_CAUSE: 0x12, Ask.PAPER: 0x7E}


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (FULL, Ready()),
        (EMPTY, PaperOut()),
        (FULL | {Ask.PAPER: 0x1E}, PaperLow()),
        (FULL | {Ask.OFFLINE_CAUSE: 0x16, Ask.PRINTER: 0x1A}, CoverOpen()),
        (FULL | {Ask.PRINTER: 0x16}, Ready()),
        ({Ask.PRINTER: 0x12}, Ready()),
    ],
)
def test_published_answers_mean_what_they_mean(answers: dict[Ask, int], status: Status) -> None:
    """Out of paper answers 1A, 32, 7E; the rest follows from the documented bits."""
    assert escpos_status.status(answers) == status


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (FULL | {Ask.ERROR_CAUSE: 0x1A}, "printer.cutter"),
        (FULL | {Ask.ERROR_CAUSE: 0x32}, "printer.unrecoverable"),
        (FULL | {Ask.ERROR_CAUSE: 0x52}, "printer.recoverable"),
        (FULL | {Ask.PRINTER: 0x1A}, "printer.offline"),
    ],
)
def test_an_error_names_its_cause(answers: dict[Ask, int], code: str) -> None:
    """Cutter, lasting, passing and unexplained errors are told apart."""
    status = escpos_status.status(answers)
    assert isinstance(status, HardwareError)
    assert status.fault.code == code


def test_questions_are_as_published() -> None:
    """DLE EOT n is 10 04 n."""
    assert [escpos_status.dle_eot(ask).hex() for ask in Ask] == [
        "100401",
        "100402",
        "100403",
        "100404",
    ]


@given(st.integers(0, 255))
def test_a_byte_answers_one_question_at_most(byte: int) -> None:
    """No byte passes for an answer to DLE EOT and to GS r alike."""
    assert not (escpos_status.is_real_time(byte) and escpos_status.is_in_order(byte))


@given(st.dictionaries(st.sampled_from(Ask), st.integers(0, 255)))
def test_any_answers_are_a_status(answers: dict[Ask, int]) -> None:
    """Whatever a printer says, it is one status and no exception."""
    assert escpos_status.status(answers) is not None
