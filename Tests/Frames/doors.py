"""The ways to the HTTP/2 of a server: plaintext on loopback, TLS without and with a client's
certificate."""

from __future__ import annotations

import atexit
import functools
import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path

from environment import Server

from stack.certificates import Identity, issue, make_authority
from wire import Wire


@dataclass(frozen=True)
class Authority:
    """An authority, a server's identity, a client's, and another client's."""

    roots: Path
    server: Identity
    client: Identity
    other: Identity


@functools.cache
def authority() -> Authority:
    """Makes them, for as long as the process lives."""
    folder = tempfile.TemporaryDirectory(prefix="artel-frames-")
    atexit.register(folder.cleanup)
    home = Path(folder.name)
    roots, key = home / "roots.pem", home / "roots.key"
    make_authority(roots, key, "Frames")
    made = []
    for name, purpose in (
            ("server", "serverAuth"), ("client", "clientAuth"), ("other", "clientAuth")):
        identity = Identity(home / f"{name}.pem", home / f"{name}.key")
        issue(identity, roots, key, name,
              f"subjectAltName = DNS:localhost, IP:127.0.0.1\nextendedKeyUsage = {purpose}\n")
        made.append(identity)
    return Authority(roots, *made)


def tls(with_certificate: bool = True, other: bool = False) -> ssl.SSLContext:
    """A client's TLS, with its certificate, the other client's, or without one."""
    context = ssl.create_default_context(cafile=str(authority().roots))
    context.set_alpn_protocols(["h2"])
    if with_certificate:
        client = authority().other if other else authority().client
        context.load_cert_chain(client.certificate, client.key)
    return context


@dataclass(frozen=True)
class Door:
    """A way in."""

    name: str
    secure: bool

    def serve(self, *options: str, prefix: tuple[str, ...] = ()) -> Server:
        """A server with this door, and with more options."""
        if not self.secure:
            return Server(*options, prefix=prefix)
        given = authority()
        return Server(
            "--certificate", given.server.certificate, "--key", given.server.key,
            "--client-roots", given.roots, *options, prefix=prefix)

    def connect(self, server: Server, begin: bool = True, other: bool = False) -> Wire:
        """A connection by somebody with a certificate where one is needed, or by somebody else."""
        return Wire(server.port, tls(other=other) if self.secure else None, begin)


PLAIN = Door("plaintext on loopback", False)
SECURE = Door("TLS with a certificate", True)
DOORS = (PLAIN, SECURE)
