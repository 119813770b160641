"""A tenant's own authorities and their revocation lists, and how authorities are replaced."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
import unittest
import uuid
from pathlib import Path
from typing import Any

from case import SystemCase
from covers import covers
from curl import Response
from grpc_door import GRPCDoor
from rest_door import NamedDoor
from stack.artel import host_name
from stack.tenants import ALPHA, BETA, Tenant
from stack.wait import until

_TENANT = "artel.tenancy.v1.TenantService/GetTenant"


def _openssl(*arguments: str | Path, **more: Any) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, **more)


class OwnAuthority:
    """An authority of openssl's, with lists."""

    def __init__(self, folder: Path, name: str) -> None:
        """Makes it."""
        self.folder = folder / uuid.uuid4().hex
        self.folder.mkdir()
        (self.folder / "index").touch()
        (self.folder / "serial").write_text("1000\n")
        (self.folder / "number").write_text("01\n")
        self.certificate, self.key = self.folder / "ca.pem", self.folder / "ca.key"
        _openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", self.key, "-out", self.certificate, "-days", "30", "-subj", f"/CN={name}",
            "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self.settings = self.folder / "settings"
        self.settings.write_text(
            "[ca]\ndefault_ca = own\n[own]\n"
            f"database = {self.folder}/index\nserial = {self.folder}/serial\n"
            f"crlnumber = {self.folder}/number\ncertificate = {self.certificate}\n"
            f"private_key = {self.key}\nnew_certs_dir = {self.folder}\n"
            "default_md = sha256\npolicy = any\nunique_subject = no\ncrl_extensions = list\n"
            "[any]\ncommonName = optional\n[list]\nauthorityKeyIdentifier = keyid:always\n")

    def issue(self, tenant: Tenant, client: str) -> tuple[Path, Path]:
        """A client's certificate with its key."""
        base = self.folder / uuid.uuid4().hex
        request, extensions = base.with_suffix(".csr"), base.with_suffix(".ext")
        identity = base.with_suffix(".pem"), base.with_suffix(".key")
        _openssl(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", identity[1], "-out", request, "-subj", f"/CN={client}")
        extensions.write_text(
            "basicConstraints = critical, CA:FALSE\nkeyUsage = critical, digitalSignature\n"
            "extendedKeyUsage = clientAuth\nsubjectKeyIdentifier = hash\n"
            "authorityKeyIdentifier = keyid\nsubjectAltName = "
            f"URI:spiffe://artel.localhost/tenants/{tenant.name}/clients/{client}\n")
        _openssl(
            "ca", "-batch", "-config", self.settings, "-in", request, "-out", identity[0],
            "-extfile", extensions, "-days", "20", "-notext")
        return identity

    def revoke(self, identity: tuple[Path, Path]) -> None:
        """Puts a certificate on the lists to come."""
        _openssl("ca", "-config", self.settings, "-revoke", identity[0])

    def list(self, seconds: int = 3_600) -> str:
        """A new list, in PEM."""
        out = self.folder / "list.pem"
        _openssl("ca", "-config", self.settings, "-gencrl", "-crlsec", str(seconds), "-out", out)
        return out.read_text()


class AuthorityTests(SystemCase):
    """Whose certificates a tenant takes."""

    def setUp(self) -> None:
        """Makes administrators' tokens."""
        folder = tempfile.TemporaryDirectory(prefix="artel-authorities-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.tokens = {
            tenant.name: self.stack.artel.run(
                "token", "mint", tenant.name, "boss", "--kind", "administrator", "--scope",
                "platform.certificates:read", "--scope", "platform.certificates:write",
                "--signed-in",
            )["access_token"] for tenant in (ALPHA, BETA)
        }

    def post(self, path: str, body: Any, tenant: Tenant = BETA) -> Response:
        """Posts as the tenant's administrator."""
        return NamedDoor(self.stack, tenant).post(
            path, json.dumps(body).encode(), self.tokens[tenant.name])

    def bring(self, authority: OwnAuthority, lists: str = "", tenant: Tenant = BETA) -> str:
        """Has a tenant trust an authority until the test ends; returns its name."""
        answer = self.post("/v1/authorities", {
            "certificatePem": authority.certificate.read_text(), "revocationListsPem": lists,
        }, tenant)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertTrue(answer.json()["brought"])
        name = str(answer.json()["name"])
        self.addCleanup(self.delete, name, tenant)
        return name

    def delete(self, name: str, tenant: Tenant = BETA, query: str = "?force=true") -> int:
        """Deletes an authority; returns the status."""
        door = NamedDoor(self.stack, tenant, None, "-X", "DELETE")
        return door.get(f"/v1/{name}{query}", self.tokens[tenant.name]).status

    def verdicts(self, tenant: Tenant, identity: tuple[Path, Path]) -> tuple[str, str]:
        """What both doors say to a certificate: `200` and `OK`, or how they refuse."""
        door = GRPCDoor(
            self.stack.server.grpc, self.stack.certificates.authority, identity,
            host_name(tenant))
        try:
            return (
                NamedDoor(self.stack, tenant, identity).verdict(),
                door.call(_TENANT, timeout=10).code)
        finally:
            door.close()

    GOOD = ("200", "OK")
    REFUSED = ("refused", "UNAVAILABLE")

    @covers("S-B10", "S-B22", "S-B23", "S-B24", "S-B19")
    def test_lists_of_an_authority(self) -> None:
        """keeps out what a list of the tenant's own authority names; an empty list is good, one of
        another authority is refused, and other authorities need none"""
        mine, other = OwnAuthority(self.folder, "Mine"), OwnAuthority(self.folder, "Other")
        name = self.bring(mine, mine.list())
        second = self.bring(other)
        good, bad = mine.issue(BETA, BETA.console), mine.issue(BETA, BETA.console)
        foreign = mine.issue(ALPHA, ALPHA.console)
        unlisted = other.issue(BETA, BETA.console)
        for identity in (good, bad, unlisted):
            until("it comes in", lambda i=identity: self.verdicts(BETA, i) == self.GOOD, 5)
        # Another tenant's name, by whoever may speak for this one (B10).
        answer = NamedDoor(self.stack, BETA, foreign).get()
        self.assertEqual((answer.status, answer.reason), (401, "CERTIFICATE_INVALID"))
        self.assertEqual(self.verdicts(ALPHA, foreign), self.REFUSED)
        mine.revoke(bad)
        for title, text in (
            ("another authority's", other.list()), ("none", "-----BEGIN X509 CRL-----\nx\n"),
            ("one of the same name", OwnAuthority(self.folder, "Mine").list()),
        ):
            with self.subTest(title):
                refused = self.post(
                    f"/v1/{name}:replaceRevocationLists", {"revocationListsPem": text})
                self.assert_error(refused, 400, "INVALID_ARGUMENT", "FIELD_INVALID")
        self.assertEqual(self.verdicts(BETA, good), self.GOOD)
        replaced = self.post(
            f"/v1/{name}:replaceRevocationLists", {"revocationListsPem": mine.list()})
        self.assertEqual(replaced.status, 200, replaced.body)
        until("it is kept out", lambda: self.verdicts(BETA, bad) == self.REFUSED, 5)
        for identity in (good, unlisted, self.stack.demo.certificate(BETA)):
            self.assertEqual(self.verdicts(BETA, identity), self.GOOD)
        self.assertEqual(self.delete(second), 200)
        until("it is kept out", lambda: self.verdicts(BETA, unlisted) == self.REFUSED, 5)

    @covers("S-B21")
    def test_a_stale_list(self) -> None:
        """lets no client of an authority in whose list is stale, says so in the log, and leaves
        everybody else alone"""
        authority = OwnAuthority(self.folder, "Stale")
        name = self.bring(authority, authority.list(6))
        identity = authority.issue(BETA, BETA.console)
        until("it comes in", lambda: self.verdicts(BETA, identity) == self.GOOD, 5)
        until("it is kept out", lambda: self.verdicts(BETA, identity) == self.REFUSED, 12)
        for tenant in (ALPHA, BETA):
            self.assertEqual(
                self.verdicts(tenant, self.stack.demo.certificate(tenant)), self.GOOD)
        until(
            "the log says so",
            lambda: "a revocation list is stale" in self.stack.server.process.log.read_text(), 5)
        self.post(
            f"/v1/{name}:replaceRevocationLists", {"revocationListsPem": authority.list()})
        until("it comes in again", lambda: self.verdicts(BETA, identity) == self.GOOD, 5)

    @covers("S-B17", "S-B18", "S-B13")
    def test_what_cannot_be_brought(self) -> None:
        """refuses authorities that are none, are weak, or do not sign themselves"""
        mine = OwnAuthority(self.folder, "Mine")
        leaf = mine.issue(BETA, BETA.console)[0].read_text()
        weak = self.folder / "weak.pem"
        _openssl(
            "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", self.folder / "weak.key",
            "-out", weak, "-days", "30", "-subj", "/CN=Weak", "-addext",
            "keyUsage=critical,keyCertSign,cRLSign")
        sha1 = self.folder / "sha1.pem"
        _openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", self.folder / "sha1.key", "-out", sha1, "-days", "30", "-subj", "/CN=Old",
            "-sha1", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        expired = self.folder / "expired.pem"
        _openssl(
            "x509", "-in", mine.certificate, "-signkey", mine.key, "-days", "-1", "-out", expired)
        for title, pem in {
            "a leaf": leaf, "a weak key": weak.read_text(), "SHA-1": sha1.read_text(),
            "two": mine.certificate.read_text() * 2, "nothing": "x", "expired": expired.read_text(),
        }.items():
            with self.subTest(title):
                answer = self.post("/v1/authorities", {"certificatePem": pem})
                self.assert_error(answer, 400, "INVALID_ARGUMENT", "FIELD_INVALID")
        token = self.stack.artel.run("token", "mint", BETA.name, "boss", "--kind", "administrator")
        answer = NamedDoor(self.stack, BETA).post("/v1/authorities", b"{}", token["access_token"])
        self.assertEqual(answer.status, 403)
        # Nor by somebody who signed in long ago.
        token = self.stack.artel.run(
            "token", "mint", BETA.name, "boss", "--kind", "administrator", "--scope",
            "platform.certificates:write")
        answer = NamedDoor(self.stack, BETA).post("/v1/authorities", b"{}", token["access_token"])
        self.assert_error(answer, 401, "UNAUTHENTICATED", "STEP_UP_REQUIRED")

    @covers("S-B26")
    def test_an_authority_is_replaced(self) -> None:
        """rolls from one authority to another under load without one failed call; what the old one
        has signed fails when it is deleted, and not before"""
        client = f"rolling-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run("client", "create", BETA.name, client, "--kind", "service",
                             "--scope", "a")

        def certificate() -> tuple[Path, Path]:
            out = self.folder / uuid.uuid4().hex
            made = self.stack.artel.run(
                "client", "certificate", BETA.name, client, "--out", str(out))
            return Path(made["certificate"]), Path(made["key"])

        old = certificate()
        failures: list[Any] = []
        current = [old]
        done = threading.Event()

        def load() -> None:
            while not done.is_set():
                found = self.verdicts(BETA, current[0])
                if found != self.GOOD:
                    failures.append(found)

        thread = threading.Thread(target=load)
        thread.start()
        try:
            before = self.authorities()
            made = self.post("/v1/authorities", {})
            self.assertEqual(made.status, 200, made.body)
            self.assertNotIn("brought", made.json())

            def rolled() -> bool:
                current[0] = certificate()
                return self.issuer(current[0]) == made.json()["name"]

            until("the new one issues", rolled, 30)
            self.assertEqual(self.verdicts(BETA, old), self.GOOD)
        finally:
            done.set()
            thread.join()
        self.assertEqual(failures, [])
        replaced = self.issuer(old)
        self.assertIn(replaced, before)
        self.assertEqual(self.delete(replaced, query=""), 400)
        self.assertEqual(self.verdicts(BETA, old), self.GOOD)
        self.assertEqual(self.delete(replaced), 200)
        # The stack's own certificate of this tenant is of the old one too.
        self.addCleanup(self.restore, replaced)
        until("the old one is refused", lambda: self.verdicts(BETA, old) == self.REFUSED, 5)
        self.assertEqual(self.verdicts(BETA, current[0]), self.GOOD)
        self.assertEqual(self.delete(replaced), 404)

    def restore(self, name: str) -> None:
        """Takes an authority back, as no call can."""
        identifier = name.removeprefix("authorities/")
        self.stack.cluster.query(
            f"UPDATE artel.tenant_authority SET remove_time = NULL"
            f" WHERE authority_id = '{identifier}'")

    def authorities(self) -> list[str]:
        """The names of beta's authorities."""
        listed = NamedDoor(self.stack, BETA).get("/v1/authorities", self.tokens[BETA.name])
        return [each["name"] for each in listed.json()["authorities"]]

    def issuer(self, identity: tuple[Path, Path]) -> str:
        """The authority that issued a certificate here."""
        rows = self.stack.cluster.query(
            "SELECT authority_id FROM artel.tenant_certificate"
            f" WHERE certificate_pem = '{identity[0].read_text()}'")
        return f"authorities/{rows[0][0]}"

    def test_commands(self) -> None:
        """does by commands what the contract does by calls"""
        mine = OwnAuthority(self.folder, "Mine by command")
        lists = self.folder / "lists.pem"
        lists.write_text(mine.list())
        brought = self.stack.artel.run(
            "authority", "bring", BETA.name, "--certificate", str(mine.certificate), "--lists",
            str(lists))
        name = f"authorities/{brought['authority']}"
        self.assertIn(name, self.authorities())
        self.assertIn(
            brought["authority"],
            [each["authority"] for each in self.stack.artel.run(
                "authority", "list", BETA.name)["authorities"]])
        lists.write_text(mine.list())
        self.stack.artel.run("authority", "lists", BETA.name, brought["authority"], str(lists))
        made = self.stack.artel.run("authority", "create", BETA.name)
        for each in (made, brought):
            self.stack.artel.run("authority", "delete", BETA.name, each["authority"], "--force")
        self.assertNotIn(name, self.authorities())


if __name__ == "__main__":
    unittest.main()
