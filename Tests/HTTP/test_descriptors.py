"""A process without descriptors for all who come."""

import os
import resource
import time
import unittest

from case import get
from server import Server, covers
from wire import Wire


class Descriptors(unittest.TestCase):
    """What many connections do to a door whose process may open few files."""

    def processor_time(self, server: Server) -> float:
        """Seconds that the process has worked."""
        with open(f"/proc/{server.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @covers("S-F9")
    def test_more_than_descriptors(self) -> None:
        """lets those wait who are too many, serves the others, and does not work for it"""
        server = Server()
        self.addCleanup(server.stop)
        # It has room for its limit of connections: now there is none.
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (100, 100))
        other = Wire(server.port)
        self.addCleanup(other.close)
        self.assertEqual(other.ask(get()).status, 200)
        wires = [Wire(server.port) for _ in range(200)]
        for wire in wires:
            self.addCleanup(wire.close)
        self.assertEqual(other.ask(get()).status, 200)
        time.sleep(0.5)
        before = self.processor_time(server)
        time.sleep(2)
        self.assertLess(self.processor_time(server) - before, 0.5)
        self.assertEqual(other.ask(get()).status, 200)
        for wire in wires:
            wire.close()
        self.assertTrue(server.answers())
