"""Client certificates at the gRPC door."""

from __future__ import annotations

import socket
import ssl
import time
import unittest
import warnings
from pathlib import Path

import environment
from authorities import Authority
from case import ACCESS_POINTS, EVENTS, SystemCase
from covers import covers
from grpc_door import Answer, GRPCDoor
from stack.artel import host_name
from stack.tenants import ALPHA, BETA, Tenant
from stack.wait import until

_TENANT = "artel.tenancy.v1.TenantService/GetTenant"
# How the handshake ends for a client that gets no further.
_REFUSED = "UNAVAILABLE"


class MutualTLSTests(SystemCase):
    """Who may connect, and as whom."""

    def call(
        self, tenant: Tenant, identity: tuple[Path, Path] | None, token: str | None = None,
    ) -> Answer:
        """Asks for the caller's tenant over a connection of its own."""
        return self.connect_as(host_name(tenant), identity).call(_TENANT, {}, token, timeout=10)

    def connect_as(self, name: str, identity: tuple[Path, Path] | None) -> GRPCDoor:
        """A channel with a certificate, to a name of the shared server."""
        door = GRPCDoor(
            self.stack.server.grpc, self.stack.certificates.authority, identity, name)
        self.addCleanup(door.close)
        return door

    @covers("A08", "B13", "S-B17")
    def test_no_certificate_gets_no_connection(self) -> None:
        """refuses connections without a certificate, even with a good token"""
        token = self.move_in().token()
        self.assertEqual(self.call(ALPHA, None).code, _REFUSED)
        self.assertEqual(self.call(ALPHA, None, token).code, _REFUSED)

    @covers("S-B12")
    def test_a_call_for_another_name(self) -> None:
        """answers no call that is for another tenant's name than the connection"""
        identity = self.stack.demo.certificate(ALPHA)
        for called, code in ((host_name(ALPHA), "OK"), (host_name(BETA), _REFUSED)):
            door = GRPCDoor(
                self.stack.server.grpc, self.stack.certificates.authority, identity,
                host_name(ALPHA), called)
            self.addCleanup(door.close)
            self.assertEqual(door.call(_TENANT, {}, timeout=10).code, code)

    @covers("A12", "B13")
    def test_a_tenants_certificate_names_the_caller(self) -> None:
        """takes a certificate of the tenant's authority as the client that it names"""
        for tenant in (ALPHA, BETA):
            answer = self.call(tenant, self.stack.demo.certificate(tenant))
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
        good = self.call(ALPHA, self.stack.demo.certificate(ALPHA), token)
        self.assertEqual(good.code, "OK", good)
        answer = self.call(BETA, self.stack.demo.certificate(BETA), token)
        self.assertIn(answer.code, ("PERMISSION_DENIED", "UNAUTHENTICATED"))
        self.assertEqual(answer.reason, "TENANT_MISMATCH")

    @covers("S-B17")
    def test_a_stranger_gets_no_connection(self) -> None:
        """refuses certificates of an authority that is no tenant's"""
        authority = Authority("Stranger")
        self.addCleanup(authority.close)
        identity = authority.issue(ALPHA.name, ALPHA.console)
        self.assertEqual(self.call(ALPHA, identity).code, _REFUSED)

    @covers("S-B11")
    def test_a_name_is_served_to_its_tenant_alone(self) -> None:
        """refuses a tenant's good certificate under another tenant's name, under names that are
        no tenant's, and without any"""
        identity = self.stack.demo.certificate(ALPHA)
        self.assertEqual(self.call(ALPHA, identity).code, "OK")
        self.assertEqual(self.call(BETA, identity).code, _REFUSED)
        for name in ("nobody.artel.localhost", "artel.localhost", "localhost", ""):
            with self.subTest(name):
                door = self.connect_as(name, identity)
                self.assertEqual(door.call(_TENANT, timeout=10).code, _REFUSED)

    @covers("S-B10", "S-B13", "S-B14", "S-B15", "S-B26")
    def test_an_authority_speaks_for_its_own_tenant_alone(self) -> None:
        """refuses certificates that one tenant's authority made in another tenant's name, or that
        break the profile; takes those of a second authority of the tenant until it is removed"""
        authority = Authority("Beta's second authority")
        self.addCleanup(authority.close)
        authority.add_to(self.stack, BETA)
        self.addCleanup(authority.remove_from, self.stack)
        added = time.monotonic()
        own = authority.issue(BETA.name, BETA.console)
        until("its clients come in", lambda: self.call(BETA, own).code == "OK", 5)
        # The directory's second, and the time that it takes to look.
        self.assertLess(time.monotonic() - added, 3)
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
                answer = self.call(BETA, identity)
                self.assertEqual(
                    (answer.code, answer.reason), ("UNAUTHENTICATED", "CERTIFICATE_INVALID"))
        for title, identity in {
            "a server's": authority.issue(BETA.name, BETA.console, usage="serverAuth"),
        }.items():
            with self.subTest(title):
                answer = self.call(BETA, identity)
                self.assertIn(answer.code, ("UNAUTHENTICATED", _REFUSED))
        another = authority.issue(ALPHA.name, ALPHA.console)
        self.assertEqual(self.call(ALPHA, another).code, _REFUSED)
        door = self.connect_as(host_name(BETA), own)
        self.assertEqual(door.call(_TENANT).code, "OK")
        authority.remove_from(self.stack)
        # Over the connection that is open already, too; soon it is closed.
        until("the old connection is refused", lambda: door.call(_TENANT).code != "OK", 5)
        until("no connection is left", lambda: door.call(_TENANT).code == _REFUSED, 5)
        self.assertEqual(self.call(BETA, own).code, _REFUSED)
        good = self.call(BETA, self.stack.demo.certificate(BETA))
        self.assertEqual(good.code, "OK", good)

    @covers("S-B3", "S-B1", "B02")
    def test_the_doors_speak_tls_1_2_or_newer(self) -> None:
        """refuses TLS 1.1 on both doors, and plain text where TLS is spoken"""
        name = host_name(ALPHA)
        for address in (self.stack.server.grpc, self.stack.server.rest.removeprefix("https://")):
            host, _, port = address.rpartition(":")
            context = ssl.create_default_context(cafile=self.stack.certificates.authority)
            context.set_alpn_protocols(["h2", "http/1.1"])
            context.load_cert_chain(*self.stack.demo.certificate(ALPHA))
            with socket.create_connection((host, int(port)), 10) as raw:
                with context.wrap_socket(raw, server_hostname=name) as secure:
                    self.assertIn(secure.version(), ("TLSv1.2", "TLSv1.3"))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # Old is what is tried.
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.set_ciphers("ALL:@SECLEVEL=0")
            with socket.create_connection((host, int(port)), 10) as raw:
                with self.assertRaises((ssl.SSLError, ConnectionError)):
                    context.wrap_socket(raw, server_hostname=name)
        plain = GRPCDoor(self.stack.server.grpc)
        self.addCleanup(plain.close)
        self.assertEqual(plain.call(_TENANT, {}, timeout=5).code, _REFUSED)
        self.assertTrue(environment.plain().rest.startswith("http://127.0.0.1:"))


if __name__ == "__main__":
    unittest.main()
