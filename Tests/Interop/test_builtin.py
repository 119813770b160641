"""Health and reflection, by grpcio's own clients."""

import grpc
from google.protobuf import descriptor_pool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)

from case import InteropCase
from server import Server
from stubs import testing

_SERVICE = "grpc.testing.TestService"
_STATUS = health_pb2.HealthCheckResponse


class Health(InteropCase):
    """grpc.health.v1."""

    def setUp(self) -> None:
        """Makes grpcio's stub."""
        super().setUp()
        self.stub = health_pb2_grpc.HealthStub(self.channel)

    def test_check(self) -> None:
        """tells the status of the server and of a service, and NOT_FOUND of others"""
        for name in ("", _SERVICE):
            answer = self.stub.Check(health_pb2.HealthCheckRequest(service=name), timeout=20)
            self.assertEqual(answer.status, _STATUS.SERVING)
        self.assert_fails(
            grpc.StatusCode.NOT_FOUND,
            lambda: self.stub.Check(health_pb2.HealthCheckRequest(service="none"), timeout=20))

    def test_watch(self) -> None:
        """tells the status at once, and SERVICE_UNKNOWN of a service that is not there yet"""
        for name, status in (("", _STATUS.SERVING), ("none", _STATUS.SERVICE_UNKNOWN)):
            call = self.stub.Watch(health_pb2.HealthCheckRequest(service=name), timeout=20)
            self.assertEqual(next(call).status, status)
            call.cancel()

    def test_list(self) -> None:
        """lists every service"""
        # grpcio's package of this version has no List: the message is a map, read by hand.
        answer = self.channel.unary_unary("/grpc.health.v1.Health/List")(b"", timeout=20)
        self.assertIn(_SERVICE.encode(), answer)

    def test_client_side_health_checking(self) -> None:
        """lets a channel wait for a healthy service by itself"""
        config = (
            '{"loadBalancingConfig":[{"round_robin":{}}],'
            f'"healthCheckConfig":{{"serviceName":"{_SERVICE}"}}}}')
        channel = self.connect(self.server.target, service_config=config)
        stub = health_pb2_grpc.HealthStub(channel)
        answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=20, wait_for_ready=True)
        self.assertEqual(answer.status, _STATUS.SERVING)


class Reflection(InteropCase):
    """grpc.reflection, v1alpha by grpcio's client and v1 by the same messages."""

    def test_descriptor_database(self) -> None:
        """gives grpcio's database every service, message and file"""
        database = ProtoReflectionDescriptorDatabase(self.channel)
        services = set(database.get_services())
        self.assertLessEqual({_SERVICE, "grpc.health.v1.Health"}, services)
        pool = descriptor_pool.DescriptorPool(database)
        service = pool.FindServiceByName(_SERVICE)
        self.assertEqual(
            [(m.name, m.client_streaming, m.server_streaming) for m in service.methods],
            [(m.name, m.client_streaming, m.server_streaming)
             for m in descriptor_pool.Default().FindServiceByName(_SERVICE).methods])
        message = pool.FindMessageTypeByName("grpc.testing.SimpleRequest")
        self.assertEqual(message.fields_by_name["payload"].number, 3)
        self.assertEqual(
            pool.FindFileByName("grpc/testing/messages.proto").package, "grpc.testing")
        with self.assertRaises(KeyError):
            pool.FindMessageTypeByName("grpc.testing.None")

    def test_both_versions(self) -> None:
        """answers v1 as it answers v1alpha"""
        requests = [
            reflection_pb2.ServerReflectionRequest(list_services=""),
            reflection_pb2.ServerReflectionRequest(file_by_filename="grpc/testing/test.proto"),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol=_SERVICE),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol="no.Symbol"),
            reflection_pb2.ServerReflectionRequest(all_extension_numbers_of_type="no.Type"),
        ]
        answers = {
            version: [
                answer.WhichOneof("message_response") + str(answer.error_response.error_code)
                for answer in self.channel.stream_stream(
                    f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
                    reflection_pb2.ServerReflectionRequest.SerializeToString,
                    reflection_pb2.ServerReflectionResponse.FromString,
                )(iter(requests), timeout=20)
            ]
            for version in ("v1", "v1alpha")
        }
        self.assertEqual(answers["v1"], answers["v1alpha"])
        self.assertEqual(answers["v1"], [
            "list_services_response0", "file_descriptor_response0", "file_descriptor_response0",
            f"error_response{grpc.StatusCode.NOT_FOUND.value[0]}",
            f"error_response{grpc.StatusCode.NOT_FOUND.value[0]}",
        ])

    def test_absent_without_descriptors(self) -> None:
        """is not there where the server was given nothing to reflect"""
        with Server() as server:
            channel = self.connect(server.target)
            stub = reflection_pb2_grpc.ServerReflectionStub(channel)
            self.assert_fails(
                grpc.StatusCode.UNIMPLEMENTED,
                lambda: list(stub.ServerReflectionInfo(iter([
                    reflection_pb2.ServerReflectionRequest(list_services="")]), timeout=20)))
            channel.close()

    def test_descriptors_are_those_of_the_contract(self) -> None:
        """serves the bytes that it was given"""
        given = testing().descriptors.read_bytes()
        for answer in self.channel.stream_stream(
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            reflection_pb2.ServerReflectionRequest.SerializeToString,
            reflection_pb2.ServerReflectionResponse.FromString,
        )(iter([reflection_pb2.ServerReflectionRequest(
                file_by_filename="grpc/testing/test.proto")]), timeout=20):
            files = answer.file_descriptor_response.file_descriptor_proto
            self.assertGreater(len(files), 1)
            for file in files:
                self.assertIn(file, given)
