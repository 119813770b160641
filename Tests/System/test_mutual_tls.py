"""Client certificates at the gRPC door."""

from __future__ import annotations

import socket
import ssl
import unittest
import warnings
from pathlib import Path

import environment
from authorities import Authority
from case import ACCESS_POINTS, EVENTS, SystemCase
from covers import covers
from grpc_door import Answer, GRPCDoor
from stack.artel import Doors
from stack.tenants import ALPHA, BETA
from stack.wait import until

_TENANT = "artel.tenancy.v1.TenantService/GetTenant"
# How the handshake ends for a client that gets no further.
_REFUSED = "UNAVAILABLE"


class MutualTLSTests(SystemCase):
    """Who may connect, and as whom."""

    def call(
        self, identity: tuple[Path, Path] | None, token: str | None = None,
        address: str | None = None,
    ) -> Answer:
        """Asks for the caller's tenant over a connection of its own."""
        return self.connect_as(identity, address).call(_TENANT, {}, token, timeout=10)

    def connect_as(
        self, identity: tuple[Path, Path] | None, address: str | None = None
    ) -> GRPCDoor:
        """A channel with a certificate, to the shared server or another one."""
        door = GRPCDoor(
            address or self.stack.server.grpc, self.stack.certificates.authority, identity)
        self.addCleanup(door.close)
        return door

    @covers("A08", "B13", "S-B17")
    def test_no_certificate_gets_no_connection(self) -> None:
        """refuses connections without a certificate, even with a good token"""
        token = self.move_in().token()
        self.assertEqual(self.call(None).code, _REFUSED)
        self.assertEqual(self.call(None, token).code, _REFUSED)

    @covers("A12", "B13")
    def test_a_tenants_certificate_names_the_caller(self) -> None:
        """takes a certificate of the tenant's authority as the client that it names"""
        for tenant in (ALPHA, BETA):
            answer = self.call(self.stack.demo.certificate(tenant))
            self.assertEqual(answer.code, "OK", answer)
            self.assertEqual(answer.json["name"], f"tenants/{tenant.name}")
        events = self.grpc().call(
            f"{EVENTS}/ListAccessEvents", {"parent": f"properties/{BETA.property}"})
        self.assertEqual((events.code, events.reason), ("NOT_FOUND", "RESOURCE_NOT_FOUND"))
        # A service is no person, by whatever it shows.
        anna = self.move_in()
        opened = self.grpc().call(f"{ACCESS_POINTS}/OpenAccessPoint", anna.wish())
        self.assertEqual((opened.code, opened.reason), (
            "PERMISSION_DENIED", "PRINCIPAL_NOT_ALLOWED"))

    @covers("S-B4", "S-D13")
    def test_token_and_certificate_of_different_tenants(self) -> None:
        """refuses a token of one tenant over a certificate of another"""
        token = self.move_in(ALPHA).token()
        good = self.call(self.stack.demo.certificate(ALPHA), token)
        self.assertEqual(good.code, "OK", good)
        answer = self.call(self.stack.demo.certificate(BETA), token)
        self.assertIn(answer.code, ("PERMISSION_DENIED", "UNAUTHENTICATED"))
        self.assertEqual(answer.reason, "TENANT_MISMATCH")

    @covers("S-B17")
    def test_a_stranger_gets_no_connection(self) -> None:
        """refuses certificates of an authority that is no tenant's"""
        authority = Authority("Stranger")
        self.addCleanup(authority.close)
        self.assertEqual(self.call(authority.issue(ALPHA.name, ALPHA.console)).code, _REFUSED)

    @covers("S-B10", "S-B13", "S-B14", "S-B15", "S-B26")
    def test_an_authority_speaks_for_its_own_tenant_alone(self) -> None:
        """refuses certificates that one tenant's authority made in another tenant's name, or that
        break the profile; takes those of a second authority of the tenant until it is removed"""
        authority = Authority("Beta's second authority")
        self.addCleanup(authority.close)
        authority.add_to(self.stack, BETA)
        self.addCleanup(authority.remove_from, self.stack)
        # A process that begins now need not wait for its next look at all authorities.
        server = self.stack.artel.serve(Doors(), "second")
        self.addCleanup(server.stop)
        own = authority.issue(BETA.name, BETA.console)
        answer = self.call(own, address=server.grpc)
        self.assertEqual(answer.code, "OK", answer)
        prefix = "URI:spiffe://artel.localhost/tenants/"
        beta = f"{prefix}{BETA.name}/clients/{BETA.console}"
        for title, identity in {
            "another tenant's name": authority.issue(ALPHA.name, ALPHA.console),
            "a client of another tenant": authority.issue(BETA.name, ALPHA.console),
            "an unknown client": authority.issue(BETA.name, "nobody"),
            "an unknown tenant": authority.issue("nobody", BETA.console),
            "two names": authority.issue("", "", f"{beta},{prefix}alpha/clients/{ALPHA.console}"),
            "another trust domain": authority.issue(
                "", "", f"URI:spiffe://elsewhere/tenants/{BETA.name}/clients/{BETA.console}"),
            "no URI": authority.issue("", "", f"DNS:{BETA.name}.artel.localhost"),
        }.items():
            with self.subTest(title):
                answer = self.call(identity, address=server.grpc)
                self.assertEqual(
                    (answer.code, answer.reason), ("UNAUTHENTICATED", "CERTIFICATE_INVALID"))
        for title, identity in {
            "a server's": authority.issue(BETA.name, BETA.console, usage="serverAuth"),
        }.items():
            with self.subTest(title):
                answer = self.call(identity, address=server.grpc)
                self.assertIn(answer.code, ("UNAUTHENTICATED", _REFUSED))
        door = self.connect_as(own, server.grpc)
        self.assertEqual(door.call(_TENANT).code, "OK")
        authority.remove_from(self.stack)
        # Over the connection that is open already, too.
        until("the old connection is refused", lambda: door.call(_TENANT).code != "OK", 10)
        self.assertNotEqual(self.call(own, address=server.grpc).code, "OK")
        good = self.call(self.stack.demo.certificate(BETA), address=server.grpc)
        self.assertEqual(good.code, "OK", good)

    @covers("S-B3", "S-B1", "B02")
    def test_the_doors_speak_tls_1_2_or_newer(self) -> None:
        """refuses TLS 1.1 on both doors, and plain text where TLS is spoken"""
        for address in (self.stack.server.grpc, self.stack.server.rest.removeprefix("https://")):
            host, _, port = address.rpartition(":")
            context = ssl.create_default_context(cafile=self.stack.certificates.authority)
            context.load_cert_chain(*self.stack.demo.certificate(ALPHA))
            with socket.create_connection((host, int(port)), 10) as raw:
                with context.wrap_socket(raw, server_hostname="localhost") as secure:
                    self.assertIn(secure.version(), ("TLSv1.2", "TLSv1.3"))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # Old is what is tried.
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.set_ciphers("ALL:@SECLEVEL=0")
            with socket.create_connection((host, int(port)), 10) as raw:
                with self.assertRaises((ssl.SSLError, ConnectionError)):
                    context.wrap_socket(raw, server_hostname="localhost")
        plain = GRPCDoor(self.stack.server.grpc)
        self.addCleanup(plain.close)
        self.assertEqual(plain.call(_TENANT, {}, timeout=5).code, _REFUSED)
        self.assertTrue(environment.plain().rest.startswith("http://127.0.0.1:"))


if __name__ == "__main__":
    unittest.main()
