"""The descriptions of the platform's methods, and whether it does what they say."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from case import SystemCase
from curl import Curl
from environment import LONG, ROOT
from stack.artel import Doors
from stack.tenants import ALPHA
from stack.wait import until

sys.path.append(str(ROOT / "Tests" / "Documents"))

from documents import (  # noqa: E402 (the path above comes first)
    example_faults, explore, faults, stream_faults, stream_messages)

# Streams without an end: a deadline gives them one.
_WATCHES = ("AccessEventService_WatchAccessEvents", "AccessEventService_WatchAccessEvents_2")


class Documents(SystemCase):
    """OpenAPI, of the whole and by domain."""

    def test_valid(self) -> None:
        """They are OpenAPI 3.1, and their examples are what they say."""
        whole = self.rest.get("/openapi.json").json()
        paths: set[str] = set()
        for domain in (
            "access", "audit", "auth", "certificates", "operations", "people", "privacy",
            "residential", "tenancy",
        ):
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

    def test_watches(self) -> None:
        """Each form of a stream without an end is as the document says: the head, an event that is
        made meanwhile, and the error of the deadline."""
        document = self.rest.get("/openapi.json").json()
        resident = self.move_in()
        readings = []
        with tempfile.TemporaryDirectory() as folder:
            for path, item in document["paths"].items():
                operation = item.get("get", {})
                if operation.get("operationId") not in _WATCHES:
                    continue
                point = resident.access_point
                parent = resident.unit if "{unit}" in path else point.partition("/accessPoints")[0]
                target = f"/v1/{parent}/accessEvents:watch"
                for kind in operation["responses"]["200"]["content"]:
                    head = Path(folder) / str(len(readings))
                    command = self.rest.command(
                        "GET", target, "-N", "-D", str(head), token=self.console().token,
                        headers={"accept": kind, "grpc-timeout": "15S"})
                    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
                    readings.append((operation, kind, head, child))
            self.assertEqual(len(readings), 6)
            for *_, head, _ in readings:
                until("the stream is open", lambda head=head: (
                    head.exists() and head.read_text().endswith("\n\n")))
            name = self.opened(resident)
            for operation, kind, head, child in readings:
                text, _ = child.communicate(timeout=60)
                self.assertIn(f"content-type: {kind}", head.read_text().lower())
                self.assertEqual(stream_faults(document, operation, kind, text), [], text)
                *events, last = stream_messages(kind, text)
                self.assertIn(name, [one.get("command") for one in events])
                self.assertEqual(last["error"]["status"], "DEADLINE_EXCEEDED")

    def test_watches_explored(self) -> None:
        """The same with a deadline: no 500, and no status or form that nobody has named."""
        status, said = explore(
            self.rest.get("/openapi.json").json(), self.stack.server.rest,
            self.console(ALPHA).token, count=20 if LONG else 3, included=_WATCHES, deadline="200m",
            authority=self.stack.certificates.authority)
        self.assertEqual(status, 0, said)

    def test_explored(self) -> None:
        """As the complex's service: no 5xx, and no status or form that nobody has named."""
        token = self.console(ALPHA).token
        status, said = explore(
            self.rest.get("/openapi.json").json(), self.stack.server.rest, token,
            count=100 if LONG else 5, excluded=_WATCHES,
            authority=self.stack.certificates.authority)
        self.assertEqual(status, 0, said)
