"""Client certificates at the REST door."""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
import time
import unittest
from pathlib import Path

from authorities import Authority
from case import SystemCase
from covers import covers
from rest_door import NamedDoor
from stack.artel import Doors, host_name
from stack.certificates import Identity, issue, make_authority
from stack.tenants import ALPHA, BETA, Tenant
from stack.wait import until


class RestCertificateTests(SystemCase):
    """Who may show which certificate, and as whom."""

    def door(
        self, name: str | Tenant, identity: tuple[Path, Path] | None = None, *more: str
    ) -> NamedDoor:
        """The shared server's door."""
        return NamedDoor(self.stack, name, identity, *more)

    @covers("A12", "B13")
    def test_a_certificate_names_the_caller(self) -> None:
        """takes a certificate of the tenant's authority as the client that it names, over both
        versions of HTTP and of TLS, and serves who has none by its token"""
        for tenant in (ALPHA, BETA):
            identity = self.stack.demo.certificate(tenant)
            for more in (
                ("--http1.1",), ("--http2",), ("--tls-max", "1.2"), ("--tlsv1.3",),
            ):
                with self.subTest(tenant=tenant.name, more=more):
                    answer = self.door(tenant, identity, *more).get()
                    self.assertEqual(answer.status, 200, answer.body)
                    self.assertEqual(answer.json()["name"], f"tenants/{tenant.name}")
        self.assertEqual(self.door(ALPHA).verdict(), "401")
        self.assertEqual(self.door(ALPHA).verdict(token=self.move_in().token()), "200")
        self.assertEqual(self.door("localhost").verdict(token=self.move_in().token()), "200")

    @covers("S-B4", "S-D13")
    def test_token_and_certificate_of_different_tenants(self) -> None:
        """refuses a token of one tenant over a certificate of another"""
        token = self.move_in(ALPHA).token()
        self.assertEqual(
            self.door(ALPHA, self.stack.demo.certificate(ALPHA)).verdict(token=token), "200")
        answer = self.door(BETA, self.stack.demo.certificate(BETA)).get(token=token)
        self.assertEqual((answer.status, answer.reason), (403, "TENANT_MISMATCH"))

    @covers("S-B11", "S-B17", "S-B18")
    def test_strangers_get_no_connection(self) -> None:
        """refuses in the handshake what no authority of the tenant has signed, and does not ask
        under names that are no tenant's"""
        stranger = Authority("Stranger")
        self.addCleanup(stranger.close)
        for title, name, identity in (
            ("a stranger's", ALPHA, stranger.issue(ALPHA.name, ALPHA.console)),
            ("another tenant's", BETA, self.stack.demo.certificate(ALPHA)),
        ):
            with self.subTest(title):
                self.assertEqual(self.door(name, identity).verdict(), "refused")
        good = self.stack.demo.certificate(ALPHA)
        for name in ("localhost", "artel.localhost", "nobody.artel.localhost"):
            with self.subTest(name):
                self.assertEqual(self.door(name, good).verdict(), "401")

    @covers("S-B10", "S-B13", "S-B14", "S-B15", "S-B19", "S-B26")
    def test_an_authority_speaks_for_its_own_tenant_alone(self) -> None:
        """refuses certificates that one tenant's authority made in another tenant's name, or that
        break the profile; takes those of a second authority of the tenant until it is removed"""
        authority = Authority("Beta's other authority")
        self.addCleanup(authority.close)
        authority.add_to(self.stack, BETA)
        self.addCleanup(authority.remove_from, self.stack)
        own = authority.issue(BETA.name, BETA.console)
        until("its clients come in", lambda: self.door(BETA, own).verdict() == "200", 5)
        prefix = "URI:spiffe://artel.localhost/tenants/"
        beta = f"{prefix}{BETA.name}/clients/{BETA.console}"
        for title, identity in {
            "another tenant's name": authority.issue(ALPHA.name, ALPHA.console),
            "a client of another tenant": authority.issue(BETA.name, ALPHA.console),
            "an unknown client": authority.issue(BETA.name, "nobody"),
            "two names": authority.issue("", "", f"{beta},{prefix}alpha/clients/{ALPHA.console}"),
            "another scheme": authority.issue(
                "", "", f"URI:https://artel.localhost/tenants/{BETA.name}/clients/{BETA.console}"),
            "no URI": authority.issue("", "", f"DNS:{BETA.name}.artel.localhost"),
        }.items():
            with self.subTest(title):
                answer = self.door(BETA, identity).get()
                self.assertEqual((answer.status, answer.reason), (401, "CERTIFICATE_INVALID"))
        server = authority.issue(BETA.name, BETA.console, usage="serverAuth")
        self.assertIn(self.door(BETA, server).verdict(), ("401", "refused"))
        kept = KeptConnection(self.stack.server.rest, self.stack.certificates.authority, BETA, own)
        self.addCleanup(kept.close)
        self.assertEqual(kept.get(), 200)
        authority.remove_from(self.stack)
        removed = time.monotonic()
        until("the open connection is ended", lambda: kept.get() is None, 5)
        self.assertLess(time.monotonic() - removed, 5)
        self.assertEqual(self.door(BETA, own).verdict(), "refused")
        self.assertEqual(self.door(BETA, self.stack.demo.certificate(BETA)).verdict(), "200")

    @covers("S-B19", "S-B26")
    def test_a_slow_handshake(self) -> None:
        """ends the connection of a client that shows its certificate late, when its authority is
        trusted no more"""
        authority = Authority("Beta's passing authority")
        self.addCleanup(authority.close)
        authority.add_to(self.stack, BETA)
        self.addCleanup(authority.remove_from, self.stack)
        identity = authority.issue(BETA.name, BETA.console)
        until("its clients come in", lambda: self.door(BETA, identity).verdict() == "200", 5)
        context = ssl.create_default_context(cafile=self.stack.certificates.authority)
        context.load_cert_chain(*identity)
        come, go = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(come, go, server_hostname=host_name(BETA))
        host, _, port = self.stack.server.rest.removeprefix("https://").rpartition(":")
        with socket.create_connection((host, int(port)), 10) as raw:
            with self.assertRaises(ssl.SSLWantReadError):
                tls.do_handshake()
            raw.sendall(go.read())
            come.write(raw.recv(65_536))
            # The server has chosen whom to trust. Now this changes, and then the client goes on.
            authority.remove_from(self.stack)
            until("it is gone", lambda: self.door(BETA, identity).verdict() == "refused", 5)
            while True:
                try:
                    tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    come.write(raw.recv(65_536))
            tls.write(_request(host_name(BETA)))
            raw.sendall(go.read())
            raw.settimeout(5)
            try:
                while raw.recv(65_536):
                    pass
            except ConnectionError:
                pass  # An end, too; TimeoutError is none.

    @covers("S-B12")
    def test_a_connection_is_for_one_name(self) -> None:
        """answers 421 to a request for another tenant's name, also behind a good one over the same
        connection"""
        identity = self.stack.demo.certificate(ALPHA)
        for more in (("--http1.1",), ("--http2",)):
            door = self.door(ALPHA, identity, *more)
            self.assertEqual(door.get(host=host_name(BETA)).status, 421)
        kept = KeptConnection(
            self.stack.server.rest, self.stack.certificates.authority, ALPHA, identity)
        self.addCleanup(kept.close)
        self.assertEqual(kept.get(), 200)
        self.assertEqual(kept.get(host_name(BETA)), 421)

    @covers("S-B25", "S-B5")
    def test_headers_name_no_certificate(self) -> None:
        """takes no header's word for a certificate"""
        pem = self.stack.demo.certificate(ALPHA)[0].read_text()
        line = pem.replace("\n", "").replace("-----BEGIN CERTIFICATE-----", "")
        line = line.replace("-----END CERTIFICATE-----", "")
        uri = f"spiffe://artel.localhost/tenants/{ALPHA.name}/clients/{ALPHA.console}"
        for name, value in {
            "x-forwarded-client-cert": f"URI={uri}",
            "client-cert": f":{line}:",
            "ssl-client-cert": line,
            "x-ssl-client-cert": line,
            "x-client-cert": line,
            "x-forwarded-tls-client-cert": line,
        }.items():
            with self.subTest(name):
                answer = self.door(ALPHA).get(**{name: value})
                self.assertEqual(answer.status, 401, answer.body)

    @covers("S-B20", "S-B2")
    def test_sessions_are_not_resumed(self) -> None:
        """shakes hands anew with a client whose last session it could resume, and takes no early
        data"""
        context = ssl.create_default_context(cafile=self.stack.certificates.authority)
        context.load_cert_chain(*self.stack.demo.certificate(ALPHA))
        host, _, port = self.stack.server.rest.removeprefix("https://").rpartition(":")
        session = None
        for _ in range(3):
            with socket.create_connection((host, int(port)), 10) as raw:
                with context.wrap_socket(
                    raw, server_hostname=host_name(ALPHA), session=session
                ) as secure:
                    self.assertFalse(secure.session_reused)
                    # Tickets come with the first answer.
                    secure.sendall(_request(host_name(ALPHA)))
                    self.assertTrue(secure.recv(4096).startswith(b"HTTP/1.1 200"))
                    session = secure.session

    @covers("S-B27")
    def test_the_servers_certificate_is_renewed(self) -> None:
        """serves by a renewed certificate without a restart, and without one failed request"""
        with tempfile.TemporaryDirectory(prefix="artel-renewal-") as name:
            work = Path(name)
            authority, key = work / "authority.pem", work / "authority.key"
            make_authority(authority, key, "Renewals")
            names = "subjectAltName = IP:127.0.0.1,DNS:*.artel.localhost\n"
            current = Identity(work / "server.pem", work / "server.key")
            issue(current, authority, key, "First", names)
            server = self.stack.artel.serve(Doors(more={
                "ARTEL_REST_TLS_CERTIFICATE_FILE": str(current.certificate),
                "ARTEL_REST_TLS_KEY_FILE": str(current.key),
            }), "renewed")
            self.addCleanup(server.stop)
            context = ssl.create_default_context(cafile=authority)
            port = int(server.rest.rpartition(":")[2])

            def subject() -> str:
                with socket.create_connection(("127.0.0.1", port), 10) as raw:
                    with context.wrap_socket(raw, server_hostname=host_name(ALPHA)) as secure:
                        secure.sendall(_request(host_name(ALPHA), "/healthz"))
                        if not secure.recv(4096).startswith(b"HTTP/1.1 200"):
                            raise ConnectionError("no answer")
                        return str(secure.getpeercert()["subject"][0][0][1])

            self.assertEqual(subject(), "First")
            failures: list[BaseException] = []
            done = threading.Event()

            def load() -> None:
                while not done.is_set():
                    try:
                        subject()
                    except (OSError, ssl.SSLError) as error:
                        failures.append(error)

            threads = [threading.Thread(target=load) for _ in range(3)]
            for thread in threads:
                thread.start()
            try:
                # Not a pair: the old one stays.
                stray = Identity(work / "stray.pem", work / "stray.key")
                issue(stray, authority, key, "Stray", names)
                current.key.write_bytes(stray.key.read_bytes())
                time.sleep(6)
                self.assertEqual(subject(), "First")
                issue(current, authority, key, "Second", names)
                until("the new one is shown", lambda: subject() == "Second", 15)
            finally:
                done.set()
                for thread in threads:
                    thread.join()
            self.assertEqual(failures, [])


def _request(host: str, path: str = "/v1/tenant") -> bytes:
    return f"GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n".encode()


class KeptConnection:
    """One connection of HTTP/1.1 that is kept."""

    def __init__(
        self, address: str, authority: Path, tenant: Tenant, identity: tuple[Path, Path]
    ) -> None:
        """Connects under the tenant's name."""
        host, _, port = address.removeprefix("https://").rpartition(":")
        context = ssl.create_default_context(cafile=authority)
        context.load_cert_chain(*identity)
        self._name = host_name(tenant)
        raw = socket.create_connection((host, int(port)), 10)
        self._socket = context.wrap_socket(raw, server_hostname=self._name)

    def get(self, host: str = "") -> int | None:
        """Asks for the caller's tenant; the status, or None where the connection has ended."""
        try:
            self._socket.sendall(_request(host or self._name))
            head = b""
            while b"\r\n\r\n" not in head:
                more = self._socket.recv(4096)
                if not more:
                    return None
                head += more
        except (OSError, ssl.SSLError):
            return None
        time.sleep(0.05)
        return int(head.split(b" ")[1])

    def close(self) -> None:
        """Closes it."""
        self._socket.close()


if __name__ == "__main__":
    unittest.main()
