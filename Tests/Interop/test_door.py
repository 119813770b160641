"""The same cases on the REST door: gRPC over HTTP/2 without a client's certificate."""

import atexit
import functools
import random
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

import grpc

import test_cases
import test_endings
import test_limits
import test_metadata
import test_statuses
from case import InteropCase
from probe import KINDS
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


class _Plain(InteropCase):
    """Without TLS, by prior knowledge."""

    @classmethod
    def setUpClass(cls) -> None:
        """Finds the server, or starts it."""
        cls.server = _plain()

    def connect(self, target: str, **options: str | int) -> grpc.Channel:
        """A channel to the door, whatever the target."""
        return super().connect(f"127.0.0.1:{self.server.door}", **options)


class PlainDoor(_Plain, test_cases.Cases):
    """What every server of gRPC does."""


class DoorStatuses(_Plain, test_statuses.Statuses):
    """Every code, on every kind of call."""


class DoorEndings(_Plain, test_endings.Endings):
    """Calls that end before their handlers do."""


class DoorMetadata(_Plain, test_metadata.Metadata):
    """ASCII and bytes, before the messages and behind them."""

    # A field with a space at an end is none in HTTP/2 (RFC 9113 section 8.2.1).
    text = "~!\"#$%&'()*+,-./:;<=>?@[]^_`{|}"
    # A head has a hundred fields here, gRPC's own among them.
    test_many_pairs = None


class DoorLimits(_Plain, test_limits.Limits):
    """4 MiB of a request. An answer has the limit of its memory, and what inflates to two hundred
    times its size the limit of codings."""

    test_response_above_the_servers_limit = None
    test_inflated_size_counts = None

    def test_inflated_size(self) -> None:
        """measures a compressed request by its inflated size"""
        numbers = random.Random(0)
        whole = b"".join(numbers.randbytes(64) + bytes(4032) for _ in range(1025))
        for size, code in ((4 << 20, grpc.StatusCode.OK),
                           ((4 << 20) + 1, grpc.StatusCode.RESOURCE_EXHAUSTED)):
            for kind in KINDS:
                with self.subTest(kind=kind, size=size):
                    channel = self.connect(self.server.target, max_receive_message_length=8 << 20)
                    ended = kind.run(
                        channel, (whole[:size],), compression=grpc.Compression.Gzip)
                    self.assertEqual(ended.code, code, ended.message)


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
