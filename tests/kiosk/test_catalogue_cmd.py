"""The commands `kiosk catalogue …`: what an issuer and a technician see of a catalogue."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from device_config.loader import load
from kiosk.catalogue_cmd import catalogue as command
from kiosk.core.catalogue import Catalogue
from kiosk.services import signed
from kiosk.services.catalogue_files import ACTIVE, FOLDER, PREVIOUS, ROLLED_BACK, STAGED
from tests.kiosk.services.catalogues import ISSUER, KEY_ID, STRANGER, bundle, catalogue

PROFILE = Path(__file__).parents[2] / "device_config" / "profiles" / "village.toml"
LINE = signed.trusted_line(KEY_ID, ISSUER.public_key())


def run(*arguments: str | Path) -> Result:
    """What the command answers."""
    return CliRunner().invoke(command, [str(one) for one in arguments])


def document(whole: Catalogue, **changes: Any) -> str:  # noqa: ANN401 - JSON
    """A catalogue as an issuer writes it."""
    written: dict[str, Any] = json.loads(whole.model_dump_json(by_alias=True, exclude_none=True))
    return json.dumps(written | changes)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A catalogue without fault."""
    path = tmp_path / "catalogue.json"
    path.write_text(document(catalogue(7)), encoding="utf-8")
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key that new-key made."""
    path = tmp_path / "issuer.pem"
    assert run("new-key", "--out", path).exit_code == 0
    return path


# --- check ---


def test_a_good_catalogue_passes(file: Path) -> None:
    """Exit status 0, which one it is, and that there is no fault."""
    result = run("check", file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "number 7, version v7, 0 items\nno fault\n"


def test_every_fault_is_on_its_line(file: Path) -> None:
    """What makes no sense and what nobody reads, each with where, what and what to do; status 1."""
    file.write_text(document(catalogue(7, department="gone"), hints=[]), encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 1
    department, hints = result.stdout.splitlines()
    assert department == (
        "help: department: there is no department gone; add it, or correct the code"
    )
    assert hints.startswith("hints: there is no such member; correct its name, or leave it out")
    assert result.stderr.endswith("2 faults\n")


def test_scripts_get_every_fault_as_data(file: Path) -> None:
    """With --json each fault has its parts, also where the model refuses the whole."""
    file.write_text(document(catalogue(7), serial="7"), encoding="utf-8")
    result = run("check", file, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["serial"] is None
    assert [(one["entry"], one["member"]) for one in answer["faults"]] == [("", "serial")]
    assert all(one["what"] and one["advice"] for one in answer["faults"])


def test_a_signed_bundle_is_looked_into(tmp_path: Path) -> None:
    """Its catalogue is checked, who claims to have signed it is said, and that nobody verified."""
    path = tmp_path / "catalogue.dsse"
    path.write_bytes(bundle(catalogue(7)))
    result = run("check", path)
    assert result.exit_code == 0
    assert f"said to be signed by {KEY_ID}; not verified here" in result.stderr
    assert json.loads(run("check", path, "--json").stdout)["signed_by"] == [KEY_ID]
    path.write_bytes(bundle(catalogue(7, department="gone")))
    assert "there is no department gone" in run("check", path).stdout


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ('{"payloadType": 1}', "no signed bundle: payload: "),
        ('{"payloadType": "x", "payload": "", "signatures": []}', "what was signed is x"),
        ("[]", "should be an object"),
        ("{}", "serial: missing"),
    ],
)
def test_json_of_something_else_is_a_fault(file: Path, held: str, words: str) -> None:
    """What is JSON and no catalogue has to be repaired: exit status 1."""
    file.write_text(held, encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 1
    assert words in result.stdout


@pytest.mark.parametrize("held", [b"", b"serial = 7", b"\xff"])
def test_what_is_no_json_is_wrong_usage(file: Path, held: bytes) -> None:
    """A file of another kind, and none at all, give one sentence and exit status 2."""
    file.write_bytes(held)
    result = run("check", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{file}: not JSON: ")
    result = run("check", file.with_name("none.json"))
    assert result.exit_code == 2
    assert "can not be read" in result.stderr


# --- new-key and sign ---


def test_a_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """The file has mode 0600, and its line makes a configuration that trusts it."""
    path = tmp_path / "issuer.pem"
    result = run("new-key", "--out", path)
    assert result.exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    config = tmp_path / "kiosk.toml"
    text = PROFILE.read_text(encoding="utf-8")
    start = text.index("keys = ")
    config.write_text(
        text[:start] + result.stdout + text[text.index("\n", start) :], encoding="utf-8"
    )
    loaded = load(config)
    assert loaded.faults == ()
    assert loaded.config is not None
    assert len(signed.trusted_keys(loaded.config.catalogue.keys)) == 1


def test_no_key_is_overwritten(key: Path) -> None:
    """A second key into the same file would lose the first, which terminals trust."""
    before = key.read_bytes()
    result = run("new-key", "--out", key)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "File exists" in result.stderr
    assert key.read_bytes() == before


def test_what_was_signed_is_taken_by_a_terminal(tmp_path: Path, file: Path) -> None:
    """From a key, over a signed file, to what a terminal with the printed line opens."""
    made = run("new-key", "--out", tmp_path / "issuer.pem")
    line = json.loads(made.stdout.removeprefix("keys = "))[0]
    key_id = line.split(":")[1]
    out = tmp_path / "catalogue.dsse"
    result = run("sign", file, "--key", tmp_path / "issuer.pem", "--key-id", key_id, "--out", out)
    assert result.exit_code == 0
    opened = signed.open_bundle(out.read_bytes(), signed.trusted_keys([line]), datetime.now(UTC), 7)
    assert opened.catalogue == catalogue(7)
    assert result.stdout == (
        f"{out}: number 7, version v7, 0 items, signed by {key_id}\n"
        f"ETag: {signed.etag(opened.digest)}\n"
    )


def test_a_catalogue_with_a_fault_is_not_signed(tmp_path: Path, file: Path, key: Path) -> None:
    """The faults are told as check tells them, and nothing is written."""
    file.write_text(document(catalogue(7), hints=[]), encoding="utf-8")
    out = tmp_path / "catalogue.dsse"
    result = run("sign", file, "--key", key, "--key-id", "k", "--out", out)
    assert result.exit_code == 1
    assert result.stdout.startswith("hints: there is no such member")
    assert not out.exists()


def test_a_bundle_is_not_signed_a_second_time(tmp_path: Path, file: Path, key: Path) -> None:
    """A bundle around a bundle would be read by nobody."""
    file.write_bytes(bundle(catalogue(7)))
    result = run("sign", file, "--key", key, "--key-id", "k", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "signed already" in result.stderr


def test_a_bundle_that_no_terminal_reads_is_not_written(
    tmp_path: Path, file: Path, key: Path
) -> None:
    """What is larger than a catalogue may be would leave every terminal without the platform."""
    words = {"zh-CN": "长" * 2000, "en": "long"}
    many = [{"code": f"d{number}", "name": words} for number in range(4200)]
    civil = {"code": "civil", "name": words}
    file.write_text(document(catalogue(7), departments=[civil, *many]), encoding="utf-8")
    out = tmp_path / "catalogue.dsse"
    result = run("sign", file, "--key", key, "--key-id", "k", "--out", out)
    assert result.exit_code == 1
    assert "bytes; terminals read" in result.stderr
    assert not out.exists()


def test_a_bundle_that_can_not_be_written_says_so(tmp_path: Path, file: Path, key: Path) -> None:
    """One sentence and exit status 1."""
    out = tmp_path / "none" / "catalogue.dsse"
    result = run("sign", file, "--key", key, "--key-id", "k", "--out", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "can not be written" in result.stderr


@pytest.mark.parametrize("kind", ["none", "nonsense", "ecdsa", "id"])
def test_a_wrong_key_is_wrong_usage(tmp_path: Path, file: Path, key: Path, kind: str) -> None:
    """A key that is not there, is none or is of another kind, or a bad id: exit status 2."""
    pem, key_id = tmp_path / "wrong.pem", "k"
    if kind == "nonsense":
        pem.write_text("-----BEGIN PRIVATE KEY-----\n", encoding="utf-8")
    elif kind == "ecdsa":
        other = generate_private_key(SECP256R1())
        pem.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    elif kind == "id":
        pem, key_id = key, "a:b"
    result = run("sign", file, "--key", pem, "--key-id", key_id, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


# --- show ---


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where a terminal keeps its catalogue."""
    folder = tmp_path / "state" / FOLDER
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def config(tmp_path: Path, state: Path) -> Path:
    """The configuration of a terminal that keeps it there and trusts the issuer."""
    file = tmp_path / "kiosk.toml"
    text = PROFILE.read_text(encoding="utf-8").replace('"/var/lib/doorstep"', f'"{state.parent}"')
    start = text.index("keys = ")
    end = text.index("\n", start)
    file.write_text(f'{text[:start]}keys = ["{LINE}"]{text[end:]}', encoding="utf-8")
    return file


def test_a_technician_sees_what_is_active_staged_and_previous(config: Path, state: Path) -> None:
    """Which each is, from when, how much it offers and who signed it; and what was rolled back."""
    (state / ACTIVE).write_bytes(bundle(catalogue(2)))
    begins = datetime(2126, 1, 1, tzinfo=UTC)
    (state / STAGED).write_bytes(bundle(catalogue(3, activates_at=begins)))
    (state / ROLLED_BACK).write_bytes(b"abc")
    result = run("show", "--config", config)
    assert result.exit_code == 0
    offered = "0 items, 0 bundles, 1 policies, 0 labels, 0 announcements"
    much = f"{offered}, signed by {KEY_ID}"
    assert result.stdout.splitlines() == [
        f"active    number 2, version v2, {much}",
        f"staged    number 3, version v3 from 2126-01-01 00:00+00:00, {much}",
        "previous  none",
        "rolled back: abc; it is not tried again",
    ]


def test_scripts_get_what_is_there_as_data(config: Path, state: Path) -> None:
    """One object for each, null where there is none."""
    (state / ACTIVE).write_bytes(bundle(catalogue(2)))
    answer = json.loads(run("show", "--config", config, "--json").stdout)
    assert answer["active"]["serial"] == 2
    assert answer["active"]["signed_by"] == KEY_ID
    assert answer["active"]["digest"] == signed.digest(bundle(catalogue(2)))
    assert answer["staged"] is None
    assert answer["rolled_back"] is None


def test_what_does_not_count_says_why(config: Path, state: Path) -> None:
    """A stranger's bundle, a damaged one, an expired one: exit status 1, and each reason."""
    (state / ACTIVE).write_bytes(bundle(catalogue(2, expires_at=datetime.now(UTC) - timedelta(1))))
    (state / STAGED).write_bytes(bundle(catalogue(3), key=STRANGER, key_id="stranger"))
    (state / PREVIOUS).write_bytes(b"")
    result = run("show", "--config", config)
    assert result.exit_code == 1
    active, staged, previous = result.stdout.splitlines()
    assert ", EXPIRED, " in active
    assert "does not count (unknown_key): none of its signatures" in staged
    assert "does not count (malformed): " in previous


def test_before_the_first_delivery_there_is_none(config: Path) -> None:
    """A terminal that never had a catalogue says so: exit status 1."""
    result = run("show", "--config", config)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "active    none"


def test_files_that_can_not_be_read_are_told_plainly(config: Path, state: Path) -> None:
    """One sentence and exit status 1, no traceback."""
    (state / ACTIVE).mkdir()
    result = run("show", "--config", config)
    assert result.exit_code == 1
    assert result.stderr.startswith("kiosk catalogue show: ")


def test_a_wrong_configuration_is_told_with_its_fault(tmp_path: Path) -> None:
    """Exit status 2 and the fault, when the configuration has to be repaired first."""
    result = run("show", "--config", tmp_path / "none.toml")
    assert result.exit_code == 2
    assert "none.toml" in result.stderr
