"""Metadata as grpcio's client sends and sees it."""

import grpc

from case import InteropCase
from probe import BIDIRECTIONAL, KINDS, SERVER_STREAM, UNARY


class Metadata(InteropCase):
    """ASCII and bytes, before the messages and behind them."""

    text = " ~!\"#$%&'()*+,-./:;<=>?@[]^_`{|}"

    def test_all_four(self) -> None:
        """carries text and bytes before and behind the messages on every kind of call"""
        sent = (
            ("probe-initial", "first"), ("probe-initial", "second, with a comma"),
            ("probe-initial-bin", bytes(range(256))), ("probe-initial-empty-bin", b""),
            ("probe-trailing", self.text),
            ("probe-trailing-bin", b"\x00"), ("probe-trailing-bin", b"\xff\xfe"),
        )
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(self.channel, metadata=sent)
                self.assertEqual(ended.code, grpc.StatusCode.OK, ended.message)
                self.assertEqual(ended.all("probe-initial"), ["first", "second, with a comma"])
                self.assertEqual(ended.all("probe-initial-bin"), [bytes(range(256))])
                self.assertEqual(ended.all("probe-initial-empty-bin"), [b""])
                # HTTP's fields have no space at their ends.
                self.assertEqual(
                    [str(value).strip() for value in ended.all("probe-trailing", trailing=True)],
                    ["~!\"#$%&'()*+,-./:;<=>?@[]^_`{|}"])
                self.assertEqual(
                    ended.all("probe-trailing-bin", trailing=True), [b"\x00", b"\xff\xfe"])

    def test_trailing_of_failures(self) -> None:
        """carries what is behind the messages of a failure too"""
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(self.channel, metadata=(
                    ("probe-status", "10"), ("probe-trailing-bin", b"\x01\x02")))
                self.assertEqual(ended.code, grpc.StatusCode.ABORTED)
                self.assertEqual(ended.all("probe-trailing-bin", trailing=True), [b"\x01\x02"])

    def test_initial_before_messages(self) -> None:
        """sends what goes before the messages before there is one"""
        for kind, requests in ((SERVER_STREAM, (b"x",)), (BIDIRECTIONAL, ())):
            with self.subTest(kind=kind):
                call = kind.start(
                    self.channel, requests, timeout=20,
                    metadata=(("probe-initial", "early"), ("probe-hold", "never-asked"),
                              ("probe-stage", "initial")))
                pairs = [tuple(pair) for pair in call.initial_metadata()]
                self.assertIn(("probe-initial", "early"), pairs)
                call.cancel()

    def test_many_pairs(self) -> None:
        """carries a hundred pairs, in their order"""
        sent = tuple(("probe-initial", f"{number:03d}") for number in range(100))
        ended = UNARY.run(self.channel, metadata=sent)
        self.assertEqual(ended.all("probe-initial"), [value for _, value in sent])

    def test_too_much(self) -> None:
        """refuses a call with more metadata than the limit, and serves the next"""
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(self.channel, metadata=(("refused", "x" * 20_000),))
                self.assertEqual(ended.code, grpc.StatusCode.RESOURCE_EXHAUSTED, ended.message)
                # libgrpc 1.51.1 may end the connection behind the refusal ("Failed parsing HTTP/2").
                after = kind.run(self.connect(self.server.target))
                self.assertEqual(after.code, grpc.StatusCode.OK, after.message)
