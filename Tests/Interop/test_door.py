"""The same cases on the REST door: gRPC over HTTP/2 without a client's certificate."""

import atexit
import functools
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

import grpc

import test_cases
from case import InteropCase
from server import Server
from stubs import testing


@functools.cache
def _identity() -> tuple[Path, Path]:
    """A certificate for localhost, and its key."""
    folder = tempfile.TemporaryDirectory(prefix="artel-door-")
    atexit.register(folder.cleanup)
    certificate, key = Path(folder.name, "cert.pem"), Path(folder.name, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True)
    return certificate, key


@functools.cache
def _plain() -> Server:
    return Server("--descriptors", testing().descriptors, "--door")


@functools.cache
def _secure() -> Server:
    certificate, key = _identity()
    return Server(
        "--descriptors", testing().descriptors, "--door", "--door-certificate", certificate,
        "--door-key", key)


class PlainDoor(test_cases.Cases):
    """Without TLS, by prior knowledge."""

    @classmethod
    def setUpClass(cls) -> None:
        """Finds the server, or starts it."""
        cls.server = _plain()

    def connect(self, target: str, **options: str | int) -> grpc.Channel:
        """A channel to the door, whatever the target."""
        return super().connect(f"127.0.0.1:{self.server.door}", **options)


class SecureDoor(test_cases.Cases):
    """Over TLS, by ALPN."""

    @classmethod
    def setUpClass(cls) -> None:
        """Finds the server, or starts it."""
        cls.server = _secure()

    def connect(self, target: str, **options: str | int) -> grpc.Channel:
        """A channel to the door, whatever the target."""
        certificate, _ = _identity()
        channel = grpc.secure_channel(
            f"localhost:{self.server.door}",
            grpc.ssl_channel_credentials(certificate.read_bytes()),
            [("grpc.use_local_subchannel_pool", 1), ("grpc.enable_http_proxy", 0)])
        self.addCleanup(channel.close)
        return channel


class Handshake(InteropCase):
    """What TLS agrees on."""

    @classmethod
    def setUpClass(cls) -> None:
        """Finds the server, or starts it."""
        cls.server = _secure()

    def test_alpn(self) -> None:
        """prefers HTTP/2 where the client takes both, and HTTP/1.1 where it takes no more"""
        certificate, _ = _identity()
        for offered, chosen in ((["http/1.1", "h2"], "h2"), (["http/1.1"], "http/1.1")):
            context = ssl.create_default_context(cafile=certificate)
            context.set_alpn_protocols(offered)
            raw = socket.create_connection(("127.0.0.1", self.server.door), 10)
            with raw, context.wrap_socket(raw, server_hostname="localhost") as wrapped:
                self.assertEqual(wrapped.selected_alpn_protocol(), chosen)
