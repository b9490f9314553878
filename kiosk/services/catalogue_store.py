"""The catalogue in force: what is delivered is verified, staged, tried, activated or rolled back.

Every method may block; whoever uses one store calls one at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog

from kiosk.core.catalogue import NOTHING, Catalogue
from kiosk.services import signed
from kiosk.services.catalogue_files import ACTIVE, PREVIOUS, ROLLED_BACK, STAGED, CatalogueFiles
from kiosk.services.signed import BundleError, Reason, SignedCatalogue, TrustedKeys

log = structlog.get_logger(__name__)

Trial = Callable[[Catalogue], object]
"""Tries a catalogue before it comes into force; raises where it would not do."""

SHORT = 12  # digits of a digest that tell the fleet which bundle it was


class Report(Protocol):
    """Whoever is told what happened; called on the thread of the work."""

    def __call__(self, event: str, /, **facts: str | int) -> None:
        """Something happened; its facts are words of up to 14 characters."""
        ...


class CatalogueStore:
    """The catalogue of one terminal, in a folder of its own. `now` gives aware time.

    Nothing is written where nothing changed. What can not be written raises OSError, and what is
    in force stays.
    """

    def __init__(
        self,
        folder: Path,
        trusted: TrustedKeys,
        *,
        now: Callable[[], datetime],
        trial: Trial,
        report: Report,
    ) -> None:
        self._files = CatalogueFiles(folder)
        self._trusted = trusted
        self._now = now
        self._trial = trial
        self._report = report
        self._active: SignedCatalogue | None = None
        self._staged: SignedCatalogue | None = None
        self._seen: str | None = None  # the digest of the newest bundle, good or not
        self._expired = False

    @property
    def etag(self) -> str | None:
        """By what the newest bundle is asked for: an unchanged one is not sent again."""
        return signed.etag(self._seen) if self._seen else None

    def start(self) -> Catalogue:
        """What is offered from the start; a damaged active bundle falls back to the previous."""
        self._active = self._kept(ACTIVE)
        if self._active is None:
            self._active = self._kept(PREVIOUS)
            if self._active is not None:
                self._happened("catalogue.rolled_back", reason=Reason.UNREADABLE.value)
        self._staged = self._kept(STAGED)
        newest = self._staged or self._active
        self._seen = newest.digest if newest else None
        if self._active is None:
            return NOTHING
        if signed.has_expired(self._active.catalogue, self._now()):
            return self.lay_aside()
        return self._active.catalogue

    def take(self, bundle: bytes) -> None:
        """What the platform delivered: kept until its time has come, or refused, and why."""
        digest = signed.digest(bundle)
        if self._is(self._active, digest):
            self._drop_staged()  # the platform has withdrawn it
        elif not self._is(self._staged, digest) and not self._was_rolled_back(digest):
            self._stage(bundle, digest)
        self._seen = digest

    def is_due(self) -> bool:
        """Whether the time of the staged bundle has come; it does not block."""
        if self._staged is None:
            return False
        begins = self._staged.catalogue.activates_at
        return begins is None or begins <= self._now()

    def has_expired(self) -> bool:
        """Whether what is still offered counts no longer; it does not block."""
        return (
            self._active is not None
            and not self._expired
            and signed.has_expired(self._active.catalogue, self._now())
        )

    def prepare(self) -> SignedCatalogue | None:
        """The staged bundle, opened again and tried; None where it fails and is rolled back."""
        staged = self._staged
        if staged is None:
            return None
        kept = self._files.read(STAGED) or b""
        try:
            ready = signed.open_bundle(kept, self._trusted, self._now(), self._serial)
            self._trial(ready.catalogue)
        except BundleError as error:
            self._roll_back(staged, error.reason)
        except Exception:
            log.exception("catalogue.trial_failed", version=staged.catalogue.version)
            self._roll_back(staged, Reason.TRIAL)
        else:
            return ready
        return None

    def activate(self, ready: SignedCatalogue) -> None:
        """What was prepared is in force from now on; what was, is kept as the previous one."""
        before, self._active, self._staged = self._active, ready, None
        self._expired = False
        self._happened("catalogue.activated", digest=ready.digest[:SHORT])
        if before is not None:
            self._files.write(PREVIOUS, before.bundle)
        self._files.activate()

    def lay_aside(self) -> Catalogue:
        """What is offered once the active bundle has expired: nothing."""
        self._expired = True
        self._happened("catalogue.expired")
        return NOTHING

    # --- what becomes of a bundle ---

    @property
    def _serial(self) -> int:
        return self._active.catalogue.serial if self._active else 0

    def _kept(self, name: str) -> SignedCatalogue | None:
        """The bundle in a file; one that does not open counts as not there.

        It was checked when it was taken. A version with stricter checks goes on offering it.
        """
        try:
            bundle = self._files.read(name)
            return signed.verify_bundle(bundle, self._trusted) if bundle is not None else None
        except BundleError as error:
            self._refused(error.reason, str(error), file=name)
        except OSError as error:
            self._refused(Reason.UNREADABLE, str(error), file=name)
        return None

    def _stage(self, bundle: bytes, digest: str) -> None:
        try:
            delivered = signed.open_bundle(bundle, self._trusted, self._now(), self._serial)
        except BundleError as error:
            self._refused(error.reason, str(error), digest=digest[:SHORT])
            return
        self._files.write(STAGED, bundle)
        self._staged = delivered
        catalogue = delivered.catalogue
        log.info("catalogue.staged", version=catalogue.version, at=str(catalogue.activates_at))

    def _roll_back(self, staged: SignedCatalogue, reason: Reason) -> None:
        self._staged = None
        self._happened("catalogue.rolled_back", reason=reason.value, digest=staged.digest[:SHORT])
        self._files.write(ROLLED_BACK, staged.digest.encode())
        self._files.remove(STAGED)

    def _drop_staged(self) -> None:
        if self._staged is not None:
            self._files.remove(STAGED)
            self._staged = None

    def _was_rolled_back(self, digest: str) -> bool:
        return self._files.read(ROLLED_BACK) == digest.encode()

    def _refused(self, reason: Reason, why: str, **which: str) -> None:
        log.warning("catalogue.refused", reason=reason.value, why=why, **which)
        self._report("catalogue_refused", reason=reason.value, **which)

    def _happened(self, event: str, **facts: str) -> None:
        """What happened, with the number of the catalogue it left in force."""
        log.info(event, serial=self._serial, **facts)
        self._report(event.replace(".", "_"), serial=str(self._serial), **facts)

    @staticmethod
    def _is(kept: SignedCatalogue | None, digest: str) -> bool:
        return kept is not None and kept.digest == digest
