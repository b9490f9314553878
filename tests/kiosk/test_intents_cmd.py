"""The command `kiosk intents`: what staff see of residents' requests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from drivers.device import Personal, PrintEvidence
from kiosk.core.cases import Accepted, Application, Complaint, Grade, Rating, Refused
from kiosk.core.identity import Document, Person
from kiosk.intents_cmd import intents
from kiosk.services.ledger import Ledger
from kiosk.services.receipt_number import check_character
from kiosk.services.store import DATABASE, Store
from sandbox import residents

PROFILE = Path(__file__).parents[2] / "device_config" / "profiles" / "village.toml"
WANG = residents.WANG.card
APPLICANT = Person(
    WANG.name,
    WANG.id_number,
    WANG.sex,
    WANG.birth_date,
    Document.RESIDENT,
    WANG.valid_until,
)
WORDS = "路灯坏了"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the terminal keeps its database."""
    return tmp_path / "state"


@pytest.fixture
def config(tmp_path: Path, state: Path) -> Path:
    """The configuration of a terminal that keeps its database there."""
    file = tmp_path / "kiosk.toml"
    text = PROFILE.read_text(encoding="utf-8")
    file.write_text(text.replace('"/var/lib/doorstep"', f'"{state}"'), encoding="utf-8")
    return file


@pytest.fixture
def numbers(state: Path) -> tuple[str, str]:
    """One request still to be sent, one refused, with a receipt; a complaint, a case, a rating."""
    return asyncio.run(fill(state))


async def fill(state: Path) -> tuple[str, str]:
    """Leave them in a database; the numbers of both requests."""
    store = Store(state, now=now)
    ledger = Ledger(store, terminal="HY0001", now=now, rng=Random(1))  # noqa: S311 # keys differ
    proof = Application("pension-proof", ("pension-proof",), APPLICANT)
    pending = await ledger.add(proof)
    await ledger.failed(pending, "POST /v1/applications: ConnectError")
    refused = await ledger.add(proof)
    await ledger.decided(refused, Refused("not_insured", "没有查到参保记录"))
    accepted = await ledger.add(proof)
    await ledger.decided(accepted, Accepted("CASE-2", now().date(), now().date()))
    await ledger.add(Complaint("lighting", Personal(WORDS)))
    await ledger.add(Rating("CASE-1", "pension-proof", Grade.SATISFIED))
    ticket = await ledger.begin_print(refused.sending.number, 0)
    await ledger.end_print(ticket, PrintEvidence.UNKNOWN)
    await store.aclose()
    return pending.sending.number, refused.sending.number


def now() -> datetime:
    """A moment."""
    return datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def run(config: Path, *arguments: str) -> Result:
    """What the command answers."""
    return CliRunner().invoke(intents, ["--config", str(config), *arguments])


def test_staff_see_what_waits_and_why(config: Path, numbers: Sequence[str]) -> None:
    """Each request with its number and where it stands, each print with its evidence."""
    result = run(config)
    assert result.exit_code == 0
    assert (
        f"{numbers[0]}  pending, 1 attempts: POST /v1/applications: ConnectError" in result.stdout
    )
    assert f"{numbers[1]}  refused not_insured" in result.stdout
    assert "accepted CASE-2" in result.stdout
    assert f"print         {numbers[1]}  unknown" in result.stdout
    assert "3 pending, 2 done" in result.stdout


def test_scripts_get_data(config: Path, numbers: Sequence[str]) -> None:
    """With --json the same comes as one object."""
    answer = json.loads(run(config, "--json").stdout)
    assert answer["pending"][0]["number"] == numbers[0]
    kinds = [one["kind"] for one in answer["pending"]]
    assert kinds == ["application", "complaint", "rating"]
    assert [one["reason"] for one in answer["done"]] == ["not_insured", None]
    assert [one["case_number"] for one in answer["done"]] == [None, "CASE-2"]
    assert [one["evidence"] for one in answer["prints"]] == ["unknown"]


def test_a_request_is_found_by_the_number_on_its_receipt(
    config: Path, numbers: Sequence[str]
) -> None:
    """The number may be read out in either case, and finds its request and prints alone."""
    answer = json.loads(run(config, numbers[1].lower(), "--json").stdout)
    assert [one["number"] for one in answer["done"]] == [numbers[1]]
    assert answer["pending"] == []
    assert len(answer["prints"]) == 1


def test_a_slip_in_the_number_is_told_from_a_number_nobody_has(
    config: Path, numbers: Sequence[str]
) -> None:
    """A wrong check character is the reader's mistake (2); a whole unknown number is not (1)."""
    wrong = numbers[0][:-1] + ("0" if numbers[0][-1] != "0" else "1")
    slip = run(config, wrong)
    assert (slip.exit_code, slip.stdout) == (2, "")
    assert "read it again" in slip.stderr
    nobody = "HY0001-261123-00000"
    other = run(config, f"{nobody}-{check_character(nobody)}")
    assert (other.exit_code, other.stdout) == (1, "")
    assert "nothing of that number" in other.stderr


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_nothing_personal_is_listed(config: Path, form: list[str]) -> None:
    """Neither a name nor an ID number nor what somebody said is in what staff see."""
    answer = run(config, *form).output
    assert WANG.name.reveal() not in answer
    assert WANG.id_number.reveal() not in answer
    assert WORDS not in answer


def test_before_the_first_start_it_says_so(config: Path) -> None:
    """Without a database there is one plain sentence and exit status 1."""
    result = run(config)
    assert result.exit_code == 1
    assert "has the terminal run yet?" in result.stderr


def test_a_damaged_database_is_told_plainly(config: Path, state: Path) -> None:
    """What is no database gives one sentence and exit status 1, no traceback."""
    state.mkdir()
    (state / DATABASE).write_bytes(b"no database at all" * 100)
    result = run(config)
    assert result.exit_code == 1
    assert result.stderr.startswith("kiosk intents: ")


def test_a_wrong_configuration_is_told_with_its_fault(tmp_path: Path) -> None:
    """Exit status 2 and the fault, when the configuration has to be repaired first."""
    result = run(tmp_path / "none.toml")
    assert result.exit_code == 2
    assert "none.toml" in result.stderr


def test_a_fault_with_which_the_terminal_starts_is_told_beside_the_list(
    config: Path, numbers: Sequence[str]
) -> None:
    """As `kiosk run` tells it; the list itself is as it would be without."""
    sound = run(config).stdout
    config.write_text(config.read_text(encoding="utf-8").replace("576", "577"), encoding="utf-8")
    result = run(config)
    assert (result.exit_code, result.stdout) == (0, sound)
    assert numbers[0] in sound
    assert result.stderr.startswith(f"{config}: line ")
    assert "receipt_printer.width_dots: got 577" in result.stderr
