"""How the process starts, refuses to start, and ends."""

from __future__ import annotations

import json
import shutil
import signal
import threading
import time
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import environment
from case import COMMANDS, SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from stack.artel import Doors, host_name
from stack.tenants import ALPHA
from stack.wait import until
from streams import CurlStream


class StartTests(SystemCase):
    """What keeps `artel serve` from serving."""

    def refused(self, **settings: str) -> tuple[int, str]:
        """Starts it with other settings; returns its exit status and what it said."""
        program = self.stack.artel
        everything = program.settings_for(Doors(tls=False)) | settings
        done = program.try_run("serve", **everything)
        self.assertNotIn('"ready"', done.stdout)
        return done.returncode, done.stderr

    @covers("S-D4")
    def test_a_role_that_could_see_past_the_wall(self) -> None:
        """refuses to serve as a superuser, an owner, or a role that bypasses row-level security"""
        roles = (("SUPERUSER", "NOSUPERUSER"), ("BYPASSRLS", "NOBYPASSRLS"))
        for grant, revoke in roles:
            with self.subTest(grant):
                self.stack.cluster.query(f"ALTER ROLE artel_app {grant}")
                try:
                    status, said = self.refused()
                finally:
                    self.stack.cluster.query(f"ALTER ROLE artel_app {revoke}")
                self.assertEqual(status, 1, said)
                self.assertIn("artel_app", said)
        with self.subTest("a member of the owner"):
            self.stack.cluster.query("GRANT artel_owner TO artel_app")
            try:
                status, said = self.refused()
            finally:
                self.stack.cluster.query("REVOKE artel_owner FROM artel_app")
            self.assertEqual(status, 1, said)
        with self.subTest("the owner of a table"):
            self.stack.cluster.query("CREATE TABLE artel.stray ()")
            self.stack.cluster.query("ALTER TABLE artel.stray OWNER TO artel_app")
            try:
                status, said = self.refused()
            finally:
                self.stack.cluster.query("DROP TABLE artel.stray")
            self.assertEqual(status, 1, said)

    @covers("S-H9")
    def test_settings_that_are_wrong(self) -> None:
        """refuses unknown, missing and malformed settings with 78, and names each"""
        for name, value in (
            ("ARTEL_GRPC_ADRESS", "127.0.0.1:0"), ("ARTEL_REST_PORT", "x"),
            ("ARTEL_REST_PORT", "70000"), ("ARTEL_DATABASE_HOST", ""),
            ("ARTEL_EGRESS_LOOPBACK", "api.example.com:443"), ("ARTEL_LOG_LEVEL", "loud"),
            ("ARTEL_EGRESS_HOSTS", "*.[2001:db8::1]"), ("ARTEL_EGRESS_HOSTS", "example.com/x"),
            ("ARTEL_EGRESS_FORBIDDEN_NETS", "10.0.0.1/8"), ("ARTEL_COMMANDS", "0"),
            ("ARTEL_COMMANDS_PER_PARTNER", "many"), ("ARTEL_EGRESS_CALLS_PER_PARTNER", "-1"),
            ("ARTEL_SECRETS_DIRECTORY", "/nowhere"), ("ARTEL_METRICS_ADDRESS", "9464"),
            ("ARTEL_OTLP_ENDPOINT", "http://collector.example:4317"),
            ("ARTEL_OTLP_ENDPOINT", "https://collector.example:4317"),
            ("ARTEL_OTLP_ENDPOINT", "http://user@127.0.0.1:4317"),
            ("ARTEL_TRACE_RATIO", "2"), ("ARTEL_LOG_LEVELS", "artel=loud"),
            ("ARTEL_GRPC_TLS_CERTIFICATE_FILE", "/nowhere.pem"),
        ):
            with self.subTest(f"{name}={value}"):
                status, said = self.refused(**{name: value})
                self.assertEqual(status, 78, said)
                if "DIRECTORY" not in name and "TLS" not in name:
                    self.assertIn(name, said)

    @covers("S-C13")
    def test_secrets_that_are_missing(self) -> None:
        """refuses missing, empty and malformed secrets with 78, without showing any"""
        folder = Path(self.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])
        for name in ("database-app-password", "database-directory-password",
                     "database-dispatcher-password", "key-encryption-key",
                     "database-sealer-password", "audit-signing-key"):
            for content in (None, "") + (("abc",) if name.endswith("-key") else ()):
                with self.subTest(f"{name}: {content}"), TemporaryDirectory() as scratch:
                    copy = Path(scratch) / "secrets"
                    shutil.copytree(folder, copy)
                    if content is None:
                        (copy / name).unlink()
                    else:
                        (copy / name).write_text(content)
                    status, said = self.refused(ARTEL_SECRETS_DIRECTORY=str(copy))
                    self.assertEqual(status, 78, said)
                    self.assertIn(name, said)
                    for secret in folder.iterdir():
                        self.assertNotIn(secret.read_text(), said)

    @covers("S-C13")
    def test_a_wrong_password(self) -> None:
        """ends with 1 where the database refuses the password"""
        folder = Path(self.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])
        with TemporaryDirectory() as scratch:
            copy = Path(scratch) / "secrets"
            shutil.copytree(folder, copy)
            (copy / "database-app-password").write_text("wrong")
            status, said = self.refused(ARTEL_SECRETS_DIRECTORY=str(copy))
        self.assertEqual(status, 1, said)

    @covers("S-B1")
    def test_no_plain_text_beyond_this_machine(self) -> None:
        """refuses to listen beyond loopback without TLS, on either door"""
        for name, value in (
            ("ARTEL_GRPC_ADDRESS", "0.0.0.0:0"), ("ARTEL_REST_HOST", "0.0.0.0"),
        ):
            with self.subTest(name):
                status, said = self.refused(**{name: value})
                self.assertIn(status, (1, 78), said)

    def test_a_port_that_is_taken(self) -> None:
        """ends with 1 where a port is taken"""
        port = self.stack.server.rest.rpartition(":")[2]
        status, said = self.refused(ARTEL_REST_PORT=port)
        self.assertEqual(status, 1, said)

    def test_migrations_are_applied_once(self) -> None:
        """applies nothing to a schema that is up to date, and says so"""
        self.assertEqual(self.stack.artel.run("migrate")["applied"], [])
        status = self.stack.artel.run("migrate", "--status")
        self.assertEqual((status["pending"], status["unknown"]), ([], []))
        self.assertTrue(status["applied"])

    @covers("A09", "B06", "B28", "S-H6")
    def test_every_call_is_logged(self) -> None:
        """logs each call with who, what and how it ended, and no secrets"""
        anna = self.move_in()
        token = anna.token()
        self.opened(anna)
        refused = self.rest.get("/v1/auditEntries", token)
        self.assert_error(refused, 403, "PERMISSION_DENIED")
        text = self.stack.server.process.log_text()
        lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        calls = [line for line in lines if line.get("method", "").endswith("/OpenAccessPoint")]
        self.assertTrue([c for c in calls if c["code"] == "OK" and anna.subject in c["principal"]])
        self.assertTrue([
            line for line in lines
            if line.get("method", "").endswith("/ListAuditEntries")
            and line["code"] == "PERMISSION_DENIED"])
        self.assertNotIn(token, text)
        for secret in (ALPHA.console, ALPHA.partner):
            self.assertNotIn(self.stack.demo.secrets.password(secret), text)

    @covers("S-H9")
    def test_every_line_of_the_log_is_a_record(self) -> None:
        """logs one JSON object on each line, whatever strangers send and libraries say"""
        hostile = "evil\\r\\n{\"level\":\"info\"}\x1b[31m"
        token = self.move_in().token()
        for path in ("/v1/properties/%0a%0d%1b", f"/v1/units/{quote(hostile)}"):
            # HTTP/2 has no place for such fields at all: the request would be reset.
            self.rest.send(
                "GET", path, token=token, more=("--http1.1",),
                headers={"user-agent": hostile, "x-request-id": hostile})
        self.rest.form(
            "/oauth2/token",
            f"grant_type=client_credentials&client_id={quote(hostile)}&client_secret=x")
        # A handshake that fails is the library's to complain about.
        stranger = GRPCDoor(
            self.stack.server.grpc, self.stack.certificates.authority, name=host_name(ALPHA))
        self.addCleanup(stranger.close)
        self.assertEqual(stranger.call(f"{COMMANDS}/GetCommand", timeout=5).code, "UNAVAILABLE")
        for line in self.stack.server.process.log_text().splitlines():
            self.assertTrue(line.startswith("{"), line)
            self.assertIsInstance(json.loads(line), dict)


class EndTests(SystemCase):
    """SIGTERM."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts a stack of its own, to be ended."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    @covers("S-F16")
    def test_a_drain(self) -> None:
        """finishes calls that run, ends streams, takes no more, and exits with 0 on SIGTERM"""
        anna = self.move_in()
        anna.fault("slow", seconds=2, times=1)
        token = anna.token()
        stream = CurlStream(self.rest, anna.unit, token, "text/event-stream")
        self.addCleanup(stream.close)
        stream.opened()
        answers: list[int] = []
        call = threading.Thread(
            target=lambda: answers.append(self.open(anna, token=token).status))
        call.start()
        until("the partner has the command", lambda: self.has_command(anna))
        begin = time.monotonic()
        self.stack.server.process.send(signal.SIGTERM)

        def refuses() -> bool:
            try:
                Curl(self.rest.address, self.stack.certificates.authority).get("/healthz")
            except ConnectionError:
                return True
            return False

        until("it takes no more", refuses, 10)
        call.join(30)
        self.assertEqual(answers, [200])
        self.assertEqual(self.stack.server.process.wait(30), 0)
        self.assertLess(time.monotonic() - begin, 15)
        self.assertIsNotNone(stream.wait(10))
        self.stack.server.start()
        self.state(self.only_command(anna), "EXECUTED")
        self.assertEqual(anna.openings, 1)

    @covers("S-F16")
    def test_an_idle_process_ends_at_once(self) -> None:
        """ends within seconds when nothing runs, also by SIGINT"""
        for number in (signal.SIGTERM, signal.SIGINT):
            begin = time.monotonic()
            self.stack.server.process.send(number)
            self.assertEqual(self.stack.server.process.wait(20), 0)
            self.assertLess(time.monotonic() - begin, 10)
            self.stack.server.start()

    def has_command(self, resident) -> bool:
        """Whether the partner has a command for the resident's device."""
        commands = self.stack.partners.control.get("/control/state")["commands"]
        return any(each["device"] == resident.device for each in commands)


if __name__ == "__main__":
    unittest.main()
