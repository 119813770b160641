"""The audit: what it has of calls, and what proves that nobody changed it."""

from __future__ import annotations

import base64
import json
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import audit_log
import environment
from case import SystemCase
from covers import covers
from stack.tenants import ALPHA
from stack.wait import until

_OPEN = "artel.residential.v1.AccessPointService/OpenAccessPoint"


class AuditCase(SystemCase):
    """Reads the audit as the complex's service."""

    def entries(self, **filters: str) -> list[dict[str, Any]]:
        """The newest entries that match."""
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        page = self.console().get(f"/v1/auditEntries?pageSize=500&{query}")
        return page.get("auditEntries", [])

    def calls(self, action: str, count: int = 1, **filters: str) -> list[dict[str, Any]]:
        """Waits until so many calls of a method are there."""
        def found() -> list[dict[str, Any]] | None:
            calls = [each for each in self.entries(action=action, **filters)
                     if each["kind"] == "CALL"]
            return calls if len(calls) >= count else None

        return until(f"{count} calls of {action} are in the audit", found, 30) or []

    def tenant_id(self) -> str:
        """Alpha's UUID."""
        rows = self.stack.cluster.query(
            f"SELECT tenant_id FROM artel.tenant WHERE name = '{ALPHA.name}'")
        return rows[0][0]

    def verify(self, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
        """Runs `artel audit verify`."""
        done = self.stack.artel.try_run("audit", "verify", *arguments)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


class AuditTests(AuditCase):
    """What is written of calls on both doors."""

    @covers("S-H6", "A09", "B06")
    def test_a_change_and_its_call(self) -> None:
        """has a call and its changes under one identifier, with who, where, what and the result"""
        anna = self.move_in()
        command = self.opened(anna)
        (change, *_) = self.entries(resource=command)[::-1]
        self.assertEqual(change["kind"], "CHANGE")
        self.assertEqual(change["action"], _OPEN)
        self.assertEqual(change["principalKind"], "USER")
        self.assertEqual(change["door"], "rest")
        self.assertTrue(change["address"])
        (call,) = self.calls(_OPEN, call=change["call"])
        self.assertEqual(call["code"], "OK")
        self.assertEqual(call["actor"], change["actor"])
        self.assertIn(anna.unit, call["requestBody"])
        self.assertIn(command, call["responseBody"])
        self.assertTrue(call["requestHash"] and call["responseHash"] and call["latency"])
        self.assertNotIn("Bearer", json.dumps(call))

    @covers("S-H6")
    def test_refused_calls(self) -> None:
        """has calls that were refused, on both doors, in the log of whose they are"""
        anna = self.move_in()
        self.rest.get("/v1/auditEntries", anna.token())
        action = "artel.audit.v1.AuditService/ListAuditEntries"
        (call, *_) = self.calls(action, code="PERMISSION_DENIED")
        self.assertEqual(call["reason"], "PRINCIPAL_NOT_ALLOWED")
        self.assertEqual(call["door"], "rest")
        method = "artel.residential.v1.DirectoryService/GetUnit"
        self.grpc().call(method, {"name": "units/nowhere"})
        call = next(each for each in self.calls(method) if each["door"] == "grpc")
        self.assertNotEqual(call["code"], "OK")
        self.assertTrue(call["certificate"] and call["reason"])

    @covers("S-H6")
    def test_nobodys_calls(self) -> None:
        """has calls of nobody in the platform's journal, summed up when there are many"""
        reason = "'TOKEN_INVALID'"
        for _ in range(9):
            self.assertEqual(self.rest.get("/v1/auditEntries", "not.a.token").status, 401)
        def rows() -> list[int]:
            return sorted(int(row[0]) for row in self.stack.cluster.query(
                f"SELECT count FROM artel.platform_audit_entry WHERE reason = {reason}"))

        # The sum comes when its minute is over.
        until("nobody's calls are there, in few entries",
              lambda: sum(rows()) >= 9 and rows()[-1] > 1, 90)

    @covers("S-H6", "S-C2")
    def test_guessed_passwords(self) -> None:
        """has wrong passwords in the log of the tenant where they were tried, with the address"""
        begun = self.rest.post(
            "/v1/signIns", {"tenant": ALPHA.name, "login": f"{uuid.uuid4().hex}@example.org"})
        self.assertEqual(begun.status, 200, begun.body)
        wrong = self.rest.post(
            "/v1/signIns:provePassword", {"signIn": begun.json()["token"], "password": "guessed"})
        self.assertEqual(wrong.reason, "PROOF_WRONG")
        (call, *_) = self.calls(
            "artel.people.v1.SignInService/ProvePassword", code="UNAUTHENTICATED")
        self.assertEqual(call["reason"], "PROOF_WRONG")
        self.assertTrue(call["address"] and call["call"])
        self.assertNotIn("guessed", json.dumps(call))

    @covers("S-H6")
    def test_malformed_calls(self) -> None:
        """has calls whose messages are none, under whose credential they came"""
        token = self.move_in().token()
        self.assertEqual(self.rest.post("/v1/properties", "{", token).status, 400)
        (call, *_) = self.calls(
            "artel.residential.v1.DirectoryService/CreateProperty", code="INVALID_ARGUMENT")
        self.assertTrue(call["actor"])
        self.assertEqual(call["door"], "rest")
        self.assertNotIn("requestHash", call)

    @covers("S-H6")
    def test_broken_calls(self) -> None:
        """has calls that break before their message is whole, over both versions of HTTP"""
        token = self.move_in().token()
        method = "artel.residential.v1.DirectoryService/GetProperty"
        begun = len(self.entries(action=method, code="INVALID_ARGUMENT"))
        for number, version in enumerate(("--http1.1", "--http2"), 1):
            self.rest.send(
                "POST", f"/{method}", b"\x00\x00\x00\x00\x09\x01", token,
                {"content-type": "application/grpc-web"}, (version,))
            (call, *_) = self.calls(method, begun + number, code="INVALID_ARGUMENT")
            self.assertTrue(call["actor"])
            self.assertEqual(call["door"], "rest")
            self.assertNotIn("requestHash", call)

    @covers("S-H9")
    def test_injected_lines(self) -> None:
        """keeps one record of a call whatever its fields hold"""
        anna = self.move_in()
        text = 'x\r\n{"kind":"CALL"}\u001b[31m"'
        self.rest.post(
            f"/v1/properties?propertyId=p{uuid.uuid4().hex[:8]}", {"displayName": text},
            anna.token())
        self.calls("artel.residential.v1.DirectoryService/CreateProperty")
        done = self.stack.artel.try_run("audit", "export", "--tenant", ALPHA.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in done.stdout.removesuffix("\n").split("\n"):
            self.assertEqual(json.loads(line)["tenant"], ALPHA.name)
        self.assertNotIn("\r", done.stdout)
        self.assertNotIn("\u001b", done.stdout)


class ProofTests(AuditCase):
    """What a stranger can verify."""

    @covers("S-H7", "B28", "E175")
    def test_proofs(self) -> None:
        """proves every entry to a verifier that shares no line with it"""
        anna = self.move_in()
        self.opened(anna)
        console = self.console()
        key = self.stack.artel.run("audit", "key", "--tenant", ALPHA.name)["verifier_key"]
        tenant = self.tenant_id()
        entry = until("an entry is sealed", lambda: next(
            (each for each in self.entries() if "leafIndex" in each), None), 30)
        checkpoint = until("it is in a checkpoint", lambda: next(
            (each for each in [console.get("/v1/auditCheckpoint")]
             if int(each["treeSize"]) > int(entry["leafIndex"])), None), 30)
        note = audit_log.verified(checkpoint["note"], key)
        self.assertEqual(checkpoint["verifierKey"], key)
        self.assertEqual(note.origin, f"{ALPHA.name}.artel.localhost/audit")
        for each in [entry, *self.entries()[:40]]:
            if "leafIndex" not in each or int(each["leafIndex"]) >= note.size:
                continue
            proof = console.get(f"/v1/{each['name']}:inclusionProof?treeSize={note.size}")
            leaf = audit_log.leaf_hash(tenant, each)
            self.assertEqual(base64.b64decode(proof["leafHash"]), leaf, each)
            hashes = [base64.b64decode(value) for value in proof.get("hashes", [])]
            index = int(proof.get("leafIndex", 0))
            self.assertEqual(
                audit_log.inclusion_root(leaf, index, note.size, hashes), note.root)
            changed = audit_log.leaf_hash(tenant, each | {"actor": "somebody else"})
            self.assertNotEqual(
                audit_log.inclusion_root(changed, index, note.size, hashes), note.root)

    @covers("S-H7")
    def test_consistency(self) -> None:
        """proves that the log only grew"""
        console = self.console()
        old = until("there is a checkpoint", lambda: console.get("/v1/auditCheckpoint"), 30)
        self.opened(self.move_in())
        new = until("the log grows", lambda: next(
            (each for each in [console.get("/v1/auditCheckpoint")]
             if int(each["treeSize"]) > int(old["treeSize"])), None), 30)
        proof = console.get(
            f"/v1/auditCheckpoint:consistencyProof?fromSize={old['treeSize']}"
            f"&toSize={new['treeSize']}")
        root = base64.b64decode(old["rootHash"])
        hashes = [base64.b64decode(value) for value in proof.get("hashes", [])]
        self.assertEqual(
            audit_log.consistency_roots(
                int(old["treeSize"]), int(new["treeSize"]), hashes, root),
            (root, base64.b64decode(new["rootHash"])))

    @covers("S-H7")
    def test_verify(self) -> None:
        """finds nothing wrong with what nobody touched, by the checkpoints kept outside"""
        file = self.stack.artel.settings["ARTEL_AUDIT_CHECKPOINTS_FILE"]
        status, logs = self.verify("--checkpoint", file)
        self.assertEqual(status, 0, logs)
        (alpha,) = [each for each in logs if each["tenant"] == f"tenants/{ALPHA.name}"]
        self.assertGreater(alpha["size"], 10)
        self.assertGreater(alpha["checkpoints"], 1)


class BrokenAuditTests(AuditCase):
    """Tests on a stack of their own, since they break it."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    @covers("S-H8", "E181")
    def test_kills(self) -> None:
        """loses no acknowledged change when it is killed, and writes what was in its spool"""
        anna = self.move_in()
        token = anna.token()
        for _ in range(3):
            done: list[str] = []

            def call() -> None:
                while True:
                    try:
                        response = self.open(anna, str(uuid.uuid4()), token)
                    except ConnectionError:
                        return
                    if response.status == 200:
                        done.append(response.json()["name"])

            callers = [threading.Thread(target=call) for _ in range(4)]
            for each in callers:
                each.start()
            until("calls run", lambda: len(done) > 10, 60)
            self.stack.server.kill()
            for each in callers:
                each.join(60)
            self.stack.server.start()
            rows = self.stack.cluster.query(
                "SELECT DISTINCT resource FROM artel.audit_entry WHERE kind = 'CHANGE'")
            self.assertLessEqual(set(done), {row[0] for row in rows})
        until("the spool is drained", lambda: not self.left_over(), 30)
        status, logs = self.verify()
        self.assertEqual(status, 0, logs)
        # An entry has one identifier, and is there once.
        twice = self.stack.cluster.query(
            "SELECT audit_entry_id FROM artel.audit_leaf GROUP BY 1 HAVING count(*) > 1")
        self.assertEqual(twice, [])

    def left_over(self) -> list[str]:
        """What has been waiting in the spool for longer than it takes to be written."""
        found = []
        folder = Path(self.stack.artel.settings["ARTEL_AUDIT_SPOOL_DIRECTORY"])
        for path in folder.rglob("*.spool"):
            try:
                if path.stat().st_mtime < time.time() - 5:
                    found.append(path.name)
            except FileNotFoundError:
                continue  # It was written just now.
        return found

    @covers("S-H7")
    def test_tampering_by_the_owner(self) -> None:
        """names the entry that the database's owner has changed"""
        self.opened(self.move_in())
        tenant = self.tenant_id()

        def sealed() -> list[list[str]]:
            return self.stack.cluster.query(
                "SELECT e.audit_entry_id, l.leaf_index FROM artel.audit_leaf l "
                "JOIN artel.audit_entry e USING (tenant_id, audit_entry_id) "
                f"WHERE l.tenant_id = '{tenant}' AND e.resource <> '' ORDER BY 2 DESC LIMIT 1")

        ((entry, index),) = until("an entry is sealed", sealed, 30)
        self.stack.cluster.query(
            f"UPDATE artel.audit_entry SET resource = 'commands/another' "
            f"WHERE audit_entry_id = '{entry}'")
        status, logs = self.verify("--tenant", ALPHA.name)
        self.assertEqual(status, 1)
        self.assertEqual(logs[0]["fault"], "ENTRY_CHANGED")
        self.assertEqual(logs[0]["entry"], f"auditEntries/{entry}")
        self.assertEqual(str(logs[0]["index"]), index)
