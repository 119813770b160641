"""Requests of HTTP/2 that are no calls of gRPC."""

from case import FramesCase, at_both_doors
from wire import Ended, headers, request_headers


class Requests(FramesCase):
    """A header that is missing, twice there or wrong."""

    def ends(self, fields: list[tuple[str, str]]) -> dict[str, str]:
        """Such a call ends, other than well; returns the last headers of its answer."""
        wire = self.connect()
        stream = wire.next_stream()
        try:
            wire.send(headers(stream, wire.encoder.encode(fields, huffman=False)))
            wire.message(stream, b"ping")
        except Ended:
            return {}
        answer = wire.over(stream).headers
        last = answer[-1] if answer else {}
        self.assertNotEqual(last.get("grpc-status"), "0", (fields, last))
        return last

    def without(self, name: str) -> list[tuple[str, str]]:
        """The headers of a good request, but for one."""
        return [pair for pair in request_headers() if pair[0] != name]

    def test_missing_path(self) -> None:
        """ends a request without a path"""
        self.ends(self.without(":path"))

    def test_empty_path(self) -> None:
        """ends a request of an empty path"""
        self.ends([*self.without(":path"), (":path", "")])

    def test_methods(self) -> None:
        """ends a request that is no POST"""
        for method in ("GET", "PUT", "DELETE", "CONNECT", "nonsense", ""):
            with self.subTest(method=method):
                self.ends([(":method", method), *self.without(":method")])

    def test_long_path(self) -> None:
        """answers UNIMPLEMENTED to a path that nobody can mean"""
        answer = self.ends([*self.without(":path"), (":path", "/" + "x" * 8000)])
        self.assertEqual(answer.get("grpc-status"), "12")

    def test_deadlines_that_are_none(self) -> None:
        """survives a timeout that is none"""
        for text in ("", "1", "1x", "-1S", "99999999999S", "S", "0x1S", " 1S", "1 S", "184467440H"):
            with self.subTest(text=text):
                wire = self.connect()
                try:
                    stream = wire.request(
                        "/artel.interop.Probe/Unary", ("grpc-timeout", text))
                    wire.message(stream, b"ping")
                    wire.over(stream)
                except Ended:
                    pass

    def test_illegal_headers(self) -> None:
        """survives headers that HTTP/2 forbids"""
        for pair in (("Upper", "x"), ("connection", "close"), ("transfer-encoding", "chunked"),
                     ("nul\0", "x"), ("x", "nul\0"), ("x", "line\r\nbreak"), ("", "empty"),
                     (":unknown", "x"), (":status", "200"), ("x", "\xff\xfe")):
            with self.subTest(pair=pair):
                wire = self.connect()
                try:
                    stream = wire.next_stream()
                    wire.send(headers(stream, wire.encoder.encode(
                        [*request_headers(), pair], huffman=False)))
                    wire.message(stream, b"ping")
                    wire.over(stream)
                except Ended:
                    pass


at_both_doors(globals())
