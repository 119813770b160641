"""Clients whose certificates no authority has signed (RFC 8705 section 2.2)."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
import uuid
from pathlib import Path

from case import SystemCase
from covers import covers
from curl import Curl, Response
from rest_door import NamedDoor
from stack.artel import host_name
from stack.tenants import ALPHA, BETA, Tenant
from stack.wait import until


class SelfSignedTests(SystemCase):
    """Certificates that are known by themselves, at the REST door."""

    def setUp(self) -> None:
        """Registers a client with a certificate of its own."""
        folder = tempfile.TemporaryDirectory(prefix="artel-self-signed-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.identity = self.make()
        self.client = f"own-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run(
            "client", "create", ALPHA.name, self.client, "--kind", "partner", "--scope",
            "platform.tenants:read", "--auth-method", "self_signed_tls_client_auth",
            "--certificate", str(self.identity[0]))

    def make(self) -> tuple[Path, Path]:
        """A certificate that signed itself, and its key."""
        base = self.folder / uuid.uuid4().hex
        certificate, key = base.with_suffix(".pem"), base.with_suffix(".key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=own"],
            check=True, capture_output=True)
        return certificate, key

    def token(self, tenant: Tenant, identity: tuple[Path, Path]) -> Response:
        """Asks for a token by a certificate alone; ConnectionError where it is refused."""
        host, port = host_name(tenant), self.stack.server.rest.rpartition(":")[2]
        body = f"grant_type=client_credentials&client_id={self.client}".encode()
        return Curl(f"https://{host}:{port}", self.stack.certificates.authority).send(
            "POST", "/oauth2/token", body, None,
            {"content-type": "application/x-www-form-urlencoded"},
            ("--noproxy", "*", "--resolve", f"{host}:{port}:127.0.0.1", "--cert",
             str(identity[0]), "--key", str(identity[1])))

    def verdict(self, tenant: Tenant, identity: tuple[Path, Path]) -> str:
        """The status, or `refused`."""
        try:
            return str(self.token(tenant, identity).status)
        except ConnectionError:
            return "refused"

    @covers("S-B4", "S-B11")
    def test_a_registered_certificate(self) -> None:
        """gives the client that has registered it a token bound to it, under its tenant's name
        alone; nobody comes in by any other, or by it without a token"""
        until("the door knows it", lambda: self.verdict(ALPHA, self.identity) == "200", 5)
        answer = self.token(ALPHA, self.identity)
        self.assertEqual(answer.status, 200, answer.body)
        token = str(json.loads(answer.body)["access_token"])
        door = NamedDoor(self.stack, ALPHA, self.identity)
        self.assertEqual(door.verdict(token=token), "200")
        self.assertEqual(NamedDoor(self.stack, ALPHA).verdict(token=token), "401")
        self.assertEqual(door.verdict(), "401")
        self.assertEqual(self.verdict(ALPHA, self.make()), "refused")
        self.assertEqual(self.verdict(BETA, self.identity), "refused")
        # Others' certificates are taken as before.
        demo = self.stack.demo.certificate(ALPHA)
        self.assertEqual(NamedDoor(self.stack, ALPHA, demo).verdict(), "200")

    @covers("S-A20")
    def test_a_disabled_client(self) -> None:
        """takes it no more when its client is shut out"""
        until("the door knows it", lambda: self.verdict(ALPHA, self.identity) == "200", 5)
        self.stack.cluster.query(
            f"UPDATE artel.tenant_client SET disabled = true WHERE client_id = '{self.client}'")
        until("it is refused", lambda: self.verdict(ALPHA, self.identity) == "refused", 5)


if __name__ == "__main__":
    unittest.main()
