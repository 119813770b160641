"""What the tests over raw sockets have in common."""

from __future__ import annotations

import unittest

from server import Server, shared
from wire import Answer, Wire

RESIDENT = "/v1/complexes/c/residents/r"
VISITS = "/v1/complexes/c/visits"
LIST = "/v1/complexes/c/residents"


def get(path: str = RESIDENT, *fields: str, method: str = "GET") -> str:
    """A request without a body."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: a", *fields, "", ""])


def post(body: str, *fields: str, path: str = VISITS) -> str:
    """A request with a JSON body."""
    lines = [f"POST {path} HTTP/1.1", "Host: a", "Content-Type: application/json", *fields]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body])


class HTTPCase(unittest.TestCase):
    """Tests on the shared server, with somebody else beside them."""

    maxDiff = None
    server: Server

    def setUp(self) -> None:
        """Finds the server, and connects somebody who does nothing wrong."""
        self.server = shared()
        self.other = self.connect()
        self.assertEqual(self.other.ask(get()).status, 200)

    def tearDown(self) -> None:
        """The server lives, and whoever was connected before goes on, as do those who come."""
        self.assertTrue(self.server.alive, self.server.log)
        self.assertEqual(self.other.ask(get()).status, 200)
        self.assertTrue(self.server.answers())

    def connect(self, seconds: float = 10) -> Wire:
        """A connection that ends with the test."""
        wire = Wire(self.server.port, seconds)
        self.addCleanup(wire.close)
        return wire

    def refused(self, data: str | bytes, status: int = 400) -> Answer:
        """Sends what is wrong: it has one answer, and nothing behind it is read as a request."""
        wire = self.connect()
        answer = wire.ask(data)
        self.assertEqual(answer.status, status, data[:200])
        self.assertEqual(answer.headers.get("connection"), "close")
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
        self.assertEqual(answer.json()["error"]["code"], status)
        self.assertTrue(wire.ends(), data[:200])
        return answer
