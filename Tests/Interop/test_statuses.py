"""Statuses as grpcio's client sees them."""

import grpc

from case import InteropCase
from probe import KINDS

_CODES = {code.value[0]: code for code in grpc.StatusCode}
_MESSAGE = "why: 100%, ünïcode ☺ 😈,\t\r\n and \x00"
_DETAILS = bytes(range(256))


class Statuses(InteropCase):
    """Every code, on every kind of call."""

    def test_every_code_on_every_kind(self) -> None:
        """gives every code with its message and details on every kind of call"""
        self.assertEqual(sorted(_CODES), list(range(17)))
        for kind in KINDS:
            for number, code in _CODES.items():
                with self.subTest(kind=kind, code=code):
                    ended = kind.run(self.channel, metadata=(
                        ("probe-status", str(number)), ("probe-message-bin", _MESSAGE.encode()),
                        ("probe-details-bin", _DETAILS), ("probe-trailing", "behind")))
                    self.assertEqual(ended.code, code, ended.message)
                    self.assertEqual(ended.all("probe-trailing", trailing=True), ["behind"])
                    if number == 0:
                        self.assertEqual(ended.message, "")
                        self.assertTrue(ended.messages)
                    else:
                        self.assertEqual(ended.message, _MESSAGE)
                        self.assertEqual(
                            ended.all("grpc-status-details-bin", trailing=True), [_DETAILS])

    def test_status_behind_messages(self) -> None:
        """gives the messages that came before a failure"""
        for kind in KINDS:
            if not kind.server_streams:
                continue
            with self.subTest(kind=kind):
                ended = kind.run(self.channel, metadata=(("probe-status", "9"),))
                self.assertEqual(ended.code, grpc.StatusCode.FAILED_PRECONDITION)
                self.assertEqual(ended.messages, [b"ping"])

    def test_no_message(self) -> None:
        """gives an empty message where the failure has none"""
        for kind in KINDS:
            ended = kind.run(self.channel, metadata=(("probe-status", "5"),))
            self.assertEqual((ended.code, ended.message), (grpc.StatusCode.NOT_FOUND, ""))

    def test_unknown_paths(self) -> None:
        """answers UNIMPLEMENTED to methods and services that are not there"""
        for path in ("/artel.interop.Probe/None", "/no.Service/None", "/", "//", "/x"):
            with self.subTest(path=path):
                self.assert_fails(
                    grpc.StatusCode.UNIMPLEMENTED,
                    lambda: self.channel.unary_unary(path)(b"", timeout=20))
                self.assert_fails(
                    grpc.StatusCode.UNIMPLEMENTED,
                    lambda: list(self.channel.stream_stream(path)(iter([b""] * 3), timeout=20)))
