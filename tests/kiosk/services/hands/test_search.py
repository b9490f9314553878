"""What is looked for and spelt: the newest wins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.core import events
from kiosk.core.catalogue import NOTHING
from kiosk.core.effects import EndVisit, FindItems, SpellOut
from kiosk.services.hands import Finder
from sandbox.platform import content
from tests.kiosk.services.hands.bench import Bench, bench

pytestmark = pytest.mark.usefixtures("no_leaks")

CATALOGUE = content.reference()


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Bench]:
    """Hands that search the reference catalogue."""
    async with bench(tmp_path) as one:
        one.finder.use(CATALOGUE)
        yield one


async def test_what_is_looked_for_is_found(counter: Bench) -> None:
    """The first query finds too: it waits until the catalogue is indexed."""
    counter.carry_out(FindItems(1, "养老"))
    found = await counter.come(events.Found)
    assert found.query == "养老"
    assert found.hits


async def test_only_what_was_typed_last_is_found(counter: Bench) -> None:
    """Each letter asks anew; nobody wants to know any more what the letter before found."""
    for query in ("y", "ya", "yang", "yanglao"):
        counter.carry_out(FindItems(1, query))
    assert (await counter.come(events.Found)).query == "yanglao"
    await counter.hands.settle()
    assert counter.events.empty()


async def test_nothing_is_found_for_a_visit_that_is_over(counter: Bench) -> None:
    """A search that goes on when its visit ends tells nobody."""
    counter.carry_out(FindItems(1, "养老"))
    counter.carry_out(EndVisit(1))
    counter.carry_out(FindItems(2, "医保"))
    assert (await counter.come(events.Found)).visit == 2


async def test_another_catalogue_is_searched_once_it_is_in_force() -> None:
    """What is not offered any more is not found; the index that was tried is the one in force."""
    finder = Finder()
    assert await finder.find("养老") == ()
    finder.try_out(CATALOGUE)
    finder.use(CATALOGUE)
    assert await finder.find("养老")
    finder.use(NOTHING)
    assert await finder.find("养老") == ()


class Letters:
    """An input method that knows one syllable."""

    def candidates(self, letters: str) -> tuple[str, ...]:
        """Two characters for it."""
        return ("王", "往") if letters == "wang" else ()


async def test_letters_are_spelt_out(tmp_path: Path) -> None:
    """What an input method has for them, best first; of letters typed fast only the last."""
    async with bench(tmp_path, ime=Letters()) as counter:
        for letters in ("w", "wa", "wang"):
            counter.carry_out(SpellOut(1, letters))
        spelt = await counter.come(events.Spelt)
        assert (spelt.letters, spelt.candidates) == ("wang", ("王", "往"))


async def test_without_an_input_method_there_is_nothing_to_choose(tmp_path: Path) -> None:
    """The letters come back alone."""
    async with bench(tmp_path) as counter:
        counter.carry_out(SpellOut(1, "wang"))
        assert (await counter.come(events.Spelt)).candidates == ()
