"""An authority for tests: a key of an agency in a PKCS#12 file, and a stamper of time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "mat khau cua khoa"
AGENCY = "Ủy ban nhân dân tỉnh Ninh Thuận"


def make_key(folder: Path, *, name: str = AGENCY, days: int = 365) -> str:
    """The path of a PKCS#12 file with a fresh key and its chain, valid from yesterday for so many
    days; its password is PASSWORD."""
    root_key, root = _certificate("Chứng thực mẫu")
    key, leaf = _certificate(name, issuer=root, issuer_key=root_key, days=days)
    content = pkcs12.serialize_key_and_certificates(
        b"agency", key, leaf, [root], serialization.BestAvailableEncryption(PASSWORD.encode())
    )
    path = folder / "co-quan.p12"
    path.write_bytes(content)
    return str(path)


def make_stamper(**how: Any) -> Any:
    """A time stamping authority that answers without a network; `root` is whoever vouches for it
    (`make_root`), `days` how long, `at` the time that it says, `lies` that its key is another's."""
    root_key, root = how.get("root") or (None, None)
    key, certificate = _certificate(
        "Dấu thời gian mẫu",
        issuer=root,
        issuer_key=root_key,
        days=how.get("days", 365),
        stamps=True,
    )
    if how.get("lies"):
        key = rsa.generate_private_key(65537, 2048)
    encoded = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    from pyhanko.sign.timestamps import DummyTimeStamper

    return DummyTimeStamper(
        Certificate.load(der), PrivateKeyInfo.load(encoded), fixed_dt=how.get("at")
    )


def make_root(folder: Path, name: str = "Gốc mẫu") -> tuple[Any, str]:
    """An authority that vouches for others, and the path of its certificate."""
    key, certificate = _certificate(name, days=3650)
    path = folder / f"{name}.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return (key, certificate), str(path)


def _certificate(
    name: str, *, issuer: Any = None, issuer_key: Any = None, stamps: bool = False, days: int = 3650
) -> tuple[Any, x509.Certificate]:
    key: Any = rsa.generate_private_key(65537, 2048) if stamps else _curve()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.BasicConstraints(ca=issuer is None and not stamps, path_length=None), True
        )
        .add_extension(_usage(signs_papers=issuer is not None or stamps), True)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, True)
    return key, builder.sign(issuer_key or key, hashes.SHA256())


def _curve() -> Any:
    return ec.generate_private_key(ec.SECP256R1())


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        encipher_only=False,
        decipher_only=False,
    )
