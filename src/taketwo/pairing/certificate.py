"""The certificate of one session: made for it, named in its invitation, and worth nothing afterwards.

It says nothing about the machine or the person: guests trust its fingerprint, not a name. `needed` stands here because
this is the first thing that a host asks for.
"""

import hashlib
import secrets
import ssl
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

_LASTS = timedelta(days=90)
_SLACK = timedelta(days=1)
"""Clocks are wrong by hours; nobody should be kept out for that."""


class Missing(Exception):
    """What paired sessions need is not installed; the message says how to install it."""


def needed() -> None:
    """Raise Missing unless the libraries that paired sessions need are there."""
    gone = [name for name in ("websockets", "cryptography") if find_spec(name) is None]
    if gone:
        raise Missing(
            f"Sessions in two terminals need {' and '.join(gone)}, not installed here."
            " Install with: pip install -c constraints.txt -e '.[pair]'"
        )


@dataclass(frozen=True, slots=True)
class Certificate:
    """A private key and its certificate, both PEM. Kept only in the session's own file, which is for its owner alone."""

    key_pem: bytes = field(repr=False)
    cert_pem: bytes

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate as it is shown in the handshake: 32 bytes. Raises ValueError if it is none."""
        return fingerprint(ssl.PEM_cert_to_DER_cert(self.cert_pem.decode()))


def fingerprint(der: bytes) -> bytes:
    """What an invitation remembers of the certificate `der`."""
    return hashlib.sha256(der).digest()


def make() -> Certificate:
    """A new key and a certificate for it. Raises Missing."""
    needed()
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Take Two")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLACK)
        .not_valid_after(now + _LASTS)
        .sign(key, hashes.SHA256())
    )
    return Certificate(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        made.public_bytes(serialization.Encoding.PEM),
    )


def host_context(certificate: Certificate) -> ssl.SSLContext:
    """TLS 1.3 and nothing older, for the host's end. Raises Missing, and ValueError or OSError for a damaged key."""
    needed()
    from cryptography.hazmat.primitives import serialization

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 0
    password = secrets.token_bytes(16).hex()
    key = serialization.load_pem_private_key(certificate.key_pem, None)
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password.encode()),
    )
    # `ssl` reads keys from files alone; a locked one is worth nothing, should it be left behind
    with tempfile.TemporaryDirectory(prefix="taketwo-") as folder:
        file = Path(folder) / "session.pem"
        file.write_bytes(locked + certificate.cert_pem)
        context.load_cert_chain(file, password=password)
    return context


def guest_context() -> ssl.SSLContext:
    """TLS 1.3 and nothing older, for the guest's end. It proves that the host holds its key; whose it is, we compare."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
