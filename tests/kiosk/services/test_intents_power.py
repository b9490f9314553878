"""Exactly once, whatever happens: the power may go between any two steps of any request."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from drivers.device import CardKind, Personal, PrintEvidence, PrintOutcome, Ready, Sex
from kiosk.core.cases import (
    Application,
    Certificate,
    Decision,
    Grade,
    InsuranceRecord,
    Issued,
    Kept,
    Rating,
    Refused,
)
from kiosk.core.catalogue import Catalogue, IdentityLevel, Language, ResultKind, ServiceItem, Text
from kiosk.core.effects import PrintReceipt
from kiosk.core.identity import Person
from kiosk.services.intents import Intents
from kiosk.services.platform import (
    LeftRating,
    PlatformProtocolError,
    PlatformUnavailable,
    Submission,
)
from kiosk.services.store import DATABASE, Store, Work
from sandbox.clock import START, VirtualClock

T = TypeVar("T")

STEPS = 12  # more than a request takes, so that the power also goes after the last one


class Power:
    """Goes off at a step that was chosen before; from then on nothing moves any more."""

    def __init__(self) -> None:
        self.off = asyncio.Event()
        self.steps_left: int | None = None

    async def step(self) -> None:
        """Go on, or stand still for ever."""
        if self.steps_left == 0:
            self.off.set()
        if self.off.is_set():
            await asyncio.get_running_loop().create_future()
        if self.steps_left is not None:
            self.steps_left -= 1


class PoweredStore(Store):
    """A store on that power: it may go before and after each transaction, never in the middle."""

    def __init__(self, state: Path, clock: VirtualClock, power: Power) -> None:
        super().__init__(state, now=clock.now)
        self._power = power

    async def run(self, work: Work[T]) -> T:
        """One transaction, on the loop's own thread: virtual time waits for no other."""
        await self._power.step()
        result = self._transact(work)
        await self._power.step()
        return result

    async def scrub(self) -> None:
        """Empty the write-ahead log."""
        await self._power.step()
        self._truncate_log()


class Line(StrEnum):
    """How the platform is reached."""

    GOOD = "good"
    LOST_BEFORE = "lost before"
    LOST_AFTER = "lost after"
    HANGING = "hanging"
    NONSENSE = "nonsense"


@dataclass
class Office:
    """The platform's end of the contract: one decision for a key, over a line with faults."""

    clock: VirtualClock
    line: Line = Line.GOOD
    power: Power = field(default_factory=Power)
    decisions: dict[str, Decision] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)  # numbers, by who asked
    ratings: dict[str, list[str]] = field(default_factory=dict)  # keys, by rated case

    async def submit(self, submission: Submission, key: str) -> Decision:
        """Decide once; those who were born on an odd day are refused."""
        await self._before()
        if key not in self.decisions:
            applicant = submission.application.applicant
            self.cases.setdefault(applicant.id_number.reveal(), []).append(submission.number)
            self.decisions[key] = decide(applicant, f"CASE-{len(self.decisions)}")
        await self._after()
        return self.decisions[key]

    async def rate(self, left: LeftRating, key: str) -> None:
        """Note a rating once."""
        await self._before()
        keys = self.ratings.setdefault(left.rating.case_number, [])
        if key not in keys:
            keys.append(key)
        await self._after()

    async def _before(self) -> None:
        await self.power.step()
        if self.line is Line.LOST_BEFORE:
            raise PlatformUnavailable("lost on the way there")
        if self.line is Line.HANGING:
            await self.clock.sleep(10)
            raise PlatformUnavailable("no answer in 10 s")

    async def _after(self) -> None:
        await self.power.step()
        if self.line is Line.LOST_AFTER:
            raise PlatformUnavailable("lost on the way back")
        if self.line is Line.NONSENSE:
            raise PlatformProtocolError("nonsense came back")

    async def catalogue(self) -> Catalogue:
        """Nothing is offered here."""
        return Catalogue("", ())

    async def reachable(self) -> bool:
        """Whether the line is good."""
        return self.line is Line.GOOD

    async def aclose(self) -> None:
        """Nothing is open."""


def somebody(number: int) -> Person:
    """A person nobody else is."""
    return Person(
        name=Personal("王秀英"),
        id_number=Personal(f"990000{number:012}"),
        sex=Sex.FEMALE,
        birth_date=date(1952, 3, 1 + number % 28),
        document=CardKind.RESIDENT,
        valid_until=None,
    )


def decide(applicant: Person, case_number: str) -> Decision:
    """What the office decides on that person."""
    if applicant.birth_date.day % 2:
        return Refused("not_insured", "没有查到参保记录")
    record = InsuranceRecord(date(2011, 7, 1), "正常参保", 15, "3000.00", "经办机构")
    certificate = Certificate(
        number=case_number,
        check_code="7K3M-9QXD",
        title="参保证明",
        holder=applicant.name,
        holder_id=applicant.id_number,
        issued_at=START,
        issuer="示例区人力资源和社会保障局",
        verify_url="https://platform.example/verify",
        record=record,
    )
    return Issued(case_number, certificate)


def receipt(number: int) -> PrintReceipt:
    """A receipt nobody else has."""
    some = Text("参保证明", "Proof")
    item = ServiceItem(
        code="item",
        category=some,
        name=some,
        summary=some,
        department=some,
        identity=IdentityLevel.ID_CARD,
        materials=(),
        conditions=(),
        promised_days=0,
        statutory_days=5,
        fee=some,
        result=ResultKind.CERTIFICATE,
        result_name=some,
    )
    return PrintReceipt(
        visit=number,
        item=item,
        person=somebody(number),
        outcome=Kept(f"KEPT-{number}"),
        language=Language.CHINESE,
        copy=0,
    )


class Terminal(RuleBasedStateMachine):
    """Residents, a bad line, and a power supply that fails, in every order."""

    @initialize(seed=st.integers(0, 2**32))
    def first_start(self, seed: int) -> None:
        """Put a new terminal up."""
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="intents-"))
        self.rng = Random(seed)  # noqa: S311 # keys only have to differ
        self.clock = VirtualClock()
        self.office = Office(self.clock)
        self.starts = 0
        self.people = 0
        self.promised: dict[str, Decision | Kept] = {}  # what residents were told
        self.rated: set[str] = set()  # cases whose rating was taken
        self.printing: set[str] = set()  # tickets of prints that nobody saw end
        self.runner.run(self._start())

    @rule(line=st.sampled_from(Line))
    def the_line_changes(self, line: Line) -> None:
        """The platform becomes better or worse to reach."""
        self.office.line = line

    @rule(cut=st.none() | st.integers(0, STEPS))
    def somebody_applies(self, cut: int | None) -> None:
        """A resident asks; perhaps the power goes at the chosen step."""
        person = somebody(self.people)
        self.people += 1
        asked = self.intents.submit(Application("item", person))
        if (told := self.runner.run(self._powered(asked, cut))) is not None:
            self.promised[person.id_number.reveal()] = told

    @rule(cut=st.none() | st.integers(0, STEPS))
    def somebody_rates(self, cut: int | None) -> None:
        """A resident rates; perhaps the power goes at the chosen step."""
        case = f"RATED-{self.people}"
        self.people += 1

        async def rate() -> bool:
            await self.intents.rate(Rating(case, "item", Grade.SATISFIED))
            return True

        if self.runner.run(self._powered(rate(), cut)):
            self.rated.add(case)

    @rule(ends=st.booleans())
    def a_receipt_is_printed(self, ends: bool) -> None:  # noqa: FBT001 # Hypothesis names it
        """A print begins, and perhaps nobody sees it end."""
        self.runner.run(self._print(ends=ends))

    @rule(seconds=st.floats(0.5, 900), cut=st.none() | st.integers(0, STEPS))
    def time_passes(self, seconds: float, cut: int | None) -> None:
        """The sender has time to try again; perhaps the power goes while it does."""
        self.runner.run(self._powered(self.clock.sleep(seconds), cut))

    @rule()
    def the_power_fails(self) -> None:
        """The terminal is switched off while it waits, and starts again."""
        self.runner.run(self._restart())

    @invariant()
    def nothing_happens_twice(self) -> None:
        """No resident has two cases, no case two ratings from one resident."""
        assert all(len(numbers) == 1 for numbers in self.office.cases.values())
        assert all(len(keys) == 1 for keys in self.office.ratings.values())

    def teardown(self) -> None:
        """In the end the line is good, and every promise is kept."""
        try:
            self.office.line = Line.GOOD
            self.runner.run(self._restart())
            self.runner.run(self.clock.wait(self._all_sent()))
            self._every_promise_is_kept()
        finally:
            self.runner.run(self._stop())
            self.runner.close()
            shutil.rmtree(self.folder)

    # --- how it is done ---

    async def _start(self) -> None:
        self.starts += 1
        self.power = self.office.power = Power()
        self.store = PoweredStore(self._state(), self.clock, self.power)
        self.intents = Intents(
            self.store,
            self.office,
            terminal="HY0001",
            now=self.clock.now,
            rng=self.rng,
            sleep=self.clock.sleep,
        )
        recovered = await self.intents.start()
        assert {ticket.id for ticket in recovered.prints} == self.printing
        self.printing.clear()

    async def _stop(self) -> None:
        await self.intents.stop()
        await self.store.aclose()

    async def _restart(self) -> None:
        """Go on with the files as they lie on the disk at this moment."""
        self.power.off.set()
        before = self._state()
        shutil.copytree(before, self._state(1))
        await self._stop()
        await self._start()
        shutil.rmtree(before)

    def _state(self, later: int = 0) -> Path:
        return self.folder / str(self.starts + later)

    async def _powered(self, asked: Awaitable[T], cut: int | None) -> T | None:
        """What is answered; None and a new start when the power goes before."""
        self.power.steps_left = cut
        answer = asyncio.ensure_future(asked)
        dark = asyncio.ensure_future(self.power.off.wait())
        await self.clock.wait(asyncio.wait((answer, dark), return_when=asyncio.FIRST_COMPLETED))
        dark.cancel()
        self.power.steps_left = None
        if answer.done():
            result = answer.result()
            if self.power.off.is_set():
                await self._restart()
            return result
        answer.cancel()
        await self._restart()
        return None

    async def _print(self, *, ends: bool) -> None:
        ticket = await self.intents.begin_print(receipt(self.people))
        self.people += 1
        if ends:
            outcome = PrintOutcome(PrintEvidence.CONFIRMED, Ready())
            await self.intents.finish_print(ticket, outcome)
        else:
            self.printing.add(ticket.id)

    async def _all_sent(self) -> None:
        while self.intents.pending():
            await self.clock.sleep(1)

    def _every_promise_is_kept(self) -> None:
        """One case for everybody, as they were told, and nothing personal left of it here."""
        self.nothing_happens_twice()
        for person, told in self.promised.items():
            [number] = self.office.cases[person]
            assert not isinstance(told, Kept) or told.number == number
            assert isinstance(told, Kept) or told in self.office.decisions.values()
        assert self.rated <= set(self.office.ratings)
        connection = sqlite3.connect(self._state() / DATABASE)
        left = connection.execute(
            "SELECT count(*) FROM intents WHERE outcome IS NULL OR payload IS NOT NULL"
        ).fetchone()
        connection.close()
        assert left == (0,)


Terminal.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestTerminal = Terminal.TestCase
