"""The page at /docs, opened once for the tests of a class."""

from __future__ import annotations

import unittest
from typing import ClassVar

from page import Page
from test_bridge import bridge


class Reading(unittest.TestCase):
    """A page that is open, and what a reader does with it."""

    maxDiff = None
    page: ClassVar[Page]

    @classmethod
    def setUpClass(cls) -> None:
        """Opens the page once."""
        cls.page = Page(bridge().address + "/docs")
        cls.addClassCleanup(cls.page.close)

    def open(self, name: str) -> None:
        """Goes to an operation."""
        self.page.run(f"location.hash = '#{name}'")
        self.page.until(f"document.title.startsWith('{name} ')")

    def send(self) -> str:
        """Sends what the form has, and waits for the answer's end; returns its body."""
        self.page.run("byId('answer').dataset.done = ''; byId('send').click()")
        self.page.until("byId('answer').dataset.done === '1'")
        text: str = self.page.run("byId('answer').querySelector('.answer')?.textContent || ''")
        return text

    @property
    def status(self) -> str:
        """The status of the answer that is shown."""
        text: str = self.page.run("byId('answer').querySelector('.status').textContent")
        return text

    def press(self, key: str, target: str = "document.body") -> None:
        """Presses a key."""
        self.page.run(
            f"{target}.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: '{key}', bubbles: true, cancelable: true}}))")

    def tearDown(self) -> None:
        """Nothing that a test does makes the page complain, but of failed requests."""
        serious = [one for one in self.page.complaints if "status of 4" not in one]
        self.assertEqual(serious, [])
