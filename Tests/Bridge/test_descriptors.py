"""The bridge where a process may open few files."""

from __future__ import annotations

import resource
import socket
import unittest

from bridge import Bridge
from case import upstream
from contract import shelf


class Descriptors(unittest.TestCase):
    """As many connections as the door is to have."""

    def test_soft_limit(self) -> None:
        """raises its soft limit, which most systems set far below the hard one"""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < 1024 or hard < 2048:
            self.skipTest("this machine has no descriptors to give")
        target = upstream().target
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        try:
            bridge = Bridge("--descriptors", shelf().descriptors, "--upstream", target)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        self.addCleanup(bridge.stop)
        connections = []
        for _ in range(400):
            connection = socket.create_connection(("127.0.0.1", bridge.port), 10)
            self.addCleanup(connection.close)
            connections.append(connection)
        for connection in connections:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 200"))
