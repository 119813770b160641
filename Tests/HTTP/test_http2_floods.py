"""Floods over HTTP/2 (RFC 9113 section 10.5): the connection ends, and others are served."""

import time
from collections.abc import Callable, Iterable, Iterator

from h2.settings import SettingCodes
from hpack import Encoder
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from case import LIST, RESIDENT, VISITS
from http2 import Client
from http2_case import HTTP2Case
from server import covers

CALM = 11
# How much memory the server may take more, in KiB.
GROWTH = 96 << 10


def block(path: str = RESIDENT, *more: tuple[str, str], method: str = "GET") -> bytes:
    """A header block that needs no table."""
    return Encoder().encode(
        [(":method", method), (":scheme", "http"), (":path", path), (":authority", "a"), *more])


def headers(stream: int, data: bytes, *flags: str) -> bytes:
    """A HEADERS frame."""
    return HeadersFrame(stream, data, flags=list(flags)).serialize()


class Floods(HTTP2Case):
    """Much of what costs the server more than the client."""

    def flood(self, parts: Iterable[bytes], codes: tuple[int, ...] = (CALM,)) -> Client:
        """Ends the connection, and says why unless the peer is too busy to hear it."""
        before = self.server.memory
        client = self.client(30)
        client.pour(parts)
        self.assertIn(client.goaway, (*codes, None))
        self.assertTrue(client.ends())
        self.assertLess(self.server.memory - before, GROWTH)
        self.assertTrue(self.server.answers())
        return client

    @covers("S-F11")
    def test_pings(self) -> None:
        """ends at a flood of PING"""
        self.flood([PingFrame(0, bytes(8)).serialize() * 1000] * 200)

    @covers("S-F11")
    def test_settings(self) -> None:
        """ends at a flood of SETTINGS"""
        frame = SettingsFrame(0, {SettingsFrame.INITIAL_WINDOW_SIZE: 65535})
        self.flood([frame.serialize() * 1000] * 200)

    @covers("S-F11")
    def test_priorities(self) -> None:
        """ends at a flood of PRIORITY"""
        frame = PriorityFrame(1, depends_on=0, stream_weight=1)
        self.flood([frame.serialize() * 1000] * 200)

    @covers("S-F11")
    def test_windows(self) -> None:
        """ends at a flood of WINDOW_UPDATE"""
        self.flood([WindowUpdateFrame(0, 1).serialize() * 1000] * 300)

    @covers("S-F11")
    def test_empty_data(self) -> None:
        """ends at a flood of DATA without data"""
        post = headers(1, block(VISITS, method="POST"), "END_HEADERS")
        self.flood([post, *[DataFrame(1, b"").serialize() * 1000] * 200])

    @covers("S-F11")
    def test_continuations(self) -> None:
        """ends at a header block without an end, whether or not its frames hold anything"""
        for data in (b"", b"\0\1x\1y" * 100, Encoder().encode([("x", "y" * 8000)])):
            frame = ContinuationFrame(1, data).serialize()
            self.flood([headers(1, block()), *[frame * 100] * 200], (CALM, 1))

    @covers("S-F11")
    def test_rapid_reset(self) -> None:
        """ends when request after request is taken back (CVE-2023-44487)"""
        def parts() -> Iterator[bytes]:
            for turn in range(1000):
                yield b"".join(
                    headers(stream, block(), "END_HEADERS", "END_STREAM")
                    + RstStreamFrame(stream, error_code=8).serialize()
                    for stream in range(200 * turn + 1, 200 * turn + 201, 2))
        self.flood(parts())

    @covers("S-F11")
    def test_made_resets(self) -> None:
        """ends when the server is made to reset request after request (CVE-2025-8671)"""
        post = block(VISITS, method="POST")
        short = block(VISITS, ("content-length", "1"), method="POST")
        field = Encoder().encode([("x", "y")])
        window = b"\0\0\4\x08\0"

        def opened(stream: int) -> bytes:
            return headers(stream, post, "END_HEADERS")

        def whole(stream: int) -> bytes:
            return headers(stream, block(), "END_HEADERS", "END_STREAM")

        def parts(turns: Callable[[int], bytes]) -> Iterator[bytes]:
            for turn in range(1000):
                yield b"".join(
                    turns(stream) for stream in range(200 * turn + 1, 200 * turn + 201, 2))

        for name, turns in {
            "a window beyond the greatest": lambda stream:
                opened(stream) + WindowUpdateFrame(stream, 0x7FFFFFFF).serialize(),
            "a window that grows by nothing": lambda stream:
                opened(stream) + window + stream.to_bytes(4, "big") + bytes(4),
            "data behind the end": lambda stream:
                whole(stream) + DataFrame(stream, b"x").serialize(),
            "a head behind the end": lambda stream: whole(stream) + whole(stream),
            "more data than was announced": lambda stream:
                headers(stream, short, "END_HEADERS") + DataFrame(stream, b"xyz").serialize(),
            "trailers without an end": lambda stream:
                opened(stream) + headers(stream, field, "END_HEADERS"),
            "pseudo-fields behind a body": lambda stream: opened(stream) + whole(stream),
            "a priority that depends on itself": lambda stream:
                opened(stream) + PriorityFrame(stream, depends_on=stream).serialize(),
            "more data than there is room for": lambda stream:
                opened(stream) + DataFrame(stream, bytes(16_384)).serialize() * 5,
        }.items():
            with self.subTest(name):
                # Some of it is a fault of the connection at once.
                self.flood(parts(turns), (CALM, 1, 3))

    @covers("S-F11")
    def test_bomb(self) -> None:
        """ends at a small header block that is a great list (HPACK bomb)"""
        encoder = Encoder()
        encoder.header_table_size = 4096
        first = block() + b"\x40\x01a\x7f\xa1\x1e" + b"b" * 4000
        many = block() + b"\xbe" * 12_000
        self.flood(
            [headers(1, first, "END_HEADERS", "END_STREAM"),
             headers(3, many, "END_HEADERS", "END_STREAM")], (CALM, 1, 9))

    @covers("S-F11")
    def test_streams(self) -> None:
        """ends a connection with more than a hundred requests at a time"""
        client = self.client()
        client.by_hand = True
        client.raw(*[
            headers(stream, block(VISITS, method="POST"), "END_HEADERS")
            for stream in range(1, 301, 2)])
        client.until(lambda: client.goaway is not None)
        self.assertEqual(client.goaway, 1)
        self.assertTrue(client.ends())
        self.assertTrue(self.server.answers())

    @covers("S-F11")
    def test_unread_answers(self) -> None:
        """keeps little of answers that nobody lets it send"""
        before = self.server.memory
        client = self.client(60)
        client.http.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 0})
        # One after the other, so that others are served between: each is much to print.
        for _ in range(100):
            state = client.streams[client.request(f"{LIST}?pageSize=1000")]
            client.until(lambda state=state: state.status == 200 or state.over)
            if state.reset is not None:
                break
        self.assertEqual(state.reset, 7)
        self.assertLess(self.server.memory - before, 64 << 10)
        self.assertTrue(self.server.answers())

    @covers("S-F11")
    def test_table_of_answers(self) -> None:
        """remembers no more of its answers than comes again, however long a table the peer allows"""
        client = self.client(30)
        client.http.update_settings({SettingCodes.HEADER_TABLE_SIZE: 1 << 20})
        client.flush()
        lengths = set()
        for turn in range(40):
            answer = client.answer(client.request(
                VISITS, ("content-type", "application/json"), method="POST",
                body=b'{"visitorName":"%s"}' % (b"A" * (turn + 1))))
            self.assertEqual(answer.status, 200)
            lengths.add(answer.headers["content-length"])
        self.assertEqual(len(lengths), 40)
        entries = client.http.decoder.header_table.dynamic_entries
        self.assertLess(len(entries), 10, entries)
        self.assertIn(b"x-content-type-options", [name for name, _ in entries])

    @covers("S-F11")
    def test_unfinished_bodies(self) -> None:
        """keeps little of bodies that do not end"""
        before = self.server.memory
        client = self.client(30)
        for _ in range(20):
            stream = client.request(
                VISITS, ("content-type", "application/json"), method="POST", end=False)
            client.data(stream, b" " * 2_000_000, end=False)
        self.assertTrue(any(state.reset == 7 for state in client.streams.values()))
        self.assertLess(self.server.memory - before, 64 << 10)
        self.assertEqual(client.get(RESIDENT).status, 200)

    def test_beside(self) -> None:
        """serves others as fast as ever beside a flood"""
        flooding = self.client(30)
        flooding.raw(PingFrame(0, bytes(8)).serialize() * 5000)
        begin = time.monotonic()
        other = self.client()
        for _ in range(50):
            self.assertEqual(other.get(RESIDENT).status, 200)
        self.assertLess(time.monotonic() - begin, 5)
