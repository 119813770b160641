"""Sizes and compression."""

import grpc

from case import InteropCase
from probe import CLIENT_STREAM, KINDS, SERVER_STREAM, UNARY

_LIMIT = 4 << 20


class Limits(InteropCase):
    """4 MiB, both ways."""

    def test_largest_request(self) -> None:
        """takes a request of exactly 4 MiB, and refuses one byte more, on every kind"""
        for kind in KINDS:
            with self.subTest(kind=kind):
                sized = (("probe-size", "3"),) if kind in (UNARY, SERVER_STREAM) else ()
                channel = self.connect(self.server.target, max_receive_message_length=8 << 20)
                ended = kind.run(channel, (bytes(_LIMIT),), metadata=sized)
                self.assertEqual(ended.code, grpc.StatusCode.OK, ended.message)
                ended = kind.run(channel, (bytes(_LIMIT + 1),), metadata=sized)
                self.assertEqual(ended.code, grpc.StatusCode.RESOURCE_EXHAUSTED, ended.message)
                self.assertEqual(kind.run(channel).code, grpc.StatusCode.OK)

    def test_largest_response(self) -> None:
        """leaves it to the client to refuse a response of more than 4 MiB"""
        for kind in (UNARY, SERVER_STREAM):
            with self.subTest(kind=kind):
                ended = kind.run(self.channel, metadata=(("probe-size", str(_LIMIT)),))
                self.assertEqual(ended.code, grpc.StatusCode.OK, ended.message)
                ended = kind.run(self.channel, metadata=(("probe-size", str(_LIMIT + 1)),))
                self.assertEqual(ended.code, grpc.StatusCode.RESOURCE_EXHAUSTED, ended.message)

    def test_response_above_the_servers_limit(self) -> None:
        """refuses to send a response of more than 16 MiB"""
        channel = self.connect(self.server.target, max_receive_message_length=64 << 20)
        for kind in (UNARY, SERVER_STREAM):
            with self.subTest(kind=kind):
                ended = kind.run(channel, metadata=(("probe-size", str((16 << 20) + 1)),))
                self.assertEqual(ended.code, grpc.StatusCode.RESOURCE_EXHAUSTED, ended.message)

    def test_gzip(self) -> None:
        """understands compressed requests on every kind of call"""
        message = b"again and again " * 10_000
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(
                    self.channel, (message,), compression=grpc.Compression.Gzip)
                self.assertEqual(ended.code, grpc.StatusCode.OK, ended.message)
                self.assertEqual(ended.messages, [b"1" if kind is CLIENT_STREAM else message])

    def test_deflate(self) -> None:
        """understands deflate, or says UNIMPLEMENTED and which encodings it takes"""
        ended = UNARY.run(self.channel, (b"x" * 10_000,), compression=grpc.Compression.Deflate)
        self.assertIn(ended.code, (grpc.StatusCode.OK, grpc.StatusCode.UNIMPLEMENTED))

    def test_inflated_size_counts(self) -> None:
        """measures a compressed request by its inflated size: 4 MiB, and not one byte more"""
        for size, code in ((_LIMIT, grpc.StatusCode.OK),
                           (_LIMIT + 1, grpc.StatusCode.RESOURCE_EXHAUSTED)):
            for kind in KINDS:
                with self.subTest(kind=kind, size=size):
                    sized = (("probe-size", "3"),) if kind in (UNARY, SERVER_STREAM) else ()
                    channel = self.connect(self.server.target, max_receive_message_length=8 << 20)
                    ended = kind.run(
                        channel, (bytes(size),), metadata=sized,
                        compression=grpc.Compression.Gzip)
                    self.assertEqual(ended.code, code, ended.message)
