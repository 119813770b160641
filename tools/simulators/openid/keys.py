"""The keys of a realm: made at start, rotated on demand."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from openid.jose import PrivateKey, base64url
from openid.settings import ALGORITHMS


@dataclass
class Key:
    """A key pair with its identifier. `use` is `sig` or `enc`."""

    algorithm: str
    use: str
    private: PrivateKey
    kid: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    published: bool = True

    def public(self) -> dict[str, str]:
        """Returns the public half as a JSON Web Key (RFC 7517)."""
        common = {"kid": self.kid, "alg": self.algorithm, "use": self.use}
        public = self.private.public_key()
        if isinstance(public, rsa.RSAPublicKey):
            numbers = public.public_numbers()
            return {
                "kty": "RSA",
                **common,
                "n": base64url(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
                "e": base64url(numbers.e.to_bytes(3, "big")),
            }
        point = public.public_numbers()
        return {
            "kty": "EC",
            **common,
            "crv": "P-256",
            "x": base64url(point.x.to_bytes(32, "big")),
            "y": base64url(point.y.to_bytes(32, "big")),
        }


def make_key(algorithm: str) -> Key:
    """Makes a key for RS256, ES256, or RSA-OAEP (which Keycloak publishes for encryption)."""
    if algorithm == "ES256":
        return Key(algorithm, "sig", ec.generate_private_key(ec.SECP256R1()))
    use = "enc" if algorithm == "RSA-OAEP" else "sig"
    return Key(algorithm, use, rsa.generate_private_key(65537, 2048))


class KeyRing:
    """All keys that a realm ever had in this process, the newest first."""

    def __init__(self) -> None:
        """Makes the first keys: one for each algorithm, and one for encryption."""
        self._lock = threading.Lock()
        self._keys = [make_key(algorithm) for algorithm in (*ALGORITHMS, "RSA-OAEP")]
        self._foreign = {algorithm: make_key(algorithm) for algorithm in ALGORITHMS}

    def current(self, algorithm: str) -> Key:
        """Returns the key that signs by RS256 or ES256 now."""
        with self._lock:
            return next(key for key in self._keys if key.algorithm == algorithm)

    def find(self, kid: str) -> Key | None:
        """Returns a key by its identifier, also one that is published no more."""
        with self._lock:
            return next((key for key in self._keys if key.kid == kid), None)

    def foreign(self, algorithm: str) -> Key:
        """Returns a key that was never published."""
        return self._foreign[algorithm]

    def rotate(self, keep: bool) -> None:
        """Makes new keys that sign; those of before stay published where `keep` is true."""
        fresh = [make_key(algorithm) for algorithm in ALGORITHMS]
        with self._lock:
            for key in self._keys:
                key.published = key.published and (keep or key.use == "enc")
            self._keys = fresh + self._keys

    def published(self) -> list[dict[str, str]]:
        """Returns the key set."""
        with self._lock:
            return [key.public() for key in self._keys if key.published]

    def describe(self) -> list[dict[str, object]]:
        """Returns all keys for the control interface."""
        with self._lock:
            return [
                {"kid": key.kid, "alg": key.algorithm, "use": key.use, "published": key.published}
                for key in self._keys
            ]
