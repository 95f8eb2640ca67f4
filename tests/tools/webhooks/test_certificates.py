"""TLS to an address that was looked at: the certificate must be the name's, by somebody this machine trusts."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.tools.webhooks.receiving import Receiver
from tools.webhooks import posting
from tools.webhooks.addresses import Destination
from tools.webhooks.posting import Answered, NotPosted, Poster

NAME = "crm.example.net"


async def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for the name, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


async def test_only_a_trusted_certificate_of_that_name_is_talked_to(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, tls = Receiver(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    poster = Poster(resolve=here, may_reach=lambda _: True)
    with pytest.raises(NotPosted, match="certificate"):
        await poster.post(Destination("https", NAME, port, "/"), {}, b"{}")
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(posting, "_trusted", lambda: trusting)
    assert await poster.post(Destination("https", NAME, port, "/"), {}, b"{}") == Answered(204)
    with pytest.raises(NotPosted, match="certificate"):
        await poster.post(Destination("https", "other.example.net", port, "/"), {}, b"{}")
    assert [message.headers["host"] for message in receiver.messages] == [f"{NAME}:{port}"]
    server.close()
