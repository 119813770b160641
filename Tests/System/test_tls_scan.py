"""Both doors, looked at with TLS stacks that are not theirs."""

from __future__ import annotations

import socket
import ssl
import subprocess
import unittest
from pathlib import Path

from sslyze import (
    ClientAuthenticationCredentials, ScanCommand, Scanner, ServerNetworkConfiguration,
    ServerNetworkLocation, ServerScanRequest, ServerScanStatusEnum,
)

from case import SystemCase
from covers import covers
from stack.artel import host_name
from stack.tenants import ALPHA

_OLD = (
    ScanCommand.SSL_2_0_CIPHER_SUITES, ScanCommand.SSL_3_0_CIPHER_SUITES,
    ScanCommand.TLS_1_0_CIPHER_SUITES, ScanCommand.TLS_1_1_CIPHER_SUITES,
)
_OTHERS = {
    ScanCommand.TLS_1_2_CIPHER_SUITES, ScanCommand.TLS_1_3_CIPHER_SUITES,
    ScanCommand.TLS_COMPRESSION, ScanCommand.TLS_1_3_EARLY_DATA,
    ScanCommand.SESSION_RENEGOTIATION, ScanCommand.HEARTBLEED, ScanCommand.ROBOT,
    ScanCommand.OPENSSL_CCS_INJECTION, ScanCommand.TLS_FALLBACK_SCSV,
    ScanCommand.ELLIPTIC_CURVES, ScanCommand.TLS_EXTENDED_MASTER_SECRET,
}


class TLSScanTests(SystemCase):
    """What the doors' TLS admits."""

    @property
    def identity(self) -> tuple[Path, Path]:
        """A client's certificate and key."""
        return self.stack.demo.certificate(ALPHA)

    @covers("S-B1", "S-B2")
    def test_the_rest_door_by_sslyze(self) -> None:
        """finds nothing old, weak or broken at the REST door, whether or not it asks for a
        certificate"""
        port = int(self.stack.server.rest.rpartition(":")[2])
        certificate, key = self.identity
        for name, credentials in (
            (host_name(ALPHA), ClientAuthenticationCredentials(certificate, key)),
            (host_name(ALPHA), None), ("localhost", None),
        ):
            with self.subTest(name=name, certificate=credentials is not None):
                self.scan(name, port, credentials)

    def scan(
        self, name: str, port: int, credentials: ClientAuthenticationCredentials | None
    ) -> None:
        """Scans one name."""
        scanner = Scanner()
        scanner.queue_scans([ServerScanRequest(
            ServerNetworkLocation(hostname=name, port=port, ip_address="127.0.0.1"),
            ServerNetworkConfiguration(
                tls_server_name_indication=name, tls_client_auth_credentials=credentials),
            scan_commands={*_OLD, *_OTHERS})])
        scanned = next(iter(scanner.get_results()))
        self.assertEqual(scanned.scan_status, ServerScanStatusEnum.COMPLETED, scanned)
        found = scanned.scan_result
        assert found is not None

        def of(command: ScanCommand):  # noqa: ANN202 (each command has a type of its own)
            attempt = getattr(found, command.value)
            self.assertIsNone(attempt.error_trace, f"{command}: {attempt.error_reason}")
            return attempt.result

        for command in _OLD:
            self.assertEqual(of(command).accepted_cipher_suites, [], command)
        for command in (ScanCommand.TLS_1_2_CIPHER_SUITES, ScanCommand.TLS_1_3_CIPHER_SUITES):
            accepted = [each.cipher_suite.name for each in of(command).accepted_cipher_suites]
            self.assertTrue(accepted, command)
            for suite in accepted:
                self.assertRegex(suite, "^TLS_(ECDHE_.*|AES_.*|CHACHA20_.*)(GCM|POLY1305)_SHA")
        self.assertFalse(of(ScanCommand.TLS_COMPRESSION).supports_compression)
        self.assertFalse(of(ScanCommand.TLS_1_3_EARLY_DATA).supports_early_data)
        renegotiation = of(ScanCommand.SESSION_RENEGOTIATION)
        self.assertTrue(renegotiation.supports_secure_renegotiation)
        self.assertFalse(renegotiation.is_vulnerable_to_client_renegotiation_dos)
        self.assertFalse(of(ScanCommand.HEARTBLEED).is_vulnerable_to_heartbleed)
        self.assertIn("NOT_VULNERABLE", of(ScanCommand.ROBOT).robot_result.name)
        self.assertFalse(of(ScanCommand.OPENSSL_CCS_INJECTION).is_vulnerable_to_ccs_injection)
        self.assertTrue(of(ScanCommand.TLS_FALLBACK_SCSV).supports_fallback_scsv)
        for curve in of(ScanCommand.ELLIPTIC_CURVES).supported_curves or []:
            self.assertIn(curve.name, ("X25519", "secp256r1", "secp384r1", "secp521r1", "X448"))

    @covers("B04", "S-B1", "S-B3")
    def test_ciphers_by_openssl(self) -> None:
        """takes suites with forward secrecy and authenticated encryption alone, on both doors; the
        gRPC port takes nobody who does not offer HTTP/2"""
        names = subprocess.run(
            ["openssl", "ciphers", "-tls1_2", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"], check=True,
            capture_output=True, text=True).stdout.strip().split(":")
        self.assertGreater(len(names), 30)
        for address in (self.stack.server.grpc, self.stack.server.rest.removeprefix("https://")):
            taken = {name for name in names if self.handshake(address, name)}
            self.assertTrue(taken, address)
            for name in taken:
                self.assertRegex(name, "^ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM|CHACHA20)")
        suite = "ECDHE-ECDSA-AES128-GCM-SHA256"
        self.assertTrue(self.handshake(self.stack.server.grpc, suite))
        for protocols in ([], ["http/1.1"]):
            self.assertFalse(self.handshake(self.stack.server.grpc, suite, protocols))

    def handshake(
        self, address: str, suite: str, protocols: list[str] | None = None
    ) -> bool:
        """Whether a handshake with one suite of TLS 1.2 comes to its end."""
        host, _, port = address.rpartition(":")
        context = ssl.create_default_context(cafile=self.stack.certificates.authority)
        context.load_cert_chain(*self.identity)
        context.set_alpn_protocols(["h2"] if protocols is None else protocols)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.set_ciphers(f"{suite}:@SECLEVEL=0")
        except ssl.SSLError:
            return False  # Python's build has none of it, so that nobody takes it here.
        try:
            with socket.create_connection((host, int(port)), 10) as raw:
                with context.wrap_socket(raw, server_hostname=host_name(ALPHA)) as secure:
                    return secure.version() == "TLSv1.2"
        except (ssl.SSLError, OSError):
            return False


if __name__ == "__main__":
    unittest.main()
