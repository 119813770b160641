"""JSON Web Signatures in the compact form (RFC 7515), right and wrong ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_RSA_HASHES: dict[str, hashes.HashAlgorithm] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}


class CannotSign(Exception):
    """The key and the algorithm do not go together."""


def base64url(data: bytes) -> str:
    """Codes without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    """Decodes; raises ValueError."""
    padded = text.encode("ascii") + b"=" * (-len(text) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True)


def signing_input(header: dict[str, object], claims: dict[str, object]) -> bytes:
    """Returns what is signed."""
    parts = (json.dumps(part, separators=(",", ":")).encode() for part in (header, claims))
    return ".".join(base64url(part) for part in parts).encode()


def sign(algorithm: str, key: PrivateKey, data: bytes) -> bytes:
    """Signs by an algorithm of RFC 7518 section 3; raises `CannotSign`.

    `HS256` signs with the public key's PEM as the secret: the classical confusion of a verifier
    that lets the token choose the algorithm.
    """
    if algorithm == "none":
        return b""
    if algorithm == "HS256":
        return hmac.digest(public_pem(key), data, "sha256")
    family, size = algorithm[:2], algorithm[2:]
    if isinstance(key, rsa.RSAPrivateKey) and family in ("RS", "PS") and size in _RSA_HASHES:
        digest = _RSA_HASHES[size]
        if family == "RS":
            return key.sign(data, padding.PKCS1v15(), digest)
        return key.sign(data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
    if isinstance(key, ec.EllipticCurvePrivateKey) and algorithm == "ES256":
        r, s = decode_dss_signature(sign_der(key, data))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    raise CannotSign(algorithm)


def sign_der(key: PrivateKey, data: bytes) -> bytes:
    """Signs by ECDSA and leaves the signature in DER, which JOSE does not allow."""
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CannotSign("DER is for ES256")
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def public_pem(key: PrivateKey) -> bytes:
    """Returns the public half in PEM."""
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def access_token_hash(token: str) -> str:
    """Returns `at_hash` of OpenID Connect Core section 3.1.3.6 for the SHA-256 algorithms."""
    return base64url(hashlib.sha256(token.encode()).digest()[:16])
