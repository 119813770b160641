"""Where the keys are that seal the rows, and which ones open them."""

from __future__ import annotations

import os
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment
from case import SystemCase
from covers import covers
from stack.tenants import ALPHA, OPERATOR


class KeyStoreTests(SystemCase):
    """On a stack of their own, whose secrets are changed."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()
        cls.secrets = Path(cls.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])

    @contextmanager
    def backup_password(self) -> Iterator[None]:
        """Has the password of the role that sees every row where `artel` looks for it."""
        file = self.secrets / "database-backup-password"
        file.touch(mode=0o600)
        file.write_text(self.stack.cluster.password("backup"))
        try:
            yield
        finally:
            file.unlink()

    @covers("S-H4")
    def test_the_same_cluster(self) -> None:
        """starts with no keys in the cluster of the rows, unless it is told that it is no matter"""
        password = self.stack.cluster.password("keys")
        self.stack.cluster.query(f"CREATE ROLE artel_keys LOGIN PASSWORD '{password}'")
        beside = {
            "ARTEL_KEYS_DATABASE_PORT": str(self.stack.cluster.port),
            "ARTEL_KEYS_DATABASE_NAME": "postgres"}
        for command in ("serve", "migrate"):
            refused = self.stack.artel.try_run(command, **beside)
            self.assertEqual(refused.returncode, 78, refused.stderr)
            self.assertIn("every physical backup has both", refused.stderr)
        # Past that: there are no keys in this one.
        told = self.stack.artel.try_run(
            "serve", **beside, ARTEL_KEYS_SAME_CLUSTER="development")
        self.assertEqual(told.returncode, 78, told.stderr)
        self.assertNotIn("every physical backup has both", told.stderr)
        self.assertIn("keys and rows are in one cluster", told.stderr + told.stdout)
        wrong = self.stack.artel.try_run("migrate", ARTEL_KEYS_SAME_CLUSTER="true")
        self.assertEqual(wrong.returncode, 78, wrong.stderr)

    @covers("S-H2", "A11")
    def test_a_wrong_key(self) -> None:
        """starts with no key encryption key that opens nothing, and makes no tenant by it"""
        active = self.secrets / "key-encryption-key"
        right = active.read_text()
        active.write_text(os.urandom(32).hex())
        try:
            refused = self.stack.artel.try_run("serve")
            made = self.stack.artel.try_run(
                "tenant", "create", "wrong", "--kind", "bank", "--display-name", "Wrong")
        finally:
            active.write_text(right)
        self.assertEqual(refused.returncode, 78, refused.stderr)
        self.assertIn("is not the one that wrapped", refused.stderr)
        self.assertNotEqual(made.returncode, 0)
        self.assertIn("is not the one that wrapped", made.stderr)
        self.assertEqual(self.stack.artel.try_run("key", "rotate", ALPHA.name).returncode, 0)

    @covers("S-H2", "A11", "S-H10")
    def test_retired(self) -> None:
        """destroys a tenant's key that was replaced once nothing is sealed by it, and the audit tells
        of each step"""
        run = self.stack.artel.run
        rotated = run("vault", "rotate", ALPHA.name, "--reason", "it leaked")
        self.assertGreater(rotated["resealed"], 0)
        reason = ("--reason", "it leaked")
        with self.backup_password():
            young = run("vault", "retire", ALPHA.name, "--backup-days", "0", *reason)
            self.assertEqual(young["retired"], 0)
            self.stack.keys.query(
                "UPDATE artel_keys.data_key SET create_time = now() - interval '1 hour'")
            # Answers to repeated calls and the like: they go by themselves.
            for table in ("idempotency_key", "message", "sign_in"):
                self.stack.cluster.query(f"DELETE FROM artel.{table}")
            # A backup of a month ago may name it yet.
            kept = run("vault", "retire", ALPHA.name, *reason)
            self.assertEqual((kept["retired"], kept["young"], kept["values"]), (0, 1, {}))
            done = run("vault", "retire", ALPHA.name, "--backup-days", "0", *reason)
            self.assertEqual((done["retired"], done["young"], done["values"]), (1, 0, {}))
            self.assertEqual(run("vault", "roll", *reason)["older_values"], 0)
        self.assertEqual(run("vault", "restored", "--reason", "a disk"), {"used_up": True})
        for command in (("key", "rotate", ALPHA.name),
                ("token", "mint", ALPHA.name, "olga", "--scope", "clients:read")):
            self.assertEqual(self.stack.artel.try_run(*command).returncode, 0, command)
        for tenant, words in (
            (ALPHA.name, "a new key for sealed rows: it leaked"),
            (ALPHA.name, "1 of 1 keys destroyed"), (OPERATOR, "is rolled: it leaked"),
            (OPERATOR, "came from a backup: a disk"),
        ):
            found = self.stack.cluster.query(
                "SELECT count(*) FROM artel.audit_entry JOIN artel.tenant USING (tenant_id)"
                f" WHERE name = '{tenant}' AND change LIKE '%{words}%'")
            self.assertEqual(found, [["1"]], words)


if __name__ == "__main__":
    unittest.main()
