"""The known holes of libgrpc 1.51.1, which Debian 12 has: what a caller without a certificate can
reach, one with a valid one, and this machine's own programs, on a loopback door without TLS.

Behind TLS the answer is nothing, with a certificate or without. On loopback:

- CVE-2023-1428 is not in 1.51.1: the code that aborts came later (hpack_parser.cc computes there a
  summary of the header list that it refuses; here it only clears it). The tests hold that.
- CVE-2023-33953 is: a string that never ends costs time that grows with the square of its length
  (20 MB take 20 s, in which others wait). It is cut short here, so that the tests are not slow.
"""

from __future__ import annotations

import socket
import ssl
import unittest
from collections.abc import Callable

from doors import PLAIN, SECURE, Door, tls
from environment import Server
from wire import PREFACE, Ended, Wire, headers, integer, literal

_GROWTH = 96 << 20

Attack = Callable[[Wire], None]


def te_beyond_the_limit(wire: Wire) -> None:
    """CVE-2023-1428: a bad `te` in a header list larger than the limit."""
    block = _request((b"te", b"x")) + literal(b"filler", b"y" * 16_000) * 3
    _send_block(wire, block)


def scheme_beyond_the_limit(wire: Wire) -> None:
    """CVE-2023-1428: a bad `:scheme` in a header list larger than the limit."""
    block = b"".join((
        literal(b":method", b"POST"), literal(b":scheme", b"ftp"), literal(b":path", b"/x"),
        literal(b"filler", b"y" * 16_000) * 3))
    _send_block(wire, block)


def balancer_statistics_beyond_the_limit(wire: Wire) -> None:
    """CVE-2023-1428: a header of balancers in a header list larger than the limit."""
    _send_block(
        wire, _request((b"grpclb_client_stats", b"x")) + literal(b"filler", b"y" * 16_000) * 3)


def endless_string(wire: Wire) -> None:
    """CVE-2023-33953: a string of HPACK that is said to have almost 4 GB."""
    block = _request() + b"\x00" + integer(1, 7) + b"x" + integer((1 << 32) - 2, 7)
    wire.send(headers(wire.next_stream(), block, last=False))
    for _ in range(200):
        wire.send((16_000).to_bytes(3, "big") + b"\x09\x00" + (1).to_bytes(4, "big")
                  + b"y" * 16_000)


def unfinished_integer(wire: Wire) -> None:
    """CVE-2023-33953: integers of HPACK with zeros that never end."""
    block = _request() + b"\x7f" + b"\x80" * 16_000
    _send_block(wire, block)


def _request(*more: tuple[bytes, bytes]) -> bytes:
    return b"".join(literal(name, value) for name, value in (
        (b":method", b"POST"), (b":scheme", b"http"), (b":path", b"/artel.interop.Probe/Unary"),
        (b":authority", b"x"), (b"content-type", b"application/grpc"), *more))


def _send_block(wire: Wire, block: bytes) -> None:
    """Sends a block in as many frames as it takes."""
    parts = [block[at:at + 16_000] for at in range(0, len(block), 16_000)]
    stream = wire.next_stream()
    wire.send(headers(stream, parts[0], last=len(parts) == 1))
    for index, part in enumerate(parts[1:], 2):
        wire.send(len(part).to_bytes(3, "big") + b"\x09" + (b"\x04" if index == len(parts) else
                  b"\x00") + stream.to_bytes(4, "big") + part)


ATTACKS = (
    te_beyond_the_limit, scheme_beyond_the_limit, balancer_statistics_beyond_the_limit,
    endless_string, unfinished_integer,
)


def attack(wire: Wire, by: Attack) -> None:
    """Attacks, and waits until the server has seen all of it."""
    try:
        by(wire)
        wire.send(b"\0\0\x08\x06\0\0\0\0\0" + bytes(8))
        wire.seconds = 1
        wire.wait(lambda: wire.pongs > 0)
    except (Ended, TimeoutError):
        pass


class KnownCrashes(unittest.TestCase):
    """Each at a server of its own."""

    def check_alive(self, door: Door, server: Server, before: int) -> None:
        """Nothing of it is left."""
        self.assertTrue(server.alive, server.log[-2000:])
        self.assertLess(server.memory("VmHWM") - before, _GROWTH)
        with door.connect(server) as wire:
            wire.seconds = 30
            self.assertTrue(wire.answers())

    def test_without_a_certificate(self) -> None:
        """are not reached by a caller without a client's certificate"""
        for by in ATTACKS:
            with self.subTest(by.__doc__), SECURE.serve() as server:
                before = server.memory("VmHWM")
                for begin in (True, False):
                    try:
                        # TLS 1.3's client hears only behind its own end that it was refused.
                        with Wire(server.port, tls(with_certificate=False), begin) as wire:
                            if not begin:
                                wire.send(PREFACE)
                            attack(wire, by)
                            self.assertTrue(wire.until_ended())
                            self.assertEqual(wire.settings_acknowledged, 0)
                    except (ssl.SSLError, ConnectionError, Ended):
                        pass
                self.check_alive(SECURE, server, before)

    def test_without_tls_at_a_door_with_tls(self) -> None:
        """are not reached by a caller who sends them in the clear to a door with TLS"""
        for by in ATTACKS:
            with self.subTest(by.__doc__), SECURE.serve() as server:
                before = server.memory("VmHWM")
                try:
                    with Wire(server.port) as wire:
                        attack(wire, by)
                        self.assertTrue(wire.until_ended())
                except (Ended, ConnectionError):
                    pass
                self.check_alive(SECURE, server, before)

    def test_with_a_certificate(self) -> None:
        """are not reached by a caller with a client's certificate"""
        for by in ATTACKS:
            with self.subTest(by.__doc__), SECURE.serve() as server:
                before = server.memory("VmHWM")
                with SECURE.connect(server) as wire:
                    attack(wire, by)
                    self.assertTrue(wire.ended, "the guard lets it through")
                self.check_alive(SECURE, server, before)

    def test_on_loopback(self) -> None:
        """do not end a server whose door is on loopback without TLS, as long as they are short"""
        for by in ATTACKS:
            with self.subTest(by.__doc__), PLAIN.serve() as server:
                before = server.memory("VmHWM")
                with PLAIN.connect(server) as wire:
                    attack(wire, by)
                self.check_alive(PLAIN, server, before)

    def test_bad_base64(self) -> None:
        """CVE-2023-32732: bad base64 in a -bin header ends at most the connection it came on"""
        for door in (PLAIN, SECURE):
            with self.subTest(door.name), door.serve() as server:
                before = server.memory("VmHWM")
                with door.connect(server) as other:
                    self.assertTrue(other.answers())
                    for value in ("!!!!", "a", "=", "YQ===", "Y Q", "\x7f"):
                        with door.connect(server) as wire:
                            try:
                                stream = wire.request(
                                    "/artel.interop.Probe/Unary", ("x-bin", value))
                                wire.message(stream, b"ping")
                                wire.over(stream)
                            except Ended:
                                pass
                    self.assertTrue(other.answers())
                self.check_alive(door, server, before)

    def test_descriptors_used_up(self) -> None:
        """CVE-2023-4785: a server whose descriptors were used up serves again"""
        for door in (PLAIN, SECURE):
            prefix = ("prlimit", "--nofile=64:64")
            with self.subTest(door.name), door.serve(prefix=prefix) as server:
                held: list[socket.socket] = []
                with door.connect(server) as before:
                    self.assertTrue(before.answers())
                    for _ in range(300):
                        try:
                            held.append(socket.create_connection(("127.0.0.1", server.port), 1))
                        except OSError:
                            break  # The backlog is full.
                    self.assertTrue(server.alive, server.log[-2000:])
                    self.assertTrue(before.answers(), "who was connected is not served")
                for connection in held:
                    connection.close()
                self.assertTrue(self.serves_again(door, server))
                self.assertTrue(server.alive)

    def serves_again(self, door: Door, server: Server) -> bool:
        """Whether somebody new is served, within some attempts."""
        for _ in range(50):
            try:
                with door.connect(server) as wire:
                    if wire.answers():
                        return True
            except (OSError, Ended):
                pass
        return False
