"""Server certificates for one machine, made by the openssl command."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError

_NAMES = "IP:127.0.0.1,DNS:localhost,DNS:artel.localhost,DNS:*.artel.localhost"
_DAYS = 365
_RENEW_SECONDS = 30 * 86_400
_SERVERS = ("platform", "partner", "openid")


@dataclass(frozen=True)
class Identity:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path


class Certificates:
    """An authority and the servers' certificates. The authority's key is not kept: whoever trusts
    the authority trusts these servers, and nothing that comes later."""

    def __init__(self, folder: Path) -> None:
        """Takes a private folder, and makes what is missing or about to expire."""
        self._folder = folder
        self.authority = folder / "authority.pem"
        if not self._is_fresh():
            self._make()

    def server(self, name: str) -> Identity:
        """The identity of a server: `platform`, `partner` or `openid`."""
        return Identity(self._folder / f"{name}.pem", self._folder / f"{name}.key")

    def _is_fresh(self) -> bool:
        files = [self.authority, *(self._folder / f"{name}.pem" for name in _SERVERS)]
        return all(file.exists() and _openssl_says_fresh(file) for file in files)

    def _make(self) -> None:
        self.authority.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            key = Path(scratch) / "authority.key"
            authority = Path(scratch) / "authority.pem"
            make_authority(authority, key, "Artel on this machine")
            for name in _SERVERS:
                identity = self.server(name)
                issue(
                    identity, authority, key, f"Artel {name}",
                    f"subjectAltName = {_NAMES}\nextendedKeyUsage = serverAuth\n",
                )
            # Last: where this file is, all the others are.
            self.authority.write_bytes(authority.read_bytes())


def make_authority(certificate: Path, key: Path, name: str) -> None:
    """Makes an authority that signs leaves alone."""
    _make_key(key)
    _openssl(
        "req", "-new", "-x509", "-key", key, "-out", certificate, "-days", str(_DAYS),
        "-subj", f"/CN={name}",
        "-addext", "basicConstraints = critical, CA:TRUE, pathlen:0",
        "-addext", "keyUsage = critical, keyCertSign, cRLSign",
    )


def issue(identity: Identity, authority: Path, key: Path, name: str, extensions: str) -> None:
    """Makes a leaf's key, and its certificate by an authority."""
    _make_key(identity.key)
    with tempfile.TemporaryDirectory() as scratch:
        request, extension_file = Path(scratch) / "request.pem", Path(scratch) / "extensions"
        _openssl("req", "-new", "-key", identity.key, "-out", request, "-subj", f"/CN={name}")
        extension_file.write_text(
            "basicConstraints = critical, CA:FALSE\n"
            f"keyUsage = critical, digitalSignature\n{extensions}")
        _openssl(
            "x509", "-req", "-in", request, "-CA", authority, "-CAkey", key,
            "-days", str(_DAYS - 1), "-sha256", "-extfile", extension_file,
            "-out", identity.certificate,
        )


def _make_key(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    _openssl(
        "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file)


def _openssl_says_fresh(file: Path) -> bool:
    command = ["openssl", "x509", "-in", file, "-noout", "-checkend", str(_RENEW_SECONDS)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _openssl(*arguments: str | Path) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise StackError(f"openssl {arguments[0]} failed: {done.stderr.strip()}")
