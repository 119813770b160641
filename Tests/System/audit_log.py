"""A stranger's verifier of the audit: written after docs/audit.md and RFC 9162 alone."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def _sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return _sha(b"\1" + left + right)


def _microseconds(text: str) -> bytes:
    """A time of the API as the leaf has it."""
    if not text:
        return b""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    seconds = int((datetime.fromisoformat(f"{whole}+00:00") - _EPOCH).total_seconds())
    return str(seconds * 1_000_000 + int(fraction.ljust(6, "0")[:6] or 0)).encode()


def _latency(text: str) -> bytes:
    whole, _, fraction = text.removesuffix("s").partition(".")
    return str(int(whole or 0) * 1_000_000 + int(fraction.ljust(6, "0")[:6] or 0)).encode()


def _fields(values: list[bytes]) -> bytes:
    return b"".join(len(value).to_bytes(4, "big") + value for value in values)


def _origin_hash(entry: dict[str, Any]) -> bytes:
    """The hash of a person and its address as they are shown, or what is left of an erased one, and of
    one who is not shown."""
    if not entry.get("originHash"):
        return b""
    actor = entry.get("actor", "") if entry.get("actorIndex") else ""
    address = entry.get("address", "")
    is_erased = {actor or "[erased]", address} == {"[erased]"}
    if "originSalt" not in entry and (is_erased or not actor and not address):
        return base64.b64decode(entry["originHash"])
    salt = base64.b64decode(entry.get("originSalt", ""))
    return _sha(salt + _fields([actor.encode(), address.encode()]))


def leaf_hash(tenant_id: str, entry: dict[str, Any]) -> bytes:
    """The hash of an entry as the API shows it."""
    shown, entry = entry, dict(entry)
    if entry.get("actorIndex"):
        entry["actor"] = ""
    if entry.get("originHash"):
        entry["address"] = ""

    def text(name: str) -> bytes:
        return entry.get(name, "").encode()

    def number(name: str) -> bytes:
        return str(int(entry.get(name, 0))).encode()

    def digest(name: str) -> bytes:
        return base64.b64decode(entry.get(name, ""))

    fields = [
        tenant_id.encode(), entry["name"].removeprefix("auditEntries/").encode(), text("kind"),
        _microseconds(entry.get("createTime", "")), text("actor"), text("action"),
        text("resource"), text("change"), text("call"), text("principalKind"), text("client"),
        text("certificate"), text("address"), text("door"), text("code"), text("reason"),
        _microseconds(entry.get("startTime", "")), _latency(entry.get("latency", "0s")),
        number("requestCount"), number("responseCount"), digest("requestHash"),
        digest("responseHash"), text("requestBody"), text("responseBody"), text("trace"),
        digest("personalHash"),
    ]
    later = [_origin_hash(shown), digest("actorIndex")]
    if any(later):
        return _sha(b"\0\2" + _fields(fields + later))
    return _sha(b"\0\1" + _fields(fields))


def inclusion_root(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that a proof leads to (RFC 9162 section 2.1.3.2)."""
    if size == 1:
        assert not proof
        return leaf
    half = 1
    while half * 2 < size:
        half *= 2
    if index < half:
        return _node(inclusion_root(leaf, index, half, proof[:-1]), proof[-1])
    return _node(proof[-1], inclusion_root(leaf, index - half, size - half, proof[:-1]))


def consistency_roots(
    old: int, size: int, proof: list[bytes], old_root: bytes, whole: bool = True
) -> tuple[bytes, bytes]:
    """Both roots that a proof leads to (RFC 9162 section 2.1.4.1, backwards)."""
    if old == size:
        return (old_root, old_root) if whole else (proof[-1], proof[-1])
    half = 1
    while half * 2 < size:
        half *= 2
    if old <= half:
        before, after = consistency_roots(old, half, proof[:-1], old_root, whole)
        return before, _node(after, proof[-1])
    before, after = consistency_roots(old - half, size - half, proof[:-1], old_root, False)
    return _node(proof[-1], before), _node(proof[-1], after)


@dataclass(frozen=True)
class Note:
    """A checkpoint whose signature was verified."""

    origin: str
    size: int
    root: bytes


def verified(note: str, verifier_key: str) -> Note:
    """Verifies a signed note (C2SP signed-note) by a verifier key."""
    name, identifier, key = verifier_key.split("+", 2)
    data = base64.b64decode(key)
    assert data[0] == 1, "Ed25519"
    assert _sha(f"{name}\n".encode() + data)[:4].hex() == identifier
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    lines = [line.split(" ") for line in signatures.splitlines()]
    (signature,) = [base64.b64decode(s) for dash, who, s in lines if (dash, who) == ("\u2014", name)]
    assert signature[:4].hex() == identifier
    Ed25519PublicKey.from_public_bytes(data[1:]).verify(signature[4:], text.encode())
    origin, size, root = text.splitlines()
    assert origin == name
    return Note(origin, int(size), base64.b64decode(root))
