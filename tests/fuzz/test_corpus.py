"""Every parser against all that fuzzing has found so far."""

from __future__ import annotations

import pytest

from tests.fuzz import targets


@pytest.mark.parametrize("name", targets.NAMES)
def test_no_input_breaks_the_parser(name: str) -> None:
    """Real frames, and inputs that once reached new code: nothing but the errors promised."""
    feed = targets.target(name)
    for data in [b"", *targets.seeds(name), *targets.corpus(name)]:
        feed(data)


@pytest.mark.parametrize("name", targets.NAMES)
def test_seeds_are_real_frames(name: str) -> None:
    """A target begins with something that its parser understands, and its corpus stays small."""
    assert targets.seeds(name)
    assert sum(map(len, targets.corpus(name))) <= 200_000
