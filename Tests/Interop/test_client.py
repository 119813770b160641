"""Our client against grpcio's server, and against ours."""

import unittest

from case import shared
from grpcio_service import serving
from server import call_cases

CASES = (
    "empty_unary", "large_unary", "client_compressed_unary", "server_compressed_unary",
    "client_streaming", "client_compressed_streaming", "server_streaming",
    "server_compressed_streaming", "ping_pong", "empty_stream", "timeout_on_sleeping_server",
    "cancel_after_begin", "cancel_after_first_response", "custom_metadata",
    "status_code_and_message", "special_status_message", "unimplemented_method",
    "unimplemented_service",
)
# grpcio's server cannot tell whether a message came compressed: the encoding of a call whose client
# may compress says nothing of a message that it did not.
_NOT_BY_GRPCIO = ("client_compressed_unary", "client_compressed_streaming")


class Client(unittest.TestCase):
    """`interop call`."""

    def check(self, port: int, *cases: str) -> None:
        """Every case passes, and says so."""
        ended = call_cases(port, *cases)
        self.assertEqual(
            ended.stdout.splitlines(), [f"PASS {case}" for case in cases], ended.stderr)
        self.assertEqual(ended.returncode, 0)

    def test_grpcio_server(self) -> None:
        """passes every case against grpcio's server"""
        with serving() as port:
            for case in CASES:
                if case not in _NOT_BY_GRPCIO:
                    with self.subTest(case=case):
                        self.check(port, case)

    def test_own_server(self) -> None:
        """passes every case against our server"""
        self.check(shared().port, *CASES)

    def test_failures_are_told(self) -> None:
        """fails a case that the server does not serve, says why, and goes on"""
        with serving(services=False) as port:
            ended = call_cases(port, "empty_unary", "unimplemented_service")
        self.assertEqual(ended.returncode, 1)
        self.assertRegex(
            ended.stdout, "^FAIL empty_unary: UNIMPLEMENTED: .*\\nPASS unimplemented_service\\n$")
