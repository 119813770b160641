"""Floods: many small things that cost the server more than the client.

Over TLS, behind a client's certificate, the guard in front of the core ends the connection. On
loopback, where only this machine's own programs come, the core is on its own: it has to stay alive
with memory that is bounded, and others have to be served.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    PingFrame,
    PriorityFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from case import FramesCase, at_both_doors
from doors import SECURE
from environment import LONG, Server
from wire import Ended, Wire, headers, integer, literal

# What a server may take more at most: the core alone takes more than with the guard before it.
_GROWTH = {False: 448 << 20, True: 256 << 20}
# How often each flood comes.
_TURNS = 5 if LONG else 1


def _block() -> bytes:
    return b"".join(literal(name, value) for name, value in (
        (b":method", b"POST"), (b":scheme", b"http"),
        (b":path", b"/artel.interop.Probe/Bidirectional"), (b":authority", b"x"),
        (b"content-type", b"application/grpc"), (b"te", b"trailers")))


def pings(wire: Wire) -> Iterator[bytes]:
    """PING, which has to be answered."""
    yield from [PingFrame(0, bytes(8)).serialize() * 1000] * 200


def settings(wire: Wire) -> Iterator[bytes]:
    """SETTINGS, which has to be acknowledged."""
    frame = SettingsFrame(0, {SettingsFrame.INITIAL_WINDOW_SIZE: 65535})
    yield from [frame.serialize() * 1000] * 200


def empty_data(wire: Wire) -> Iterator[bytes]:
    """DATA without data on a stream that is open."""
    stream = wire.request("/artel.interop.Probe/Bidirectional")
    yield from [DataFrame(stream, b"").serialize() * 1000] * 500


def priorities(wire: Wire) -> Iterator[bytes]:
    """PRIORITY, of streams that there are not."""
    for turn in range(200):
        yield b"".join(
            PriorityFrame(2 * (turn * 1000 + number) + 1, depends_on=0, stream_weight=1).serialize()
            for number in range(1000))


def window_updates(wire: Wire) -> Iterator[bytes]:
    """Windows that grow by one byte."""
    yield from [WindowUpdateFrame(0, 1).serialize() * 1000] * 300


def continuations(wire: Wire) -> Iterator[bytes]:
    """A header block that never ends, with a field in each frame."""
    yield headers(wire.next_stream(), _block(), last=False).serialize()
    frame = ContinuationFrame(1, literal(b"x", b"y" * 1000)).serialize()
    yield from [frame * 16] * 4000


def empty_continuations(wire: Wire) -> Iterator[bytes]:
    """A header block that never ends, of frames without a byte."""
    yield headers(wire.next_stream(), _block(), last=False).serialize()
    yield from [ContinuationFrame(1, b"").serialize() * 1000] * 300


def rapid_resets(wire: Wire) -> Iterator[bytes]:
    """Requests that are reset at once (CVE-2023-44487)."""
    block = _block()
    for _ in range(200):
        yield b"".join(
            headers(stream, block).serialize() + RstStreamFrame(stream, error_code=8).serialize()
            for stream in (wire.next_stream() for _ in range(100)))


def compressed_headers(wire: Wire) -> Iterator[bytes]:
    """One large field in the table, named often: one byte on the wire is four thousand there."""
    big = literal(b"a", b"b" * 4000, indexed=True)
    yield headers(wire.next_stream(), _block() + big).serialize()
    named = integer(62, 7, 0x80) * 12_000
    for _ in range(100):
        yield headers(wire.next_stream(), _block() + named).serialize()


def many_streams(wire: Wire) -> Iterator[bytes]:
    """More requests at once than the server allows."""
    block = _block()
    for _ in range(100):
        yield b"".join(
            headers(wire.next_stream(), block).serialize() for _ in range(100))


def unread_answers(wire: Wire) -> Iterator[bytes]:
    """Requests for answers that the window has no room for: a message of each is under way in the
    core, and one waits."""
    yield SettingsFrame(0, {SettingsFrame.INITIAL_WINDOW_SIZE: 0}).serialize()
    block = _block() + literal(b"probe-size", b"60000") + literal(b"probe-count", b"100")
    block = block.replace(b"Bidirectional", b"ServerStream").replace(
        b"\x22/artel", b"\x21/artel")
    for _ in range(8):
        yield b"".join(
            headers(stream, block).serialize()
            + DataFrame(stream, b"\0\0\0\0\0", flags=["END_STREAM"]).serialize()
            for stream in (wire.next_stream() for _ in range(100)))


# What the guard ends; the others it may let through, where the core bears them.
ENDED = (pings, settings, empty_data, priorities, continuations, empty_continuations, rapid_resets,
         compressed_headers)
FLOODS = (*ENDED, window_updates, many_streams, unread_answers)


def flood(wire: Wire, parts: Callable[[Wire], Iterator[bytes]]) -> bool:
    """Floods a connection; tells whether the server ended it."""
    try:
        for part in parts(wire):
            wire.send(part)
        wire.wait_briefly()
    except Ended:
        pass
    except TimeoutError:
        return False  # It does not read any more: that bounds what we can do to it.
    return wire.ended


class Floods(FramesCase):
    """Each flood on a connection of its own, at a server of its own."""

    def check(self, parts: Callable[[Wire], Iterator[bytes]]) -> None:
        """The server bears it, and others are served while it goes on and behind it."""
        server = self.serve()
        other = self.connect(server)
        self.assertTrue(other.answers())
        before = server.memory("VmHWM")
        ended = []
        for _ in range(_TURNS):
            wire = self.connect(server)
            ended.append(flood(wire, parts))
            self.assertTrue(server.alive, server.log[-2000:])
            self.assertTrue(self.answers(other, server), "another connection is not served")
            wire.close()
        self.assertLess(server.memory("VmHWM") - before, _GROWTH[self.door.secure])
        self.assertTrue(self.connect(server).answers())
        if self.door is SECURE and parts in ENDED:
            self.assertEqual(ended, [True] * _TURNS, "the guard lets it through")

    def answers(self, other: Wire, server: Server) -> bool:
        """Whether another's connection is as good as before, in a time that is bounded."""
        other.seconds = 20
        return other.answers()


def _test(parts: Callable[[Wire], Iterator[bytes]]) -> Callable[[Floods], None]:
    def test(self: Floods) -> None:
        self.check(parts)

    test.__doc__ = f"bears a flood: {(parts.__doc__ or '').splitlines()[0]}"
    return test


for _parts in FLOODS:
    setattr(Floods, f"test_{_parts.__name__}", _test(_parts))

at_both_doors(globals())
