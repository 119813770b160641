"""Requests that two implementations may read differently (RFC 9112 section 11.2)."""

from case import VISITS, HTTPCase, get, post
from server import covers

HIDDEN = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
BEGIN = f"POST {VISITS} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


class Smuggling(HTTPCase):
    """What could hide a second request in a first."""

    @covers("S-F12")
    def test_two_framings(self) -> None:
        """refuses a length beside chunks, whichever comes first and however it is written"""
        for fields in (
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
            "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
            "content-length: 4\r\ntransfer-ENCODING: Chunked\r\n",
            "Content-Length: 4\r\nX: y\r\nTransfer-Encoding:chunked\r\n",
        ):
            self.refused(f"{BEGIN}{fields}\r\n0\r\n\r\n{HIDDEN}")

    @covers("S-F12")
    def test_transfer_codings(self) -> None:
        """refuses every transfer coding but one chunked"""
        for value in (
            "xchunked", "chunked, chunked", "gzip, chunked", "chunked, gzip", "identity",
            "chunked;q=1", "\x0bchunked", "chunked\x00", "'chunked'", '"chunked"', "", "chunke",
            ",chunked", "chunked,", "x chunked",
        ):
            self.refused(f"{BEGIN}Transfer-Encoding: {value}\r\n\r\n0\r\n\r\n{HIDDEN}")
        self.refused(f"{BEGIN}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n")
        self.refused(f"{BEGIN}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{HIDDEN}")
        self.refused(f"{BEGIN}X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}")
        self.refused(f"POST {VISITS} HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")

    @covers("S-F12")
    def test_lengths(self) -> None:
        """refuses every length but one of digits alone"""
        for value in (
            "", "+2", "-2", "0x2", "2,2", "2, 2", "2 2", "2;", "2.0", "2e0", "\u00b2",
            "18446744073709551618", "9223372036854775808", "9" * 40, "2\x0b", "2\x00", "\x002",
        ):
            self.refused(f"{BEGIN}Content-Length: {value}\r\n\r\n{{}}{HIDDEN}")
        for other in ("2", "3", ""):
            fields = f"Content-Length: 2\r\nContent-Length: {other}\r\n"
            self.refused(f"{BEGIN}{fields}\r\n{{}}{HIDDEN}")

    @covers("S-F12")
    def test_lines(self) -> None:
        """refuses lines that do not end in CRLF, folded ones, and CR and NUL inside"""
        for fields in (
            "X: y\n", "X: y\n\r\n", "\nX: y\r\n", "X: y\r\r\n", "X: y\rZ: w\r\n", "X: y\r\n z\r\n",
            "X: y\r\n\tz\r\n", "X: y\x00z\r\n", "X\x00: y\r\n", "X : y\r\n", "X\t: y\r\n",
            ": y\r\n",
            "X\r\n", " X: y\r\n", "X(: y\r\n", "X\xe9: y\r\n", "X: \x7f\r\n", "X: \x1b[0m\r\n",
        ):
            self.refused(f"{BEGIN}{fields}Content-Length: 2\r\n\r\n{{}}{HIDDEN}")
        self.refused(f"GET / HTTP/1.1\nHost: a\n\n{HIDDEN}")
        self.refused(f"GET / HTTP/1.1\r\nHost: a\r\n\n{HIDDEN}")

    @covers("S-F12")
    def test_chunks(self) -> None:
        """refuses chunks whose size or end can be read in two ways"""
        for body in (
            "2\n{}\r\n0\r\n\r\n", "2\r\n{}\n0\r\n\r\n", "2\r\n{}0\r\n\r\n",
            "2 \r\n{}\r\n0\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n", "+2\r\n{}\r\n0\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n", "2\r\n{}\r\n0\n\n",
            "\r\n2\r\n{}\r\n0\r\n\r\n", "2;\x00\r\n{}\r\n0\r\n\r\n", "g\r\n",
            "2;a\rb\r\n{}\r\n0\r\n\r\n", "2;a\nb\r\n{}\r\n0\r\n\r\n",
            "10000000000000002\r\n{}\r\n", "2\r\n{}\r\n0\r\nX : y\r\n\r\n",
            "2\r\n{}\r\n0\r\n X: y\r\n\r\n", "2\r\n{}\r\n0\r\nX: y\n\r\n",
        ):
            self.refused(f"{BEGIN}Transfer-Encoding: chunked\r\n\r\n{body}{HIDDEN}")

    @covers("S-F12")
    def test_chunk_extensions(self) -> None:
        """drops chunk extensions and trailers, and refuses a body that is made of them"""
        body = (
            '9;a=b;c="d"\r\n{"visitor\r\n0a;e\r\nName":"A"}\r\n'
            "0;z\r\nContent-Length: 99\r\nX-T: u\r\n\r\n")
        wire = self.connect()
        answer = wire.ask(f"{BEGIN}Transfer-Encoding: chunked\r\n\r\n{body}{get()}")
        self.assertEqual(answer.json()["visitorName"], "A")
        self.assertEqual(wire.answer().status, 200)
        self.refused(f"{BEGIN}Transfer-Encoding: chunked\r\n\r\n1;{'x' * 20000}\r\n")
        self.refused(f"{BEGIN}Transfer-Encoding: chunked\r\n\r\n0\r\n" + "X: y\r\n" * 3000)

    @covers("S-F12")
    def test_body_where_none_is_expected(self) -> None:
        """reads the body of a GET as a body and never as a request"""
        wire = self.connect()
        length = f"Content-Length: {len(HIDDEN)}"
        answer = wire.ask(get("/healthz", length) + HIDDEN + get("/nope"))
        self.assertEqual(answer.status, 200)
        self.assertEqual(wire.answer().status, 404)

    @covers("S-F12")
    def test_behind_a_fault(self) -> None:
        """answers what came before a fault, and nothing behind it"""
        wire = self.connect()
        wire.send(post("{}") + get() + "GET / HTTP/1.1\r\nHost : a\r\n\r\n" + HIDDEN)
        self.assertEqual([wire.answer().status for _ in range(3)], [200, 200, 400])
        self.assertTrue(wire.ends())
