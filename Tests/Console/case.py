"""The console in a headless browser, as an administrator uses it."""

from __future__ import annotations

import json
import time
import unittest
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import environment
from page import Page
from tenancy import PASSWORD, Tenancy, code


class Console(Page):
    """A browser at a tenant's console, for which every tenant's host is here."""

    def __init__(self, tenancy: Tenancy, place: str = "", *options: str) -> None:
        """Opens it."""
        port = urlsplit(environment.stack().server.rest).port
        self.tenancy = tenancy
        super().__init__(
            f"https://{tenancy.host}/console{place}", "--ignore-certificate-errors",
            "--lang=en-US", f"--host-resolver-rules=MAP *.artel.localhost 127.0.0.1:{port}",
            *options)

    # --- What stands there ----------------------------------------------------------------------

    def heading(self, text: str) -> None:
        """Waits for a screen."""
        self.until(f"document.querySelector('h1')?.textContent.trim() === {json.dumps(text)}")

    def text(self, selector: str = "main") -> str:
        """What stands in an element."""
        return str(self.run(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''"))

    def has(self, text: str, selector: str = "body") -> None:
        """Waits for a text."""
        self.until(
            f"(document.querySelector({json.dumps(selector)})?.textContent ?? '')"
            f".includes({json.dumps(text)})")

    def until(self, script: str, seconds: float = 20) -> Any:
        """Waits until an expression is true; says what stands there where it never is."""
        end = time.monotonic() + seconds
        try:
            while True:
                try:
                    return super().until(script, seconds)
                except AssertionError as error:
                    # It is on its way to another document.
                    if "navigated or closed" not in str(error) or time.monotonic() > end:
                        raise
        except AssertionError as error:
            place = self.run("location.href + ' ' + (document.body?.innerText ?? '')")
            raise AssertionError(f"{error}\n{place}\n{self.complaints[-5:]}") from None

    # --- What its reader does -------------------------------------------------------------------

    def go(self, url: str) -> None:
        """Opens another document, which may send the browser on."""
        self._call("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def visit(self, place: str) -> None:
        """Goes to a screen."""
        self.run(f"location.hash = {json.dumps(place)}")

    def press(self, text: str, selector: str = "button, a") -> None:
        """Presses what has these words on it, in the dialogue where there is one."""
        found = (
            "[...(document.querySelector('dialog[open]') || document)"
            f".querySelectorAll({json.dumps(selector)})].find((one) =>"
            f" one.textContent.trim() === {json.dumps(text)} && !one.disabled)")
        self.until(f"Boolean({found})")
        self._call("Runtime.evaluate", expression=f"{found}.click()", userGesture=True)

    def fill(self, label: str, value: str | bool) -> None:
        """Fills in the field that is called so."""
        field = (
            "[...(document.querySelector('dialog[open]') || document).querySelectorAll('label')]"
            f".find((one) => one.textContent.trim().replace(' (optional)', '') ==="
            f" {json.dumps(label)})?.control")
        self.until(f"Boolean({field})")
        if isinstance(value, bool):
            self.run(f"if ({field}.checked !== {json.dumps(value)}) {field}.click()")
        else:
            self.run(
                f"(() => {{ const one = {field}; one.focus(); one.value = {json.dumps(value)};"
                " one.dispatchEvent(new Event('input', {bubbles: true})); })()")

    # --- Signing in -----------------------------------------------------------------------------

    def sign_in(self, proof: str = "") -> None:
        """Signs in from the first page to the overview."""
        self.heading("Sign in to the console")
        self.press("Sign in")
        self.prove(proof)
        self.heading("Overview")

    def prove(self, proof: str = "") -> None:
        """Goes through the page of signing in; by a recovery code where no proof is given."""
        self.until("location.pathname === '/sign-in'")
        self.until("document.getElementById('title')?.textContent === 'Sign in'")
        self._answer(self.tenancy.login)
        self.until("document.getElementById('field')?.type === 'password'")
        self._answer(PASSWORD)
        self.until("document.getElementById('title')?.textContent === 'Confirm that it is you'")
        if not proof:
            self.run("[...document.querySelectorAll('button.plain')].find((one) =>"
                     " one.textContent === 'Use a recovery code').click()")
        self._answer(proof or self.tenancy.recovery())

    def _answer(self, text: str) -> None:
        self.until("document.getElementById('field') !== null")
        self.run(
            f"document.getElementById('field').value = {json.dumps(text)};"
            "document.querySelector('button.primary').click()")

    # --- Another window -------------------------------------------------------------------------

    def in_window(self, work: Callable[[], None]) -> None:
        """Does something in the window that the console has opened."""
        mine = self._session
        known = getattr(self, "_known", set())

        def windows() -> list[str]:
            found = self._call("Target.getTargets")["targetInfos"]
            return [one["targetId"] for one in found
                    if one["type"] == "page" and one["targetId"] not in known]

        own = self._call("Target.getTargetInfo")["targetInfo"]["targetId"]
        known.add(own)
        found: list[str] = []
        for _ in range(100):
            found = windows()
            if found:
                break
            self.run("new Promise((resolve) => setTimeout(resolve, 50))")
        self._known = known | set(found)
        self._session = self._call(
            "Target.attachToTarget", targetId=found[0], flatten=True)["sessionId"]
        try:
            self._call("Runtime.enable")
            work()
        finally:
            self._session = mine


class ConsoleCase(unittest.TestCase):
    """Tests in a browser of their own each."""

    maxDiff = None

    def open(self, tenancy: Tenancy, place: str = "", *options: str) -> Console:
        """Opens the console."""
        console = Console(tenancy, place, *options)
        self.addCleanup(console.close)
        return console

    def signed_in(self, tenancy: Tenancy, place: str = "", *options: str) -> Console:
        """Opens it, and signs in."""
        console = self.open(tenancy, place, *options)
        console.sign_in()
        return console

    def quiet(self, console: Console) -> None:
        """Requires that the browser has nothing to say against the page."""
        self.assertEqual([one for one in console.complaints if '"network"' not in one], [])


def names(console: Console) -> list[str]:
    """The screens of the navigation."""
    return list(console.run("[...document.querySelectorAll('nav a')].map((one) => one.hash)"))


__all__ = ["Any", "Console", "ConsoleCase", "Tenancy", "code", "names"]
