"""The platform over TLS: each side knows the other by its certificate, or nothing is said."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.services.platform import Certificates, HttpPlatform, PlatformUnavailable

BUNDLE = b"a signed catalogue"
HEAD = f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(BUNDLE)}\r\n\r\n"


class Authority:
    """Issues certificates into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"CA {folder.name}")])
        self.ca = folder / "ca.pem"
        own = self._builder(self._name, self._key.public_key())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self._write(own, self.ca)

    def issue(self, name: str) -> Certificates:
        """A certificate for a terminal's name, which is good for a server on loopback too."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        builder = self._builder(subject, key.public_key()).add_extension(
            x509.SubjectAlternativeName([loopback]), critical=False
        )
        cert, key_file = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        self._write(builder, cert)
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return Certificates(self.ca, cert, key_file)

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return x509.CertificateBuilder(
            issuer_name=self._name,
            subject_name=subject,
            public_key=key,
            serial_number=x509.random_serial_number(),
            not_valid_before=now - timedelta(minutes=1),
            not_valid_after=now + timedelta(hours=1),
        )

    def _write(self, builder: x509.CertificateBuilder, path: Path) -> None:
        certificate = builder.sign(self._key, hashes.SHA256())
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


@asynccontextmanager
async def platform_of(authority: Authority) -> AsyncIterator[str]:
    """The address of a platform that lets in only whom its authority knows."""
    own = authority.issue("platform")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.ca)
    assert own.cert
    context.load_cert_chain(own.cert, own.key)
    context.verify_mode = ssl.CERT_REQUIRED
    answering = set[asyncio.Task[None]]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):  # whoever was not let in hangs up
            await reader.readuntil(b"\r\n\r\n")
            writer.write(HEAD.encode() + BUNDLE)
            await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.add(asyncio.create_task(answer(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    try:
        yield "https://{}:{}".format(*server.sockets[0].getsockname())
    finally:
        await asyncio.gather(*answering)
        server.close()
        await server.wait_closed()


async def asked(address: str, certificates: Certificates) -> bytes | None:
    """The catalogue, asked for with these certificates."""
    platform = HttpPlatform(
        address,
        terminal="HY0001",
        rng=Random(1),  # noqa: S311 - only a pause is drawn
        certificates=certificates,
    )
    try:
        return await platform.catalogue(None)
    finally:
        await platform.aclose()


async def test_a_terminal_is_known_by_its_certificate(tmp_path: Path) -> None:
    """With certificates of one authority on both sides the platform answers."""
    authority = Authority(tmp_path / "county")
    async with platform_of(authority) as address:
        assert await asked(address, authority.issue("HY0001")) == BUNDLE


async def test_a_strangers_platform_is_not_talked_to(tmp_path: Path) -> None:
    """A platform whose certificate another authority signed gets no request."""
    county, stranger = Authority(tmp_path / "county"), Authority(tmp_path / "stranger")
    async with platform_of(stranger) as address:
        with pytest.raises(PlatformUnavailable, match="ConnectError"):
            await asked(address, county.issue("HY0001"))


async def test_a_stranger_is_not_let_in(tmp_path: Path) -> None:
    """A terminal whose certificate another authority signed gets no answer."""
    county, stranger = Authority(tmp_path / "county"), Authority(tmp_path / "stranger")
    foreign = stranger.issue("HY0001")
    async with platform_of(county) as address:
        with pytest.raises(PlatformUnavailable):
            await asked(address, Certificates(county.ca, foreign.cert, foreign.key))


async def test_a_platform_whose_authority_nobody_named_is_not_talked_to(tmp_path: Path) -> None:
    """A county's own authority counts only where the configuration says so."""
    authority = Authority(tmp_path / "county")
    own = authority.issue("HY0001")
    async with platform_of(authority) as address:
        with pytest.raises(PlatformUnavailable, match="ConnectError"):
            await asked(address, Certificates(cert=own.cert, key=own.key))


def test_files_that_are_no_certificates_are_named(tmp_path: Path) -> None:
    """What is missing, broken or does not go together is said plainly, before anything is sent."""
    county, other = Authority(tmp_path / "county"), Authority(tmp_path / "other")
    own, strange = county.issue("HY0001"), other.issue("HY0002")
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for files, says in (
        (Certificates(tmp_path / "none.pem"), r"platform\.ca: .*none\.pem: No such file"),
        (Certificates(broken), r"platform\.ca: .*broken\.pem"),
        (Certificates(own.ca, tmp_path / "none.pem", own.key), r"platform\.cert: .*none\.pem"),
        (Certificates(own.ca, own.cert, strange.key), r"platform\.cert: .*HY0002\.key: .*MISMATCH"),
    ):
        with pytest.raises(ValueError, match=says):
            files.context()
