"""Certificates of an authority of the tests' own."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from contract import folder

from stack.certificates import Identity, issue, make_authority


@dataclass(frozen=True)
class Authority:
    """An authority, a server's identity, and a client's."""

    roots: Path
    server: Identity
    client: Identity


@functools.cache
def authority() -> Authority:
    """Makes them, for as long as the process lives."""
    home = folder()
    roots, key = home / "roots.pem", home / "roots.key"
    make_authority(roots, key, "Bridge")
    made = []
    for name, purpose in (("server", "serverAuth"), ("client", "clientAuth")):
        identity = Identity(home / f"{name}.pem", home / f"{name}.key")
        issue(identity, roots, key, name,
              f"subjectAltName = DNS:localhost, IP:127.0.0.1\nextendedKeyUsage = {purpose}\n")
        made.append(identity)
    return Authority(roots, *made)
