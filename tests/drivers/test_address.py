"""Addresses: what is written means one thing, and what means nothing says what to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.address import Address, AddressError, DevicePath, TcpAddress, UsbAddress, parse

WRITE = "write /dev/…, usb:VENDOR:PRODUCT, usb@SOCKET or tcp://HOST:PORT"

ids = st.integers(0, 0xFFFF)
sockets = st.builds(
    lambda bus, ports: f"{bus}-{'.'.join(map(str, ports))}",
    st.integers(1, 99),
    st.lists(st.integers(1, 255), min_size=1, max_size=5),
)
serials = st.text(st.characters(exclude_characters=":@", exclude_categories=["Z", "C"]), min_size=1)
usb = st.one_of(
    st.builds(UsbAddress, ids, ids, st.none() | serials, st.none() | sockets),
    st.builds(UsbAddress, st.none(), st.none(), st.none(), sockets),
)
names = st.from_regex(r"[a-z0-9._-]+", fullmatch=True)
hosts = st.one_of(names, st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(str))
tcp = st.builds(TcpAddress, hosts, st.integers(1, 65535))
paths = st.builds(
    DevicePath, st.text(st.characters(exclude_characters="\0")).map(lambda text: f"/{text}")
)


@given(st.one_of(usb, tcp, paths))
def test_what_is_shown_can_be_written(address: Address) -> None:
    """An address as text is that address again."""
    assert parse(str(address)) == address


@given(st.text())
def test_any_text_is_an_address_or_says_what_to_write(text: str) -> None:
    """Whatever a technician types: no other error than one with advice."""
    try:
        address = parse(text)
    except AddressError as error:
        assert str(error) in {WRITE, "a TCP port is a number from 1 to 65535"}  # noqa: PT017 # any text
    else:
        assert parse(str(address)) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/dev/doorstep/printer", DevicePath("/dev/doorstep/printer")),
        ("usb:1a86:7523", UsbAddress(0x1A86, 0x7523)),
        ("USB:1A86:7523", UsbAddress(0x1A86, 0x7523)),
        ("usb:1a86:7523:A10KX2", UsbAddress(0x1A86, 0x7523, "A10KX2")),
        ("usb:1a86:7523@1-1.4", UsbAddress(0x1A86, 0x7523, None, "1-1.4")),
        ("usb:1a86:7523:A1@3-2", UsbAddress(0x1A86, 0x7523, "A1", "3-2")),
        ("usb@1-1.4", UsbAddress(socket="1-1.4")),
        ("tcp://192.0.2.7:9100", TcpAddress("192.0.2.7", 9100)),
        ("tcp://[2001:db8::7]:9100", TcpAddress("2001:db8::7", 9100)),
    ],
)
def test_each_form_means_what_the_handbook_says(text: str, address: Address) -> None:
    """The forms a technician reads of are the forms that work."""
    assert parse(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ttyUSB0",
        "COM3",
        "/dev/tty\0",
        "usb",
        "usb:",
        "usb:1a86",
        "usb:1a86:752",
        "usb:1a86:75234",
        "usb:1a86:752g",
        "usb:1a86:7523:",
        "usb:1a86:7523:A B",
        "usb:1a86:7523@",
        "usb:1a86:7523@1.4",
        "usb@1",
        "usb:1a86:7523 ",
        "usb:１a86:7523",
        "usb@１-1",
        "tcp://:9100",
        "tcp://printer",
        "tcp://printer:",
        "tcp://printer:123456",
        "tcp://printer:9100/",
        "http://printer:9100",
    ],
)
def test_a_wrong_text_says_what_to_write(text: str) -> None:
    """Every mistake has the same advice, which names all forms."""
    with pytest.raises(AddressError) as caught:
        parse(text)
    assert str(caught.value) == WRITE


@pytest.mark.parametrize("port", ["0", "65536", "99999"])
def test_a_port_out_of_range_says_so(port: str) -> None:
    """The form is right and the number is not: the advice is about the number."""
    with pytest.raises(AddressError, match="a TCP port is a number from 1 to 65535"):
        parse(f"tcp://printer:{port}")
