"""Partners that are broken are left alone; what is open to one tenant is closed to nobody else."""

from __future__ import annotations

import unittest
from typing import Any

from case import SystemCase
from covers import covers
from credentials import Credentials
from curl import Curl
from stack.artel import Doors
from stack.tenants import ALPHA, BETA
from stack.wait import until


class BreakerTests(SystemCase):
    """On a process of its own, whose breakers open as they do by default."""

    @classmethod
    def connect(cls) -> None:
        """Starts the process."""
        cls.server = cls.stack.artel.serve(Doors(tls=False, more={
            "ARTEL_BREAKER_FAILURES": "5", "ARTEL_BREAKER_PAUSE_SECONDS": "2"}), "breakers")
        cls.addClassCleanup(cls.server.stop)
        cls.rest = Curl(cls.server.rest)

    def setUp(self) -> None:
        """Moves two people in, at two tenants with a partner each; ends all faults in the end."""
        self.addCleanup(self.stack.partners.fault, "none")
        self.anna, self.boris = self.move_in(), self.move_in(BETA)
        credentials = Credentials(self.stack, self.anna, self.boris)
        self.administrator = {
            tenant.name: credentials.signed_in(tenant.name) for tenant in (ALPHA, BETA)}

    def breakers(self, tenant: str) -> dict[str, dict[str, Any]]:
        """A tenant's breakers of this process, by name."""
        answer = self.rest.get("/v1/breakers", self.administrator[tenant])
        self.assertEqual(answer.status, 200, answer.body)
        message = answer.json()
        self.assertTrue(message["process"])
        for breaker in message.get("breakers", []):
            self.assertEqual(breaker["process"], message["process"])
        return {breaker["name"]: breaker for breaker in message.get("breakers", [])}

    def break_alpha(self) -> str:
        """Has alpha's partner fail until its breaker is open; returns the breaker's name."""
        self.anna.fault("error500", on="open")
        # Each command is sent three times at most.
        for _ in range(2):
            self.assert_error(self.open(self.anna), 503, "UNAVAILABLE")
        return f"breakers/{ALPHA.partner}.open"

    def sent(self) -> int:
        """How many requests the partners have had."""
        return len(self.stack.partners.control.get("/control/state")["requests"])

    @covers("S-F5", "S-F6", "A33", "B30", "A27")
    def test_a_broken_partner_is_left_alone(self) -> None:
        """refuses at once with Retry-After, sends nothing, keeps no command, leaves the other
        tenant's partner untouched, and closes again by the first call that succeeds"""
        name = self.break_alpha()
        before = self.sent()
        refused = self.open(self.anna)
        self.assert_error(refused, 503, "UNAVAILABLE", "PARTNER_UNAVAILABLE")
        self.assertGreaterEqual(int(refused.header("retry-after") or 0), 1)
        self.assertEqual(self.sent(), before)
        breaker = self.breakers(ALPHA.name)[name]
        self.assertEqual((breaker["state"], breaker["partner"]), (
            "OPEN", f"partners/{ALPHA.partner}"))
        self.assertGreaterEqual(int(breaker["failures"]), 5)
        # The other partner speaks XML besides.
        self.assertEqual(self.open(self.boris).status, 200)
        self.assertEqual(self.anna.openings, 0)
        other = self.breakers(BETA.name)[f"breakers/{BETA.partner}.open"]
        self.assertEqual(other["state"], "CLOSED")
        self.stack.partners.fault("none")
        until("the partner is tried again", lambda: self.open(self.anna).status == 200, 20)
        self.assertEqual(self.breakers(ALPHA.name)[name]["state"], "CLOSED")

    @covers("S-F5")
    def test_an_administrator_closes_a_breaker(self) -> None:
        """resets a breaker for the tenant's administrator after a step-up, for nobody else's"""
        name = self.break_alpha()
        self.stack.partners.fault("none")
        foreign = self.rest.post(f"/v1/{name}:reset", {}, self.administrator[BETA.name])
        self.assert_error(foreign, 404, "NOT_FOUND")
        reset = self.rest.post(f"/v1/{name}:reset", {}, self.administrator[ALPHA.name])
        self.assertEqual((reset.status, reset.json().get("state")), (200, "CLOSED"), reset.body)
        self.assertEqual(self.open(self.anna).status, 200)
        entries = self.stack.cluster.query(
            f"SELECT count(*) FROM artel.audit_entry WHERE resource = '{name}'"
            " AND action = 'artel.operations.v1.BreakerService/ResetBreaker'")
        self.assertEqual(str(entries[0][0]), "1")


if __name__ == "__main__":
    unittest.main()
