"""What the tests of the bridge have in common: one server of the shelf, and one bridge to it."""

from __future__ import annotations

import functools
import itertools
import unittest
from typing import Any

from bridge import Bridge
from browser import Pages
from contract import shelf
from curl import Response
from upstream import Upstream

_numbers = itertools.count(1)


@functools.cache
def upstream() -> Upstream:
    """The server that tests share."""
    return Upstream()


@functools.cache
def pages() -> Pages:
    """The server of pages that a browser opens; by its address they may call, by its name not."""
    return Pages()


@functools.cache
def bridge() -> Bridge:
    """The bridge that tests share: strict, by a file of descriptors."""
    return Bridge(
        "--descriptors", shelf().descriptors, "--upstream", upstream().target, "--refresh", "0",
        "--cors-origin", pages().origin)


class BridgeCase(unittest.TestCase):
    """Tests on the shared bridge."""

    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        """Finds both, or starts them."""
        cls.upstream = upstream()
        cls.bridge = bridge()
        cls.curl = cls.bridge.curl

    def tearDown(self) -> None:
        """Whatever a test did, the bridge lives and answers others."""
        self.assertTrue(self.bridge.alive, self.bridge.process.log_text())

    def new_name(self, shelf_id: str = "7") -> str:
        """The name of a book that no other test has."""
        return f"shelves/{shelf_id}/books/b{next(_numbers)}"

    def new_book(self, **more: Any) -> str:
        """A book, by its name."""
        name = self.new_name()
        parent, _, identifier = name.partition("/books/")
        answer = self.curl.post(f"/v1/{parent}/books?bookId={identifier}", {"title": "T"} | more)
        self.assertIn(answer.status, (200, 201), answer.body)
        return name

    def assert_error(self, answer: Response, code: int, status: str, *fields: str) -> Any:
        """An AIP-193 error, with violations of these fields; returns it."""
        self.assertEqual(answer.status, code, answer.body)
        self.assertEqual(answer.header("content-type"), "application/json")
        error = answer.json()["error"]
        self.assertEqual((error["code"], error["status"]), (code, status))
        found = [
            one["field"] for detail in error["details"]
            for one in detail.get("fieldViolations", [])]
        self.assertEqual(found, list(fields), error)
        return error
