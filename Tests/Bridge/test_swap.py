"""Contracts that change while the bridge serves."""

from __future__ import annotations

import functools
import http.client
import itertools
import json
import os
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

from bridge import Bridge
from contract import compiled, shelf, without_rule
from covers import covers
from environment import INTEROP
from upstream import Upstream

from stack.process import Process, clean_environment
from stack.wait import until

_LONG = os.environ.get("ARTEL_LONG") == "1"
_CONTRACT = """
syntax = "proto3";
package grpc.testing;
import "google/api/annotations.proto";
message Empty {}
service TestService {
  rpc EmptyCall(Empty) returns (Empty) {
    option (google.api.http) = {
      get: "/v1/empty" additional_bindings {get: "/v%d/own"}
    };
  }
}
"""


@functools.cache
def version(number: int) -> bytes:
    """A contract of one method, with a path of its own besides."""
    return compiled(_CONTRACT % number)


def put(path: Path, contents: bytes) -> None:
    """Writes a file as a whole, as a deployment would."""
    new = path.with_suffix(".new")
    new.write_bytes(contents)
    new.rename(path)


class Swaps(unittest.TestCase):
    """A file of descriptors that is replaced."""

    def setUp(self) -> None:
        """A folder for the file."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "contracts.binpb"

    def interop(self) -> str:
        """An `interop serve`, by its target."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        process = Process(
            "interop", [INTEROP, "serve"], Path(folder.name),
            clean_environment(SWIFT_BACKTRACE="enable=no"))
        self.addCleanup(process.stop)
        line = until(
            "interop serves", lambda: process.output.read_text().partition("\n")[0], 30)
        return f"127.0.0.1:{line.rpartition(' ')[2]}"

    def bridge(self, *arguments: str, target: str) -> Bridge:
        """A bridge to a server by the file."""
        made = Bridge("--descriptors", self.file, "--upstream", target, *arguments)
        self.addCleanup(made.stop)
        return made

    @covers("T87")
    def test_ten_thousand_requests(self) -> None:
        """Contracts are swapped under load, and not one request fails."""
        count, threads = (100_000, 8) if _LONG else (10_000, 4)
        put(self.file, version(1))
        bridge = self.bridge("--refresh", "0", target=self.interop())
        numbers = itertools.count()
        wrong: list[tuple[int, bytes]] = []
        done = threading.Event()

        def ask() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", bridge.port, timeout=30)
            while next(numbers) < count:
                connection.request("GET", "/v1/empty")
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200 or body != b"{}":
                    wrong.append((answer.status, body))
            connection.close()

        askers = [threading.Thread(target=ask) for _ in range(threads)]
        for asker in askers:
            asker.start()
        swaps = 0
        while any(asker.is_alive() for asker in askers):
            swaps += 1
            put(self.file, version(2 + swaps % 2))
            bridge.reload()
            bridge.wait_for("other contracts are served", swaps)
        for asker in askers:
            asker.join()
        done.set()
        self.assertEqual(wrong, [])
        self.assertGreater(swaps, 10)
        own = 2 + swaps % 2
        self.assertEqual(bridge.curl.get(f"/v{own}/own").status, 200)
        self.assertEqual(bridge.curl.get(f"/v{5 - own}/own").status, 404)

    def test_by_itself(self) -> None:
        """A file that changes is found without a signal."""
        put(self.file, version(1))
        bridge = self.bridge("--refresh", "1", target=self.interop())
        put(self.file, version(2))
        bridge.wait_for("other contracts are served")
        self.assertEqual(bridge.curl.get("/v2/own").status, 200)
        self.assertEqual(bridge.curl.get("/v1/own").status, 404)

    @covers("T87")
    def test_stream_in_flight(self) -> None:
        """A stream ends with the contracts that it began with."""
        upstream = Upstream(reflects=False)
        self.addCleanup(upstream.stop)
        put(self.file, shelf().descriptors.read_bytes())
        bridge = self.bridge("--refresh", "0", target=upstream.target)
        path = "/v1/shelves/1/books:watch?count=100000000"
        command = bridge.curl.command("GET", path, "-N", headers={"accept": "application/x-ndjson"})
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            self.assertEqual(json.loads(child.stdout.readline())["name"], "shelves/1/books/0")
            put(self.file, without_rule(shelf().descriptors, "WatchBooks"))
            bridge.reload()
            bridge.wait_for("other contracts are served")
            self.assertEqual(bridge.curl.get(path).status, 404)
            for number in range(1, 50_000):
                self.assertEqual(
                    json.loads(child.stdout.readline())["name"], f"shelves/1/books/{number}")
            child.kill()

    def test_bad_contracts(self) -> None:
        """What cannot be served is said once, and what was served goes on being served."""
        conflict = compiled(_CONTRACT % 1 + """
            service Other { rpc Same(Empty) returns (Empty) {
              option (google.api.http) = {get: "/v1/empty"}; } }""")
        template = compiled((_CONTRACT % 1).replace('"/v1/empty"', '"/v1/{"'))
        put(self.file, version(1))
        bridge = self.bridge("--refresh", "0", target=self.interop())
        cases: list[bytes | None] = [
            b"\xff\xff", b"", conflict, template, version(2)[:-3], None,
            compiled((_CONTRACT % 1).replace("option (google", "// option (google").replace(
                "    };", "").replace("get:", "// get:"))]
        for number, bad in enumerate(cases, 1):
            if bad is None:
                self.file.unlink()
            else:
                put(self.file, bad)
            bridge.reload()
            bridge.wait_for("the new contracts are not served", number)
            self.assertEqual(bridge.curl.get("/v1/own").status, 200, number)
        said = [line["error"] for line in bridge.logged("the new contracts are not served")]
        self.assertIn("grpc.testing.TestService/EmptyCall", said[2])
        self.assertIn("grpc.testing.Other/Same", said[2])
        self.assertIn("no such file", said[5])
        self.assertIn("--auto-map", said[6])
        put(self.file, version(2))
        bridge.reload()
        bridge.wait_for("other contracts are served")
        self.assertEqual(bridge.curl.get("/v2/own").status, 200)

    def test_the_same_contracts(self) -> None:
        """What has not changed is not swapped."""
        put(self.file, version(1))
        bridge = self.bridge("--refresh", "0", target="127.0.0.1:1")
        put(self.file, version(1))
        bridge.reload()
        bridge.wait_for("the contracts are the same")
        self.assertEqual(bridge.logged("other contracts are served"), [])

    def test_reflection(self) -> None:
        """A server that is away does not take its contracts with it."""
        upstream = Upstream()
        address = f"127.0.0.1:{upstream.port}"
        bridge = Bridge("--reflect", "--upstream", address, "--refresh", "0")
        self.addCleanup(bridge.stop)
        self.assertEqual(bridge.ready["services"], ["shelf.v1.Shelf"])
        self.assertEqual(bridge.curl.get("/v1/shelves/1/books").status, 200)
        upstream.stop()
        bridge.reload()
        bridge.wait_for("the new contracts are not served")
        self.assertEqual(bridge.curl.get("/v1/shelves/1/books").status, 503)
        again = Upstream(address)
        self.addCleanup(again.stop)
        until(
            "the bridge finds the server",
            lambda: bridge.curl.get("/v1/shelves/1/books").status == 200)
        bridge.reload()
        bridge.wait_for("the contracts are the same")
