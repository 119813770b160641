"""Request targets, hosts and versions (RFC 9112 sections 2.3 and 3.2)."""

from case import RESIDENT, HTTPCase, get
from server import covers


class Targets(HTTPCase):
    """The first line of a request, and its host."""

    def status(self, data: str) -> int:
        """How a request is answered."""
        return self.connect().ask(data).status

    def test_forms(self) -> None:
        """takes origin-form, absolute-form, and the asterisk for OPTIONS alone"""
        self.assertEqual(self.status(get(f"http://example.org{RESIDENT}")), 200)
        self.assertEqual(self.status(get(f"HTTPS://example.org:443{RESIDENT}")), 200)
        self.assertEqual(self.status(get("*", method="OPTIONS")), 204)
        for target in ("*", "example.org:80", "ftp://a/b", "http:///b", "//", "a", "http:/a"):
            self.assertIn(self.status(get(target)), (400, 404), target)

    @covers("S-F12")
    def test_connect(self) -> None:
        """opens no tunnel"""
        for target in ("example.org:80", RESIDENT, "*"):
            wire = self.connect()
            self.assertIn(wire.ask(get(target, method="CONNECT")).status, (400, 405))
            self.assertTrue(wire.ends())

    @covers("S-F15")
    def test_methods(self) -> None:
        """answers methods that a path does not have with 405 and those that it has"""
        for method in ("TRACE", "get", "M-SEARCH", "PROPFIND", "X" * 40):
            answer = self.connect().ask(get(method=method))
            self.assertEqual(answer.status, 405, method)
            self.assertIn("GET", answer.headers["allow"])
            self.assertEqual(answer.json()["error"]["code"], 405)
            self.assertEqual(answer.headers["x-content-type-options"], "nosniff")

    @covers("S-F13")
    def test_paths(self) -> None:
        """reads one path in one way, and routes no other by it"""
        for path in (
            "/v1/../v1/complexes/c/residents/r", "/v1/./complexes/c/residents/r", "/healthz/",
            "//healthz", "/%2e%2e/healthz", "/v1/complexes/c/residents/..",
            "/v1//complexes/c/residents/r", "/V1/complexes/c/residents/r",
            "/v1/complexes/c/residents/r/", "/healthz;a",
        ):
            self.assertEqual(self.status(get(path)), 404, path)
        for path in (
            "/v1/complexes/c/residents/%ff", "/v1/complexes/c/residents/%c0%af",
            "/v1/complexes/c/residents/%zz", "/v1/complexes/c/residents/%",
            "/v1/complexes/c/residents/%00",
        ):
            self.assertEqual(self.status(get(path)), 400, path)
        answer = self.connect().ask(get("/v1/complexes/c/residents/a%2F..%2Fb"))
        self.assertEqual(answer.json()["residentId"], "a/../b")
        for target in ("/a b", "/a\tb", "/a\x00", "/\x7f", "/a#b", "/\xe9"):
            self.refused(get(target))

    def test_hosts(self) -> None:
        """wants one host that is one in HTTP/1.1, and none in HTTP/1.0"""
        for host in ("a", "a:80", "[::1]:80", "127.0.0.1", "a_b-c.d", ""):
            self.assertEqual(self.status(f"GET {RESIDENT} HTTP/1.1\r\nHost: {host}\r\n\r\n"), 200)
        for fields in (
            "", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a, b\r\n",
            "Host: a b\r\n", "Host: a/b\r\n", "Host: a@b\r\n", "Host: a:b\r\n", "Host: [::1\r\n",
            "Host: :80\r\n",
            "Host: http://a\r\n",
        ):
            self.refused(f"GET {RESIDENT} HTTP/1.1\r\n{fields}\r\n")
        self.assertEqual(self.status(f"GET {RESIDENT} HTTP/1.0\r\n\r\n"), 200)
        self.refused(f"GET {RESIDENT} HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n")

    @covers("S-F10")
    def test_versions(self) -> None:
        """refuses other versions, and garbage, with a clean answer"""
        for version in ("HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9"):
            self.refused(f"GET {RESIDENT} {version}\r\nHost: a\r\n\r\n", 505)
        self.refused(b"PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n", 505)
        self.assertEqual(self.status(f"GET {RESIDENT} HTTP/1.9\r\nHost: a\r\n\r\n"), 200)
        for line in (
            f"GET {RESIDENT}", f"GET {RESIDENT} ", f"GET {RESIDENT} HTTP/1",
            f"GET {RESIDENT} HTTP/1.", f"GET {RESIDENT} HTTP/1.10", f"GET {RESIDENT} HTTP/01.1",
            f"GET {RESIDENT} http/1.1",
            f"GET {RESIDENT} HTTP /1.1", f"GET  {RESIDENT} HTTP/1.1", f"GET {RESIDENT}  HTTP/1.1",
            f"GET\t{RESIDENT} HTTP/1.1", f" GET {RESIDENT} HTTP/1.1", f"G\x00T {RESIDENT} HTTP/1.1",
            f"GET {RESIDENT} HTTP/1.1 ", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "{}",
            "\x00" * 20,
        ):
            self.refused(f"{line}\r\nHost: a\r\n\r\n")

    def test_first_byte(self) -> None:
        """tells TLS from HTTP by its first byte, without waiting for more"""
        self.refused(b"\x16")
        self.refused(b"\x80")

    def test_empty_lines(self) -> None:
        """skips the empty line that some send behind a body, and no more than two"""
        self.assertEqual(self.status("\r\n" + get()), 200)
        self.refused("\r\n\r\n\r\n" + get())
        self.refused("\n" + get())

    def test_upgrades(self) -> None:
        """answers a wish for another protocol in this one, and closes"""
        for fields in (
            ["Connection: upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
            ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"],
        ):
            wire = self.connect()
            answer = wire.ask(get(RESIDENT, *fields))
            self.assertEqual(answer.status, 200)
            self.assertNotIn("upgrade", answer.headers)
            self.assertTrue(wire.ends())
