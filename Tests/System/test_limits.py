"""How many calls, on both doors."""

from __future__ import annotations

import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from case import SystemCase
from covers import covers
from curl import Curl, Response
from grpc_door import GRPCDoor, load_stubs
from stack.artel import Doors, Server, host_name
from stack.tenants import ALPHA, BETA
from stack.wait import until
from test_metrics import sample

_UNITS = "artel.residential.v1.DirectoryService/ListUnits"


class LimitTests(SystemCase):
    """A process of its own, whose callers may make as few calls as usual."""

    server: Server

    @classmethod
    def connect(cls) -> None:
        """Starts it beside the shared one."""
        cls.server = cls.stack.artel.serve(
            Doors(tls=False, more={"ARTEL_RATE_LIMIT_FACTOR": "1"}), "limits")
        cls.addClassCleanup(cls.server.stop)
        cls.rest = Curl(cls.server.rest)
        # Made once, and not by several threads.
        load_stubs()

    @covers("S-F1", "S-F4", "A16", "B08")
    def test_says_when_to_come_back(self) -> None:
        """answers 429 with Retry-After and RateLimit when the burst is used up, on both doors"""
        token = self.client_token("limits")
        door = GRPCDoor(self.server.grpc)
        self.addCleanup(door.close)

        over = threading.Event()

        def keep_calling() -> set[str]:
            reasons = set()
            while not over.is_set():
                reasons.add(door.call(_UNITS, {}, token).reason)
            return reasons

        with ThreadPoolExecutor(6) as pool:
            calling = [pool.submit(keep_calling) for _ in range(6)]
            try:
                burst = until("REST is refused", lambda: self.refused(token), 60)
            finally:
                over.set()
        reasons = set().union(*(each.result() for each in calling))
        self.assertEqual(reasons, {"", "RATE_LIMITED"})
        self.assert_error(burst, 429, "RESOURCE_EXHAUSTED", "RATE_LIMITED")
        self.assertGreaterEqual(int(burst.header("retry-after") or 0), 1)
        self.assertRegex(burst.header("ratelimit") or "", r'^"medium";r=0;t=\d+$')
        self.assertEqual(burst.header("ratelimit-policy"), '"medium";q=200;w=2')

    @covers("S-D21")
    def test_neighbours_are_served(self) -> None:
        """serves a tenant without an error while another is refused"""
        noisy = self.client_token("noisy")
        quiet = self.stack.demo.token(BETA.console, self.stack.server.rest)
        door = GRPCDoor(self.server.grpc)
        self.addCleanup(door.close)

        def call(number: int) -> tuple[str, str]:
            who = "quiet" if number % 40 == 0 else "noisy"
            return who, door.call(_UNITS, {}, quiet if who == "quiet" else noisy).code

        with ThreadPoolExecutor(8) as pool:
            seen = set(pool.map(call, range(2000)))
        self.assertEqual(
            seen, {("quiet", "OK"), ("noisy", "OK"), ("noisy", "RESOURCE_EXHAUSTED")})

    @covers("B08")
    def test_a_quota_ends_the_day(self) -> None:
        """answers 429 on both doors when the quota of the day is used up, to all but the tenant's
        administrators, who have some calls more to find out why and to end it"""
        tenant = f"q-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run("tenant", "create", tenant, "--kind", "store", "--display-name", "Shop")
        self.stack.cluster.query(
            f"UPDATE artel.tenant SET max_daily_calls = 20 WHERE name = '{tenant}'")
        self.stack.demo.create_client(
            self.stack.artel, tenant, f"{tenant}-shop", "service", ("tenant:read",))
        token = self.stack.demo.token(f"{tenant}-shop", self.server.rest)
        door = GRPCDoor(self.server.grpc)
        self.addCleanup(door.close)
        usage = "artel.operations.v1.LimitService/GetUsage"
        wish = {"name": "usages/daily-calls"}

        statuses = [self.rest.get("/v1/usages/daily-calls", token).status for _ in range(10)]
        codes = [door.call(usage, wish, token).code for _ in range(10)]
        self.assertEqual((set(statuses), set(codes)), ({200}, {"OK"}))
        refused = self.rest.get("/v1/usages/daily-calls", token)
        self.assert_error(refused, 429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
        self.assertRegex(refused.header("ratelimit") or "", r'^"daily-calls";r=0;t=\d+$')
        self.assertLessEqual(1, int(refused.header("retry-after") or 0))
        answer = door.call(usage, wish, token)
        self.assertEqual((answer.code, answer.reason), ("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"))

        boss = str(self.stack.artel.run(
            "token", "mint", tenant, "boss", "--kind", "administrator", "--scope", "tenant:read",
        )["access_token"])
        self.assertEqual(self.rest.get("/v1/usages/daily-calls", boss).status, 200)
        self.assertEqual(door.call(usage, wish, boss).code, "OK")
        # It is written down by itself, what administrators used included.
        until("the calls are written down", lambda: int(self.stack.cluster.query(
            "SELECT coalesce(max(calls), 0) FROM artel.quota_usage JOIN artel.tenant"
            f" USING (tenant_id) WHERE name = '{tenant}'")[0][0]) >= 22)

    @covers("A15")
    def test_networks_of_the_platform(self) -> None:
        """lets nobody in from a network that its file denies, and takes a new file by itself"""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "networks")
            file.write_text("deny 127.0.0.0/8  # This machine.\n")
            server = self.stack.artel.serve(
                Doors(tls=False, more={"ARTEL_NETWORKS_FILE": str(file)}), "networks")
            self.addCleanup(server.stop)
            rest, door = Curl(server.rest), GRPCDoor(server.grpc)
            self.addCleanup(door.close)
            token = self.client_token("networks")
            self.assert_error(
                rest.get("/v1/units", token), 403, "PERMISSION_DENIED", "ADDRESS_NOT_ALLOWED")
            answer = door.call(_UNITS, {}, token)
            self.assertEqual(
                (answer.code, answer.reason), ("PERMISSION_DENIED", "ADDRESS_NOT_ALLOWED"))
            self.assertEqual(rest.get("/healthz").status, 200)
            self.assertEqual(rest.get("/openapi.json").status, 403)
            file.write_text("deny nobody\n")
            time.sleep(5)
            self.assertEqual(rest.get("/v1/units", token).status, 403)
            file.write_text("deny 192.0.2.0/24\n")
            until("calls are let in", lambda: rest.get("/v1/units", token).status == 200)

    @covers("A15")
    def test_a_denied_network_gets_no_handshake(self) -> None:
        """closes connections of a denied network before their handshake at both doors with TLS, takes
        those of a proxy that speaks for others, and serves everybody else"""
        proxies = {"ARTEL_REST_TRUSTED_PROXIES": "127.0.0.2"}
        for more in ({}, proxies):
            with self.subTest(**more), tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "networks")
                file.write_text("deny 127.0.0.2/31\n")
                server = self.stack.artel.serve(
                    Doors(more={"ARTEL_NETWORKS_FILE": str(file), **more}), "denied")
                self.addCleanup(server.stop)
                doors = {"grpc": server.grpc, "rest": server.rest.removeprefix("https://")}
                for name, address in doors.items():
                    self.assertTrue(self.greets(name, address, "127.0.0.1"))
                    for source in ("127.0.0.2", "127.0.0.3"):
                        is_proxy = bool(more) and (name, source) == ("rest", "127.0.0.2")
                        self.assertEqual(self.greets(name, address, source), is_proxy, source)
                    refused = 1 if more and name == "rest" else 2
                    self.assertEqual(sample(
                        server.metrics, "artel_connections_refused_total", door=name,
                        reason="network"), refused)
                # Whom the proxy speaks for is asked behind the handshake.
                if more:
                    rest = Curl(server.rest, self.stack.certificates.authority)
                    for caller, status in (("192.0.2.1", 200), ("127.0.0.3", 403)):
                        page = rest.send(
                            "GET", "/openapi.json", headers={"X-Forwarded-For": caller},
                            more=("--interface", "127.0.0.2"))
                        self.assertEqual(page.status, status, caller)

    def greets(self, door: str, address: str, source: str) -> bool:
        """Whether a door answers the hello of a client at an address."""
        host, _, port = address.rpartition(":")
        context = ssl.create_default_context(cafile=self.stack.certificates.authority)
        context.load_cert_chain(*self.stack.demo.certificate(ALPHA))
        context.set_alpn_protocols(["h2"])
        try:
            with socket.create_connection((host, int(port)), 10, (source, 0)) as raw:
                with context.wrap_socket(raw, server_hostname=host_name(ALPHA)) as secure:
                    self.assertEqual(secure.selected_alpn_protocol(), "h2", door)
                    return True
        except ConnectionError:
            return False
        # An end before the hello has come is an end; behind it, it is a reset.
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return False

    def client_token(self, name: str) -> str:
        """The token of a client of alpha's that no other test calls as."""
        client = f"{name}-{time.monotonic_ns()}"
        self.stack.demo.create_client(
            self.stack.artel, ALPHA.name, client, "service", ("residential.directory:read",))
        return self.stack.demo.token(client, self.stack.server.rest)

    def refused(self, token: str) -> Response | None:
        """A refused call, where there is one now."""
        response = self.rest.get("/v1/units", token)
        return None if response.status == 200 else response


@unittest.skipUnless(shutil.which("redis-server"), "redis-server is missing")
class SharedLimitTests(SystemCase):
    """Two processes and one Redis."""

    servers: list[Server]

    @classmethod
    def connect(cls) -> None:
        """Starts them."""
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="redis-")))
        cls.redis: subprocess.Popen[bytes] | None = None
        cls.start_redis()
        cls.addClassCleanup(cls.end_redis)
        cls.servers = []
        for number in (1, 2):
            server = cls.stack.artel.serve(Doors(tls=False, more={
                "ARTEL_RATE_LIMIT_FACTOR": "1",
                "ARTEL_REDIS_HOST": str(cls.folder / "redis.sock")}), f"shared-{number}")
            cls.addClassCleanup(server.stop)
            cls.servers.append(server)

    @classmethod
    def start_redis(cls) -> None:
        """Starts Redis, with nothing in it."""
        path = cls.folder / "redis.sock"
        cls.redis = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "",
             "--dir", str(cls.folder), "--loglevel", "warning"], stdout=subprocess.DEVNULL)
        until("Redis is there", path.exists)

    @classmethod
    def end_redis(cls) -> None:
        """Ends it as a power cut would."""
        if cls.redis is not None:
            cls.redis.kill()
            cls.redis.wait()
            cls.redis = None
            (cls.folder / "redis.sock").unlink(missing_ok=True)

    @covers("S-F2", "S-F3")
    def test_one_limit_for_both(self) -> None:
        """lets through at two processes together what the limit says; without Redis a share each,
        and no other failure; then together again"""
        self.assert_admitted(self.admitted(2000), 200, 100)
        self.end_redis()
        # Half of the limit at each.
        self.assert_admitted(self.admitted(2000, 0.5), 200, 100)
        self.start_redis()
        self.until_logged("limits are shared", 2)
        self.assert_admitted(self.admitted(2000), 200, 100)

    @covers("S-F3")
    def test_a_hanging_redis_holds_up_nothing(self) -> None:
        """answers calls as quickly while Redis hangs"""
        assert self.redis is not None
        self.redis.send_signal(signal.SIGSTOP)
        try:
            seconds, codes = self.timed(200)
        finally:
            self.redis.send_signal(signal.SIGCONT)
        self.assertEqual(codes, {"OK"})
        # No call waits for the quarter of a second that Redis has; a busy machine may hold up a few.
        self.assertLess(sorted(seconds)[len(seconds) * 9 // 10], 0.2)

    @covers("S-F3")
    def test_a_clock_that_is_set(self) -> None:
        """shuts nobody out, at either process, when Redis' clock is set back by ten minutes"""
        doors, token = self.doors(), self.token()
        self.until_shared(doors, token)
        # What the clock of then wrote lies ten minutes ahead of the one of now.
        until("Redis holds some of it", lambda: self.ask_redis("EVAL", """
            local keys = redis.call('KEYS', 'artel:*')
            for _, key in ipairs(keys) do
              redis.call('SET', key, string.format('%.0f', redis.call('GET', key) + 600000000),
                'PX', 600000)
            end
            return #keys""", "0") > 0 or not doors[0].call(_UNITS, {}, token))
        for door in doors:
            door.call(_UNITS, {}, token)
        time.sleep(0.2)
        for door in doors:
            until(
                "calls are let in", lambda door=door: door.call(_UNITS, {}, token).code == "OK", 10)

    def until_shared(self, doors: list[GRPCDoor], token: str) -> None:
        """Waits until both processes have told Redis of a call."""
        for door in doors:
            self.assertEqual(door.call(_UNITS, {}, token).code, "OK")
        self.until_logged("limits are shared", 1)

    def ask_redis(self, *words: str) -> int:
        """Runs a command that is answered with a number."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.folder / "redis.sock"))
            parts = [word.encode() for word in words]
            connection.sendall(b"*%d\r\n" % len(parts) + b"".join(
                b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
            return int(connection.makefile("rb").readline().removeprefix(b":"))

    def timed(self, count: int) -> tuple[list[float], set[str]]:
        """How long calls take, and what they are answered."""
        door, token = self.doors()[0], self.token()
        seconds, codes = [], set()
        for _ in range(count // 4):
            begin = time.monotonic()
            codes.add(door.call(_UNITS, {}, token).code)
            seconds.append(time.monotonic() - begin)
        return seconds, codes

    def admitted(self, count: int, pause: float = 0) -> tuple[int, float]:
        """How many calls of one client both processes let through, and in what time."""
        doors, token = self.doors(), self.token()
        time.sleep(pause)
        begin = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(
                lambda number: doors[number % 2].call(_UNITS, {}, token).code, range(count)))
        self.assertEqual(set(codes), {"OK", "RESOURCE_EXHAUSTED"})
        return codes.count("OK"), time.monotonic() - begin

    def assert_admitted(self, seen: tuple[int, float], burst: int, rate: int) -> None:
        """Checks that no more than the burst and the rate were let through, and a tenth."""
        admitted, seconds = seen
        self.assertLessEqual(admitted, (burst + rate * seconds) * 1.1 + 10)
        self.assertGreaterEqual(admitted, burst * 0.9)

    def doors(self) -> list[GRPCDoor]:
        """The gRPC doors of both."""
        doors = [GRPCDoor(server.grpc) for server in self.servers]
        for door in doors:
            self.addCleanup(door.close)
        return doors

    def token(self) -> str:
        """Of a client that has called nobody yet."""
        client = f"shared-{time.monotonic_ns()}"
        self.stack.demo.create_client(
            self.stack.artel, ALPHA.name, client, "service", ("residential.directory:read",))
        return self.stack.demo.token(client, self.stack.server.rest)

    def until_logged(self, text: str, times: int) -> None:
        """Waits until each process has said something that many times."""
        for server in self.servers:
            log = server.process.log
            until(f"{log.name} says {text}", lambda log=log: log.read_text().count(text) >= times)


if __name__ == "__main__":
    unittest.main()
