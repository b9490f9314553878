"""The papers of an application: which are needed, and whether what was brought serves.

Written apart from the terminal's own rules (kiosk.core.papers), as the form is (form.py says why).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from kiosk.core.cases import Way
from kiosk.core.catalogue import Material, Necessity, Source
from kiosk.core.catalogue import Text as Name
from kiosk.core.matter import Matter
from sandbox.platform import refusals
from sandbox.platform.certificates import desk as certificates
from sandbox.platform.files import desk as files
from sandbox.platform.messages import Provided, Text
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Transaction

AUTHORISATION = Material(
    code="authorisation",
    name=Name("授权委托书", "Letter of authorisation"),
    source=Source.OWN,
    necessity=Necessity.REQUIRED,
)


@dataclass(frozen=True, slots=True)
class Papers:
    """Takes papers in; `holders` are the numbers of those whose e-certificates serve."""

    office: Office
    transaction: Transaction
    holders: tuple[str, ...]

    def take(self, needed: Iterable[Material], brought: Mapping[str, Provided]) -> None:
        """Keeps the pages of what is needed for good, as a case has them from now on.

        RefusalError for what is missing or does not serve; ProblemError for unknown files.
        """
        listed = tuple(needed)
        self._know_files(brought.values())
        missing = [m for m in listed if not self._is_there(m, brought.get(m.code))]
        if missing:
            raise refusals.incomplete(_names(missing), [m.code for m in missing])
        bad = [m for m in listed if m.code in brought and not self._serves(m, brought[m.code])]
        if bad:
            raise refusals.material_rejected(_names(bad), [m.code for m in bad])
        taken = (brought[m.code] for m in listed if m.code in brought)
        files.hold(self.transaction, (page.sha256 for one in taken for page in one.pages), None)

    def _is_there(self, material: Material, provided: Provided | None) -> bool:
        if provided is None:
            return material.necessity is Necessity.OPTIONAL
        match provided.way:
            case Way.HELD:
                return provided.certificate is not None
            case Way.SCAN | Way.PHONE:
                return bool(provided.pages)
            case Way.LATER:
                return can_follow(material)
            case Way.PROMISED:  # where a commitment stands for it, it is not needed
                return False

    def _serves(self, material: Material, provided: Provided) -> bool:
        if material.code in self.office.rejecting:
            self.office.rejecting.discard(material.code)
            return False
        if len(provided.pages) > material.most_pages:
            return False
        return provided.way is not Way.HELD or self._holds(material, provided.certificate)

    def _holds(self, material: Material, number: str | None) -> bool:
        today = self.office.today()
        return any(
            held.number == number and held.kind == material.certificate and held.valid(today)
            for holder in self.holders
            for held in certificates.held(self.transaction, holder)
        )

    def _know_files(self, provided: Iterable[Provided]) -> None:
        for page in (page for one in provided for page in one.pages):
            if not self.office.knows_file(self.transaction, page.sha256):
                raise ProblemError(
                    HTTPStatus.UNPROCESSABLE_ENTITY,
                    "unknown_file",
                    "A page was never handed in; PUT its bytes to /v1/files first.",
                )


def needed(
    matter: Matter, answers: Mapping[str, str], commitments: Iterable[str], *, entrusted: bool
) -> tuple[Material, ...]:
    """Every paper that applies, without those for which a commitment stands."""
    made = frozenset(commitments)
    replaced = {
        material.code
        for item in matter.items
        if item.commitment and item.code in made
        for material in item.materials
        if material.promised
    }
    listed = (*matter.materials, *((AUTHORISATION,) if entrusted else ()))
    return tuple(m for m in listed if m.code not in replaced and _applies(m, answers))


def can_follow(material: Material) -> bool:
    """Whether it may be handed in later (容缺后补)."""
    return material.necessity is Necessity.DEFERRABLE and material.deferral_days is not None


def _applies(material: Material, answers: Mapping[str, str]) -> bool:
    when = material.when
    return when is None or answers.get(when.key, "") in when.among


def _names(materials: Iterable[Material]) -> list[Text]:
    return [Text.of(material.name) for material in materials]
