"""Every item and bundle of the catalogue, on real services and devices, against the platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core import views
from kiosk.core.cases import Way
from kiosk.core.catalogue import Language, ResultKind
from sandbox.applicant import Applicant
from sandbox.journey import DEVICES, Played, play
from sandbox.platform import content
from sandbox.residents import find
from sandbox.stage import Stage

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(900)]

CATALOGUE = content.reference()
CODES = [*(item.code for item in CATALOGUE.items), *(b.code for b in CATALOGUE.bundles)]
PARTS = 4
WAYS = {  # in one language papers are brought, in the other put off where they may be
    Language.CHINESE: (Way.SCAN,),
    Language.ENGLISH: (Way.LATER, Way.SCAN),
}
MOST_TOUCHES = 6  # for a certificate that is issued at once


def somebody_gets(stage: Stage, code: str, language: Language) -> Played:
    """Have those come who may be entitled, until one of them is; whoever is not is told why."""
    played: Played | None = None
    for who, whom in (("li", None), ("wang", None), ("chan", None), ("chan", "zhao")):
        applicant = Applicant(
            code,
            CATALOGUE,
            resident=find(who),
            acts_for=find(whom) if whom else None,
            ways=WAYS[language],
            prints=False,
            rates=False,
        )
        played = play(stage, applicant, language)
        if played.ended_well:
            return played
        assert played.trouble in {"refused", "underage"}, (code, who, played)
        faults = [v.body for v in stage.shown if isinstance(v.body, views.FaultView)]
        assert faults[-1].words or played.trouble == "underage"
    assert played is not None
    return played


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", Language)
def test_every_item_is_done(tmp_path: Path, language: Language, part: int) -> None:
    """Applied for and decided, in both languages; what is issued at once takes six touches."""
    with Stage(tmp_path, devices=DEVICES) as stage:
        for code in CODES[part::PARTS]:
            played = somebody_gets(stage, code, language)
            assert played.ended_well, (code, played)
            item = CATALOGUE.item(code)
            if item is not None and item.result is ResultKind.CERTIFICATE:
                others = 5 if any("others" in did for s in played.steps for did in s.did) else 0
                assert played.touches <= MOST_TOUCHES + others, (code, played)
