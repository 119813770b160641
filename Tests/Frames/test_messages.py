"""gRPC's framing of messages, wrong in every way: the call ends, the connection goes on."""

import gzip
import struct
import zlib

from hyperframe.frame import DataFrame, RstStreamFrame

from case import FramesCase, at_both_doors
from wire import Ended, Wire, headers

_PROBE = "/artel.interop.Probe"
_KINDS = ("Unary", "ClientStream", "ServerStream", "Bidirectional")


def _prefix(flag: int, length: int) -> bytes:
    return bytes([flag]) + struct.pack(">I", length)


class Messages(FramesCase):
    """What is wrong with a message is this call's matter alone."""

    def ends(
        self, allowed: set[str | None], data: bytes, *more: tuple[str, str], end: bool = True,
    ) -> None:
        """Sends a body on every kind of call; each ends with one of these statuses, None for a
        reset, and the connection serves the next call."""
        for kind in _KINDS:
            with self.subTest(kind=kind):
                wire = self.connect()
                stream = wire.request(f"{_PROBE}/{kind}", *more)
                wire.data(stream, data, end)
                self.assertIn(wire.status(stream), allowed)
                self.assertTrue(wire.answers())

    def test_length_beyond_the_data(self) -> None:
        """never gives a handler a message that is cut off by the end of the stream"""
        self.cut_off(_prefix(0, 1000) + b"half")

    def test_prefix_cut_off(self) -> None:
        """never gives a handler a message of which only a part of the prefix came"""
        for size in range(1, 5):
            self.cut_off(_prefix(0, 0)[:size])

    def cut_off(self, data: bytes) -> None:
        """Sends a whole message, or none where there may be only one, and a part of another. Over
        TLS the connection ends; on loopback, a stream of requests may also end as if the part had
        not come: libgrpc 1.51.1 drops it without telling its user."""
        for kind in _KINDS:
            with self.subTest(kind=kind):
                wire = self.connect()
                if self.door.secure:
                    stream = wire.request(f"{_PROBE}/{kind}")
                    wire.data(stream, _prefix(0, 4) + b"ping" + data)
                    self.assertTrue(wire.until_ended())
                    continue
                stream = wire.request(f"{_PROBE}/{kind}")
                one = kind in ("Unary", "ServerStream")
                whole = b"" if one else _prefix(0, 4) + b"ping"
                wire.data(stream, whole + data)
                status = wire.status(stream)
                self.assertIn(status, {"12", "13", None} if one else {"0", "13", None})
                if status == "0":
                    given = b"1" if kind == "ClientStream" else b"ping"
                    self.assertEqual(wire.streams[stream].data[5:], given)
                self.assertTrue(wire.answers())

    def test_compressed_without_encoding(self) -> None:
        """ends a call with a compressed message and no encoding, or one that is not known here"""
        for more in ((), (("grpc-encoding", "identity"),), (("grpc-encoding", "snappy"),)):
            self.ends({"12", "13"}, _prefix(1, 4) + b"ping", *more)

    def test_deflate(self) -> None:
        """takes deflate, or ends the call as UNIMPLEMENTED, and names the encodings it takes"""
        wire = self.connect()
        stream = wire.request(f"{_PROBE}/Unary", ("grpc-encoding", "deflate"))
        wire.message(stream, zlib.compress(b"ping"), compressed=True)
        self.assertIn(wire.status(stream), {"0", "12"})
        named = [fields["grpc-accept-encoding"] for fields in wire.streams[stream].headers
                 if "grpc-accept-encoding" in fields]
        self.assertTrue(named and "gzip" in named[0], named)

    def test_broken_gzip(self) -> None:
        """ends a call whose compressed message is none"""
        good = gzip.compress(bytes(range(256)))
        for data in (b"x", good[:-1], good[:10], b"\x1f\x8b" + bytes(30), good + b"more",
                     good[:-8] + bytes(8), good[:12] + b"\xff" * 8 + good[20:]):
            with self.subTest(data=data):
                self.ends({"13", "3"}, _prefix(1, len(data)) + data, ("grpc-encoding", "gzip"))

    def test_empty_compressed(self) -> None:
        """takes a message of no bytes that is said to be compressed for an empty one"""
        self.ends({"0"}, _prefix(1, 0), ("grpc-encoding", "gzip"))

    def test_unknown_flags(self) -> None:
        """survives flags that gRPC does not know; libgrpc 1.51.1 takes no notice of some"""
        for flag in (2, 3, 128, 255):
            self.ends({"0", "12", "13", "3", None}, _prefix(flag, 4) + b"ping", ("grpc-encoding", "gzip"))

    def test_too_large(self) -> None:
        """refuses a message of one byte more than 4 MiB"""
        self.ends({"8"}, _prefix(0, (4 << 20) + 1) + bytes((4 << 20) + 1))

    def test_announced_gigabytes(self) -> None:
        """ends a call whose message is announced as larger than memory: over TLS as soon as more
        than the limit has come; on loopback the call, or its connection, when the core's quota of
        memory is used up; and serves others then"""
        if self.door.secure:
            self.refuses_announcements()
            return
        server = self.serve()
        for length in (1 << 30, (1 << 32) - 1):
            wire = self.connect(server)
            stream = wire.request()
            try:
                wire.data(stream, _prefix(0, length), end=False)
                for _ in range(1024):
                    wire.data(stream, bytes(1 << 20), end=False)
                state = wire.over(stream)
                self.assertTrue(state.reset is not None or state.over)
            except Ended:
                pass
            self.assertTrue(server.alive)
            self.assertLess(server.memory("VmHWM"), 640 << 20)
            self.assertTrue(self.connect(server).answers())
            wire.close()

    def refuses_announcements(self) -> None:
        """The call ends as RESOURCE_EXHAUSTED however the announcement is cut into frames, with no
        more memory than the limit, and the connection goes on."""
        server = self.serve()
        wire = self.connect(server)
        self.assertTrue(wire.answers())
        for length in ((4 << 20) + 1, 1 << 23, 1 << 30, (1 << 32) - 1):
            for cut in (5, 1, 2, 4):
                with self.subTest(length=length, cut=cut):
                    stream = wire.request()
                    prefix = _prefix(0, length)
                    wire.data(stream, prefix[:cut], end=False)
                    wire.data(stream, prefix[cut:] + bytes(100), end=False)
                    for _ in range(5):
                        wire.data(stream, bytes(1 << 20), end=False)
                    self.assertEqual(wire.status(stream), "8")
                    self.assertTrue(wire.answers())
        self.assertLess(server.memory("VmHWM"), 256 << 20)

    def test_no_message(self) -> None:
        """ends a call of one request that comes without one as UNIMPLEMENTED, as gRPC's statuscodes
        document says"""
        for kind, status in (("Unary", "12"), ("ServerStream", "12"), ("ClientStream", "0"),
                             ("Bidirectional", "0")):
            with self.subTest(kind=kind):
                wire = self.connect()
                stream = wire.request(f"{_PROBE}/{kind}", end=True)
                self.assertEqual(wire.status(stream), status)
                self.assertTrue(wire.answers())

    def test_two_messages(self) -> None:
        """answers or ends a call of one request that comes with two"""
        message = _prefix(0, 1) + b"x"
        for kind in ("Unary", "ServerStream"):
            wire = self.connect()
            stream = wire.request(f"{_PROBE}/{kind}")
            wire.data(stream, message + message)
            self.assertIn(wire.status(stream), {"0", "13", "12", None})
            self.assertTrue(wire.answers())

    def test_message_in_single_bytes(self) -> None:
        """takes a message that comes byte by byte"""
        wire = self.connect()
        stream = wire.request()
        for byte in _prefix(0, 4) + b"ping":
            wire.data(stream, bytes([byte]), end=False)
        wire.data(stream, b"")
        self.assertEqual(wire.status(stream), "0")
        self.assertEqual(wire.streams[stream].data[5:], b"ping")

    def test_client_goes_without_an_end(self) -> None:
        """forgets calls whose client resets them instead of ending them"""
        wire = self.connect()
        for _ in range(50):
            for kind in _KINDS:
                stream = wire.request(f"{_PROBE}/{kind}")
                wire.send(DataFrame(stream, _prefix(0, 100) + b"half"),
                          RstStreamFrame(stream, error_code=8))
        self.assertTrue(wire.answers())

    def test_data_behind_the_end(self) -> None:
        """ends the stream, or the connection, of who sends behind the end"""
        wire = self.connect()
        stream = wire.request(f"{_PROBE}/Unary", ("probe-hold", "x"), end=True)
        wire.data(stream, b"more")
        wire.over(stream)

    def test_trailers_of_the_client(self) -> None:
        """takes headers behind the messages for the end of the stream"""
        wire = self.connect()
        stream = wire.request()
        wire.message(stream, b"ping", end=False)
        wire.send(headers(stream, wire.encoder.encode([("trailing", "x")]), end=True))
        self.assertIn(wire.status(stream), {"0", "13", None})
        self.assertTrue(self.connect().answers())

    def test_gzip_of_600_megabytes(self) -> None:
        """refuses 600 MB of zeros in a small message without memory for them, on every kind"""
        compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
        bomb = b"".join(compressor.compress(bytes(1 << 20)) for _ in range(600))
        bomb += compressor.flush()
        self.assertLess(len(bomb), 1 << 20)
        server = self.serve()
        wire: Wire = self.door.connect(server)
        self.assertTrue(wire.answers())
        before = server.memory("VmHWM")
        for kind in _KINDS:
            with self.subTest(kind=kind):
                stream = wire.request(f"{_PROBE}/{kind}", ("grpc-encoding", "gzip"))
                wire.message(stream, bomb, compressed=True)
                self.assertEqual(wire.status(stream), "8")
        # Four times the message itself, and its chunks.
        self.assertLess(server.memory("VmHWM") - before, 24 << 20)
        self.assertTrue(wire.answers())
        wire.close()


at_both_doors(globals())
