"""Each fault of the partner, taken."""

from __future__ import annotations

import http.client
import time

from client import basic
from partner_case import PartnerCase

BROKEN = (ConnectionError, http.client.RemoteDisconnected)


class Faults(PartnerCase):
    """What goes wrong on demand."""

    def test_slow_takes_the_command_and_answers_late(self) -> None:
        self.fault("slow", seconds=0.5, times=1)
        key = self.new_key()
        token = self.token()
        start = time.monotonic()
        self.assertEqual(self.open(key, token=token).status, 202)
        self.assertGreaterEqual(time.monotonic() - start, 0.5)
        self.assertEqual(self.state()["faults"], [])
        self.opened(key)

    def test_refuse_and_error500_have_no_effect(self) -> None:
        for fault, status, code in [
            ("refuse", 409, "command_refused"),
            ("error500", 500, "internal"),
        ]:
            self.fault(fault, times=1)
            key = self.new_key()
            response = self.open(key)
            self.assertEqual((response.status, response.code()), (status, code))
            self.assertEqual(self.status(key).status, 404)
            self.assertEqual(self.open(key).status, 202)
            self.opened(key)

    def test_die_after_effect_breaks_off_after_the_opening(self) -> None:
        self.fault("die_after_effect", times=1)
        key, token = self.new_key(), self.token()
        with self.assertRaises(BROKEN):
            self.open(key, token=token)
        self.opened(key)
        self.assertEqual(self.status(key).json()["state"], "EXECUTED")
        self.assertEqual(self.open(key).status, 202)
        self.opened(key)
        statuses = [r["status"] for r in self.state(key)["requests"]]
        self.assertEqual(statuses, [0, 202])

    def test_die_after_effect_ends_the_process_too(self) -> None:
        self.fault("die_after_effect", times=1, exit=True)
        key, token = self.new_key(), self.token()
        with self.assertRaises(BROKEN):
            self.open(key, token=token)
        self.assertEqual(self.process.wait(), 70)
        self.process.start()
        self.connect()
        self.opened(key)
        self.platform.wait(1)
        # The token outlived the process, and so did the request that was never answered.
        self.assertEqual(self.open(key, token=token).json()["state"], "ACKNOWLEDGED")
        self.opened(key)
        self.assertEqual([r["status"] for r in self.state(key)["requests"]], [None, 202])

    def test_drop_before_effect_does_nothing(self) -> None:
        self.fault("drop_before_effect", times=1)
        key, token = self.new_key(), self.token()
        with self.assertRaises(BROKEN):
            self.open(key, token=token)
        self.assertEqual(self.status(key).status, 404)

    def test_no_callback_opens_in_silence(self) -> None:
        self.fault("no_callback", times=1)
        quiet, loud = self.new_key(), self.new_key()
        self.open(quiet, command="quiet")
        self.opened(quiet)
        self.open(loud, command="loud")
        self.assertEqual([path[-11:] for path, _ in self.platform.wait(1)], ["loud:report"])
        self.assertEqual(self.command(quiet)["report"]["state"], "OFF")

    def test_bad_json_garbles_the_answer_after_the_effect(self) -> None:
        self.fault("bad_json", times=1)
        key = self.new_key()
        response = self.open(key)
        self.assertEqual(response.status, 202)
        self.assertRaises(ValueError, response.json)
        self.opened(key)

    def test_oversize_sends_sixteen_megabytes(self) -> None:
        self.fault("oversize", times=1, on="status")
        self.assertGreater(len(self.status("x").body), 16 << 20)

    def test_redirect_points_elsewhere(self) -> None:
        self.fault("redirect", times=1)
        response = self.open(self.new_key())
        self.assertEqual(response.status, 307)
        self.assertEqual(response.headers["Location"], "/elsewhere/v1/devices/door-1/open")
        self.fault("redirect", times=1, location="https://other.invalid/")
        self.assertEqual(self.open(self.new_key()).headers["Location"], "https://other.invalid/")

    def test_token_error_refuses_tokens(self) -> None:
        self.fault("token_error", times=1)
        form = {"grant_type": "client_credentials"}
        good = basic("artel: alpha", "alpha+secret %:")
        response = self.client.form("/oauth2/token", form, Authorization=good)
        self.assertEqual((response.status, response.code()), (400, "unauthorized_client"))
        self.token()

    def test_reject_token_ends_the_tokens(self) -> None:
        token = self.token()
        self.fault("reject_token", times=1)
        for _ in range(2):
            response = self.open(self.new_key(), token=token)
            self.assertEqual((response.status, response.code()), (401, "invalid_token"))
        self.assertEqual(self.open(self.new_key()).status, 202)

    def test_strikes_where_it_is_told_until_it_is_told_to_stop(self) -> None:
        self.fault("error500", device="door-2")
        self.fault("error500", on="status", partner="barriers")
        self.assertEqual(self.open(self.new_key(), "door-1").status, 202)
        for _ in range(3):
            self.assertEqual(self.open(self.new_key(), "door-2").status, 500)
        self.fault("none", on="status")
        self.assertEqual(len(self.state()["faults"]), 1)
        self.fault("none")
        self.assertEqual(self.open(self.new_key(), "door-2").status, 202)

    def test_a_request_that_is_refused_anyway_uses_up_no_fault(self) -> None:
        self.fault("error500", times=1)
        self.assertEqual(self.open(self.new_key(), "nowhere").status, 404)
        self.assertEqual(self.open(self.new_key()).status, 500)

    def test_refuses_faults_that_it_does_not_know(self) -> None:
        for body in (
            {"fault": "gremlins"},
            {"fault": "refuse", "on": "token"},
            {"fault": "slow", "seconds": -1},
            {"fault": "slow", "times": 0},
            {"fault": "slow", "time": 1},
            {"fault": "slow", "seconds": "1"},
            {},
        ):
            self.assertEqual(self.order("/control/faults", body).status, 400, body)
