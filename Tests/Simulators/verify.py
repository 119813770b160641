"""Verifies tokens against a published key set, with the library rather than with our code."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


def decode(text: str) -> bytes:
    """Decodes base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(text: str) -> int:
    """Decodes a big-endian number."""
    return int.from_bytes(decode(text), "big")


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Returns header, claims and signature, unverified."""
    header, claims, signature = token.split(".")
    return json.loads(decode(header)), json.loads(decode(claims)), decode(signature)


def verifies(token: str, keys: list[dict[str, str]]) -> bool:
    """Tells whether the published key that the header names verifies the token."""
    header, _, signature = parts(token)
    signed = token.rpartition(".")[0].encode()
    named = [key for key in keys if key["kid"] == header.get("kid") and key["use"] == "sig"]
    if len(named) != 1 or named[0]["alg"] != header["alg"]:
        return False
    key = named[0]
    try:
        if key["kty"] == "RSA":
            public = rsa.RSAPublicNumbers(number(key["e"]), number(key["n"])).public_key()
            public.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
            return True
        if len(signature) != 64:
            return False
        point = ec.EllipticCurvePublicNumbers(number(key["x"]), number(key["y"]), ec.SECP256R1())
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        point.public_key().verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False
