"""Authorities of tenants whose keys we have, to make certificates that no tenant would."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from stack.artel import BASE_DOMAIN
from stack.certificates import Identity, issue, make_authority
from stack.stack import Stack
from stack.tenants import Tenant


class Authority:
    """An authority with its key."""

    def __init__(self, name: str) -> None:
        """Makes it; no tenant trusts it yet."""
        self._scratch = tempfile.TemporaryDirectory(prefix="artel-authority-")
        self._folder = Path(self._scratch.name)
        self.certificate = self._folder / "authority.pem"
        self._key = self._folder / "authority.key"
        make_authority(self.certificate, self._key, name)

    def add_to(self, stack: Stack, tenant: Tenant) -> None:
        """Makes it one of a tenant's authorities, as an intruder in the database would."""
        pem = self.certificate.read_text()
        stack.cluster.query(
            "INSERT INTO artel.tenant_authority"
            " (tenant_id, authority_id, certificate_pem, sealed_key)"
            f" SELECT tenant_id, '{uuid.uuid4()}', '{pem}', NULL"
            f" FROM artel.tenant WHERE name = '{tenant.name}'")

    def remove_from(self, stack: Stack) -> None:
        """Takes it from every tenant again."""
        pem = self.certificate.read_text()
        stack.cluster.query(f"DELETE FROM artel.tenant_authority WHERE certificate_pem = '{pem}'")

    def issue(
        self, tenant: str, client: str, names: str = "", usage: str = "clientAuth"
    ) -> tuple[Path, Path]:
        """Issues a certificate that names a client of a tenant, or other names; returns it and
        its key."""
        base = self._folder / uuid.uuid4().hex
        identity = Identity(base.with_suffix(".pem"), base.with_suffix(".key"))
        names = names or f"URI:spiffe://{BASE_DOMAIN}/tenants/{tenant}/clients/{client}"
        issue(
            identity, self.certificate, self._key, client,
            f"subjectAltName = {names}\nextendedKeyUsage = {usage}\n")
        return identity.certificate, identity.key

    def close(self) -> None:
        """Removes the files."""
        self._scratch.cleanup()
