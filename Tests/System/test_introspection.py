"""What callers may learn of the process itself: its contracts, and its connections."""

from __future__ import annotations

import shutil
import socket
import ssl
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from case import SystemCase
from grpc_door import GRPCDoor
from stack.artel import Doors, host_name
from stack.tenants import ALPHA, BETA
from stack.wait import until

SCOPE = "platform.channelz:read"
GET_SERVERS = "/grpc.channelz.v1.Channelz/GetServers"


class ReflectionTests(SystemCase):
    """The contracts, for those who are signed in."""

    def ask(self, door: GRPCDoor) -> list[str]:
        """The names of the services."""
        stub = reflection_pb2_grpc.ServerReflectionStub(door.channel)
        request = reflection_pb2.ServerReflectionRequest(list_services="")
        (answer,) = stub.ServerReflectionInfo(iter([request]), timeout=30)
        return [service.name for service in answer.list_services_response.service]

    def test_signed_in(self) -> None:
        """tells a tenant's client, by its certificate, which services there are"""
        names = self.ask(self.grpc())
        self.assertIn("artel.residential.v1.AccessPointService", names)
        self.assertIn("grpc.health.v1.Health", names)

    def test_strangers(self) -> None:
        """refuses who has no credential"""
        server = self.stack.artel.serve(Doors(tls=False), "reflection")
        self.addCleanup(server.stop)
        door = GRPCDoor(server.grpc)
        self.addCleanup(door.close)
        with self.assertRaises(grpc.RpcError) as caught:
            self.ask(door)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAUTHENTICATED)

    def test_switched_off(self) -> None:
        """is not there where the setting says so"""
        server = self.stack.artel.serve(
            Doors(tls=False, more={"ARTEL_GRPC_REFLECTION": "false"}), "no-reflection")
        self.addCleanup(server.stop)
        door = GRPCDoor(server.grpc)
        self.addCleanup(door.close)
        with self.assertRaises(grpc.RpcError) as caught:
            self.ask(door)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNIMPLEMENTED)


class ChannelzTests(SystemCase):
    """The process and everybody's connections, for the operator's administrators alone."""

    def code(self, door: GRPCDoor, tenant: str, kind: str, *scopes: str) -> grpc.StatusCode:
        """How a call of a caller with a token of these rights ends."""
        options = [part for scope in scopes for part in ("--scope", scope)]
        token = self.stack.artel.run(
            "token", "mint", tenant, "olga", "--kind", kind, *options)["access_token"]
        try:
            door.channel.unary_unary(GET_SERVERS)(
                b"", metadata=[("authorization", f"Bearer {token}")], timeout=30)
        except grpc.RpcError as error:
            return error.code()
        return grpc.StatusCode.OK

    def test_who_may(self) -> None:
        """lets the operator's administrators with the scope in, and nobody else"""
        server = self.stack.artel.serve(
            Doors(tls=False, more={"ARTEL_OPERATOR_TENANT": ALPHA.name}), "channelz")
        self.addCleanup(server.stop)
        door = GRPCDoor(server.grpc)
        self.addCleanup(door.close)
        denied = grpc.StatusCode.PERMISSION_DENIED
        self.assertEqual(self.code(door, ALPHA.name, "administrator", SCOPE), grpc.StatusCode.OK)
        for tenant, kind, scopes in (
            (ALPHA.name, "administrator", ("audit:read",)),
            (ALPHA.name, "user", (SCOPE,)),
            # Another tenant's own issuer may give out any scope.
            (BETA.name, "administrator", (SCOPE,)),
        ):
            with self.subTest(tenant=tenant, kind=kind, scopes=scopes):
                self.assertEqual(self.code(door, tenant, kind, *scopes), denied)

    def test_without_an_operator(self) -> None:
        """is not there where no tenant is the operator's"""
        server = self.stack.artel.serve(Doors(tls=False, more={"ARTEL_OPERATOR_TENANT": ""}), "no-channelz")
        self.addCleanup(server.stop)
        door = GRPCDoor(server.grpc)
        self.addCleanup(door.close)
        self.assertEqual(
            self.code(door, ALPHA.name, "administrator", SCOPE), grpc.StatusCode.UNIMPLEMENTED)


class RenewalTests(SystemCase):
    """The gRPC port's certificate, renewed on disk."""

    def served(self, address: str) -> bytes:
        """The certificate that the port proves itself by, to who asks for a tenant's name."""
        host, _, port = address.rpartition(":")
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        certificate, key = self.stack.demo.certificate(ALPHA)
        context.load_cert_chain(certificate, key)
        context.set_alpn_protocols(["h2"])
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            with context.wrap_socket(connection, server_hostname=host_name(ALPHA)) as tls:
                return tls.getpeercert(binary_form=True) or b""

    def test_a_new_certificate(self) -> None:
        """serves a new certificate soon, and the old one while the new is broken"""
        first = self.stack.certificates.server("platform")
        second = self.stack.certificates.server("partner")
        with TemporaryDirectory(prefix="artel-renewal-") as folder:
            certificate, key = Path(folder) / "tls.pem", Path(folder) / "tls.key"
            shutil.copy(first.certificate, certificate)
            shutil.copy(first.key, key)
            server = self.stack.artel.serve(
                Doors(tls=False, more={
                    "ARTEL_GRPC_TLS_CERTIFICATE_FILE": str(certificate),
                    "ARTEL_GRPC_TLS_KEY_FILE": str(key)}), "renewal")
            try:
                old = self.served(server.grpc)
                # A certificate whose key has not come yet.
                shutil.copy(second.certificate, certificate)
                until("the pair is refused", lambda: "is not used" in server.process.log_text(), 30)
                self.assertEqual(self.served(server.grpc), old)
                shutil.copy(second.key, key)
                until("the new one is served", lambda: self.served(server.grpc) != old, 30)
            finally:
                server.stop()


if __name__ == "__main__":
    unittest.main()
