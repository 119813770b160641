"""Merkle logs by their definition (RFC 9162 section 2.1), and checkpoints that are signed."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ORIGIN = "alpha.artel.localhost/audit"


def root(leaves: list[bytes]) -> bytes:
    """MTH (section 2.1.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    middle = _middle(len(leaves))
    return _node(root(leaves[:middle]), root(leaves[middle:]))


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH (section 2.1.3.1)."""
    if len(leaves) == 1:
        return []
    middle = _middle(len(leaves))
    if index < middle:
        return [*path(index, leaves[:middle]), root(leaves[middle:])]
    return [*path(index - middle, leaves[middle:]), root(leaves[:middle])]


def proof(size: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF (section 2.1.4.1)."""
    return _subproof(size, leaves, True)


def checkpoint(name: str, leaves: list[bytes]) -> dict[str, str]:
    """A signed note of a log, and the line of the key that verifies it."""
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    public = b"\1" + key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    mark = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    text = f"{name}\n{len(leaves)}\n{_text(root(leaves))}\n"
    signature = _text(mark + key.sign(text.encode()))
    return {
        "note": f"{text}\n\N{EM DASH} {name} {signature}\n",
        "verifierKey": f"{name}+{mark.hex()}+{_text(public)}"}


ENTRY: dict[str, Any] = {
    "name": "auditEntries/0198c0de-0000-7000-8000-000000000001", "kind": "CALL",
    "createTime": "2026-01-15T08:30:00.000123Z", "actor": "users/artel:x",
    "action": "artel.tenancy.v1.ClientService/CreateClient", "address": "203.0.113.7",
    "principalKind": "ADMINISTRATOR", "client": "alpha.console", "door": "rest", "code": "OK",
    "startTime": "2026-01-15T08:29:59Z", "latency": "0.012s", "requestCount": "1",
    "responseCount": "1", "requestHash": base64.b64encode(b"\1" * 32).decode(),
    "requestBody": '{"client":{"displayName":"Лифты \N{RIGHT-TO-LEFT OVERRIDE}"}}',
    "leafIndex": "3",
}
TENANT = "0198c0de-0000-7000-8000-00000000000a"


def _fields(parts: list[bytes]) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _people() -> list[dict[str, Any]]:
    """The same entry of a person, of a job in a person's name, of one who was erased, and of one who
    is not shown."""
    found = []
    salt, index = b"\2" * 16, base64.b64encode(b"\3" * 16).decode()
    for actor in ("artel:x", ""):
        digest = hashlib.sha256(salt + _fields([actor.encode(), b"203.0.113.7"])).digest()
        person = {"originHash": _text(digest), **({"actorIndex": index} if actor else {})}
        bare = ENTRY | person | {"address": "", **({"actor": ""} if actor else {})}
        shown = ENTRY | person | {"originSalt": _text(salt), **({"actor": actor} if actor else {})}
        found.append({"entry": shown, "leaf": _text(leaf(TENANT, bare))})
        erased = shown | {"address": "[erased]", **({"actor": "[erased]"} if actor else {})}
        del erased["originSalt"]
        found.append({"entry": erased, "leaf": _text(leaf(TENANT, bare))})
        found.append({"entry": bare, "leaf": _text(leaf(TENANT, bare))})
    return found


def leaf(tenant: str, entry: dict[str, Any]) -> bytes:
    """An entry as docs/audit.md writes it, with what is sealed left out."""
    def time(name: str) -> str:
        if name not in entry:
            return ""
        whole, _, fraction = entry[name].removesuffix("Z").partition(".")
        seconds = int(datetime.fromisoformat(f"{whole}+00:00").timestamp())
        return str(seconds * 1_000_000 + int(fraction.ljust(6, "0")))

    whole, _, fraction = entry.get("latency", "0s").removesuffix("s").partition(".")
    texts = [
        tenant, entry["name"].partition("/")[2], entry.get("kind", ""), time("createTime"),
        *(entry.get(name, "") for name in (
            "actor", "action", "resource", "change", "call", "principalKind", "client",
            "certificate", "address", "door", "code", "reason")),
        time("startTime"), str(int(whole) * 1_000_000 + int(fraction.ljust(6, "0"))),
        entry.get("requestCount", "0"), entry.get("responseCount", "0")]
    parts = [
        *(text.encode() for text in texts),
        *(base64.b64decode(entry.get(name, "")) for name in ("requestHash", "responseHash")),
        *(entry.get(name, "").encode() for name in ("requestBody", "responseBody", "trace")),
        base64.b64decode(entry.get("personalHash", ""))]
    later = [base64.b64decode(entry.get(name, "")) for name in ("originHash", "actorIndex")]
    return b"\2" + _fields(parts + later) if any(later) else b"\1" + _fields(parts)


def journal() -> dict[str, Any]:
    """A log with one entry in it, and what its platform answers."""
    leaves = [f"entry {index}".encode() for index in range(5)]
    leaves[3] = leaf(TENANT, ENTRY)
    return {
        "tenant": TENANT, "entry": ENTRY, "leaf": _text(leaves[3]), "people": _people(),
        "before": {"origin": _ORIGIN, "size": 2, "root": _text(root(leaves[:2])), **_key(leaves)},
        "AuditService_GetCheckpoint": {
            "origin": _ORIGIN, "treeSize": "5", "rootHash": _text(root(leaves)),
            **checkpoint(_ORIGIN, leaves)},
        "AuditService_GetInclusionProof": {
            "leafIndex": "3", "treeSize": "5", "rootHash": _text(root(leaves)),
            "leafHash": _text(hashlib.sha256(b"\0" + leaves[3]).digest()),
            "hashes": [_text(one) for one in path(3, leaves)]},
        "AuditService_GetConsistencyProof": {
            "hashes": [_text(one) for one in proof(2, leaves)]},
    }


def vectors(most: int) -> dict[str, Any]:
    """Every proof of logs of up to so many entries."""
    leaves = [f"entry {index}".encode() for index in range(most)]
    sizes = range(1, most + 1)
    return {
        "leaves": [_text(leaf) for leaf in leaves],
        "roots": [_text(root(leaves[:size])) for size in range(most + 1)],
        "inclusion": [
            {"index": index, "size": size,
             "hashes": [_text(one) for one in path(index, leaves[:size])]}
            for size in sizes for index in range(size)],
        "consistency": [
            {"from": first, "to": size,
             "hashes": [_text(one) for one in proof(first, leaves[:size])]}
            for size in sizes for first in range(1, size + 1)],
        "checkpoint": checkpoint(_ORIGIN, leaves),
        "journal": journal(),
    }


def _key(leaves: list[bytes]) -> dict[str, str]:
    return {"verifierKey": checkpoint(_ORIGIN, leaves)["verifierKey"]}


def _subproof(size: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    middle = _middle(len(leaves))
    if size <= middle:
        return [*_subproof(size, leaves[:middle], whole), root(leaves[middle:])]
    return [*_subproof(size - middle, leaves[middle:], False), root(leaves[:middle])]


def _middle(count: int) -> int:
    """The greatest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
