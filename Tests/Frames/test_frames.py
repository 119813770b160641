"""HTTP/2 that is none: the stream or the connection ends, and nobody else learns of it."""

import struct

from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    HeadersFrame,
    PingFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from case import FramesCase, at_both_doors
from environment import LONG
from wire import PREFACE, Ended, headers, integer, literal, raw_frame


class Frames(FramesCase):
    """One wrong thing on a connection of its own."""

    def breaks(self, *parts: object) -> None:
        """The server ends a connection on which this comes."""
        wire = self.connect()
        try:
            wire.send(*parts)
            wire.until_ended()
        except Ended:
            pass

    def harmless(self, *parts: object) -> None:
        """A connection on which this comes goes on."""
        wire = self.connect()
        wire.send(*parts)
        self.assertTrue(wire.answers())

    def survives(self, *parts: object) -> None:
        """A connection on which this comes goes on, or ends, or waits for the rest of it."""
        wire = self.connect()
        try:
            wire.send(*parts, PingFrame(0, bytes(8)))
            wire.wait_briefly()
        except Ended:
            pass
        wire.close()

    def block(self) -> bytes:
        """A good header block that needs no table."""
        return b"".join(literal(name.encode(), value.encode()) for name, value in (
            (":method", "POST"), (":scheme", "http"), (":path", "/artel.interop.Probe/Unary"),
            (":authority", "x"), ("content-type", "application/grpc"), ("te", "trailers")))

    def test_not_http2(self) -> None:
        """ends connections that do not speak HTTP/2"""
        for data in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nx" * 2,
                     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", bytes(100), b"\xff" * 100,
                     PREFACE[:-1] + b"x" + bytes(50)):
            with self.subTest(data=data):
                wire = self.connect(begin=False)
                try:
                    wire.send(data)
                    wire.until_ended()
                except Ended:
                    pass

    def test_no_settings(self) -> None:
        """serves or ends a connection that begins without SETTINGS"""
        wire = self.connect(begin=False)
        try:
            wire.send(PREFACE, headers(wire.next_stream(), self.block()))
            wire.wait_briefly()
        except Ended:
            pass

    def test_frame_too_large(self) -> None:
        """ends a connection with a frame larger than it allows"""
        self.breaks(raw_frame(0x0, 0, 1, b"", length=(1 << 24) - 1))

    def test_frames_on_wrong_streams(self) -> None:
        """ends a connection with frames on streams that they cannot be on"""
        for kind, payload in ((0x0, b"data"), (0x1, self.block()), (0x3, bytes(4))):
            with self.subTest(kind=kind):
                self.survives(raw_frame(kind, 4, 0, payload))
        for kind, payload in ((0x4, b""), (0x6, bytes(8)), (0x7, bytes(8))):
            with self.subTest(kind=kind):
                self.survives(raw_frame(kind, 0, 1, payload))

    def test_even_streams(self) -> None:
        """serves no stream of a number that is the server's"""
        self.survives(headers(2, self.block()))

    def test_streams_backwards(self) -> None:
        """opens no stream below one that was opened"""
        wire = self.connect()
        wire.send(headers(101, self.block()))
        try:
            wire.send(headers(1, self.block()), raw_frame(0x0, 1, 1, b"\0\0\0\0\0"))
            wire.wait_briefly()
        except Ended:
            pass

    def test_wrong_sizes(self) -> None:
        """ends a connection with frames of a size that they cannot have"""
        for kind, size in ((0x4, 5), (0x6, 7), (0x6, 9), (0x8, 3), (0x3, 3)):
            with self.subTest(kind=kind, size=size):
                self.breaks(raw_frame(kind, 0, 1 if kind == 0x3 else 0, bytes(size)))

    def test_wrong_settings(self) -> None:
        """ends a connection with settings of values that they cannot have"""
        for number, value in ((2, 2), (4, 1 << 31), (5, 1), (5, 1 << 24)):
            with self.subTest(number=number):
                self.survives(raw_frame(0x4, 0, 0, struct.pack(">HI", number, value)))

    def test_settings_acknowledgement_with_a_body(self) -> None:
        """ends a connection with an acknowledgement that has a body"""
        self.survives(raw_frame(0x4, 1, 0, bytes(6)))

    def test_unknown_frames(self) -> None:
        """does not care about frames that it does not know"""
        self.harmless(*(raw_frame(kind, 0xff, 0, b"?" * 100) for kind in range(0x20, 0x30)))

    def test_push_promise(self) -> None:
        """takes no promises from a client"""
        self.survives(raw_frame(0x5, 4, 1, bytes(4) + self.block()))

    def test_window_of_nothing(self) -> None:
        """survives a window that grows by nothing, and one that overflows"""
        self.survives(raw_frame(0x8, 0, 0, bytes(4)))
        self.survives(*[WindowUpdateFrame(0, (1 << 31) - 1)] * 3)

    def test_goaway(self) -> None:
        """survives a client that says GOAWAY, cut off or not"""
        for size in (0, 4, 8, 1000):
            self.survives(raw_frame(0x7, 0, 0, bytes(size)))

    def test_padding(self) -> None:
        """ends a stream or a connection with more padding than frame"""
        wire = self.connect()
        stream = wire.request()
        try:
            wire.send(raw_frame(0x0, 0x8, stream, b"\xff" + b"x"))
            wire.over(stream)
        except Ended:
            pass
        self.survives(raw_frame(0x1, 0xc, 1, b"\xff" + b"x"))

    def test_continuation_of_nothing(self) -> None:
        """ends a connection with a CONTINUATION that continues nothing"""
        self.breaks(ContinuationFrame(1, self.block(), flags=["END_HEADERS"]))

    def test_interleaved_block(self) -> None:
        """ends a connection with another frame within a header block"""
        for between in (PingFrame(0, bytes(8)), DataFrame(1, b"x"), SettingsFrame(0),
                        HeadersFrame(3, self.block())):
            with self.subTest(between=between):
                self.breaks(headers(1, self.block()[:10], last=False), between)

    def test_header_compression(self) -> None:
        """ends a connection whose header compression is wrong"""
        for name, block in {
            "index 0": b"\x80", "index beyond the tables": integer(5000, 7, 0x80),
            "endless integer": b"\xff" * 30, "string beyond the block": b"\x00\x7f" + b"x" * 10,
            "table larger than allowed": integer(1 << 20, 5, 0x20),
            "table's size behind a field": b"\x82" + integer(10, 5, 0x20),
            "name beyond the tables": integer(5000, 6, 0x40) + b"\x01x",
            "Huffman's end": b"\x00\x84\xff\xff\xff\xff\x00",
            "Huffman's padding": b"\x00\x83\xff\xff\xff\x00",
        }.items():
            with self.subTest(name):
                self.survives(headers(1, block))

    def test_empty_block(self) -> None:
        """survives a request without a header"""
        self.survives(headers(1, b"", end=True))

    def test_random_bytes(self) -> None:
        """survives frames of random bytes"""
        import random

        chance = random.Random(20261121)
        for _ in range(500 if LONG else 100):
            self.survives(*(
                raw_frame(chance.randrange(12), chance.randrange(256), chance.choice((0, 1, 3, 5)),
                          chance.randbytes(chance.randrange(40)))
                for _ in range(chance.randrange(1, 8))))

    def test_mutated_requests(self) -> None:
        """survives good requests with wrong bytes in them"""
        import random

        chance = random.Random(20261122)
        good = (headers(1, self.block()).serialize()
                + DataFrame(1, b"\0\0\0\0\4ping", flags=["END_STREAM"]).serialize())
        for _ in range(1000 if LONG else 100):
            data = bytearray(good)
            for _ in range(chance.randrange(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            self.survives(bytes(data))


at_both_doors(globals())
