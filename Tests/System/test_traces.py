"""Traces, as a collector of OpenTelemetry gets them: over grpcio, with their own contracts."""

from __future__ import annotations

import threading
import time
import unittest
from concurrent import futures
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

import environment
from case import ACCESS_POINTS, SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from stack.artel import Doors, Server, host_name
from stack.tenants import ALPHA
from stack.wait import until
from test_metrics import sample

_CLIENT, _SERVER = 3, 2
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """Takes spans, or does what else a collector may do."""

    def __init__(self, refusal: grpc.StatusCode | None = None, delay: float = 0) -> None:
        """Listens on a free port."""
        self._refusal, self._delay = refusal, delay
        self._spans: list[Any] = []
        self._lock = threading.Lock()
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        trace_service_pb2_grpc.add_TraceServiceServicer_to_server(self, self._server)
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    def Export(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802 (gRPC's)
        """Takes a batch."""
        time.sleep(self._delay)
        if self._refusal is not None:
            context.abort(self._refusal, "no")
        with self._lock:
            for resource in request.resource_spans:
                for scope in resource.scope_spans:
                    self._spans += scope.spans
        return trace_service_pb2.ExportTraceServiceResponse()

    def spans(self, trace: str = "") -> list[Any]:
        """The spans that came, of one trace where it is named."""
        with self._lock:
            return [span for span in self._spans if not trace or span.trace_id.hex() == trace]

    def stop(self) -> None:
        """Takes no more."""
        self._server.stop(0).wait()


class TraceTests(SystemCase):
    """A process of its own on the shared stack, which sends its spans."""

    def traced(self, collector: Collector, **more: str) -> Server:
        """A process that sends all spans to a collector."""
        self.addCleanup(collector.stop)
        settings = {
            "ARTEL_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.port}", "ARTEL_TRACE_RATIO": "1",
            **more}
        server = self.stack.artel.serve(Doors(more=settings), f"traced-{collector.port}")
        self.addCleanup(server.stop)
        return server

    def curl(self, server: Server) -> Curl:
        """REST at a process."""
        return Curl(server.rest, self.stack.certificates.authority)

    def door(self, server: Server) -> GRPCDoor:
        """gRPC at a process, with alpha's certificate."""
        door = GRPCDoor(
            server.grpc, self.stack.certificates.authority,
            self.stack.demo.certificate(ALPHA), host_name(ALPHA))
        self.addCleanup(door.close)
        return door

    @covers("B33")
    def test_one_trace_from_door_to_partner(self) -> None:
        """follows a call through the door, the handler, the database and the partner"""
        collector = Collector()
        server = self.traced(collector)
        anna = self.move_in()
        wish = anna.wish(None)
        name = wish.pop("name")
        answer = self.curl(server).post(f"/v1/{name}:open", wish, anna.token())
        self.assertEqual(answer.status, 200, answer.body)
        trace = answer.header("x-request-id") or ""

        def complete() -> bool:
            names = [span.name for span in collector.spans(trace)]
            return "partner open" in names and f"{ACCESS_POINTS}/OpenAccessPoint" in names

        until("the trace is complete", complete)
        spans = {span.span_id: span for span in collector.spans(trace)}
        roots = [span for span in spans.values() if not span.parent_span_id]
        self.assertEqual([span.name for span in roots], [f"{ACCESS_POINTS}/OpenAccessPoint"])
        root = roots[0]
        self.assertEqual(root.kind, _SERVER)
        for span in spans.values():
            if span is not root:
                self.assertIn(span.parent_span_id, spans, span.name)
                self.assertEqual(span.kind, _CLIENT, span.name)
                self.assertGreaterEqual(span.end_time_unix_nano, span.start_time_unix_nano)
        partner = next(span for span in spans.values() if span.name == "partner open")
        self.assertEqual(partner.parent_span_id, root.span_id)
        queries = [span for span in spans.values() if span.name.startswith(("SELECT ", "INSERT "))]
        self.assertGreater(len(queries), 1)
        # What was asked, and of whom it was, is in no span.
        text = "\n".join(str(span) for span in spans.values())
        for word in (anna.unit.removeprefix("units/"), wish["requestId"], "Bearer", "eyJ"):
            self.assertNotIn(word, text)

    @covers("B33", "S-H11")
    def test_who_is_trusted(self) -> None:
        """goes on in a trusted partner's trace, and only links a stranger's"""
        collector = Collector()
        server = self.traced(collector, ARTEL_TRACE_TRUSTED_TENANTS="alpha")
        method = "artel.tenancy.v1.TenantService/GetTenant"
        self.door(server).call(method, {}, metadata=(("traceparent", PARENT),))
        until("the partner's trace comes", lambda: collector.spans(TRACE))
        span = next(span for span in collector.spans(TRACE) if span.name == method)
        self.assertEqual(span.parent_span_id.hex(), PARENT[36:52])
        stranger = "1" * 32
        answer = self.curl(server).get(
            "/v1/tenant", traceparent=f"00-{stranger}-b7ad6b7169203331-01")
        trace = answer.header("x-request-id") or ""
        until("the stranger's call comes", lambda: collector.spans(trace))
        self.assertEqual(collector.spans(stranger), [])
        span = next(span for span in collector.spans(trace) if not span.parent_span_id)
        self.assertEqual([link.trace_id.hex() for link in span.links], [stranger])

    @covers("B33", "S-H11")
    def test_a_trace_that_makes_no_sense(self) -> None:
        """begins a trace where a trusted caller's names none"""
        collector = Collector()
        server = self.traced(collector, ARTEL_TRACE_TRUSTED_TENANTS="alpha")
        method = "artel.tenancy.v1.TenantService/GetTenant"
        for bad in ("x", f"ff-{TRACE}-b7ad6b7169203331-01", f"00-{'0' * 32}-b7ad6b7169203331-01"):
            self.door(server).call(method, {}, metadata=(("traceparent", bad),))
        until("the calls come", lambda: sum(
            span.name == method for span in collector.spans()) == 3)
        for span in collector.spans():
            self.assertNotEqual(span.trace_id.hex(), TRACE)

    @covers("B33")
    def test_a_collector_that_is_no_help(self) -> None:
        """serves as fast as ever where the collector is away, slow or refusing, and counts"""
        away = Collector()
        away.stop()
        cases = (
            (away, "unreachable"), (Collector(grpc.StatusCode.PERMISSION_DENIED), "refused"),
            (Collector(delay=60), ""))
        for collector, reason in cases:
            server = self.traced(collector)
            rest = self.curl(server)
            begin = time.monotonic()
            for _ in range(20):
                self.assertEqual(rest.get("/v1/tenant").status, 401)
            self.assertLess(time.monotonic() - begin, 30)
            if reason:
                until(
                    f"spans are dropped as {reason}",
                    lambda: (sample(
                        server.metrics, "artel_spans_dropped_total", reason=reason) or 0) > 0, 60)


if __name__ == "__main__":
    unittest.main()
