"""Whole visits with every device a terminal can have: cards, paper, lamps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.device import DeviceKind, Lamp, LampMode, Ready
from kiosk.core import events, views
from kiosk.core.identity import Means
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintDone, PrintFailed
from kiosk.core.visit import Purpose
from sandbox import ipp, pcsc
from sandbox.devices.cabinet import SimulatedCabinet
from sandbox.devices.document_printer import SimulatedDocumentPrinter
from sandbox.platform.certificates.prints import QUOTA
from sandbox.stage import Stage
from tests.waiting import eventually

MISSING = " and ".join(filter(None, (ipp.missing(), pcsc.missing())))

pytestmark = [
    pytest.mark.usefixtures("no_leaks"),
    pytest.mark.timeout(180),
    pytest.mark.skipif(bool(MISSING), reason=MISSING or "nothing is missing"),
]

DEVICES = ("social-card", "barcode-newland", "document-camera", "document-printer", "cabinet")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A terminal with a slot, a scanner, paper and lamps."""
    with Stage(tmp_path, devices=DEVICES) as stage:
        stage.touch(events.Start())
        stage.see(views.HomeView)
        yield stage


def cabinet(stage: Stage) -> SimulatedCabinet:
    """Its cabinet."""
    found = stage.world.devices["cabinet"]
    assert isinstance(found, SimulatedCabinet)
    return found


def printer(stage: Stage) -> SimulatedDocumentPrinter:
    """Its document printer."""
    found = stage.world.devices["document-printer"]
    assert isinstance(found, SimulatedDocumentPrinter)
    return found


def open_certificate(stage: Stage) -> views.CertificateView:
    """From home to the first certificate of whoever puts their social security card in."""
    stage.touch(events.Want(Purpose.CERTIFICATES))
    stage.see(views.IdentifyView, lambda identify: Means.SOCIAL_CARD in identify.means)
    stage.world.act("social-card insert wang")
    held = stage.see(views.CertificatesView).certificates
    number = next(one.number for one in held if one.counts)
    stage.touch(events.Pick(number))
    return stage.see(views.CertificateView, lambda view: view.picture)


def test_a_certificate_is_looked_at_and_printed_until_it_is_enough(stage: Stage) -> None:
    """By social security card; the platform counts, and a printer that is empty costs nothing."""
    assert open_certificate(stage).left == QUOTA
    stage.world.act("documents paper-out")
    stage.touch(events.Print())
    stage.see(views.CertificateView, lambda view: view.print == PrintFailed(Trouble.SHEETS_OUT))
    stage.world.act("documents paper-in")
    eventually(lambda: prints(stage))
    for left in reversed(range(QUOTA)):
        stage.touch(events.Print())
        stage.see(views.CertificateView, left_to_print(left))
        assert stage.see(views.CertificateView).print == PrintDone(confirmed=True)
    assert len(printer(stage).printed) == QUOTA
    stage.touch(events.Print())
    stage.see(views.CertificateView, lambda view: view.print == PrintFailed(Trouble.QUOTA_USED))


def left_to_print(times: int) -> Callable[[views.CertificateView], bool]:
    """Whether it may still be printed so many times."""
    return lambda view: view.left == times


def prints(stage: Stage) -> bool:
    """Whether the terminal knows by now that its document printer can print."""
    known = stage.kiosk._terminal._journey.devices
    return known[DeviceKind.DOCUMENT_PRINTER] == Ready()


def test_pages_are_copied_as_often_as_is_wanted(stage: Stage) -> None:
    """Laid down, taken, counted, printed: two sheets of one page."""
    stage.touch(events.Want(Purpose.COPY))
    stage.see(views.CopyView)
    stage.world.act("page a4")
    stage.touch(events.Pick("scan"))
    stage.see(views.ScanView, lambda scan: scan.pages == 1)
    stage.touch(events.Continue(), events.Pick("more"))
    stage.see(views.CopyView, lambda copy: (copy.pages, copy.copies) == (1, 2))
    stage.touch(events.Print())
    done = stage.see(views.CopyView, lambda copy: copy.print == PrintDone(confirmed=True))
    assert done.left == 8
    [printed] = printer(stage).printed
    assert printed.how["IPP_COPIES"] == "2"


def test_the_lamps_lead_through_a_visit(stage: Stage) -> None:
    """Where a card is wanted, where paper comes out, and dark once nobody is there."""
    lamps = cabinet(stage)
    stage.touch(events.Want(Purpose.CERTIFICATES))
    stage.see(views.IdentifyView, lambda identify: len(identify.means) == len(Means))
    wanted = (Lamp.ID_CARD, Lamp.SOCIAL_CARD, Lamp.SCANNER)
    assert lamps.wait_for_lamps(dict.fromkeys(wanted, LampMode.BLINK), 20)
    stage.world.act("card wang")
    stage.see(views.CertificatesView)
    assert lamps.wait_for_lamps({}, 20)
    stage.touch(events.Leave())
    stage.see(views.FarewellView)
    stage.touch(events.Continue())
    stage.see(views.AttractView)
    assert lamps.wait_for_lamps({}, 20)


def test_a_card_left_in_the_slot_is_nobody_elses(stage: Stage) -> None:
    """The cabinet beeps; whoever comes next is not taken for its holder, and may use another."""
    open_certificate(stage)
    stage.touch(events.Leave())
    stage.see(views.FarewellView, lambda farewell: farewell.with_card)
    eventually(lambda: cabinet(stage).beeps)
    stage.touch(events.Continue())
    stage.see(views.AttractView)
    stage.touch(events.Start())
    stage.see(views.HomeView)
    stage.touch(events.Want(Purpose.CERTIFICATES))
    stage.see(views.IdentifyView, lambda identify: Means.SOCIAL_CARD not in identify.means)
    stage.world.act("card li")
    stage.see(views.CertificatesView)
    stage.world.act("social-card remove")


def test_the_first_of_all_means_is_who_is_there(stage: Stage) -> None:
    """A code that is shown while both readers wait is enough."""
    stage.touch(events.Want(Purpose.CERTIFICATES))
    stage.see(views.IdentifyView, lambda identify: len(identify.means) == len(Means))
    stage.world.act("scanner show-qr wang")
    assert stage.see(views.CertificatesView).certificates


def test_what_is_printed_may_be_printed_again(stage: Stage) -> None:
    """A certificate on the screen offers its print before it was asked for."""
    assert open_certificate(stage).print == NotPrinted(None)
