#!/usr/bin/env python3
"""Writes vectors.json: passkeys that python-fido2 makes, uses and takes itself.

    python3 make_vectors.py > vectors.json      (needs fido2 2.2.1 and cryptography)

Signatures of ECDSA are random: each run writes others.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationObject, AttestedCredentialData, AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse, AuthenticatorData, AuthenticationResponse,
    CollectedClientData, PublicKeyCredentialRpEntity, PublicKeyCredentialUserEntity,
    RegistrationResponse, UserVerificationRequirement)

HOST = "alpha.artel.localhost"
FLAGS = AuthenticatorData.FLAG


def text(data: bytes) -> str:
    """Base64, as JSON has bytes."""
    return base64.b64encode(data).decode()


def sign(key: Any, message: bytes) -> bytes:
    """What the authenticator does."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(message)


def vector(title: str, key: Any, public: CoseKey, fmt: str, flags: int) -> dict[str, str | int]:
    """A creation and a proof, both of which python-fido2 takes."""
    server = Fido2Server(PublicKeyCredentialRpEntity(name="Alpha", id=HOST))
    user = PublicKeyCredentialUserEntity(name="ann", id=b"ann", display_name="Ann")
    _, state = server.register_begin(
        user, user_verification=UserVerificationRequirement.REQUIRED)
    host = hashlib.sha256(HOST.encode()).digest()
    identifier = hashlib.sha256(title.encode()).digest()
    challenge = state["challenge"]
    client = CollectedClientData.create("webauthn.create", challenge, f"https://{HOST}")
    credential = AttestedCredentialData.create(bytes(16), identifier, public)
    data = AuthenticatorData.create(host, flags | FLAGS.AT, 1, bytes(credential))
    statement: dict[str, Any] = {}
    if fmt == "packed":
        statement = {"alg": public.ALGORITHM, "sig": sign(key, data + client.hash)}
    attested = AttestationObject.create(fmt, data, statement)
    server.register_complete(state, RegistrationResponse(
        raw_id=identifier, response=AuthenticatorAttestationResponse(
            client_data=client, attestation_object=attested)))
    made = {"clientData": text(client), "attestationObject": text(attested)}

    _, state = server.authenticate_begin(
        [credential], user_verification=UserVerificationRequirement.REQUIRED)
    client = CollectedClientData.create("webauthn.get", state["challenge"], f"https://{HOST}")
    data = AuthenticatorData.create(host, flags, 2)
    signature = sign(key, data + client.hash)
    server.authenticate_complete(state, [credential], AuthenticationResponse(
        raw_id=identifier, response=AuthenticatorAssertionResponse(
            client_data=client, authenticator_data=data, signature=signature)))
    return {
        "title": title, "algorithm": public.ALGORITHM, "credentialID": text(identifier), **made,
        "proofClientData": text(client), "authenticatorData": text(data),
        "signature": text(signature)}


def main() -> None:
    """Writes them all."""
    verified = FLAGS.UP | FLAGS.UV
    synced = verified | FLAGS.BE | FLAGS.BS
    p256 = ec.generate_private_key(ec.SECP256R1())
    rsa_key = rsa.generate_private_key(65537, 2048)
    edwards = ed25519.Ed25519PrivateKey.generate()
    vectors = []
    for fmt in ("none", "packed"):
        for key, kind in ((p256, ES256), (rsa_key, RS256), (edwards, EdDSA)):
            public = kind.from_cryptography_key(key.public_key())
            flags = synced if fmt == "none" else verified
            vectors.append(vector(f"{kind.__name__} {fmt}", key, public, fmt, flags))
    json.dump(vectors, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
