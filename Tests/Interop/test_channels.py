"""What a channel does before and between calls: readiness, addresses, balancing, retries."""

import json
import socket
import tempfile
import threading
from pathlib import Path

import grpc

from case import InteropCase
from probe import BIDIRECTIONAL, KINDS, SERVER_STREAM, UNARY, new_id
from server import Server


def _service_config(**more: object) -> str:
    return json.dumps(more)


def _retries(attempts: int) -> str:
    return _service_config(methodConfig=[{
        "name": [{"service": "artel.interop.Probe"}],
        "retryPolicy": {
            "maxAttempts": attempts, "initialBackoff": "0.01s", "maxBackoff": "0.05s",
            "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"],
        },
    }])


class Channels(InteropCase):
    """grpcio's channels over our servers."""

    def test_wait_for_ready(self) -> None:
        """serves calls that waited for the server to start"""
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            port = held.getsockname()[1]
            channel = self.connect(
                f"127.0.0.1:{port}", initial_reconnect_backoff_ms=100,
                min_reconnect_backoff_ms=100, max_reconnect_backoff_ms=200)
            self.assertEqual(
                UNARY.run(channel, timeout=5).code, grpc.StatusCode.UNAVAILABLE)
            waiting = [
                (kind, kind.start(channel, timeout=30, wait_for_ready=True)) for kind in KINDS]
        with Server("--port", str(port)):
            for kind, call in waiting:
                with self.subTest(kind=kind):
                    self.assertEqual(kind.finish(call).code, grpc.StatusCode.OK)
            # An idle channel of grpcio hears of a server's end only every five seconds.
            channel.close()

    def test_unix_socket(self) -> None:
        """serves every kind of call on a Unix socket, and removes it at the end"""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "door"
            with Server("--unix", path):
                channel = self.connect(f"unix:{path}")
                for kind in KINDS:
                    with self.subTest(kind=kind):
                        self.assertEqual(kind.run(channel).code, grpc.StatusCode.OK)
                channel.close()
            self.assertFalse(path.exists())

    def test_round_robin(self) -> None:
        """spreads calls over several servers, and goes on without one that ends"""
        servers = [Server(), Server(), Server()]
        for server in servers:
            self.addCleanup(server.stop)  # Behind the channel's end: what comes last goes first.
        channel = self.connect(
            "ipv4:" + ",".join(server.target for server in servers),
            service_config=_service_config(loadBalancingConfig=[{"round_robin": {}}]))
        expected = {str(server.pid) for server in servers}
        self.assertEqual(self.answering(channel, until=expected), expected)
        servers.pop().kill()
        expected = {str(server.pid) for server in servers}
        # Calls on the connection that is lost may fail; later ones do not.
        for _ in range(50):
            if UNARY.run(channel).code == grpc.StatusCode.OK:
                break
        answering = [self.pid(UNARY.run(channel)) for _ in range(20)]
        self.assertEqual(set(answering), expected)

    def answering(self, channel: grpc.Channel, until: set[str]) -> set[str]:
        """The servers that answer; connections come one after the other."""
        seen: set[str] = set()
        for _ in range(2000):
            seen.add(self.pid(UNARY.run(channel)))
            if seen == until:
                break
        return seen

    def pid(self, ended: object) -> str:
        """Who answered."""
        self.assertEqual(ended.code, grpc.StatusCode.OK, ended.message)
        return str(ended.all("probe-pid")[0])

    def test_retries(self) -> None:
        """succeeds at the third attempt of a server that fails twice, on every kind"""
        channel = self.connect(self.server.target, service_config=_retries(4))
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(
                    channel, metadata=(("probe-key", new_id()), ("probe-failures", "2")))
                self.assertEqual(ended.code, grpc.StatusCode.OK, ended.message)
                self.assertTrue(ended.messages)

    def test_retries_end(self) -> None:
        """gives the failure when the attempts are used up"""
        channel = self.connect(self.server.target, service_config=_retries(2))
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(
                    channel, metadata=(("probe-key", new_id()), ("probe-failures", "50")))
                self.assertEqual(ended.code, grpc.StatusCode.UNAVAILABLE)

    def test_drain(self) -> None:
        """lets running calls end when the server is told to stop, and accepts no new ones"""
        server = Server()
        channel = self.connect(server.target, enable_retries=0)
        release = threading.Event()

        def requests():
            yield b"one"
            release.wait(20)
            yield b"two"

        call = BIDIRECTIONAL.start(channel, requests(), timeout=30)
        self.assertEqual(next(call), b"one")
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        # GOAWAY is behind what the stream gave; a new connection is refused.
        while UNARY.run(channel, timeout=5).code == grpc.StatusCode.OK:
            pass
        release.set()
        self.assertEqual(list(call), [b"two"])
        self.assertEqual(call.code(), grpc.StatusCode.OK)
        stopping.join(30)
        self.assertFalse(server.alive)

    def test_flow_control(self) -> None:
        """holds a stream whose client does not read, without memory for it"""
        before = self.server.memory()
        call = SERVER_STREAM.start(
            self.channel, timeout=60,
            metadata=(("probe-count", "4000"), ("probe-size", str(1 << 16))))
        next(call)
        # While nobody reads, others are served and nothing grows.
        other = self.connect(self.server.target)
        for _ in range(200):
            self.assertEqual(UNARY.run(other).code, grpc.StatusCode.OK)
        self.assertLess(self.server.memory() - before, 64 << 20)
        self.assertEqual(sum(len(message) for message in call), 3999 << 16)
