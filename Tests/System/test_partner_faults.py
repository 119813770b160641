"""Partners that refuse, break, are slow or are gone."""

from __future__ import annotations

import time
import unittest
from typing import Any

import environment
from case import ACCESS_POINTS, SystemCase
from covers import covers
from curl import Response
from residents import Resident
from stack.tenants import ALPHA
from stack.wait import until


class FaultCase(SystemCase):
    """What all of them look at."""

    def assert_failed(
        self, resident: Resident, response: Response, code: str, partner_code: str = ""
    ) -> None:
        """Checks that nothing opened, and that everybody is told so."""
        self.assert_error(response, 503, "UNAVAILABLE", "PARTNER_FAILED")
        metadata: dict[str, Any] = response.json()["error"]["details"][0]["metadata"]
        command = self.command(metadata["command"])
        self.assertEqual(command["state"], "FAILED")
        self.assertEqual(command["failure"]["code"], code)
        self.assertEqual(command["failure"].get("partnerCode", ""), partner_code)
        self.assertEqual(resident.openings, 0)
        self.assertEqual([e["result"] for e in self.journal(resident)], ["FAILED"])

    def assert_opened_once(self, resident: Resident, response: Response) -> None:
        """Checks that the door opened once, and that the command says so."""
        self.assertEqual(response.status, 200, response.body)
        self.state(response.json()["name"], "EXECUTED")
        until("the opening is journaled", lambda: len(self.journal(resident)) == 1)
        self.assertEqual(resident.openings, 1)


class PartnerFaultTests(FaultCase):
    """What callers get, what the command becomes, and how often the door opened."""

    def tearDown(self) -> None:
        """Ends all faults."""
        self.stack.partners.fault("none")

    @covers("B21", "B24")
    def test_a_refusal_fails_the_command(self) -> None:
        """answers 503 where the partner refuses, and keeps the partner's reason"""
        anna = self.move_in()
        anna.fault("refuse")
        self.assert_failed(anna, self.open(anna), "PARTNER_REFUSED", "command_refused")

    @covers("B21")
    def test_a_partner_that_breaks_fails_the_command(self) -> None:
        """answers 503 where the partner answers 500 and says that it never took the command"""
        anna = self.move_in()
        anna.fault("error500")
        self.assert_failed(anna, self.open(anna), "PARTNER_ERROR", "http_500")

    @covers("B21")
    def test_one_error_of_the_partner_is_overcome(self) -> None:
        """asks again after one 500: the door opens once"""
        anna = self.move_in()
        anna.fault("error500", times=1)
        self.assert_opened_once(anna, self.open(anna))

    @covers("S-G7")
    def test_an_effect_without_an_answer_is_found(self) -> None:
        """asks about a command whose answer was lost behind its effect: opened once, not again"""
        anna = self.move_in()
        anna.fault("die_after_effect", times=1)
        self.assert_opened_once(anna, self.open(anna))

    @covers("S-G7")
    def test_a_lost_request_is_sent_again(self) -> None:
        """sends a command again that the partner never saw, under the same key: opened once"""
        anna = self.move_in()
        anna.fault("drop_before_effect", times=1)
        self.assert_opened_once(anna, self.open(anna))

    @covers("B21")
    def test_a_partner_that_drops_everything_fails_the_command(self) -> None:
        """answers 503 where the partner breaks off each request before it took it"""
        anna = self.move_in()
        anna.fault("drop_before_effect")
        self.assert_failed(anna, self.open(anna), "PARTNER_UNREACHABLE")

    @covers("B21", "S-F7")
    def test_a_callers_deadline_is_kept(self) -> None:
        """answers DEADLINE_EXCEEDED at the caller's deadline, and finishes the command behind it"""
        anna = self.move_in()
        anna.fault("slow", seconds=3, times=1)
        begin = time.monotonic()
        answer = self.grpc().call(
            f"{ACCESS_POINTS}/OpenAccessPoint", anna.wish(), anna.token(), timeout=1)
        self.assertEqual(answer.code, "DEADLINE_EXCEEDED", answer)
        self.assertLess(time.monotonic() - begin, 2.5)
        self.state(self.only_command(anna), "EXECUTED")
        self.assertEqual(anna.openings, 1)

    @covers("B21")
    def test_a_partner_that_says_nothing_times_the_command_out(self) -> None:
        """answers 504 where the partner is silent beyond the command's deadline; a late report of
        the device makes it EXECUTED"""
        anna = self.move_in()
        anna.fault("slow", on="open", seconds=20)
        # A question names no device.
        self.stack.partners.fault("slow", partner=ALPHA.partner, on="status", seconds=20)
        response = self.open(anna)
        self.assert_error(response, 504, "DEADLINE_EXCEEDED", "PARTNER_TIMED_OUT")
        name = self.only_command(anna)
        self.assertEqual(self.command(name)["failure"]["code"], "PARTNER_TIMED_OUT")
        self.state(name, "EXECUTED", seconds=40)
        self.assertEqual(anna.openings, 1)

    @covers("A19", "S-C13")
    def test_a_partner_without_a_token_for_us(self) -> None:
        """answers 503 where the partner gives no token, and sends no command"""
        anna = self.move_in()
        self.stack.partners.control.post("/control/tokens:revoke", {"partner": ALPHA.partner})
        self.stack.partners.fault("token_error", partner=ALPHA.partner)
        self.assert_failed(anna, self.open(anna), "PARTNER_REFUSED", "unauthorized_client")
        # A partner that gives none is not asked again for ten seconds.
        self.stack.partners.fault("none", partner=ALPHA.partner)
        until("it is asked again", lambda: self.open(anna).status == 200, 20)

    @covers("A19")
    def test_a_token_that_ended_is_replaced(self) -> None:
        """gets a new token where the partner no longer takes the old one: the door opens once"""
        anna = self.move_in()
        self.assert_opened_once(anna, self.open(anna))
        anna.fault("reject_token", times=1)
        response = self.open(anna)
        self.assertEqual(response.status, 200, response.body)
        self.state(response.json()["name"], "EXECUTED")
        self.assertEqual(anna.openings, 2)

    @covers("S-E13")
    def test_redirects_are_not_followed(self) -> None:
        """refuses to follow a partner's redirect"""
        anna = self.move_in()
        address = self.stack.partners.address
        anna.fault("redirect", location=f"{address}/v1/devices/elsewhere/open")
        self.assert_failed(anna, self.open(anna), "PARTNER_REFUSED", "http_307")
        requests = self.stack.partners.control.get("/control/state")["requests"]
        self.assertFalse([r for r in requests if "elsewhere" in r["path"]])

    @covers("B21")
    def test_answers_that_are_none(self) -> None:
        """asks about a command whose answer is no JSON, or has no end: opened once"""
        for fault in ("bad_json", "oversize"):
            with self.subTest(fault):
                anna = self.move_in()
                anna.fault(fault, on="open", times=1)
                self.assert_opened_once(anna, self.open(anna))


class PartnerDownTests(FaultCase):
    """A partner that is gone: on a stack of its own, since it may not come back."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    @covers("B21")
    def test_a_partner_that_is_down_fails_the_command(self) -> None:
        """answers 503 while the partner is down, and opens again when it is up"""
        anna = self.move_in()
        partners = self.stack.partners
        partners.stop()
        try:
            response = self.open(anna)
        finally:
            partners.serve(self.stack.demo.partners(self.stack.server.rest), 0.1)
        self.assert_failed(anna, response, "PARTNER_UNREACHABLE")
        name = self.opened(anna)
        self.state(name, "EXECUTED")
        self.assertEqual(anna.openings, 1)


if __name__ == "__main__":
    unittest.main()
