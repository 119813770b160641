"""The descriptions of the platform's methods, and whether it does what they say."""

from __future__ import annotations

import sys

from case import SystemCase
from curl import Curl
from environment import LONG, ROOT
from stack.artel import Doors
from stack.tenants import ALPHA

sys.path.append(str(ROOT / "Tests" / "Documents"))

from documents import example_faults, explore, faults  # noqa: E402 (the path above comes first)

# Streams without an end.
_WATCHES = ("AccessEventService_WatchAccessEvents", "AccessEventService_WatchAccessEvents_2")


class Documents(SystemCase):
    """OpenAPI, of the whole and by domain."""

    def test_valid(self) -> None:
        """They are OpenAPI 3.1, and their examples are what they say."""
        whole = self.rest.get("/openapi.json").json()
        paths: set[str] = set()
        for domain in ("auth", "residential", "tenancy"):
            document = self.rest.get(f"/{domain}/openapi.json").json()
            self.assertEqual(faults(document), [], domain)
            self.assertEqual(example_faults(document), [], domain)
            paths |= document["paths"].keys()
        self.assertEqual(faults(whole), [])
        self.assertEqual(whole["paths"].keys(), paths)

    def test_strangers(self) -> None:
        """What is served without a credential holds nothing that its path does not."""
        self.assertEqual(self.rest.get("/docs").status, 200)
        for path in ("/bank/openapi.json", "/residential", "/docs/", "/openapi.json/x"):
            self.assertEqual(self.rest.get(path).status, 404, path)

    def test_switched_off(self) -> None:
        """An operator may keep them to itself."""
        server = self.stack.artel.serve(
            Doors(tls=False, more={"ARTEL_REST_DOCUMENTS": "false"}), "no-documents")
        self.addCleanup(server.stop)
        rest = Curl(server.rest)
        for path in ("/openapi.json", "/residential/openapi.json", "/docs", "/postman.json"):
            self.assertEqual(rest.get(path).status, 404, path)
        self.assertEqual(rest.get("/healthz").status, 200)

    def test_explored(self) -> None:
        """As the complex's service: no 5xx, and no status or form that nobody has named."""
        token = self.console(ALPHA).token
        status, said = explore(
            self.rest.get("/openapi.json").json(), self.stack.server.rest, token,
            count=100 if LONG else 5, excluded=_WATCHES,
            authority=self.stack.certificates.authority)
        self.assertEqual(status, 0, said)
