"""How the bridge begins and ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from bridge import Bridge, run
from contract import compiled, interop, shelf
from identities import authority
from upstream import Upstream

NOBODY = "127.0.0.1:1"


class Beginnings(unittest.TestCase):
    """What it is told, and says of it."""

    def refused(self, *arguments: str | Path, status: int = 78) -> str:
        """A bridge that does not serve; returns what it says."""
        ended = run(*arguments)
        self.assertEqual(ended.returncode, status, ended.stderr)
        self.assertEqual(ended.stdout, "")
        return ended.stderr

    def test_wrong_settings(self) -> None:
        """All that is wrong is said at once, before anything begins."""
        said = self.refused(
            "--descriptors", "/nowhere/a.binpb", "--upstream", NOBODY, "--listen", "8080",
            "--tls-key", "k.pem", "--upstream-key", "k.pem", "--upstream-roots", "/nowhere/r.pem",
            "--max-message-bytes", "0", "--timeout", "0", "--grace", "9999", "--refresh", "100000")
        for text in (
                "/nowhere/a.binpb: there is no such file", "--listen 8080 is not host:port",
                "--tls-certificate and --tls-key go together",
                "--upstream-certificate and --upstream-key go together", "/nowhere/r.pem",
                "--max-message-bytes", "--timeout", "--grace", "--refresh"):
            self.assertIn(text, said)

    def test_contracts(self) -> None:
        """Contracts come from files or from the server."""
        for more in ((), ("--reflect", "--descriptors", shelf().descriptors)):
            said = self.refused("--upstream", NOBODY, *more)
            self.assertIn("either --descriptors or --reflect", said)
        said = self.refused("--upstream", NOBODY, "--descriptors", "/tmp")
        self.assertIn("/tmp cannot be read", said)

    def test_unknown_option(self) -> None:
        """The usage is shown."""
        said = self.refused("--upstreem", NOBODY, status=64)
        self.assertIn("Usage: artel bridge", said)

    def test_bad_descriptors(self) -> None:
        """What is no descriptor set, lacks imports, or has nothing to serve."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.binpb"

            def told(contents: bytes) -> str:
                file.write_bytes(contents)
                return self.refused("--descriptors", file, "--upstream", NOBODY, status=1)

            self.assertIn("x.binpb is no google.protobuf.FileDescriptorSet", told(b"\xff"))
            self.assertIn("the contracts have no services", told(b""))
            self.assertIn("--auto-map", told(interop().read_bytes()))

    def test_unknown_service(self) -> None:
        """A service that is to be served must be there."""
        said = self.refused(
            "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--service",
            "shelf.v1.Desk", status=1)
        self.assertIn("no methods of a service shelf.v1.Desk", said)

    def test_conflict(self) -> None:
        """Two methods of one path are named."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.binpb"
            file.write_bytes(compiled("""
                syntax = "proto3"; package a; import "google/api/annotations.proto";
                message M { string x = 1; }
                service S {
                  rpc One(M) returns (M) { option (google.api.http) = {get: "/v1/{x}"}; }
                  rpc Two(M) returns (M) { option (google.api.http) = {get: "/v1/{x=*}"}; }
                }"""))
            said = self.refused("--descriptors", file, "--upstream", NOBODY, status=1)
        self.assertIn("a.S/One", said)
        self.assertIn("a.S/Two", said)

    def test_no_reflection(self) -> None:
        """A server that does not say what it serves, and one that is not there."""
        upstream = Upstream(reflects=False)
        self.addCleanup(upstream.stop)
        said = self.refused("--reflect", "--upstream", upstream.target, status=1)
        self.assertIn("the server has no reflection", said)
        said = self.refused("--reflect", "--upstream", NOBODY, status=1)
        self.assertIn("reflection failed", said)

    def test_exposed_door(self) -> None:
        """Without TLS nobody from outside is let in."""
        said = self.refused(
            "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--listen", "0.0.0.0:0",
            status=1)
        self.assertIn("without TLS the REST door listens on loopback only", said)

    def test_addresses(self) -> None:
        """Where a door may be."""
        for address, prefix in (
                (":0", "http://127.0.0.1:"), ("localhost:0", "http://"),
                ("[::1]:0", "http://[::1]:")):
            bridge = Bridge(
                "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--listen", address)
            self.addCleanup(bridge.stop)
            self.assertTrue(bridge.address.startswith(prefix), bridge.address)
            self.assertEqual(bridge.curl.get("/healthz").status, 200)
        for address in ("::1:0", "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x"):
            said = self.refused(
                "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--listen", address)
            self.assertIn(f"--listen {address} is not host:port", said)

    def test_credentials_in_clear(self) -> None:
        """Whoever sends tokens over a network without TLS is told."""
        text = "calls go to another machine without TLS"
        for target, warned in (
                ("192.0.2.1:1", True), ("dns:///shelf.example:1", True), (NOBODY, False),
                ("unix:/nowhere", False), ("localhost:1", False),
                ("127.evil.example:1", True), ("localhost.evil.example:1", True),
                ("[::1]:1", False),
                ("ipv4:127.0.0.1:1,127.0.0.1:2", False), ("ipv4:127.0.0.1:1,192.0.2.1:2", True)):
            with Bridge("--descriptors", shelf().descriptors, "--upstream", target) as bridge:
                self.assertEqual(bool(bridge.logged(text)), warned, target)

    def test_taken_port(self) -> None:
        """A port that somebody has is named."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            said = self.refused(
                "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--listen",
                f"127.0.0.1:{port}", status=1)
        self.assertIn(str(port), said)


class Mappings(unittest.TestCase):
    """What is mapped beside the rules, and how strictly."""

    def setUp(self) -> None:
        """A server."""
        self.upstream = Upstream()
        self.addCleanup(self.upstream.stop)

    def bridge(self, *arguments: str | Path) -> Bridge:
        """A bridge to it."""
        made = Bridge("--upstream", self.upstream.target, *arguments)
        self.addCleanup(made.stop)
        return made

    def test_auto_map(self) -> None:
        """A method without a rule has the path that gRPC has for it."""
        bridge = self.bridge("--descriptors", shelf().descriptors, "--auto-map")
        answer = bridge.curl.post("/shelf.v1.Shelf/Hidden", {"text": "x"})
        self.assertEqual((answer.status, answer.json()["text"]), (200, "x"))
        self.assertEqual(bridge.curl.get("/v1/mirror?text=y").json()["text"], "y")

    def test_lenient(self) -> None:
        """What nobody knows is ignored, and named."""
        bridge = self.bridge("--descriptors", shelf().descriptors, "--lenient")
        answer = bridge.curl.get("/v1/mirror?text=y&page=3")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.header("artel-ignored-fields"), "page")
        answer = bridge.curl.post("/v1/mirror", {"text": "x", "colour": 1})
        self.assertEqual(answer.json()["text"], "x")
        self.assertEqual(answer.header("artel-ignored-fields"), "colour")

    def test_rules(self) -> None:
        """Rules from a service configuration go before those of the contract."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"type": "google.api.Service", "http": {"rules": [
                {"selector": "shelf.v1.Shelf.Hidden", "get": "/v9/hidden/{text}"},
                {"selector": "shelf.v1.Shelf.Mirror", "get": "/v9/mirror"}]}}, file)
            file.flush()
            bridge = self.bridge("--descriptors", shelf().descriptors, "--rules", file.name)
            self.assertEqual(bridge.curl.get("/v9/hidden/x").json()["text"], "x")
            self.assertEqual(bridge.curl.get("/v9/mirror").status, 200)
            self.assertEqual(bridge.curl.get("/v1/mirror").status, 404)
            self.assertEqual(bridge.curl.get("/v1/shelves/1/books").status, 200)
            file.seek(0)
            file.truncate()
            file.write("no rules")
            file.flush()
            bridge.reload()
            bridge.wait_for("the new contracts are not served")
            self.assertEqual(bridge.curl.get("/v9/mirror").status, 200)

    def test_what_is_not_spoken(self) -> None:
        """A type that is not spoken is left out with what needs it; the rest is served."""
        with tempfile.NamedTemporaryFile(suffix=".binpb") as file:
            file.write(compiled("""
                syntax = "proto2"; package shelf.v1; import "google/api/annotations.proto";
                message MirrorRequest { optional string text = 1; }
                message MirrorResponse { optional string text = 1; }
                message Old { optional group G = 1 { optional string x = 1; } }
                service Shelf {
                  rpc Mirror(MirrorRequest) returns (MirrorResponse) {
                    option (google.api.http) = {get: "/v1/mirror"}; }
                  rpc Fail(Old) returns (Old) { option (google.api.http) = {get: "/v1/old"}; }
                }"""))
            file.flush()
            bridge = self.bridge("--descriptors", file.name)
            self.assertEqual(bridge.curl.get("/v1/mirror?text=a").json()["text"], "a")
            self.assertEqual(bridge.curl.get("/v1/old").status, 404)
            self.assertTrue(bridge.logged("left out"))

    def test_services(self) -> None:
        """Only the services that are named are served; two sets are one."""
        bridge = self.bridge(
            "--descriptors", shelf().descriptors, "--descriptors", interop(), "--service",
            "shelf.v1.Shelf", "--auto-map")
        self.assertEqual(bridge.ready["services"], ["shelf.v1.Shelf"])
        self.assertEqual(bridge.curl.post("/grpc.testing.TestService/EmptyCall", {}).status, 404)
        self.assertEqual(bridge.curl.get("/v1/mirror").status, 200)


class Ends(unittest.TestCase):
    """SIGTERM."""

    def setUp(self) -> None:
        """A server and a bridge to it."""
        self.upstream = Upstream()
        self.addCleanup(self.upstream.stop)
        self.bridge = Bridge("--reflect", "--upstream", self.upstream.target, "--grace", "5")
        self.addCleanup(self.bridge.stop)

    def test_running_request(self) -> None:
        """A request that runs has its answer; then the process ends with 0."""
        command = self.bridge.curl.command(
            "GET", "/v1/wait?id=end", headers={"x-server-timeout": "1.5"})
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            while "end" not in self.upstream.shelf.began:
                time.sleep(0.01)
            self.bridge.process.send(signal.SIGTERM)
            assert child.stdout is not None
            answer = json.loads(child.stdout.read())
        self.assertEqual(answer["error"]["status"], "DEADLINE_EXCEEDED")
        self.assertEqual(self.bridge.process.wait(20), 0)

    def test_idle(self) -> None:
        """A bridge without requests ends at once, by either signal."""
        began = time.monotonic()
        self.bridge.process.send(signal.SIGINT)
        self.assertEqual(self.bridge.process.wait(20), 0)
        self.assertLess(time.monotonic() - began, 4)


class Secured(unittest.TestCase):
    """TLS on both sides."""

    def test_both_sides(self) -> None:
        """The door has a certificate; the upstream has one, and asks for ours."""
        import grpc

        files = authority()
        pair = (files.server.key.read_bytes(), files.server.certificate.read_bytes())
        upstream = Upstream(credentials=grpc.ssl_server_credentials(
            [pair], files.roots.read_bytes(), require_client_auth=True))
        self.addCleanup(upstream.stop)
        tls: tuple[str | Path, ...] = (
            "--upstream", f"localhost:{upstream.port}", "--upstream-roots", files.roots,
            "--upstream-server-name", "localhost")
        own = (
            "--upstream-certificate", files.client.certificate, "--upstream-key", files.client.key)
        door = ("--tls-certificate", files.server.certificate, "--tls-key", files.server.key)
        bridge = Bridge("--reflect", *tls, *own, *door, authority=files.roots)
        self.addCleanup(bridge.stop)
        self.assertTrue(bridge.address.startswith("https://"))
        self.assertEqual(bridge.curl.get("/v1/shelves/1/books").status, 200)
        ended = run("--reflect", *tls, "--listen", "127.0.0.1:0")
        self.assertEqual(ended.returncode, 1, "without a certificate of ours")

    def test_lent_identity(self) -> None:
        """Strangers get the bridge's identity only where somebody has said that it is nobody's."""
        files = authority()
        own: tuple[str | Path, ...] = (
            "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--upstream-roots",
            files.roots, "--upstream-certificate", files.client.certificate, "--upstream-key",
            files.client.key)
        door = ("--tls-certificate", files.server.certificate, "--tls-key", files.server.key)
        flag = "--upstream-identity-is-transport-only"
        for address in ("0.0.0.0:0", "[::]:0", "127.evil.example:0", "shelf.example:0"):
            ended = run(*own, *door, "--listen", address)
            self.assertEqual(ended.returncode, 78, ended.stderr)
            self.assertIn(flag, ended.stderr)
        text = "in the name of the bridge's certificate"
        for address, more in (("127.0.0.1:0", ()), ("localhost:0", ()), ("0.0.0.0:0", (flag,))):
            with Bridge(*own, *door, "--listen", address, *more, authority=files.roots) as bridge:
                self.assertTrue(bridge.logged(text), address)
        with Bridge(*own[:6], *door, "--listen", "0.0.0.0:0", authority=files.roots) as bridge:
            self.assertFalse(bridge.logged(text))

    def test_bad_certificate(self) -> None:
        """A certificate that is none is said before the door opens."""
        with tempfile.NamedTemporaryFile() as file:
            ended = run(
                "--descriptors", shelf().descriptors, "--upstream", NOBODY, "--tls-certificate",
                file.name, "--tls-key", file.name)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("certificate or key is not valid", ended.stderr)


