"""The partner as a client of the platform."""

from __future__ import annotations

import tempfile
from pathlib import Path

from certificate import make_certificate
from partner_case import PartnerCase
from platform_double import PlatformDouble


class Reports(PartnerCase):
    """What can go wrong on the way back."""

    def test_reports_until_the_platform_listens(self) -> None:
        self.platform.refusals = [400, 503, 401, 500]
        key = self.new_key()
        self.open(key)
        self.platform.wait(1)
        self.assertEqual(self.report(key, "DONE")["attempts"], 5)
        self.assertEqual(self.platform.tokens, 2)

    def test_gives_up_and_goes_on_at_another_address(self) -> None:
        self.platform.refusals = [500] * 6
        key = self.new_key()
        self.open(key)
        self.assertIn("500", self.report(key, "GAVE_UP")["result"])
        body = {"partner": "intercoms", "base_uri": self.platform.address}
        self.assertEqual(self.order("/control/report", body).status, 200)
        self.platform.wait(1)

    def test_outlives_token_answers_that_are_wrong(self) -> None:
        self.platform.token_answers = [
            (500, {}),
            (200, []),
            (200, {"access_token": 7, "token_type": "Bearer"}),
            (200, {"access_token": "t", "token_type": "mac"}),
            (200, "x" * (2 << 20)),
        ]
        key = self.new_key()
        self.open(key)
        self.platform.wait(1)
        self.assertEqual(self.report(key, "DONE")["attempts"], 6)

    def test_connects_anew_where_the_connection_went_stale(self) -> None:
        self.platform.hang_up = True
        for count in (1, 2):
            key = self.new_key()
            self.open(key)
            self.platform.wait(count)
            self.assertEqual(self.report(key, "DONE")["attempts"], 1)

    def test_tells_nothing_to_a_platform_whose_certificate_it_does_not_trust(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            stranger = PlatformDouble(*make_certificate(Path(folder)))
        self.addCleanup(stranger.stop)
        body = {"partner": "intercoms", "base_uri": stranger.address}
        self.assertEqual(self.order("/control/report", body).status, 200)
        key = self.new_key()
        self.open(key)
        self.assertIn("CERTIFICATE_VERIFY_FAILED", self.report(key, "GAVE_UP")["result"])
        self.assertEqual((stranger.tokens, stranger.reports), (0, []))

    def test_keeps_the_address_that_control_gave_it(self) -> None:
        other = PlatformDouble(self.certificate, self.key)
        self.addCleanup(other.stop)
        body = {"partner": "intercoms", "base_uri": other.address + "/"}
        self.assertEqual(self.order("/control/report", body).status, 200)
        self.process.kill()
        self.process.start()
        self.connect()
        self.open(self.new_key())
        other.wait(1)
        self.assertEqual(self.platform.reports, [])
        for bad in ("http://example.com", "https://u@h", "https://h/?q", "ftp://h", "https://h:x"):
            body = {"partner": "intercoms", "base_uri": bad}
            self.assertEqual(self.order("/control/report", body).status, 400, bad)

    def report(self, key: str, state: str) -> dict[str, object]:
        """Waits for the end of a report and returns it."""
        self.until(lambda: self.command(key)["report"]["state"] == state)
        return self.command(key)["report"]
