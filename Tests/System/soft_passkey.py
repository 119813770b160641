"""A passkey without a device, made by python-fido2, which says and signs what a test likes."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData)

_FLAGS = AuthenticatorData.FLAG
VERIFIED = _FLAGS.UP | _FLAGS.UV
PRESENT = _FLAGS.UP


class SoftPasskey:
    """A key pair, with the browser before it."""

    def __init__(self, host: str) -> None:
        """Makes one for a host."""
        self.id = secrets.token_bytes(32)
        self.host = host
        self.origin = f"https://{host}"
        self.flags = VERIFIED
        self.count = 0
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, challenge: str) -> dict[str, str]:
        """The `attestation` of a creation."""
        credential = AttestedCredentialData.create(
            bytes(16), self.id, ES256.from_cryptography_key(self._key.public_key()))
        data = AuthenticatorData.create(
            self._host(), self.flags | _FLAGS.AT, self.count, bytes(credential))
        client = self._client("webauthn.create", challenge)
        return {
            "clientDataJson": _text(client),
            "attestationObject": _text(AttestationObject.create("none", data, {}))}

    def prove(self, challenge: str, handle: str = "", kind: str = "webauthn.get") -> dict[str, Any]:
        """The `assertion` of a sign-in; `handle` is what the creation had as `userId`."""
        client = self._client(kind, challenge)
        data = AuthenticatorData.create(self._host(), self.flags, self.count)
        signature = self._key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return {
            "credentialId": _text(self.id), "clientDataJson": _text(client),
            "authenticatorData": _text(data), "signature": _text(signature),
            "userHandle": handle}

    def _host(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, base64.b64decode(challenge), self.origin)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
