"""Requests that HTTP/2 forbids (RFC 9113 sections 8.1 to 8.3): their streams end, others go on."""

from case import RESIDENT, VISITS
from http2_case import HTTP2Case
from server import covers

PROTOCOL_ERROR = 1
GOOD = [(":method", "GET"), (":scheme", "http"), (":path", RESIDENT), (":authority", "a")]


class Rules(HTTP2Case):
    """What a request may not be."""

    def refused(self, fields: list[tuple[str, str]], body: bytes | None = None) -> None:
        """Is reset, and the connection is as good as before."""
        client = self.client()
        answer = client.answer(client.fields(fields, body=body))
        self.assertEqual((answer.reset, answer.status), (PROTOCOL_ERROR, 0), fields)
        self.assertEqual(client.get(RESIDENT).status, 200, fields)

    def replaced(self, name: str, value: str) -> list[tuple[str, str]]:
        """A good request but for one field."""
        return [(key, value if key == name else old) for key, old in GOOD]

    def test_pseudo_fields(self) -> None:
        """wants each pseudo-field once, before the others, and no further ones"""
        for name in (":method", ":scheme", ":path"):
            self.refused([pair for pair in GOOD if pair[0] != name])
        for pair in GOOD:
            self.refused([*GOOD, pair])
        self.refused([*GOOD[:3], ("x-a", "b"), GOOD[3]])
        self.refused([*GOOD, (":status", "200")])
        self.refused([*GOOD, (":nope", "1")])
        self.refused([*GOOD, (":protocol", "websocket")])

    def test_values(self) -> None:
        """wants values that can be"""
        for path in ("", "v1", "*", "http://a/", "/a b", "/\u00e9"):
            self.refused(self.replaced(":path", path))
        for method in ("", "G T", "CONNECT"):
            self.refused(self.replaced(":method", method))
        self.refused(self.replaced(":scheme", "ftp"))
        self.refused([(":method", "CONNECT"), (":authority", "a:80")])

    @covers("S-F12")
    def test_host(self) -> None:
        """wants one host, whichever of both fields names it"""
        no_authority = GOOD[:3]
        self.refused(no_authority)
        self.refused(self.replaced(":authority", ""))
        self.refused(self.replaced(":authority", "a/b"))
        self.refused([*GOOD, ("host", "b")])
        self.refused([*no_authority, ("host", "a"), ("host", "a")])
        client = self.client()
        for fields in ([*no_authority, ("host", "a")], [*GOOD, ("host", "a")]):
            self.assertEqual(client.answer(client.fields(fields)).status, 200)

    @covers("S-F12")
    def test_connection_fields(self) -> None:
        """wants nothing of the connection in a request (section 8.2.2)"""
        for field in (
            ("connection", "close"), ("keep-alive", "1"), ("proxy-connection", "x"),
            ("transfer-encoding", "chunked"), ("upgrade", "h2c"), ("te", "gzip"),
        ):
            self.refused([*GOOD, field])
        client = self.client()
        self.assertEqual(client.get(RESIDENT, ("te", "trailers")).status, 200)

    @covers("S-F12")
    def test_fields(self) -> None:
        """wants names in lower case and values that cannot end a line (section 8.2.1)"""
        for field in (
            ("X-Upper", "a"), ("x y", "a"), ("x:y", "a"), ("x", "a\r\nb: c"),
            ("x", "a\nb"), ("x", "a\0b"), ("x", " a"), ("x", "a\t"), ("x", "a\x01"),
        ):
            self.refused([*GOOD, field])

    @covers("S-F12")
    def test_lengths(self) -> None:
        """wants the length that was announced (section 8.1.1)"""
        post = [(":method", "POST"), *GOOD[1:2], (":path", VISITS), GOOD[3],
                ("content-type", "application/json")]
        for length in ("3", "1", "-2", "+2", "0x2", "2 ", "", "2, 2", "99999999999999999999"):
            self.refused([*post, ("content-length", length)], body=b"{}")
        self.refused([*post, ("content-length", "2"), ("content-length", "3")], body=b"{}")
        self.refused([*GOOD, ("content-length", "1")])

    def test_trailers(self) -> None:
        """wants no pseudo-fields behind a body, and nothing behind the end"""
        client = self.client()
        stream = client.request(VISITS, method="POST", body=b"{}", end=False)
        client.http.send_headers(stream, [(":path", "/")], end_stream=True)
        client.flush()
        self.assertEqual(client.answer(stream).reset, PROTOCOL_ERROR)
        self.assertEqual(client.get(RESIDENT).status, 200)

    def test_too_many(self) -> None:
        """ends a connection whose requests are none, one after the other"""
        client = self.client()
        for _ in range(300):
            if client.ended or client.goaway is not None:
                break
            client.answer(client.fields([*GOOD, ("x", " a")]))
        self.assertEqual(client.goaway, 11)
