"""A configuration file's faults: all of them, in plain words, and never fatal where avoidable."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from device_config.effective import effective
from device_config.faults import Consequence
from device_config.loader import Loaded, load
from device_config.schema import TerminalConfig
from kiosk.core.catalogue import Language
from tests.minimal import MINIMAL

PROFILES = sorted((Path(__file__).parents[2] / "device_config" / "profiles").glob("*.toml"))


def read(tmp_path: Path, text: str) -> Loaded:
    """What the loader makes of a file with this text."""
    file = tmp_path / "kiosk.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def wheres(loaded: Loaded) -> list[str]:
    """Where the faults are, in the order they are told."""
    return [fault.where for fault in loaded.faults]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_every_profile_is_without_fault(profile: Path) -> None:
    """A technician who copies a profile starts from a file without fault."""
    assert load(profile).faults == ()


def test_the_least_file_is_enough(tmp_path: Path) -> None:
    """A dozen lines make a terminal; everything else has a default."""
    config = read(tmp_path, MINIMAL).config
    assert config is not None
    assert config.resolution == (1080, 1920)
    assert config.mqtt is None
    assert not config.id_card_reader.fitted


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    """One run names every fault, each with its line, so that one repair is enough."""
    text = MINIMAL.replace('"t1"', '"a/b"') + "[timeouts]\nidle = true\nwarning = 5\n"
    loaded = read(tmp_path, text)
    assert [(f.where, f.line) for f in loaded.faults] == [
        ("terminal.id", 2),
        ("timeouts.idle", 14),
        ("timeouts.warning", 15),
    ]


@pytest.mark.parametrize("bad", ["a/b", "a+b", "a#b", "", "-a", "家"])
def test_an_id_fits_into_a_topic(tmp_path: Path, bad: str) -> None:
    """A terminal's id can not widen or break an MQTT topic."""
    assert wheres(read(tmp_path, MINIMAL.replace('"t1"', f'"{bad}"'))) == ["terminal.id"]


def test_a_misspelt_key_gets_the_right_one_suggested(tmp_path: Path) -> None:
    """An unknown key is a fault, and a close known one is offered."""
    loaded = read(tmp_path, MINIMAL + '[receipt_printer]\nwidht_dots = 384\nport = "/dev/x"\n')
    (fault,) = loaded.faults
    assert 'did you mean "width_dots"?' in str(fault)


def test_a_misspelt_section_gets_the_right_one_suggested(tmp_path: Path) -> None:
    """So does an unknown section."""
    (fault,) = read(tmp_path, MINIMAL + "[recipt_printer]\nfitted = true\n").faults
    assert fault.line == 13
    assert 'did you mean "receipt_printer"?' in fault.advice


@pytest.mark.parametrize(
    "section",
    [
        "[receipt_printer]\nfitted = true\n",
        '[receipt_printer]\nfitted = true\nport = "/dev/x"\nbaud = 9601\n',
        '[receipt_printer]\nfitted = true\nport = "usb0"\n',
        '[receipt_printer]\nfitted = true\nport = "/dev/x"\nprot = 1\n',
        "receipt_printer = 5\n",
    ],
)
def test_a_broken_printer_does_not_stop_the_terminal(tmp_path: Path, section: str) -> None:
    """A broken optional part counts as not there; the rest works, and the fault is told."""
    text = section + MINIMAL if section.startswith("receipt") else MINIMAL + section
    loaded = read(tmp_path, text)
    assert loaded.config is not None
    assert not loaded.config.receipt_printer.fitted
    assert {fault.consequence for fault in loaded.faults} == {Consequence.SECTION_LEFT_OUT}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('url = "https://p.example"\ncert = "/c.pem"', "one of cert and key is missing; set both"),
        ('url = "https://p.example"\nkey = "/c.key"', "one of cert and key is missing; set both"),
        ('url = "http://127.0.0.1"\nca = "/ca.pem"', "of no use over http; write https://"),
        ('url = "https://p.example"\nca = "ca.pem"', "platform.ca: not a whole path"),
    ],
)
def test_the_platforms_certificates_are_whole_or_a_fault(
    tmp_path: Path, lines: str, says: str
) -> None:
    """A terminal does not start with half of what makes it known, and says which half."""
    loaded = read(tmp_path, MINIMAL.replace('url = "http://127.0.0.1:8000"', lines))
    assert loaded.config is None
    assert says in str(loaded.faults[0])


def test_a_county_may_have_an_authority_of_its_own(tmp_path: Path) -> None:
    """With or without a certificate for the terminal; pages get longer than answers."""
    lines = 'url = "https://p.example"\nca = "/ca.pem"\ncert = "/c.pem"\nkey = "/c.key"'
    config = read(tmp_path, MINIMAL.replace('url = "http://127.0.0.1:8000"', lines)).config
    assert config is not None
    assert config.platform.key == Path("/c.key")
    assert config.platform.upload_timeout > config.platform.timeout


def test_a_misspelt_certificate_never_means_no_encryption(tmp_path: Path) -> None:
    """A fault in the broker's section leaves the broker out rather than going there in clear."""
    loaded = read(tmp_path, MINIMAL + '[mqtt]\nhost = "b"\nport = 8883\n[mqtt.tsl]\nca = "/ca"\n')
    assert loaded.config is not None
    assert loaded.config.mqtt is None


def test_a_key_from_a_newer_version_does_not_stop_an_older_one(tmp_path: Path) -> None:
    """Unknown keys in a required section are told and ignored."""
    text = MINIMAL.replace('en = "Doorstep" }', 'en = "Doorstep", bo = "x" }') + "colour = 1\n"
    loaded = read(tmp_path, text)
    assert loaded.config is not None
    assert sorted(wheres(loaded)) == ["storage.colour", "terminal.name.bo"]


@pytest.mark.parametrize("section", ["terminal", "platform", "storage"])
def test_what_a_terminal_can_not_do_without_is_asked_for(tmp_path: Path, section: str) -> None:
    """A missing required section stops the terminal and is named."""
    start = MINIMAL.index(f"[{section}]")
    end = MINIMAL.find("\n[", start)
    loaded = read(tmp_path, MINIMAL[:start] + (MINIMAL[end:] if end > 0 else ""))
    assert loaded.config is None
    assert wheres(loaded) == [section]


def test_a_picture_lies_the_way_the_screen_is_mounted(tmp_path: Path) -> None:
    """A landscape picture on a portrait terminal is a fault, and the mounting wins."""
    loaded = read(tmp_path, MINIMAL + "[screen]\nwidth = 1920\nheight = 1080\n")
    assert loaded.config is not None
    assert wheres(loaded) == ["screen.width"]
    assert loaded.config.resolution == (1080, 1920)


@pytest.mark.parametrize(
    "url",
    [
        "http://platform.example",
        "ftp://127.0.0.1",
        "https://",
        "https://me:hush@host/",
        "https://me:hush@[::1/",
    ],
)
def test_requests_travel_encrypted_and_without_passwords(tmp_path: Path, url: str) -> None:
    """The platform is reached by https, or on this machine; no credential is in the address."""
    loaded = read(tmp_path, MINIMAL.replace("http://127.0.0.1:8000", url))
    assert wheres(loaded) == ["platform.url"]
    assert "hush" not in effective(loaded)


def test_what_stands_under_an_unknown_key_is_not_repeated(tmp_path: Path) -> None:
    """A password under a wrong name does not get onto a screen or into a log."""
    loaded = read(tmp_path, MINIMAL + 'pasword = "hush"\n[vault]\ntoken = "hush"\n')
    assert len(loaded.faults) == 2
    assert "hush" not in effective(loaded) + repr(loaded.faults)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"[terminal]\nid = t1\n", 2, "not TOML"),
        ("# 家门口".encode("gbk"), None, "UTF-8"),
        (b"a = 1\na = 2\n", 2, "not TOML"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(
    tmp_path: Path, content: bytes, line: int | None, words: str
) -> None:
    """A file that is not TOML or not UTF-8 gives one fault that says so, and where."""
    file = tmp_path / "kiosk.toml"
    file.write_bytes(content)
    (fault,) = load(file).faults
    assert fault.line == line
    assert words in str(fault)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """No file is a fault like any other, with what to do."""
    (fault,) = load(tmp_path / "none.toml").faults
    assert "none.toml" in fault.what
    assert load(tmp_path).config is None


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Editors that begin a file with a byte order mark are welcome."""
    file = tmp_path / "kiosk.toml"
    file.write_text(MINIMAL, encoding="utf-8-sig")
    assert load(file).faults == ()


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_the_printed_file_means_the_same(tmp_path: Path, profile: Path) -> None:
    """What `kiosk check` prints can be saved and used: it loads to the same configuration."""
    first = load(profile)
    assert read(tmp_path, effective(first)).config == first.config


def test_the_languages_are_the_terminals() -> None:
    """The languages a technician may choose are those the terminal speaks."""
    schema = TerminalConfig.model_json_schema()["$defs"]["Terminal"]["properties"]
    assert set(schema["default_language"]["enum"]) == {str(language) for language in Language}


LINES = st.sampled_from(
    [f"[{name}]" for name in ("terminal", "catalogue", "mqtt", "mqtt.tls", "screen", "other")]
    + [
        f"{key} = {value}"
        for key in ("id", "keys", "name", "port", "tls", "width")
        for value in ("1", '"/x"', "[1]", "{ zh = 1 }", "1979-05-27", "nan", "-1e400")
    ]
)


@given(st.text(max_size=100) | st.lists(LINES, max_size=8).map("\n".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_makes_the_loader_raise(tmp_path: Path, text: str) -> None:
    """Whatever a file holds, the answer is a configuration or a list of faults."""
    for content in (text, f"{MINIMAL}\n{text}"):
        loaded = read(tmp_path, content)
        assert loaded.config is not None or loaded.faults
        assert effective(loaded)


@pytest.mark.parametrize(
    ("section", "where"),
    [
        ('[cabinet]\nfitted = true\nport = "ttyUSB0"\n', "cabinet.port"),
        ('[cabinet]\nfitted = true\nport = "usb:1a86"\n', "cabinet.port"),
        ('[document_printer]\nfitted = true\nuri = "http://printer"\n', "document_printer.uri"),
        (
            '[document_printer]\nfitted = true\nuri = "ipp://a:b@printer/x"\n',
            "document_printer.uri",
        ),
        ('[face_camera]\nfitted = true\nsource = "http://camera/x"\n', "face_camera.source"),
        ("[face_camera]\nfitted = true\n", "face_camera"),
        ('[barcode_scanner]\nfitted = true\nfamily = "camera"\n', "barcode_scanner.family"),
        ('[barcode_scanner]\nfitted = true\nfamily = "hid"\n', "barcode_scanner"),
        ('[speech]\nfitted = true\nsocket = "speech.sock"\n', "speech.socket"),
        ('[speech]\nfitted = true\n[speech.en]\nname = "Alan"\n', "speech.en"),
        ('[speech]\nfitted = true\n[speech.zh]\nmodule = "espeak ng"\n', "speech.zh.module"),
    ],
)
def test_a_device_that_is_nowhere_is_left_out(tmp_path: Path, section: str, where: str) -> None:
    """An address that can not be one is named, with what to write; the terminal goes on without."""
    loaded = read(tmp_path, MINIMAL + section)
    assert loaded.config is not None
    (fault,) = loaded.faults
    assert fault.where == where
    assert fault.consequence is Consequence.SECTION_LEFT_OUT
    assert fault.advice


def test_every_device_can_be_fitted(tmp_path: Path) -> None:
    """One good section for each device is a file without fault."""
    text = (
        MINIMAL
        + """
[id_card_reader]
fitted = true
port = "usb:0400:c35a"
[social_card_reader]
fitted = true
[receipt_printer]
fitted = true
port = "tcp://192.0.2.7:9100"
[document_printer]
fitted = true
uri = "ipp://localhost/printers/A4"
[face_camera]
fitted = true
source = "usb:046d:0825@1-1.4"
[document_camera]
fitted = true
source = "http://127.0.0.1:8080/page.mjpg"
sees_mm = 420.0
[barcode_scanner]
fitted = true
family = "camera"
[signature_pad]
fitted = true
[cabinet]
fitted = true
port = "/dev/doorstep/cabinet"
[touch_panel]
fitted = true
[speech]
fitted = true
rate = -20
socket = "/run/speech.sock"
[speech.zh]
module = "espeak-ng"
name = "Chinese (Mandarin, latin as English)"
"""
    )
    loaded = read(tmp_path, text)
    assert loaded.faults == ()
    assert loaded.config is not None
    assert loaded.config.id_card_reader.port == "usb:0400:c35a"


KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


@pytest.mark.parametrize(
    ("keys", "where", "words"),
    [
        (f'["{KEY}"]', "catalogue.keys.0", "not a public key"),
        (f'["rsa:k1:{KEY}"]', "catalogue.keys.0", "not a public key"),
        (f'["ed25519:k 1:{KEY}"]', "catalogue.keys.0", "not a key's id"),
        ('["ed25519:k1:%%%%"]', "catalogue.keys.0", "not base64"),
        (f'["ed25519:k1:{KEY[:-1]}"]', "catalogue.keys.0", "not base64"),
        ('["ed25519:k1:AAAA"]', "catalogue.keys.0", "the key has 3 bytes"),
        (f'["ed25519:k1:{KEY}", 1]', "catalogue.keys.1", "write a text in quotes"),
        (f'["ed25519:k1:{KEY}", "ed25519:k1:{KEY}"]', "catalogue", "two keys have the id k1"),
        (f'"ed25519:k1:{KEY}"', "catalogue.keys", "write a list"),
        ("[]", "catalogue.keys", "no key is trusted"),
    ],
)
def test_a_key_with_a_slip_is_trusted_by_nobody(
    tmp_path: Path, keys: str, where: str, words: str
) -> None:
    """Each slip is named with what to write, and the terminal starts, trusting nobody."""
    start, end = MINIMAL.index("keys = "), MINIMAL.index("[storage]")
    loaded = read(tmp_path, f"{MINIMAL[:start]}keys = {keys}\n{MINIMAL[end:]}")
    (fault,) = loaded.faults
    assert (fault.where, fault.line) == (where, 10 if where != "catalogue" else 9)
    assert words in str(fault)
    assert loaded.config is not None
    assert loaded.config.catalogue.keys == ()


def test_a_terminal_that_trusts_nobody_is_told_so(tmp_path: Path) -> None:
    """Without the section a terminal would start and offer nothing: that is a fault."""
    start, end = MINIMAL.index("[catalogue]"), MINIMAL.index("[storage]")
    loaded = read(tmp_path, MINIMAL[:start] + MINIMAL[end:])
    assert wheres(loaded) == ["catalogue.keys"]
    assert loaded.config is not None


HASH = f"scrypt:16384:8:5:{'A' * 22}==:{'B' * 43}="


def test_what_is_kept_of_a_pin_is_not_printed_again(tmp_path: Path) -> None:
    """A PIN of six digits would be found from it; that there is one is said."""
    loaded = read(tmp_path, MINIMAL + f'[staff]\nattendant_pin = "{HASH}"\n')
    assert loaded.config is not None
    assert loaded.config.staff.attendant_pin == HASH
    assert "scrypt" not in effective(loaded)
    assert "# attendant_pin is set, and not shown" in effective(loaded)


@pytest.mark.parametrize("written", ["271828", HASH[:-1], "scrypt:2:1:1:AA==:BB=="])
def test_a_pin_itself_is_no_setting(tmp_path: Path, written: str) -> None:
    """It opens nothing, is not repeated, and the fault says how to make what is meant."""
    loaded = read(tmp_path, MINIMAL + f'[staff]\nattendant_pin = "{written}"\n')
    assert loaded.config is not None
    assert loaded.config.staff.attendant_pin is None
    [fault] = [one for one in loaded.faults if one.where == "staff.attendant_pin"]
    assert "kiosk staff-pin" in str(fault)
    assert written not in effective(loaded) + str(fault)
