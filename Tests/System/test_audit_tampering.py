"""What the database's owner can do to the audit, and who finds it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environment
from case import SystemCase
from covers import covers
from stack.tenants import ALPHA, BETA, Complex
from stack.wait import until

_TABLES = ("audit_entry", "audit_leaf", "audit_node", "audit_checkpoint", "audit_position")


class TamperingTests(SystemCase):
    """Tests on a stack of their own, since they break it and put it together again."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    def sql(self, text: str) -> list[list[str]]:
        """Runs a statement as the superuser."""
        return self.stack.cluster.query(text)

    def tenant_id(self, tenant: Complex = ALPHA) -> str:
        """A tenant's UUID."""
        return self.sql(f"SELECT tenant_id FROM artel.tenant WHERE name = '{tenant.name}'")[0][0]

    def size(self, tenant: Complex = ALPHA) -> int:
        """How many leaves a log has."""
        return int(self.sql(
            f"SELECT count(*) FROM artel.audit_leaf WHERE tenant_id = '{self.tenant_id(tenant)}'"
        )[0][0])

    def held(self) -> list[list[str]]:
        """The logs that are held back."""
        return self.sql("SELECT held_tenant_id, fault FROM artel.audit_hold")

    def quiet(self) -> None:
        """Waits until every entry has its place."""
        until("everything is sealed", lambda: self.sql(
            "SELECT count(*) FROM artel.audit_entry AS e WHERE NOT EXISTS (SELECT FROM "
            "artel.audit_leaf AS l WHERE l.tenant_id = e.tenant_id "
            "AND l.audit_entry_id = e.audit_entry_id)") == [["0"]], 60)

    @contextmanager
    def tampered(self, sql: str) -> Iterator[None]:
        """Tampers with alpha's log, and takes it back at the end."""
        mine = f"tenant_id = '{self.tenant_id()}'"
        self.opened(self.move_in())
        self.quiet()
        logs = _TABLES[:-1]
        self.sql("".join(
            f"CREATE TABLE public.kept_{table} AS SELECT * FROM artel.{table} WHERE {mine};"
            for table in logs))
        try:
            self.sql(sql.replace("{alpha}", mine))
            yield
        finally:
            self.sql("SET session_replication_role = replica;" + "".join(
                f"DELETE FROM artel.{table} AS t USING public.kept_{table} AS k "
                f"WHERE t.{key} = k.{key} AND t.{mine};"
                for table, key in (("audit_entry", "audit_entry_id"),)
            ) + "".join(f"DELETE FROM artel.{table} WHERE {mine};" for table in logs[1:]) + "".join(
                f"INSERT INTO artel.{table} "
                + ("OVERRIDING SYSTEM VALUE " if table == "audit_entry" else "")
                + f"SELECT * FROM public.kept_{table}; DROP TABLE public.kept_{table};"
                for table in logs))
            until("nothing is held back any more", lambda: not self.held(), 60)

    def verify(self, *arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
        """Runs `artel audit verify`: its status, and what it says of each tenant or file."""
        done = self.stack.artel.try_run("audit", "verify", *arguments)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return done.returncode, {each.get("tenant", "file"): each for each in lines}

    def outside(self) -> tuple[str, str]:
        """The option of the checkpoints that were kept outside."""
        return "--checkpoint", self.stack.artel.settings["ARTEL_AUDIT_CHECKPOINTS_FILE"]

    @covers("S-H7")
    def test_a_whole_log(self) -> None:
        """misses a log that was deleted as a whole, by the checkpoints kept outside"""
        with self.tampered("".join(
                f"DELETE FROM artel.{table} WHERE {{alpha}};" for table in _TABLES[:-1])):
            status, logs = self.verify(*self.outside())
            self.assertEqual(status, 1)
            alpha = logs[f"tenants/{ALPHA.name}"]
            self.assertEqual((alpha["fault"], alpha["index"]), ("LOG_TRUNCATED", 0))
            self.assertNotIn("fault", logs[f"tenants/{BETA.name}"])
        status, logs = self.verify(*self.outside())
        self.assertEqual(status, 0, logs)

    @covers("S-H7")
    def test_a_cut(self) -> None:
        """misses the end of a log that was cut off with its newest checkpoints"""
        with self.tampered(
                "CREATE TEMPORARY TABLE cut AS SELECT tree_size AS size FROM artel.audit_checkpoint"
                " WHERE {alpha} ORDER BY tree_size DESC OFFSET 1 LIMIT 1;"
                "DELETE FROM artel.audit_entry WHERE {alpha} AND audit_entry_id IN (SELECT "
                "audit_entry_id FROM artel.audit_leaf, cut WHERE {alpha} AND leaf_index >= size);"
                "DELETE FROM artel.audit_leaf USING cut WHERE {alpha} AND leaf_index >= size;"
                "DELETE FROM artel.audit_node USING cut "
                "WHERE {alpha} AND (node_index + 1) << level::int > size;"
                "DELETE FROM artel.audit_checkpoint USING cut WHERE {alpha} AND tree_size > size"):
            size = self.size()
            # Without them nothing is wrong, unless the sealer has found it already.
            _, logs = self.verify("--tenant", ALPHA.name)
            alpha = logs[f"tenants/{ALPHA.name}"]
            self.assertIn(alpha.get("fault"), (None, "LOG_HELD"))
            status, logs = self.verify("--tenant", ALPHA.name, *self.outside())
            self.assertEqual(status, 1)
            alpha = logs[f"tenants/{ALPHA.name}"]
            self.assertEqual((alpha["fault"], alpha["index"]), ("LOG_TRUNCATED", size))
            # Nor is anything added to what is left.
            self.opened(self.move_in())
            until("the log is held back", self.held, 60)
            self.assertEqual(self.size(), size)

    @covers("S-H7")
    def test_a_file_that_is_none(self) -> None:
        """verifies nothing by a file of checkpoints that cannot be read"""
        for text in ("", "nothing\n", "alpha.artel.localhost/audit\n7\n"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "checkpoints"
                path.write_text(text)
                status, logs = self.verify("--checkpoint", str(path))
                self.assertEqual(status, 1)
                self.assertEqual(logs["file"]["fault"], "CHECKPOINTS_UNREADABLE")

    @covers("S-H7", "S-H8")
    def test_a_broken_log(self) -> None:
        """goes on with one tenant's log while another's is broken"""
        with self.tampered("DELETE FROM artel.audit_node WHERE {alpha}"):
            size, others = self.size(), self.size(BETA)
            self.opened(self.move_in())
            until("the log is held back", self.held, 60)
            self.opened(self.move_in(BETA))
            until("the other one grows", lambda: self.size(BETA) > others, 60)
            self.assertEqual(self.size(), size)
            status, logs = self.verify(*self.outside())
            self.assertEqual(status, 1)
            self.assertIn("fault", logs[f"tenants/{ALPHA.name}"])
            self.assertNotIn("fault", logs[f"tenants/{BETA.name}"])
        until("what waited has its place", lambda: self.size() > size, 60)
        status, logs = self.verify(*self.outside())
        self.assertEqual(status, 0, logs)

    @covers("S-H7")
    def test_another_history(self) -> None:
        """signs no other history for whoever has the database without the key"""
        with self.tampered(
                "DELETE FROM artel.audit_leaf WHERE {alpha};"
                "DELETE FROM artel.audit_node WHERE {alpha};"
                "DELETE FROM artel.audit_checkpoint WHERE {alpha};"
                "DELETE FROM artel.audit_position;"
                "UPDATE artel.audit_entry SET resource = 'commands/another' WHERE {alpha}"):
            self.opened(self.move_in())
            until("the log is held back", self.held, 60)
            self.assertEqual(self.size(), 0)
            # Nor after a restart.
            self.stack.server.kill()
            self.stack.server.start()
            others = self.size(BETA)
            self.opened(self.move_in())
            self.opened(self.move_in(BETA))
            until("the other one grows", lambda: self.size(BETA) > others, 60)
            self.assertEqual(self.size(), 0)
            status, logs = self.verify(*self.outside())
            self.assertEqual(status, 1)
            self.assertIn("fault", logs[f"tenants/{ALPHA.name}"])
        until("everything has its place again", lambda: self.verify(*self.outside())[0] == 0, 60)
