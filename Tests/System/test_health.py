"""grpc.health.v1 and /healthz."""

from __future__ import annotations

import unittest

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

import environment
from case import ACCESS_POINTS, SystemCase
from covers import covers
from curl import Curl

_SERVING = health_pb2.HealthCheckResponse.SERVING


class HealthTests(SystemCase):
    """Whether the process serves, asked with grpcio's own health client."""

    @covers("B35", "S-F16")
    def test_the_health_check_of_grpcio(self) -> None:
        """answers grpcio's health check with SERVING, over TLS with a certificate and without"""
        door = self.grpc()
        with grpc.insecure_channel(environment.plain().grpc) as channel:
            for each in (door.channel, channel):
                stub = health_pb2_grpc.HealthStub(each)
                for service in ("", ACCESS_POINTS):
                    request = health_pb2.HealthCheckRequest(service=service)
                    self.assertEqual(stub.Check(request, timeout=10).status, _SERVING)

    @covers("S-F16")
    def test_a_service_that_is_not_known(self) -> None:
        """answers NOT_FOUND for a service that is not known"""
        stub = health_pb2_grpc.HealthStub(self.grpc().channel)
        with self.assertRaises(grpc.RpcError) as raised:
            stub.Check(health_pb2.HealthCheckRequest(service="nobody"), timeout=10)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.NOT_FOUND)

    @covers("S-F16")
    def test_a_watch_of_health(self) -> None:
        """begins a watch of a service's health with what it is now"""
        stub = health_pb2_grpc.HealthStub(self.grpc().channel)
        call = stub.Watch(health_pb2.HealthCheckRequest(service=ACCESS_POINTS), timeout=10)
        self.assertEqual(next(call).status, _SERVING)
        call.cancel()

    @covers("S-F16")
    def test_healthz(self) -> None:
        """answers GET /healthz with 200, without a credential"""
        for door in (self.rest, Curl(environment.plain().rest)):
            self.assertEqual(door.get("/healthz").status, 200)


if __name__ == "__main__":
    unittest.main()
