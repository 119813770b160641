"""What the tests with grpcio have in common."""

from __future__ import annotations

import atexit
import functools
import unittest

import grpc

from server import Server
from stubs import testing


@functools.cache
def shared() -> Server:
    """The server of tests that do not break it."""
    server = Server("--descriptors", testing().descriptors)
    atexit.register(lambda: server.alive or print(server.log))
    return server


class InteropCase(unittest.TestCase):
    """Tests on the shared server, with a channel for each test."""

    maxDiff = None
    server: Server

    @classmethod
    def setUpClass(cls) -> None:
        """Finds the server, or starts it."""
        cls.server = shared()

    def setUp(self) -> None:
        """Makes a channel."""
        self.channel = self.connect(self.server.target)

    def tearDown(self) -> None:
        """Whatever a test did, the server lives and answers others."""
        self.assertTrue(self.server.alive, self.server.log)

    def connect(self, target: str, **options: str | int) -> grpc.Channel:
        """A channel with a connection of its own; options by their names below `grpc.`."""
        pairs = [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_http_proxy", 0)]
        pairs += [(f"grpc.{name}", value) for name, value in options.items()]
        channel = grpc.insecure_channel(target, pairs)
        self.addCleanup(channel.close)
        return channel

    def assert_fails(self, code: grpc.StatusCode, call: object) -> grpc.RpcError:
        """Checks how a call ends; `call` makes it."""
        with self.assertRaises(grpc.RpcError) as caught:
            call()  # type: ignore[operator]
        self.assertEqual(caught.exception.code(), code, caught.exception.details())
        return caught.exception
