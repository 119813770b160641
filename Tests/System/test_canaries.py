"""What lies at rest tells nothing: canaries go through the API, and are looked for in everything that
the stack has written."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import time
import unittest
import uuid
from pathlib import Path
from typing import Any

import environment
from case import SystemCase
from covers import covers
from credentials import Credentials
from curl import Curl
from stack.cluster import Cluster
from stack.process import clean_environment
from stack.tenants import ALPHA, BETA

# Where tests and simulators keep what is secret to them.
_THEIRS = {"secrets", "own-secrets", "demo", "clients", "certificates", "state.json"}


class CanaryTests(SystemCase):
    """On a stack of their own, all of whose files are read."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()
        cls.canaries: dict[str, str] = {}
        cls.token = Credentials(
            cls.stack, cls.move_in_of(ALPHA), cls.move_in_of(BETA)).signed_in(ALPHA.name)
        cls.member = cls.populate()
        for cluster in (cls.stack.cluster, cls.stack.keys):
            cluster.query("CHECKPOINT")

    @classmethod
    def move_in_of(cls, tenant: Any) -> Any:
        """Somebody with a unit, for the credentials."""
        from residents import move_in
        return move_in(cls.stack, tenant)

    @classmethod
    def send(cls, path: str, message: dict[str, Any], token: str | None = None) -> Any:
        """Sends JSON, and wants 200 or 201."""
        answer = cls.rest.send(
            "POST", path, json.dumps(message).encode(), token,
            {"content-type": "application/json", "user-agent": cls.canary("device")})
        assert answer.status in (200, 201), answer.body
        return answer.json()

    @classmethod
    def canary(cls, name: str) -> str:
        """A word that nothing else says, always the same for a name."""
        return cls.canaries.setdefault(name, f"canary{uuid.uuid4().hex}")

    @classmethod
    def populate(cls) -> str:
        """Brings each kind of secret and of personal data through the API."""
        login = f"{cls.canary('login')}@example.org"
        made = cls.send(
            "/v1/members", {"login": login, "displayName": cls.canary("name")}, cls.token)
        invitation = made["uri"].partition("#invitation=")[2].partition("&")[0]
        cls.canaries["invitation"] = invitation
        cls.canaries["token"] = cls.token
        accepted = cls.send(
            "/v1/signIns:acceptInvitation",
            {"invitation": invitation, "password": cls.canary("password")})
        assert accepted["state"] == "COMPLETE", accepted
        cls.canaries["sign-in"] = accepted["token"]
        begun = cls.send("/v1/signIns", {"tenant": ALPHA.name, "login": login})
        cls.send(
            "/v1/signIns:provePassword",
            {"signIn": begun["token"], "password": cls.canary("password")})
        partner = f"p-{uuid.uuid4().hex[:12]}"
        cls.send(
            f"/v1/partners?partnerId={partner}", {
                "displayName": "P", "baseUri": "https://partner.example/v1",
                "tokenUri": "https://partner.example/token", "clientId": "artel",
                "clientSecret": cls.canary("partner secret")}, cls.token)
        return str(made["member"]["name"])

    def finds(self, data: bytes, where: str) -> list[str]:
        """Which canaries are in some bytes: as they are, in hexadecimal digits, or in base64."""
        found = []
        for name, canary in self.canaries.items():
            plain = canary.encode()
            forms = (plain, plain.hex().encode(), base64.b64encode(plain)[:40])
            if any(form in data for form in forms):
                found.append(f"{name} in {where}")
        return found

    def files(self) -> list[Path]:
        """Everything that the stack has written."""
        home = self.stack.artel._home.folder  # The folder has no other name here.
        return [
            path for path in home.rglob("*")
            if path.is_file() and path.relative_to(home).parts[0] not in _THEIRS]

    def dump(self, cluster: Cluster) -> bytes:
        """A database, as a backup has it."""
        program = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1]
        done = subprocess.run(
            [program, "-h", str(cluster.host), "-p", str(cluster.port), "-U", "postgres",
             cluster.database],
            capture_output=True, check=True,
            env=clean_environment(PGPASSWORD=cluster.password("postgres")))
        return done.stdout

    @covers("S-H3", "A10", "B03")
    def test_dumps(self) -> None:
        """keeps them out of the dumps of both databases"""
        for cluster in (self.stack.cluster, self.stack.keys):
            dump = self.dump(cluster)
            self.assertIn(b"PostgreSQL database dump complete", dump)
            self.assertEqual(self.finds(dump, cluster.database), [])

    @covers("S-H3", "A10")
    def test_files(self) -> None:
        """keeps them out of data files, write-ahead log, logs and what else is written"""
        files = self.files()
        names = {path.name for path in files}
        self.assertTrue({"PG_VERSION", "postgresql.conf"} <= names)
        self.assertTrue(any(path.parent.name == "pg_wal" for path in files))
        self.assertTrue(any(path.suffix == ".log" for path in files))
        found = []
        for path in files:
            try:
                found += self.finds(path.read_bytes(), str(path))
            except FileNotFoundError:
                continue  # Gone since.
        self.assertEqual(found, [])

    @covers("S-H4", "B03", "E23")
    def test_erased(self) -> None:
        """reads [erased] of a member who was erased, at another process within a second, and where a
        backup of before is put back"""
        path = f"/v1/{self.member}"
        token = Credentials(
            self.stack, self.move_in(), self.move_in(BETA)).signed_in(ALPHA.name)
        name = self.canaries["name"]
        self.assertEqual(self.rest.get(path, token).json()["displayName"], name)
        second = self.stack.artel.serve(environment.Doors(tls=False), "second")
        self.addCleanup(second.stop)
        elsewhere = Curl(second.rest)
        self.assertEqual(elsewhere.get(path, token).json()["displayName"], name)
        person = self.member.removeprefix("members/")
        subject = {"subject": f"artel:{person}", "reason": "asked for it"}
        held = self.send("/v1/subjects:export", subject, token)
        self.assertIn(name, json.dumps(held))
        before = self.stack.cluster.query(
            "SELECT encode(sealed_display_name, 'hex') FROM artel.person"
            f" WHERE person_id = '{person}'")[0][0]
        erasure = self.send("/v1/subjects:erase", subject, token)
        self.assertEqual(erasure["state"], "ERASED")
        time.sleep(1)
        self.assertEqual(elsewhere.get(path, token).json()["displayName"], "[erased]")
        self.assertEqual(self.rest.get(path, token).json()["displayName"], "[erased]")
        self.stack.cluster.query(
            f"UPDATE artel.person SET sealed_display_name = '\\x{before}'"
            f" WHERE person_id = '{person}'")
        self.assertEqual(self.rest.get(path, token).json()["displayName"], "[erased]")

    @covers("S-H4", "B03", "E182")
    def test_killed(self) -> None:
        """ends an erasure whose process was killed between its steps at the next process, unasked, and
        shows until then that it is running"""
        login = f"erase-{uuid.uuid4().hex[:12]}@example.org"
        member = self.send("/v1/members", {"login": login}, self.token)["member"]["name"]
        function = "FUNCTION artel_keys.destroy_subject(uuid, bytea, uuid)"
        self.stack.keys.query(f"REVOKE EXECUTE ON {function} FROM artel_keys")
        try:
            body = {
                "subject": f"artel:{member.removeprefix('members/')}", "reason": "asked for it"}
            begun = self.send("/v1/subjects:erase", body, self.token)
            self.assertEqual(begun["state"], "ERASING")
            self.stack.server.kill()
            self.stack.server.start()
            running = self.rest.get("/v1/erasures?state=ERASING", self.token)
            self.assertEqual(running.json()["erasures"], [begun])
        finally:
            self.stack.keys.query(f"GRANT EXECUTE ON {function} TO artel_keys")
        until = time.monotonic() + 120
        while (found := self.rest.get(f"/v1/{begun['name']}", self.token).json()) == begun:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.2)
        self.assertEqual(found["state"], "ERASED")
        self.assertIn("eraseTime", found)
        self.assertEqual(self.send("/v1/subjects:erase", body, self.token), found)
        self.assertEqual(self.rest.get(f"/v1/{member}", self.token).json()["login"], "[erased]")

    @covers("S-H4", "E182")
    def test_stranger(self) -> None:
        """says on both doors that nothing is held of a name that nobody has"""
        body = {"subject": f"artel:{uuid.uuid4()}", "reason": "asked for it"}
        self.assertEqual(
            self.send("/v1/subjects:erase", body, self.token),
            {"state": "NOTHING_HELD", "reason": "asked for it"})
        answer = self.grpc().call(
            "artel.privacy.v1.PrivacyService/EraseSubject", body, self.token)
        self.assertEqual(answer.code, "OK", answer.message)
        self.assertEqual(answer.json["state"], "NOTHING_HELD")

    def restart(self) -> None:
        """Ends the process, and starts it with the secrets that are there now."""
        self.stack.server.stop()
        self.stack.server.start()

    @covers("S-H2", "A11")
    def test_keys(self) -> None:
        """opens everything after the key encryption key was rolled and a tenant's key rotated, and
        starts by the old one no more"""
        secrets = Path(self.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])
        active, others = secrets / "key-encryption-key", secrets / "key-encryption-keys-other"
        first, second = active.read_text(), os.urandom(32).hex()
        login = f"roll-{uuid.uuid4().hex[:12]}@example.org"
        name = self.send("/v1/members", {"login": login}, self.token)["member"]["name"]
        # Known everywhere before it wraps anywhere.
        others.write_text(f"{second}\n")
        self.restart()
        active.write_text(second)
        others.write_text(f"{first}\n")
        self.restart()
        self.assertGreater(self.stack.artel.run("vault", "roll")["wrapped"], 0)
        self.assertEqual(self.stack.artel.run("vault", "roll")["wrapped"], 0)
        others.unlink()
        self.restart()
        self.assertGreater(self.stack.artel.run("vault", "rotate", ALPHA.name)["resealed"], 0)
        self.assertEqual(self.stack.artel.run("vault", "reseal", ALPHA.name)["resealed"], 0)
        members = self.rest.get("/v1/members?pageSize=500", self.token)
        self.assertEqual(members.status, 200, members.body)
        self.assertIn(name, [member["name"] for member in members.json()["members"]])
        # With the first key alone nothing is opened any more.
        active.write_text(first)
        refused = self.stack.artel.try_run("vault", "rotate", ALPHA.name)
        active.write_text(second)
        self.assertNotEqual(refused.returncode, 0)
        self.assertNotIn(first, refused.stderr)

    @covers("S-H3")
    def test_core(self) -> None:
        """leaves no core where the process is killed by a fault"""
        server = self.stack.artel.serve(environment.Doors(tls=False), "core")
        limits = Path(f"/proc/{server.process.pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        self.assertEqual(core.split()[4:6], ["0", "0"])
        os.kill(server.process.pid, signal.SIGABRT)
        server.process.stop(10)


if __name__ == "__main__":
    unittest.main()
