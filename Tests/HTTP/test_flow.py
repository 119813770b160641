"""Connections: pipelines, keeping and closing, slow peers, and many of them."""

import select
import time

from case import LIST, RESIDENT, VISITS, HTTPCase, get, post
from server import LONG, covers


class Flow(HTTPCase):
    """What happens between requests."""

    def test_pipeline(self) -> None:
        """answers pipelined requests in their order"""
        wire = self.connect()
        numbers = range(300)
        wire.send("".join(get(f"/v1/complexes/c/residents/r{n}") for n in numbers))
        for number in numbers:
            self.assertEqual(wire.answer().json()["residentId"], f"r{number}")
        wire.send(post('{"visitorName":"A"}') + get(method="HEAD") + get("/nope"))
        wire.send(get(RESIDENT, "Connection: close") + get())
        self.assertEqual(wire.answer().json()["visitorName"], "A")
        self.assertEqual(wire.answer(head=True).status, 200)
        self.assertEqual(wire.answer().status, 404)
        self.assertEqual(wire.answer().headers["connection"], "close")
        self.assertTrue(wire.ends())

    def test_pipeline_without_reading(self) -> None:
        """reads no more requests while nobody reads its answers, and keeps little of them"""
        wire = self.connect()
        before = self.server.memory
        wire.socket.settimeout(1)
        request = get(f"{LIST}?pageSize=1000").encode() * 50
        sent = 0
        try:
            while sent < 64 << 20:
                sent += wire.socket.send(request)
        except TimeoutError:
            pass
        self.assertLess(sent, 32 << 20)
        self.assertLess(self.server.memory - before, 64 << 10)

    def test_bytes_one_by_one(self) -> None:
        """reads a request however its bytes are cut"""
        wire = self.connect()
        for byte in post('{"visitorName":"A"}', "Expect: 100-continue").encode():
            wire.send(bytes([byte]))
        self.assertEqual(wire.answer().status, 100)
        self.assertEqual(wire.answer().json()["visitorName"], "A")

    def test_old_version(self) -> None:
        """closes behind HTTP/1.0, or keeps the connection where that was asked"""
        wire = self.connect()
        answer = wire.ask(f"GET {RESIDENT} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        self.assertEqual(answer.headers["connection"], "keep-alive")
        answer = wire.ask(f"GET {RESIDENT} HTTP/1.0\r\n\r\n")
        self.assertEqual(answer.headers["connection"], "close")
        self.assertTrue(wire.ends())

    def test_expectations(self) -> None:
        """says 100 Continue to what can succeed, and the answer to what cannot"""
        wire = self.connect()
        head, _, body = post('{"visitorName":"A"}', "Expect: 100-Continue").partition("\r\n\r\n")
        self.assertEqual(wire.ask(f"{head}\r\n\r\n").status, 100)
        self.assertEqual(wire.ask(body).json()["visitorName"], "A")
        refused = self.connect()
        self.assertEqual(refused.ask(head.replace(VISITS, "/nope") + "\r\n\r\n").status, 404)
        self.assertTrue(refused.ends())
        large = (
            f"POST {VISITS} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
            "Content-Length: 9999999\r\n\r\n")
        self.assertEqual(self.connect().ask(large).status, 413)
        self.assertEqual(self.connect().ask(get("/healthz", "Expect: tea")).status, 417)
        # HTTP/1.0 has no interim answers, and a request without a body needs none.
        self.assertEqual(self.connect().ask(get(RESIDENT, "Expect: 100-continue")).status, 200)

    @covers("T86", "S-F14")
    def test_sizes(self) -> None:
        """refuses heads, fields and bodies that are too large, before they have come"""
        self.refused(f"GET /{'a' * 20000} HTTP/1.1\r\nHost: a\r\n\r\n", 414)
        self.refused("GET /" + "a" * 20000, 414)
        self.refused("G" * 20000, 431)
        self.refused(get(RESIDENT, *(f"X-{n}: y" for n in range(101))), 431)
        self.refused(get(RESIDENT, f"X: {'y' * 17000}"), 431)
        self.assertEqual(self.connect().ask(get(RESIDENT, f"X: {'y' * 9000}")).status, 431)
        self.refused(f"POST {VISITS} HTTP/1.1\r\nHost: a\r\nContent-Length: 4194305\r\n\r\n", 413)
        chunk = f"100000\r\n{' ' * (1 << 20)}\r\n"
        self.refused(
            f"POST {VISITS} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            f"Transfer-Encoding: chunked\r\n\r\n{chunk * 4}1\r\n \r\n", 413)

    @covers("S-F11")
    def test_slow_heads(self) -> None:
        """gives a head ten seconds in all, however often a byte of it comes"""
        wires = [self.connect(20) for _ in range(50)]
        begin = time.monotonic()
        text = get(RESIDENT, "X: " + "y" * 500)
        for index in range(len(text)):
            for wire in wires:
                wire.send(text[index])
            if select.select([wire.socket for wire in wires], [], [], 0.2)[0]:
                break
        self.assertGreater(time.monotonic() - begin, 5)
        self.assertLess(time.monotonic() - begin, 20)
        for wire in wires:
            answer = wire.answer()
            self.assertEqual(answer.status, 408)
            self.assertEqual(answer.headers["connection"], "close")
            self.assertTrue(wire.ends())

    @covers("S-F11")
    def test_slow_body(self) -> None:
        """gives a body half a minute in all"""
        if not LONG:
            self.skipTest("takes half a minute: only with --long")
        wire = self.connect(60)
        head = f"POST {VISITS} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        wire.send(f"{head}Content-Length: 100000\r\n\r\n")
        begin = time.monotonic()
        wire.drip("{" * 100000, 1, 0.2)
        self.assertLess(time.monotonic() - begin, 45)
        self.assertEqual(wire.answer().status, 408)
        self.assertTrue(wire.ends())

    @covers("S-F9")
    def test_many(self) -> None:
        """serves a connection beside two thousand that say nothing, and those that say half"""
        wires = [self.connect() for _ in range(2000)]
        for wire in wires[::2]:
            wire.send("GET / HT")
        begin = time.monotonic()
        for _ in range(100):
            self.assertEqual(self.other.ask(get()).status, 200)
        self.assertLess(time.monotonic() - begin, 5)
        for wire in wires:
            wire.close()

    def test_gone(self) -> None:
        """forgets those that go in the middle of anything"""
        for beginning in (
            "G", get()[:-2], post("{}")[:-1], get(f"{LIST}?pageSize=100"),
            f"POST {VISITS} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        ):
            for _ in range(50):
                wire = self.connect()
                wire.send(beginning)
                wire.close()
