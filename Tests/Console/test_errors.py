"""The console reports its own errors, and shows those of all apps."""

from __future__ import annotations

import unittest

import environment  # noqa: F401 (it sets the path of what follows)
from case import ConsoleCase
from covers import covers
from stack.wait import until
from tenancy import Tenancy


class ErrorTests(ConsoleCase):
    """A tenant whose console fails."""

    @covers("C96")
    def test_own_errors(self) -> None:
        """reports what nobody caught, and shows it to the administrator, who resolves it"""
        tenancy = Tenancy("Errors")
        console = self.signed_in(tenancy)
        console.visit("#overview")
        console.heading("Overview")
        console.run("setTimeout(() => { throw new RangeError('unit 17 of <b>42</b>'); }, 0)")
        where = (
            f"tenant_id = (SELECT tenant_id FROM artel.tenant WHERE name = '{tenancy.name}')")
        self.assertEqual(
            self.until_stored(
                tenancy, "SELECT title || '|' || app || '|' || state FROM "
                f"artel.client_error_group WHERE {where}"),
            f"RangeError: unit # of <b>#</b>|{tenancy.name}.console|UNRESOLVED")
        console.visit("#errors")
        console.heading("Errors of apps")
        console.has("RangeError: unit # of <b>#</b>", "tbody")
        console.has("happens", "tbody")
        console.press("RangeError: unit # of <b>#</b>")
        console.heading("RangeError: unit # of <b>#</b>")
        console.press("Resolve")
        console.press("Resolve", "form button")
        console.has("resolved", "main")
        self.assertEqual(
            self.until_stored(
                tenancy, "SELECT state FROM artel.client_error_group "
                f"WHERE state <> 'UNRESOLVED' AND {where}"), "RESOLVED")
        console.press("Open again")
        console.has("happens", "main")

    def until_stored(self, tenancy: Tenancy, query: str) -> str:
        """Waits for one row of one column."""
        rows = until("it is stored", lambda: tenancy.sql(query) or None, 30)
        assert rows is not None
        return str(rows[0][0])


if __name__ == "__main__":
    unittest.main()
