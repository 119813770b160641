"""The REST door, looked at with testssl.sh."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import environment
from case import SystemCase
from covers import covers
from stack.artel import host_name
from stack.tenants import ALPHA

# What may be found: nothing, or something to know.
_FINE = ("OK", "INFO")
# What says nothing of the doors: that the scan is one of a name under an authority made for the
# test, which is in no browser's list, and how it went.
_OURS = ("cert_chain_of_trust", "cert_trust", "cert_revocation", "cert_crlDistributionPoints",
         "cert_ocspURL", "OCSP_stapling", "cert_mustStapleExtension", "DNS_CAArecord",
         "certificate_transparency", "cert_expirationStatus", "cert_validityPeriod",
         "cert_extlifeSpan", "scanTime", "engine_problem",
         # All suites that are offered are good, and the REST door lets the client choose: a machine
         # without AES in hardware is served better by ChaCha20.
         "cipher_order")
# Protocols, suites, forward secrecy; in a long run what is known to be broken somewhere, too.
# Headers are for Tests/HTTP.
_CHECKS = ("--protocols", "--std", "--fs") + (
    ("--server-preference", "--vulnerable", "--server-defaults") if environment.LONG else ())


class TestSSLTests(SystemCase):
    """What a second scanner says."""

    @covers("S-B1", "S-B2")
    def test_the_rest_door(self) -> None:
        """finds nothing above INFO at the REST door; the gRPC port speaks TLS to nobody who does not
        offer HTTP/2 in it, as testssl.sh does not"""
        found = self.scan(int(self.stack.server.rest.rpartition(":")[2]))
        self.assertGreater(len(found), 15, found)
        names = {each["id"] for each in found}
        for needed in ("SSLv3", "TLS1", "TLS1_1", "TLS1_2", "TLS1_3"):
            self.assertIn(needed, names)
        bad = [
            f"{each['id']}: {each['severity']}: {each['finding']}" for each in found
            if each["severity"] not in _FINE and not self.is_ours(each["id"])]
        self.assertEqual(bad, [])

    def is_ours(self, name: str) -> bool:
        """Whether a finding is one of the test's own circumstances."""
        return name.split(" ")[0] in _OURS

    def scan(self, port: int) -> list[dict[str, str]]:
        """The findings at a port, under a tenant's name."""
        with tempfile.TemporaryDirectory(prefix="artel-testssl-") as folder:
            report = Path(folder) / "report.json"
            done = subprocess.run(
                ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none",
                 "--ip", "127.0.0.1", "--jsonfile", str(report), "--add-ca",
                 str(self.stack.certificates.authority), *_CHECKS,
                 f"{host_name(ALPHA)}:{port}"],
                cwd=folder, capture_output=True, text=True, timeout=900, check=False,
                stdin=subprocess.DEVNULL)
            self.assertTrue(report.exists(), done.stdout[-3000:] + done.stderr[-2000:])
            return list(json.loads(report.read_text()))


if __name__ == "__main__":
    unittest.main()
