"""The catalogue reaches terminals signed, and once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.services import signed
from kiosk.services.signed import BundleError, Reason
from sandbox.platform import content
from sandbox.platform.publishing.desk import Issue
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal
from sandbox.residents import WANG
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import refused


def opened(
    server: PlatformServer, answer: httpx.Response, now: datetime = MONDAY, serial: int = 0
) -> signed.SignedCatalogue:
    """The catalogue as a terminal opens it that was configured with the platform's line."""
    return signed.open_bundle(
        answer.content, signed.trusted_keys([server.catalogue_key]), now, serial
    )


def test_the_catalogue_is_signed_with_the_key_that_is_told(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """A terminal that trusts the platform's line gets all of the content, good for a while."""
    answer = terminal.client.get("/v1/catalogue")
    assert answer.headers["Content-Type"] == "application/vnd.dsse+json"
    catalogue = opened(server, answer).catalogue
    assert catalogue.expires_at == MONDAY + timedelta(days=90)
    assert catalogue.model_copy(update={"expires_at": None}) == content.reference()


def test_a_restart_needs_no_new_trust(tmp_path: Path) -> None:
    """The key outlives the server with its database; another database has another key."""
    lines = []
    for name in ("one", "one", "two"):
        with PlatformServer(database=tmp_path / name) as server:
            lines.append(server.catalogue_key)
    assert lines[0] == lines[1] != lines[2]


def test_an_unchanged_catalogue_is_not_sent_again(terminal: PlainTerminal) -> None:
    """Asked with the ETag it gave, the platform says that nothing changed and sends nothing."""
    first = terminal.client.get("/v1/catalogue")
    again = terminal.client.get("/v1/catalogue", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_one_whose_time_has_run_out_is_issued_anew(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """After a year a terminal gets the same content, newer and good for another while."""
    before = opened(server, terminal.client.get("/v1/catalogue")).catalogue
    server.jump(days=365)
    later = MONDAY + timedelta(days=365)
    after = opened(server, terminal.client.get("/v1/catalogue"), later, before.serial).catalogue
    assert after.serial == before.serial + 1
    assert after.items == before.items


def test_what_is_withdrawn_is_gone_at_once(server: PlatformServer, terminal: PlainTerminal) -> None:
    """The next catalogue is newer and has neither the item nor a bundle of it; the desk knows."""
    tag = terminal.client.get("/v1/catalogue").headers["ETag"]
    bundle = content.reference().bundles[0]
    wanted = {"withdraw": [bundle.items[0], "990142001000"]}
    issued = terminal.client.post("/sandbox/catalogue", json=wanted).json()
    answer = terminal.client.get("/v1/catalogue", headers={"If-None-Match": tag})
    catalogue = opened(server, answer, serial=2).catalogue
    assert (catalogue.serial, len(catalogue.items)) == (issued["serial"], issued["items"])
    assert catalogue.item("990142001000") is None
    assert catalogue.bundle(bundle.code) is None
    assert "990142001000" not in catalogue.frequent
    gone = {"990142001000", bundle.items[0], bundle.code}
    assert all(label.offers and gone.isdisjoint(label.offers) for label in catalogue.labels)
    assert gone.isdisjoint(one.about for one in catalogue.announcements)
    assert refused(terminal.apply(terminal.application(WANG))) == "item_withdrawn"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Issue(tampered=True), Reason.TAMPERED),
        (Issue(serial=0), Reason.OLDER),
        (Issue(expires_at=MONDAY - timedelta(days=1)), Reason.EXPIRED),
    ],
)
def test_what_must_not_come_into_force_can_be_issued(
    server: PlatformServer, terminal: PlainTerminal, wanted: Issue, reason: Reason
) -> None:
    """A bundle that was tampered with, is older, or has run out is told from a good one."""
    server.issue(wanted)
    with pytest.raises(BundleError) as error:
        opened(server, terminal.client.get("/v1/catalogue"), serial=1)
    assert error.value.reason is reason
    server.issue(Issue(serial=7))
    assert opened(server, terminal.client.get("/v1/catalogue"), serial=1).catalogue.serial == 7
