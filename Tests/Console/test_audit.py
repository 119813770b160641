"""The audit with its proofs, limits, breakers and objectives, by answers that a test has made."""

from __future__ import annotations

import json
import unittest
from typing import Any

import doubles
import environment  # noqa: F401 (it sets the path of what follows)
from case import Console, ConsoleCase, names
from tenancy import Tenancy
from vectors import ENTRY


class AuditTests(ConsoleCase):
    """One tenant, whose log is that of the vectors."""

    tenancy: Tenancy

    @classmethod
    def setUpClass(cls) -> None:
        """Makes the tenant."""
        cls.tenancy = Tenancy()

    def console(self, answers: dict[str, Any]) -> Console:
        """A console that was signed in to, whose new methods answer so."""
        console = self.open(self.tenancy)
        console.command(
            "Page.addScriptToEvaluateOnNewDocument", source=doubles.script(answers))
        console.go(f"https://{self.tenancy.host}/console")
        console.sign_in()
        return console

    def states(self, console: Console) -> dict[str, str]:
        """How each step of the proof ended."""
        return dict(console.run(
            "[...document.querySelectorAll('section li')].map((one) =>"
            " [one.textContent.split(': ')[1], one.className])"))

    def test_proof(self) -> None:
        """finds entries by what is asked, and proves one by itself; says so where anything is
        not what was signed"""
        console = self.console(doubles.audit())
        console.press("Audit", "nav a")
        console.heading("Audit")
        console.has("ClientService/CreateClient"[-12:], "tbody")
        console.press("Filter", "summary")
        console.fill("Who", "users/artel:x")
        console.press("Filter", "form button")
        console.until("window.asked.some(([id,, query]) => id.endsWith('ListAuditEntries') &&"
                      " query === '?actor=users%2Fartel%3Ax')")
        # Where it is, it is again after a reload: the filter stands in the address.
        self.assertIn("actor", console.run("location.hash"))
        console.press("CreateClient", "tbody a")
        console.heading("CreateClient")
        console.has("203.0.113.7", "dl")
        console.press("Prove this entry")
        console.has("The entry is proved.")
        self.assertEqual(set(self.states(console).values()), {"good"})
        self.assertEqual(len(self.states(console)), 4)
        # A second time it also compares with what it saw before.
        console.press("Prove this entry")
        console.until("document.querySelectorAll('section li').length === 6")
        console.run(
            "answers.AuditService_GetAuditEntry.actor = 'somebody else'; location.hash = '#audit'")
        console.heading("Audit")
        console.press("CreateClient", "tbody a")
        console.has("somebody else")
        console.press("Prove this entry")
        console.has("The proof fails.")
        self.assertEqual(
            [step for step, state in self.states(console).items() if state == "bad"],
            ["the entry is the one of which the log has the hash",
             "the entry's hash leads to the checkpoint's root"])
        console.run(
            f"answers.AuditService_GetAuditEntry = {json.dumps(ENTRY)};"
            "answers.AuditService_GetCheckpoint.note ="
            " answers.AuditService_GetCheckpoint.note.replace('\\n5\\n', '\\n6\\n');"
            "location.hash = '#audit'")
        console.heading("Audit")
        console.press("CreateClient", "tbody a")
        console.heading("CreateClient")
        console.press("Prove this entry")
        console.has("The proof fails.")
        self.assertEqual(
            self.states(console)["the log's newest checkpoint is signed by the platform's key"],
            "bad")
        self.quiet(console)

    def test_operations(self) -> None:
        """shows usage, objectives and breakers, and resets one that is open"""
        console = self.console(doubles.operations() | doubles.audit())
        for place in ("#audit", "#limits", "#breakers", "#objectives"):
            self.assertIn(place, names(console))
        console.visit("#limits")
        console.has("daily-calls", "tbody")
        console.visit("#objectives")
        console.has("critical-availability", "tbody")
        console.has("30 days", "tbody")
        console.visit("#breakers")
        console.has("shut off", "tbody")
        self.assertEqual(console.run("document.querySelectorAll('tbody button').length"), 1)
        console.press("Reset the breaker")
        console.until("window.asked.some(([id, path]) => id.endsWith('ResetBreaker') &&"
                      " path === '/v1/breakers/lifts.open:reset')")
        console.has("Reset the breaker: done.", "#notice")


if __name__ == "__main__":
    unittest.main()
