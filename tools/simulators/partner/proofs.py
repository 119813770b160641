"""How clients prove themselves at the token endpoint, beside HTTP Basic."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from shared.clock import now

METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth")
_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True)
class Proof:
    """What one client has to show."""

    method: str
    # The public key in PEM, and its `kid`.
    public_key: str = ""
    key_id: str = ""
    # The common name in a certificate of an authority that the simulator trusts.
    subject: str = ""


class Proofs:
    """The clients that do not prove themselves by HTTP Basic; set at run time."""

    def __init__(self) -> None:
        """Begins with none."""
        self._lock = threading.Lock()
        self._proofs: dict[str, Proof] = {}
        self._seen: set[str] = set()

    def set(self, client: str, proof: Proof) -> None:
        """Has a client prove itself so from now on."""
        if proof.method == "private_key_jwt":
            serialization.load_pem_public_key(proof.public_key.encode())
        with self._lock:
            if proof.method == "client_secret_basic":
                self._proofs.pop(client, None)
            else:
                self._proofs[client] = proof

    def method(self, client: str) -> str:
        """How a client has to prove itself."""
        with self._lock:
            proof = self._proofs.get(client)
        return proof.method if proof else "client_secret_basic"

    def is_good(
        self, client: str, secret_hash: bytes, form: dict[str, str], certificate: bytes | None,
    ) -> bool:
        """Whether a token request without `Authorization` proves that it is the client's."""
        with self._lock:
            proof = self._proofs.get(client)
        if proof is None:
            return False
        if proof.method == "client_secret_post":
            shown = hashlib.sha256(form.get("client_secret", "").encode()).digest()
            return hmac.compare_digest(shown, secret_hash)
        if proof.method == "tls_client_auth":
            return certificate is not None and _common_name(certificate) == proof.subject
        return form.get("client_assertion_type") == _BEARER and self._is_assertion(
            client, proof, form.get("client_assertion", ""))

    def _is_assertion(self, client: str, proof: Proof, assertion: str) -> bool:
        """RFC 7523 section 3; each assertion counts once."""
        try:
            head, body, signature = assertion.split(".")
            header, claims = json.loads(_decode(head)), json.loads(_decode(body))
            r, s = _halves(_decode(signature))
            key = serialization.load_pem_public_key(proof.public_key.encode())
            if not isinstance(key, ec.EllipticCurvePublicKey) or header.get("alg") != "ES256":
                return False
            key.verify(
                encode_dss_signature(r, s), f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
        except (ValueError, InvalidSignature):
            return False
        identifier = claims.get("jti")
        is_good = (
            header.get("kid") == proof.key_id and claims.get("iss") == claims.get("sub") == client
            and str(claims.get("aud", "")).endswith("/oauth2/token")
            and now() < float(claims.get("exp", 0)) <= now() + 300 and bool(identifier))
        with self._lock:
            if not is_good or identifier in self._seen:
                return False
            self._seen.add(identifier)
        return True


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _halves(signature: bytes) -> tuple[int, int]:
    if len(signature) != 64:
        raise ValueError("no signature of ES256")
    return int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")


def _common_name(der: bytes) -> str:
    names = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(
        x509.NameOID.COMMON_NAME)
    return str(names[0].value) if len(names) == 1 else ""
