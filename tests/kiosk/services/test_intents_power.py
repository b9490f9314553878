"""Exactly once, whatever happens: the power may go between any two steps of any request."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Awaitable
from datetime import date
from pathlib import Path
from random import Random
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from drivers.device import Personal, PrintEvidence, PrintOutcome, Ready, Sex
from kiosk.core.cases import (
    Application,
    Complaint,
    Decision,
    Grade,
    Kept,
    Provided,
    Rating,
    Supplement,
    Way,
    Wish,
)
from kiosk.core.identity import Document, Person
from kiosk.services import payload
from kiosk.services.intents import Intents
from kiosk.services.store import DATABASE, Store, Work
from sandbox.clock import VirtualClock
from tests.kiosk.services.paper_office import CLOSED, PERMIT, PROOF, PaperOffice, Trouble, page

T = TypeVar("T")

STEPS = 24  # more than a wish with pages takes, so that the power also goes after the last one


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


def somebody(number: int) -> Person:
    """A person nobody else is."""
    return Person(
        name=Personal("王秀英"),
        id_number=Personal(f"990000{number:012}"),
        sex=Sex.FEMALE,
        birth_date=date(1952, 3, 1 + number % 28),
        document=Document.RESIDENT,
        valid_until=None,
    )


def wished(kind: str, number: int, pages: int) -> Wish:
    """A wish that nobody else has, perhaps with pages of its own."""
    contents = [page(f"page {count} of {number}".encode()) for count in range(pages)]
    papers = (Provided("id_copy", Way.SCAN, tuple(contents)),)
    match kind:
        case "supplement":
            return Supplement(f"CASE-OF-{number}", somebody(number), papers)
        case "complaint":
            return Complaint("road", Personal(f"words of {number}"))
        case code:
            return Application(code, (code,), somebody(number), materials=papers)


def same(sent: Wish, said: Wish) -> bool:
    """Whether it is that wish, its pages sent apart."""
    return payload.of_wish(sent) == payload.of_wish(said) and type(sent) is type(said)


class Terminal(RuleBasedStateMachine):
    """Residents, a bad line, and a power supply that fails, in every order."""

    @initialize(seed=st.integers(0, 2**32))
    def first_start(self, seed: int) -> None:
        """Put a new terminal up."""
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="intents-"))
        self.rng = Random(seed)  # noqa: S311 # keys only have to differ
        self.clock = VirtualClock()
        self.office = PaperOffice(self.clock)
        self.starts = 0
        self.people = 0
        self.promised: list[tuple[Wish, Decision | Kept]] = []  # what residents were told
        self.rated: set[str] = set()  # cases whose rating was taken
        self.printing: set[str] = set()  # tickets of prints that nobody saw end
        self.runner.run(self._start())

    @rule(trouble=st.sampled_from(Trouble))
    def the_line_changes(self, trouble: Trouble) -> None:
        """The platform becomes better or worse to reach."""
        self.office.afterwards = trouble

    @rule(
        kind=st.sampled_from([PROOF, PERMIT, CLOSED, "supplement", "complaint"]),
        pages=st.integers(0, 3),
        cut=st.none() | st.integers(0, STEPS),
    )
    def somebody_wishes(self, kind: str, pages: int, cut: int | None) -> None:
        """A resident asks; perhaps the power goes at the chosen step."""
        wish = wished(kind, self.people, pages)
        self.people += 1
        told = self.runner.run(self._powered(self.intents.submit(wish), cut))
        if told is not None:
            self.promised.append((wish, told))

    @rule(cut=st.none() | st.integers(0, STEPS))
    def somebody_rates(self, cut: int | None) -> None:
        """A resident rates; perhaps the power goes at the chosen step."""
        case = f"RATED-{self.people}"
        self.people += 1

        async def rate() -> bool:
            await self.intents.send(Rating(case, PROOF, Grade.SATISFIED))
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
        """No wish is at the office under two keys: each was made by somebody else."""
        wishes = [sending.wish for sending in self.office.sendings.values()]
        assert all(wishes.count(wish) == 1 for wish in wishes)

    def teardown(self) -> None:
        """In the end the line is good, and every promise is kept."""
        try:
            self.office.afterwards = Trouble.NONE
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
        self.power = Power()
        self.office.step = self.power.step
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
        ticket = await self.intents.begin_print(f"KEPT-{self.people}")
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
        """Each wish arrived as it was said, with its pages, and nothing of it is left here."""
        self.nothing_happens_twice()
        for wish, told in self.promised:
            [key] = (k for k, sent in self.office.sendings.items() if same(sent.wish, wish))
            assert not isinstance(told, Kept) or told.number == self.office.sendings[key].number
            assert isinstance(told, Kept) or told == self.office.decisions[key]
        wishes = [sending.wish for sending in self.office.sendings.values()]
        assert self.rated <= {wish.case_number for wish in wishes if isinstance(wish, Rating)}
        connection = sqlite3.connect(self._state() / DATABASE)
        left = connection.execute(
            "SELECT (SELECT count(*) FROM intents WHERE outcome IS NULL OR payload IS NOT NULL),"
            " (SELECT count(*) FROM pages)"
        ).fetchone()
        connection.close()
        assert left == (0, 0)


Terminal.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestTerminal = Terminal.TestCase
