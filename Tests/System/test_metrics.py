"""What a process tells of itself, at /metrics and over the contract, and whether it is ready."""

from __future__ import annotations

import json
import re
import unittest
from urllib.parse import quote
from urllib.request import Request, urlopen

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from stack.artel import host_name
from stack.tenants import ALPHA, OPERATOR
from stack.wait import until

OBSERVABILITY = environment.ROOT / "tools" / "observability"
_OPEN_METRICS = "application/openmetrics-text; version=1.0.0"


def scrape(address: str, accept: str = "text/plain") -> str:
    """The metrics of a process."""
    with urlopen(Request(address, headers={"Accept": accept}), timeout=10) as answer:
        return str(answer.read(), "utf-8")


def sample(address: str, name: str, **labels: str) -> float | None:
    """A number of a process; None where there is none with these labels."""
    for family in text_string_to_metric_families(scrape(address)):
        for one in family.samples:
            if one.name == name and labels.items() <= one.labels.items():
                return float(one.value)
    return None


class MetricsTests(SystemCase):
    """GET /metrics, read by the parser of Prometheus' own client."""

    @covers("A30", "B32", "C138", "E188")
    def test_calls_of_both_doors(self) -> None:
        """counts calls of both doors by method and code, and what they took"""
        address = self.stack.server.metrics
        self.rest.get("/v1/tenant")
        list_tenants = "artel.tenancy.v1.OperatorService/ListTenants"
        self.assertEqual(self.grpc().call(list_tenants, {}).code, "PERMISSION_DENIED")
        refused = {
            "method": "artel.tenancy.v1.TenantService/GetTenant", "door": "rest",
            "code": "UNAUTHENTICATED"}
        self.assertGreaterEqual(sample(address, "artel_requests_total", **refused) or 0, 1)
        denied = {"method": list_tenants, "door": "grpc", "code": "PERMISSION_DENIED"}
        self.assertGreaterEqual(sample(address, "artel_requests_total", **denied) or 0, 1)
        self.assertGreaterEqual(
            sample(address, "artel_refusals_total", reason="CREDENTIAL_MISSING") or 0, 1)
        self.assertGreaterEqual(sample(address, "artel_http_answers_total", status="401") or 0, 1)
        for name in (
            "process_resident_memory_bytes", "process_open_fds", "artel_postgres_pool_size",
            "artel_certificate_end_timestamp_seconds", "artel_ready", "artel_key_store_up",
        ):
            self.assertGreater(sample(address, name) or 0, 0, name)

    @covers("B32")
    def test_two_formats(self) -> None:
        """speaks the text format and OpenMetrics, each as Prometheus' own parsers read it"""
        self.rest.get("/v1/tenant")
        address = self.stack.server.metrics
        plain = list(text_string_to_metric_families(scrape(address)))
        strict = list(openmetrics.text_string_to_metric_families(scrape(address, _OPEN_METRICS)))
        self.assertGreater(len(plain), 40)
        self.assertEqual(
            {family.name for family in plain}, {family.name for family in strict})
        for family in strict:
            self.assertIn(family.type, ("counter", "gauge", "histogram"), family.name)
            self.assertTrue(family.documentation, family.name)

    @covers("S-D16")
    def test_nothing_personal(self) -> None:
        """has no address, no path, no subject and no number of a person in any label"""
        resident = self.move_in()
        self.opened(resident)
        text = scrape(self.stack.server.metrics)
        for word in (resident.unit, "properties/", "127.0.0.1", "@example", "/v1/"):
            self.assertNotIn(word, text)

    @covers("S-H11")
    def test_not_on_the_public_door(self) -> None:
        """is not served on the doors that strangers reach"""
        self.assertEqual(self.rest.get("/metrics").status, 404)

    @covers("A30", "B32", "E188")
    def test_what_rules_and_dashboards_ask_for(self) -> None:
        """has every metric that rules and dashboards ask for"""
        self.opened(self.move_in())
        families = {
            f"{family.name}_total" if family.type == "counter" else family.name
            for family in text_string_to_metric_families(scrape(self.stack.server.metrics))}
        recorded = set(re.findall(r"record: (\S+)", _text("rules/*.yml")))
        texts = _text("rules/*.yml") + "".join(
            target["expr"] + "\n"
            for file in sorted(OBSERVABILITY.glob("dashboards/*.json"))
            for panel in json.loads(file.read_text())["panels"]
            for target in panel.get("targets", ()))
        asked = set(re.findall(r"\b(?:artel|process)_[a-z_]+\b", _without_records(texts)))
        asked = {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked}
        self.assertGreaterEqual(len(asked), 30)
        self.assertEqual(asked - families, set())
        used = set(re.findall(r"\b[a-z]+:artel_[a-z_]+:[a-z0-9_]+", texts))
        self.assertEqual(used - recorded, set())


def _text(pattern: str) -> str:
    return "".join(file.read_text() for file in sorted(OBSERVABILITY.glob(pattern)))


def _without_records(text: str) -> str:
    return re.sub(r"\b[a-z]+:artel_[a-z_]+:[a-z0-9_]+", "", text)


class RequestIDTests(SystemCase):
    """The number by which a caller and the operator speak of the same call."""

    @covers("A34", "B31", "S-H11")
    def test_every_answer(self) -> None:
        """is in every answer of both doors, refusals too, and in the log"""
        numbers = set()
        for path in ("/v1/tenant", "/nowhere", "/healthz", "/openapi.json"):
            number = self.rest.get(path).header("x-request-id") or ""
            self.assertRegex(number, "^[0-9a-f]{32}$", path)
            numbers.add(number)
        self.assertEqual(len(numbers), 4)
        objectives = "artel.operations.v1.ObjectiveService/ListObjectives"
        refused = (
            self.rest.get("/v1/operations/objectives").header("x-request-id") or "",
            self._refused(objectives))
        for number in refused:
            self.assertRegex(number, "^[0-9a-f]{32}$")
            until(
                "the call is in the log",
                lambda: f'"trace_id":"{number}"' in self.stack.server.process.log.read_text())

    def _refused(self, method: str) -> str:
        """The number in the status of a call that is refused at the gRPC door."""
        with self.assertRaises(grpc.RpcError) as raised:
            self.grpc().channel.unary_unary(f"/{method}")(b"", timeout=10)
        return dict(raised.exception.trailing_metadata() or ())["x-request-id"]

    @covers("S-H11")
    def test_strangers_choose_nothing(self) -> None:
        """is ours, whatever trace a stranger names"""
        trace = "0af7651916cd43dd8448eb211c80319c"
        answer = self.rest.get(
            "/v1/tenant", traceparent=f"00-{trace}-b7ad6b7169203331-01")
        self.assertNotEqual(answer.header("x-request-id"), trace)


class ObjectiveTests(SystemCase):
    """What is promised, and what is left of the error budgets, for the operator."""

    METHOD = "artel.operations.v1.ObjectiveService/ListObjectives"

    def token(self, tenant: str) -> str:
        """A token of an administrator of a tenant."""
        return str(self.stack.artel.run(
            "token", "mint", tenant, "olga", "--kind", "administrator", "--scope",
            "platform.operations:read")["access_token"])

    @covers("B35")
    def test_both_doors(self) -> None:
        """lists classes of methods and partners' operations with targets, counts and budgets"""
        self.opened(self.move_in())
        token = self.token(OPERATOR)
        listed = self.rest.get("/v1/operations/objectives", token).json()
        self.assertIn("observedSince", listed)
        objectives = {one["name"]: one for one in listed["objectives"]}
        critical = objectives["objectives/critical-availability"]
        self.assertEqual(
            (critical["kind"], critical["target"], critical["window"]),
            ("OBJECTIVE_KIND_AVAILABILITY", 0.9995, "2592000s"))
        self.assertGreaterEqual(int(critical["totalCount"]), int(critical["goodCount"]))
        self.assertLessEqual(critical["budgetRemaining"], 1)
        self.assertEqual(
            [rate["window"] for rate in critical["burnRates"]], ["300s", "3600s", "21600s"])
        self.assertEqual(objectives["objectives/critical-latency"]["threshold"], "1s")
        partners = [name for name in objectives if name.startswith("objectives/partner-")]
        self.assertTrue(any(name.endswith("/open") for name in partners), list(objectives))
        plain = GRPCDoor(environment.plain().grpc)
        self.addCleanup(plain.close)
        answer = plain.call(self.METHOD, {"namePrefix": "objectives/standard-"}, token)
        self.assertEqual(answer.code, "OK", answer)
        self.assertEqual(
            [one["name"] for one in (answer.json or {})["objectives"]],
            ["objectives/standard-availability", "objectives/standard-latency"])

    @covers("B35")
    def test_nobody_else(self) -> None:
        """tells nobody else, an administrator of a tenant with the scope included"""
        self.assertEqual(self.rest.get("/v1/operations/objectives").status, 401)
        answer = self.rest.get("/v1/operations/objectives", self.token(ALPHA.name))
        self.assertEqual(answer.status, 403, answer.body)


class LogTests(SystemCase):
    """The log of a process, as Loki or Elasticsearch read it: a JSON object in each line."""

    @covers("A34", "B31", "C137", "E187", "S-H9")
    def test_every_line(self) -> None:
        """is a record in each line with its time and level, whatever callers send"""
        secret = "secret-of-a-stranger"
        hostile = '"}{"level":"error","message":"forged"}'
        for path in (f"/v1/tenant?x={hostile}", "/v1/units/%0d%0a%1b[31m"):
            self.rest.get(
                quote(path, safe="/?=%"), authorization=f"Bearer {secret}",
                traceparent=hostile, user_agent="x" * 8_000)
        self.opened(self.move_in())
        lines = self.stack.server.process.log.read_text().splitlines()
        self.assertGreater(len(lines), 3)
        for line in lines:
            record = json.loads(line)
            for name in ("time", "level", "logger", "message"):
                self.assertIsInstance(record[name], str, line)
            self.assertRegex(record["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertNotEqual(record["message"], "forged")
            self.assertNotIn(secret, line)
        self.assertTrue(any("trace_id" in json.loads(line) for line in lines))


class ReadinessTests(unittest.TestCase):
    """On a stack of its own, whose database goes away."""

    @covers("S-F16", "A32", "E189")
    def test_the_database_goes_and_comes_back(self) -> None:
        """is ready at both doors while the database answers, and lives without it"""
        with environment.own_stack() as stack:
            server = stack.server
            rest = Curl(server.rest, stack.certificates.authority)
            door = GRPCDoor(
                server.grpc, stack.certificates.authority, stack.demo.certificate(ALPHA),
                host_name(ALPHA))
            self.addCleanup(door.close)
            stub = health_pb2_grpc.HealthStub(door.channel)

            def seen() -> tuple[int, int, int, int]:
                def check(service: str) -> int:
                    request = health_pb2.HealthCheckRequest(service=service)
                    return int(stub.Check(request, timeout=10).status)

                return (
                    rest.get("/readyz").status, check(""), rest.get("/healthz").status,
                    check("live"))

            self.assertEqual(seen(), (200, 1, 200, 1))
            self.assertEqual(sample(server.metrics, "artel_ready"), 1)
            stack.cluster.stop()
            until("it is not ready", lambda: seen() == (503, 2, 200, 1), 30)
            self.assertEqual(sample(server.metrics, "artel_ready"), 0)
            until(
                "the pool says it", lambda: sample(
                    server.metrics, "artel_postgres_pool_up", pool="app") == 0, 30)
            stack.cluster.start()
            until("it is ready again", lambda: seen() == (200, 1, 200, 1), 60)


if __name__ == "__main__":
    unittest.main()
