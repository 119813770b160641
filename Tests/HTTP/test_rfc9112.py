"""RFC 9112 by its sections: what each says of requests, as cases of bytes and answers."""

from __future__ import annotations

from case import LIST, RESIDENT, VISITS, HTTPCase, get, post
from server import covers

HOST = "Host: a\r\n"
JSON = "Content-Type: application/json\r\n"
VISIT = '{"visitorName":"A"}'
LAST = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

#: Section, what it is about, the bytes, and the statuses of all answers; the last ends the
#: connection. Where nothing may follow a fault, `LAST` behind it has no answer.
CASES: list[tuple[str, str, str, list[int]]] = [
    ("2.1", "a body is whatever its length says", post(VISIT) + LAST, [200, 200]),
    ("2.2", "an empty line before the request line", f"\r\n{LAST}", [200]),
    ("2.2", "a line that ends in LF", f"GET {RESIDENT} HTTP/1.1\n{HOST}\r\n{LAST}", [400]),
    ("2.2", "the last line ends in LF", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}\n{LAST}", [400]),
    ("2.2", "CR in a field", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}X: a\rb\r\n\r\n{LAST}", [400]),
    ("2.2", "CR in the request line", f"GET {RESIDENT}\r HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("2.2", "CR alone before the request line", f"\r{LAST}", [400]),
    ("2.2", "space before the first field",
     f"GET {RESIDENT} HTTP/1.1\r\n X: y\r\n{HOST}\r\n{LAST}", [400]),
    ("2.3", "the name of HTTP has a case", f"GET {RESIDENT} Http/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("2.3", "a version has two digits", f"GET {RESIDENT} HTTP/11.1\r\n{HOST}\r\n{LAST}", [400]),
    ("2.3", "a version has a point", f"GET {RESIDENT} HTTP/1,1\r\n{HOST}\r\n{LAST}", [400]),
    ("2.3", "no version is HTTP/0.9", f"GET {RESIDENT}\r\n\r\n", [400]),
    ("2.3", "a higher minor version", f"GET {RESIDENT} HTTP/1.2\r\n{HOST}\r\n{LAST}", [200, 200]),
    ("2.3", "another major version", f"GET {RESIDENT} HTTP/2.0\r\n{HOST}\r\n{LAST}", [505]),
    ("3", "two spaces", f"GET  {RESIDENT} HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3", "a tab", f"GET\t{RESIDENT}\tHTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3", "space at the end", f"GET {RESIDENT} HTTP/1.1 \r\n{HOST}\r\n{LAST}", [400]),
    ("3", "a target that is too long", f"GET /{'a' * 17000} HTTP/1.1\r\n{HOST}\r\n", [414]),
    ("3.1", "a method is a token", f"G(T {RESIDENT} HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3.1", "a method has a case", f"get {RESIDENT} HTTP/1.1\r\n{HOST}\r\n{LAST}", [405, 200]),
    ("3.2", "no target", f"GET HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3.2", "a space in a target", f"GET /a b HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3.2", "a control in a target", f"GET /a\x01b HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3.2", "no host", f"GET {RESIDENT} HTTP/1.1\r\n\r\n{LAST}", [400]),
    ("3.2", "no host in HTTP/1.0", f"GET {RESIDENT} HTTP/1.0\r\n\r\n", [200]),
    ("3.2", "two hosts", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}{HOST}\r\n{LAST}", [400]),
    *[("3.2", f"a host that is none: {host}",
       f"GET {RESIDENT} HTTP/1.1\r\nHost: {host}\r\n\r\n{LAST}", [400])
      for host in (
          "a b", "a/b", "a@b", "a?b", "a#b", "a\\b", "a:b", "a:80:80", "a:123456", "a:-1", "[::1",
          "::1", "[]", "[a]", "[1.2.3.4]", "[::1]a", "[:::1]", "[v.a]", "[v1.]", "%", "%4", "%zz",
          "a%4g", "\xe9", "a,b c", ":80", "http://a", "a\x00", "<a>", '"a"')],
    *[("3.2", f"a host: {host or 'empty'}",
       f"GET {RESIDENT} HTTP/1.1\r\nHost: {host}\r\n\r\n{LAST}", [200, 200])
      for host in (
          "", "a", "a:", "a:80", "A.example.", "127.0.0.1:8080", "[::1]", "[::1]:80",
          "[2001:db8::192.0.2.1]", "[v1.a:b]", "%41", "a_b", "xn--e1afmkfd")],
    ("3.2.1", "origin-form with a query", get(f"{LIST}?pageSize=1") + LAST, [200, 200]),
    ("3.2.2", "absolute-form", get(f"http://a{RESIDENT}") + LAST, [200, 200]),
    ("3.2.2", "absolute-form wants a host, too",
     f"GET http://a{RESIDENT} HTTP/1.1\r\n\r\n{LAST}", [400]),
    *[("3.2.2", f"absolute-form of no host: {host}",
       get(f"http://{host}{RESIDENT}") + LAST, [400])
      for host in ("", "u@a", "u:p@a", "a:b", "[::1", "[zz]", "%zz", "a,b c", "a\\b", "@")],
    ("3.2.2", "absolute-form of a scheme that is not ours", get("ftp://a/") + LAST, [400]),
    ("3.2.3", "authority-form is for CONNECT",
     f"GET a:80 HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3.2.3", "no tunnels", f"CONNECT a:80 HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("3.2.4", "asterisk-form is for OPTIONS", f"OPTIONS * HTTP/1.1\r\n{HOST}\r\n{LAST}",
     [204, 200]),
    ("3.2.4", "asterisk-form of GET", f"GET * HTTP/1.1\r\n{HOST}\r\n{LAST}", [400]),
    ("5", "no colon", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}X\r\n\r\n{LAST}", [400]),
    ("5", "no name", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}: x\r\n\r\n{LAST}", [400]),
    ("5", "names have no case",
     f"GET {RESIDENT} HTTP/1.1\r\nhOST: a\r\nCONNECTION: CLOSE\r\n\r\n", [200]),
    ("5.1", "space before the colon", f"GET {RESIDENT} HTTP/1.1\r\nHost : a\r\n\r\n{LAST}", [400]),
    ("5.1", "spaces around a value", f"GET {RESIDENT} HTTP/1.1\r\nHost: \t a \t\r\n\r\n{LAST}",
     [200, 200]),
    ("5.1", "an empty value", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}X:\r\n\r\n{LAST}", [200, 200]),
    ("5.2", "a folded line", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}X: a\r\n b\r\n\r\n{LAST}", [400]),
    ("5.2", "a folded line that is empty",
     f"GET {RESIDENT} HTTP/1.1\r\n{HOST}X: a\r\n \r\n\r\n{LAST}", [400]),
    ("5.5", "NUL in a value", f"GET {RESIDENT} HTTP/1.1\r\n{HOST}X: a\x00\r\n\r\n{LAST}", [400]),
    ("6.1", "a coding that nobody knows",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: x\r\n\r\n{LAST}", [400]),
    ("6.1", "chunked is not the last",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked, gzip\r\n\r\n{LAST}",
     [400]),
    ("6.1", "chunked twice",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n"
     f"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{LAST}", [400]),
    ("6.1", "chunked in HTTP/1.0",
     f"POST {VISITS} HTTP/1.0\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{LAST}",
     [400]),
    ("6.2", "a length twice",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Content-Length: 2\r\nContent-Length: 2\r\n\r\n"
     f"{{}}{LAST}", [400]),
    ("6.2", "a length in a list",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Content-Length: 2, 2\r\n\r\n{{}}{LAST}", [400]),
    ("6.2", "a length of many digits",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}Content-Length: {'0' * 30}2\r\n\r\n{{}}{LAST}", [400]),
    ("6.2", "a length below nothing",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}Content-Length: -1\r\n\r\n{LAST}", [400]),
    ("6.3", "a length beside chunks",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
     f"\r\n0\r\n\r\n{LAST}", [400]),
    ("6.3", "neither is no body", f"POST {VISITS} HTTP/1.1\r\n{HOST}\r\n{LAST}", [200, 200]),
    ("6.3", "a body of GET is one",
     f"GET /healthz HTTP/1.1\r\n{HOST}Content-Length: 4\r\n\r\nGET {LAST}", [200, 200]),
    ("7.1", "chunks",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n"
     f"1\r\n{{\r\n001\r\n}}\r\n000\r\n\r\n{LAST}", [200, 200]),
    ("7.1", "sizes in both cases",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: CHUNKED\r\n\r\n"
     f"0a\r\n{' ' * 10}\r\n0A\r\n{' ' * 8}{{}}\r\n0\r\n\r\n{LAST}", [200, 200]),
    *[("7.1", f"a chunk that is none: {chunk!r}",
       f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n{chunk}{LAST}",
       [400])
      for chunk in (
          "\r\n", "x\r\n", "-1\r\n", "0x1\r\n", "1 \r\n{", " 1\r\n{", "1\n{\n", "1\r{", "1\r\n{}",
          "1\r\n{\n", "ffffffffffffffff\r\n", "10000000000000000\r\n", "1\t\r\n", "\uff11\r\n"
          .encode("utf-8").decode("latin-1"))],
    ("7.1.1", "extensions mean nothing",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n"
     f'2;a;b=c;d="e;f"\r\n{{}}\r\n0;g\r\n\r\n{LAST}', [200, 200]),
    ("7.1.1", "an extension with a bare CR",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n"
     f"2;a\rb\r\n{{}}\r\n0\r\n\r\n{LAST}", [400]),
    ("7.1.2", "trailers mean nothing",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n"
     f"2\r\n{{}}\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\nHost: b\r\n\r\n{LAST}",
     [200, 200]),
    ("7.1.2", "a trailer that is none",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n"
     f"2\r\n{{}}\r\n0\r\nX y\r\n\r\n{LAST}", [400]),
    ("7.1.3", "the body ends with its chunks",
     f"POST {VISITS} HTTP/1.1\r\n{HOST}{JSON}Transfer-Encoding: chunked\r\n\r\n"
     f"2\r\n{{}}\r\n0\r\n\r\n" + post(VISIT) + LAST, [200, 200, 200]),
    ("9.3", "close", get(RESIDENT, "Connection: close") + LAST, [200]),
    ("9.3", "close among others", get(RESIDENT, "Connection: x, Close") + LAST, [200]),
    ("9.3", "close in a second field",
     get(RESIDENT, "Connection: keep-alive", "Connection: close") + LAST, [200]),
    ("9.3", "HTTP/1.0", f"GET {RESIDENT} HTTP/1.0\r\n\r\n{LAST}", [200]),
    ("9.3", "HTTP/1.0 that is kept",
     f"GET {RESIDENT} HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n{LAST}", [200, 200]),
    ("9.3.2", "a pipeline with a fault in its middle",
     get() + post(VISIT) + get("/nope") + f"GET / HTTP/1.1\r\nHost : a\r\n\r\n{LAST}",
     [200, 200, 404, 400]),
    ("9.3.2", "a pipeline with a refusal in its middle",
     post("{") + get(method="DELETE") + get() + LAST, [400, 405, 200, 200]),
    ("9.8", "another protocol is not wanted",
     get(RESIDENT, "Connection: upgrade", "Upgrade: x") + LAST, [200]),
]


class Letter(HTTPCase):
    """The table, sent at once and byte by byte."""

    def check(self, data: str, statuses: list[int], size: int) -> None:
        """Sends a case in parts, and compares all answers."""
        wire = self.connect()
        raw = data.encode("latin-1")
        for start in range(0, len(raw), size):
            wire.send(raw[start:start + size])
        self.assertEqual([wire.answer().status for _ in statuses], statuses)
        if "Connection: close" in data or statuses[-1] in (400, 414, 505):
            self.assertTrue(wire.ends())

    @covers("S-F10", "S-F12")
    def test_table(self) -> None:
        """answers each case as its section has it"""
        for section, subject, data, statuses in CASES:
            with self.subTest(section=section, subject=subject):
                self.check(data, statuses, 1 << 20)

    @covers("S-F10", "S-F12")
    def test_table_in_parts(self) -> None:
        """answers each case in the same way, however its bytes are cut"""
        for section, subject, data, statuses in CASES:
            if len(data) < 1000:
                with self.subTest(section=section, subject=subject):
                    self.check(data, statuses, 7)

    def test_bodies_of_answers(self) -> None:
        """6.3: has no body behind HEAD and 204, and the length that GET would have"""
        wire = self.connect()
        whole = wire.ask(get())
        head = wire.ask(get(method="HEAD"), head=True)
        self.assertEqual(head.headers["content-length"], whole.headers["content-length"])
        options = wire.ask(get(method="OPTIONS"))
        self.assertEqual(options.status, 204)
        self.assertNotIn("content-length", options.headers)
        self.assertNotIn("transfer-encoding", options.headers)
        failed = wire.ask(get("/nope", method="HEAD"), head=True)
        self.assertEqual(failed.status, 404)
        self.assertGreater(int(failed.headers["content-length"]), 0)
        self.assertEqual(wire.ask(get()).body, whole.body)

    def test_end_of_the_peer(self) -> None:
        """8: answers no request that ends before its body does"""
        for beginning in (get()[:-1], post(VISIT)[:-1], f"POST {VISITS} HTTP/1.1\r\n{HOST}"
                          "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"):
            wire = self.connect()
            wire.send(beginning)
            wire.finish()
            self.assertTrue(wire.ends())

    def test_unread_input(self) -> None:
        """9.6: resets nothing while its last answer is on the way"""
        for _ in range(20):
            wire = self.connect()
            wire.send(get(f"{LIST}?pageSize=1000", "Connection: close") + get() * 2000)
            answer = wire.answer()
            self.assertEqual(answer.status, 200)
            self.assertEqual(len(answer.body), int(answer.headers["content-length"]))
            self.assertTrue(wire.ends())
