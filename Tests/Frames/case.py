"""What the tests with frames have in common."""

from __future__ import annotations

import functools
import unittest

from doors import PLAIN, Door
from environment import Server
from wire import Wire


@functools.cache
def shared(door: Door) -> Server:
    """The server of tests that do not break it."""
    return door.serve()


class FramesCase(unittest.TestCase):
    """Tests by frames on a server, with somebody else beside them."""

    maxDiff = None
    door: Door = PLAIN

    def setUp(self) -> None:
        """Finds the server, and connects somebody who does nothing wrong."""
        self.server = shared(self.door)
        self.other = self.connect()
        self.assertTrue(self.other.answers())

    def tearDown(self) -> None:
        """The server lives, and whoever was connected before goes on, as do those who come."""
        self.assertTrue(self.server.alive, self.server.log)
        self.assertTrue(self.other.answers(), "a connection beside it is broken")
        self.assertTrue(self.connect().answers(), "a new connection is not served")

    def serve(self) -> Server:
        """A server of this test's own; it ends behind the connections that are made to it, and so
        has nothing to wait for."""
        server = self.door.serve()
        self.addCleanup(server.stop)
        return server

    def connect(self, server: Server | None = None, begin: bool = True) -> Wire:
        """A connection that ends with the test."""
        wire = self.door.connect(server or self.server, begin)
        self.addCleanup(wire.close)
        return wire


def at_both_doors(module: dict[str, object]) -> None:
    """Gives each class of tests of a module a twin whose door has TLS."""
    from doors import SECURE

    for name, kind in list(module.items()):
        if isinstance(kind, type) and issubclass(kind, FramesCase) and kind is not FramesCase:
            module[f"{name}OverTLS"] = type(
                f"{name}OverTLS", (kind,), {"door": SECURE, "__module__": kind.__module__})
