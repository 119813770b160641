"""Errors of apps, reported on both doors and seen by their tenant alone."""

from __future__ import annotations

import json
import unittest
import uuid
from typing import Any

from case import SystemCase
from covers import covers
from curl import Curl, Response
from grpc_door import GRPCDoor
from stack.artel import Doors, Server
from stack.tenants import ALPHA, BETA, Complex
from stack.wait import until
from test_metrics import sample

_SERVICE = "artel.operations.v1.ClientErrorService"
_SCOPES = ("operations.errors:read", "operations.errors:write", "residential.directory:read")


def event(message: str, **more: Any) -> dict[str, Any]:
    """An error of an app."""
    return {
        "eventId": str(uuid.uuid4()), "kind": "CLIENT_ERROR_KIND_EXCEPTION", "message": message,
        "type": "TypeError", "app": {"name": "said", "version": "1.0", "platform": "ios"}} | more


class ClientErrorTests(SystemCase):
    """A process of its own, whose callers may report as little as usual."""

    server: Server

    @classmethod
    def connect(cls) -> None:
        """Starts it beside the shared one."""
        cls.server = cls.stack.artel.serve(
            Doors(tls=False, more={"ARTEL_RATE_LIMIT_FACTOR": "1"}), "client-errors")
        cls.addClassCleanup(cls.server.stop)
        cls.rest = Curl(cls.server.rest)

    def setUp(self) -> None:
        """A gRPC channel, and a client of alpha's that no other test calls as."""
        self.door = GRPCDoor(self.server.grpc)
        self.addCleanup(self.door.close)
        self.client, self.token = self.app(ALPHA)

    def app(self, tenant: Complex) -> tuple[str, str]:
        """A client of a tenant, and its token."""
        client = f"app-{uuid.uuid4().hex[:12]}"
        self.stack.demo.create_client(
            self.stack.artel, tenant.name, client, "service", _SCOPES)
        return client, self.stack.demo.token(client, self.stack.server.rest)

    def report(self, events: list[dict[str, Any]], token: str = "") -> Response:
        """Reports on the REST door."""
        return self.rest.post("/v1/clientErrors:report", {"events": events}, token or self.token)

    def group(self, title: str, token: str = "", **wanted: Any) -> dict[str, Any]:
        """Waits for a group with a title, as it is to be."""

        def found() -> dict[str, Any] | None:
            answer = self.rest.get(
                f"/v1/clientErrorGroups?pageSize=500&app={self.client}", token or self.token)
            self.assertEqual(answer.status, 200, answer.body)
            return next((
                one for one in answer.json().get("clientErrorGroups", [])
                if one["title"] == title and wanted.items() <= one.items()), None)

        return until(f"{title} is a group with {wanted}", found, 30) or {}

    @covers("C96")
    def test_both_doors(self) -> None:
        """counts an error of both doors in one group, which its tenant sees and no other"""
        repeated = event("unit 'Anna' 1 is gone", app={"version": "1.9", "platform": "ios"})
        answer = self.report([repeated, repeated])
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json(), {"takenCount": 1, "duplicateCount": 1})
        seen = self.door.call(
            f"{_SERVICE}/ReportClientErrors",
            {"events": [event("unit 'Boris' 22 is gone", count=4,
                              app={"version": "1.10", "platform": "android"})]}, self.token)
        self.assertEqual(seen.code, "OK")
        group = self.group("TypeError: unit '…' # is gone", count="5")
        self.assertEqual(
            (group["versions"], group["platforms"], group["state"], group["app"]),
            (["1.10", "1.9"], ["android", "ios"], "UNRESOLVED", self.client))

        _, stranger = self.app(BETA)
        for verb in ("", ":resolve", ":mute", ":reopen"):
            path = f"/v1/{group['name']}{verb}"
            answer = self.rest.post(path, {}, stranger) if verb else self.rest.get(path, stranger)
            self.assert_error(answer, 404, "NOT_FOUND", "RESOURCE_NOT_FOUND")
        other = self.door.call(f"{_SERVICE}/ListClientErrorGroups", {"pageSize": 500}, stranger)
        self.assertNotIn(group["name"], json.dumps(other.json or {}))

        answer = self.rest.post(f"/v1/{group['name']}:resolve", {}, self.token)
        self.assertEqual(answer.json()["resolvedVersion"], "1.10")
        self.report([event("unit 'Clara' 3 is gone", app={"version": "1.11"})])
        self.group("TypeError: unit '…' # is gone", state="REGRESSED", count="6")

    @covers("C96", "S-H9")
    def test_log(self) -> None:
        """writes one line of JSON for each event, without what it must not hold"""
        trace = uuid.uuid4().hex
        message = (
            'x\r\n{"level":"critical"}\x1b[31m Authorization: Bearer canary-1234567890 '
            "canary@example.org +7 999 123-45-67")
        answer = self.report([event(
            message, traceId=trace, stack="at f (https://a.example/x.js?token=canary:1:2)",
            labels=[{"name": "password", "value": "canary"}, {"name": "theme", "value": "d\nk"}])])
        self.assertEqual(answer.status, 200, answer.body)
        own = until("the line is there", lambda: [
            line for line in self.server.process.log_text().splitlines() if trace in line] or None, 30)
        assert own is not None
        self.assertEqual(len(own), 1)
        line = json.loads(own[0])
        self.assertEqual(
            (line["logger"], line["level"], line["call_trace_id"], line["app"]),
            ("artel.client_errors", "notice", trace, self.client))
        self.assertEqual(line["labels"], "password=[secret] theme=d\nk")
        self.assertIn("[secret]", line["error"])
        self.assertIn("x.js?…:1:2", line["stack"])
        for canary in ("canary", "123-45"):
            self.assertNotIn(canary, own[0])
        answer = self.rest.get(
            f"/v1/clientErrorGroups/{line['fingerprint']}", self.token)
        if answer.status == 200:
            self.assertNotIn("canary", answer.body.decode())

    @covers("C96")
    def test_before_signing_in(self) -> None:
        """takes errors of nobody for a tenant that there is, apart from those of apps"""
        path, title = "/v1/clientErrors:reportAnonymous", f"early {'x' * 20} {uuid.uuid4().hex}"
        body = {"tenant": ALPHA.name, "events": [event(title)]}
        self.assertEqual(self.rest.post(path, body).status, 200)
        self.assertEqual(self.door.call(
            f"{_SERVICE}/ReportAnonymousClientErrors",
            {"tenant": ALPHA.name, "events": [event(title)]}).code, "OK")
        for tenant in ("nobody", ""):
            answer = self.rest.post(path, body | {"tenant": tenant})
            self.assert_error(answer, 404, "NOT_FOUND", "TENANT_NOT_FOUND")
        self.assert_error(
            self.rest.post(path, {"tenant": ALPHA.name, "events": [event("x")] * 11}), 400,
            "INVALID_ARGUMENT", "FIELD_INVALID")
        self.assertGreater(
            sample(self.server.metrics, "artel_client_errors_total", tenant=ALPHA.name,
                   app="anonymous", kind="exception") or 0, 1)

    @covers("C96", "A16", "S-F4")
    def test_flood(self) -> None:
        """refuses a loop of reports, and serves everything else of the same caller meanwhile"""
        statuses = []
        for _ in range(40):
            answer = self.report([event(f"flood {number}") for number in range(50)])
            statuses.append(answer.status)
            if answer.status == 429:
                break
        self.assertEqual(statuses[0], 200)
        self.assertEqual(statuses[-1], 429)
        self.assertEqual(answer.reason, "RATE_LIMITED")
        self.assertRegex(answer.header("ratelimit") or "", r'^"telemetry";r=0;t=\d+$')
        self.assertGreaterEqual(int(answer.header("retry-after") or 0), 1)
        self.assertEqual(self.rest.get("/v1/units", self.token).status, 200)
        self.assertEqual(self.rest.get("/v1/clientErrorGroups", self.token).status, 200)
        usage = self.rest.get("/v1/units", self.token)
        self.assertEqual(usage.header("ratelimit"), None)

    @covers("C96")
    def test_refusals(self) -> None:
        """refuses what the contract does not know, and who may not call"""
        for wrong in (
                {"eventId": "no uuid"}, {"kind": "CLIENT_ERROR_KIND_UNSPECIFIED"}, {"message": ""},
                {"message": "x" * 2001}, {"stack": "x" * 8001}, {"count": -1}, {"count": 1001},
                {"labels": [{"name": "n"}] * 21}, {"app": {"version": "has space"}}):
            with self.subTest(wrong=str(wrong)[:40]):
                self.assert_error(
                    self.report([event("x") | wrong]), 400, "INVALID_ARGUMENT", "FIELD_INVALID")
        self.assert_error(
            self.rest.post("/v1/clientErrors:report", {"events": [event("x")]}), 401,
            "UNAUTHENTICATED")
        self.assert_error(
            self.rest.get("/v1/clientErrorGroups", self.move_in().token()), 403,
            "PERMISSION_DENIED", "PRINCIPAL_NOT_ALLOWED")


if __name__ == "__main__":
    unittest.main()
