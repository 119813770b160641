"""HTTP/2 (RFC 9113) and gRPC's framing by hand, so that every byte of it can be wrong."""

from __future__ import annotations

import select
import socket
import ssl
import struct
import time
from dataclasses import dataclass, field
from types import TracebackType

from hpack import Decoder, Encoder
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
UNARY = "/artel.interop.Probe/Unary"
_LARGEST_FRAME = 16384


class Ended(Exception):
    """The server has ended the connection."""


@dataclass
class Stream:
    """What came on a stream."""

    window: int
    headers: list[dict[str, str]] = field(default_factory=list)
    data: bytes = b""
    reset: int | None = None
    over: bool = False


class Wire:
    """A client's end of a connection."""

    def __init__(
        self, port: int, tls: ssl.SSLContext | None = None, begin: bool = True,
        seconds: float = 5,
    ) -> None:
        """Connects; sends the preface and settings unless told not to."""
        plain = socket.create_connection(("127.0.0.1", port), 10)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket = tls.wrap_socket(plain, server_hostname="localhost") if tls else plain
        except OSError:
            plain.close()
            raise
        self.seconds = seconds
        self.streams: dict[int, Stream] = {}
        self.encoder = Encoder()
        self.goaway: int | None = None
        self.ended = False
        self.pongs = 0
        self.settings_acknowledged = 0
        self._decoder = Decoder()
        self._received = b""
        self._block = b""
        self._window = 65535
        self._stream_window = 65535
        self._next = 1
        if begin:
            try:
                self.send(PREFACE, SettingsFrame(0))
            except BaseException:
                self.close()
                raise

    # --- Sending --------------------------------------------------------------------------------

    def send(self, *parts: bytes | Frame) -> None:
        """Sends bytes and frames, and reads what comes meanwhile.

        Raises Ended where the server has ended the connection.
        """
        data = memoryview(b"".join(
            part if isinstance(part, bytes) else part.serialize() for part in parts))
        self.socket.settimeout(0)
        end = time.monotonic() + self.seconds
        while data:
            readable, writable, _ = select.select([self.socket], [self.socket], [], 0.2)
            if readable:
                self._read()
            if self.ended:
                raise Ended
            if time.monotonic() > end:
                raise TimeoutError("the server does not read")
            if not writable:
                continue
            try:
                data = data[self.socket.send(data):]
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                continue
            except OSError:
                self.ended = True
                raise Ended from None

    def next_stream(self) -> int:
        """The number of the next stream."""
        number, self._next = self._next, self._next + 2
        self.streams[number] = Stream(self._stream_window)
        return number

    def block(self, path: str = UNARY, *more: tuple[str, str | bytes]) -> bytes:
        """A header block of a request; what is given twice is sent twice."""
        return self.encoder.encode([*request_headers(path), *more], huffman=False)

    def request(self, path: str = UNARY, *more: tuple[str, str | bytes], end: bool = False) -> int:
        """Begins a request, and returns its stream."""
        number = self.next_stream()
        self.send(headers(number, self.block(path, *more), end))
        return number

    def message(
        self, stream: int, payload: bytes, compressed: bool = False, end: bool = True,
    ) -> None:
        """Sends a message of gRPC in DATA frames, as fast as the windows allow."""
        self.data(stream, bytes([compressed]) + struct.pack(">I", len(payload)) + payload, end)

    def data(self, stream: int, data: bytes, end: bool = True) -> None:
        """Sends bytes in DATA frames, as fast as the windows allow."""
        rest, state = data, self.streams[stream]
        while True:
            if state.over or state.reset is not None:
                return
            size = min(len(rest), _LARGEST_FRAME, self._window, state.window)
            if rest and size <= 0:
                self.wait(lambda: state.over or state.reset is not None
                          or min(self._window, state.window) > 0)
                continue
            part, rest = rest[:size], rest[size:]
            self._window -= size
            state.window -= size
            frame = DataFrame(stream, part)
            if end and not rest:
                frame.flags.add("END_STREAM")
            self.send(frame)
            if not rest:
                return

    # --- Receiving ------------------------------------------------------------------------------

    def wait(self, condition) -> bool:
        """Reads until something is so, the connection ends, or the time is over; tells which."""
        end = time.monotonic() + self.seconds
        self.socket.settimeout(0)
        while not condition() and not self.ended:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError("the server does not say what is waited for")
            pending = isinstance(self.socket, ssl.SSLSocket) and self.socket.pending()
            if pending or select.select([self.socket], [], [], left)[0]:
                self._read()
        return bool(condition())

    def wait_briefly(self) -> None:
        """Gives the server time to say something, and reads it."""
        if select.select([self.socket], [], [], 0.05)[0]:
            self._read()

    def over(self, stream: int) -> Stream:
        """Waits for the end of a stream, by trailers, a reset or the connection's end."""
        state = self.streams[stream]
        self.wait(lambda: state.over or state.reset is not None)
        return state

    def status(self, stream: int) -> str | None:
        """The status of a call; None for one that ended without."""
        headers = self.over(stream).headers
        return headers[-1].get("grpc-status") if headers else None

    def until_ended(self) -> bool:
        """Waits for the connection's end."""
        self.wait(lambda: self.ended)
        return True

    def answers(self) -> bool:
        """Whether the connection is as good as ever: a whole call is served on it."""
        try:
            stream = self.request()
            self.message(stream, b"ping")
            return self.status(stream) == "0"
        except Ended:
            return False

    def close(self) -> None:
        """Ends the connection."""
        self.socket.close()

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> None:
        try:
            data = self.socket.recv(1 << 16)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return
        self._received += data
        while len(self._received) >= 9:
            length = int.from_bytes(self._received[:3], "big")
            if len(self._received) < 9 + length:
                return
            frame, _ = Frame.parse_frame_header(memoryview(self._received[:9]))
            frame.parse_body(memoryview(self._received[9:9 + length]))
            self._received = self._received[9 + length:]
            self._take(frame)

    def _take(self, frame: Frame) -> None:
        state = self.streams.get(frame.stream_id)
        if isinstance(frame, SettingsFrame):
            if "ACK" in frame.flags:
                self.settings_acknowledged += 1
            else:
                window = frame.settings.get(SettingsFrame.INITIAL_WINDOW_SIZE)
                if window is not None:
                    for each in self.streams.values():
                        each.window += window - self._stream_window
                    self._stream_window = window
                self._reply(SettingsFrame(0, flags=["ACK"]))
        elif isinstance(frame, PingFrame):
            if "ACK" in frame.flags:
                self.pongs += 1
            else:
                self._reply(PingFrame(0, frame.opaque_data, flags=["ACK"]))
        elif isinstance(frame, WindowUpdateFrame):
            if frame.stream_id == 0:
                self._window += frame.window_increment
            elif state:
                state.window += frame.window_increment
        elif isinstance(frame, GoAwayFrame):
            self.goaway = frame.error_code
        elif isinstance(frame, (HeadersFrame, ContinuationFrame)):
            self._block += frame.data
            if "END_HEADERS" in frame.flags:
                pairs, self._block = self._decoder.decode(self._block), b""
                if state:
                    state.headers.append(dict(pairs))
        elif isinstance(frame, RstStreamFrame) and state:
            state.reset = frame.error_code
        elif isinstance(frame, DataFrame) and state:
            state.data += frame.data
            if frame.flow_controlled_length:
                self._reply(
                    WindowUpdateFrame(0, frame.flow_controlled_length),
                    WindowUpdateFrame(frame.stream_id, frame.flow_controlled_length))
        if state and "END_STREAM" in frame.flags:
            state.over = True

    def _reply(self, *frames: Frame) -> None:
        # Small and rare: where the socket is full, nobody waits for it.
        try:
            self.socket.send(b"".join(frame.serialize() for frame in frames))
        except OSError:
            pass


def request_headers(path: str = UNARY) -> list[tuple[str, str]]:
    """The headers of a good request."""
    return [
        (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
        ("content-type", "application/grpc"), ("te", "trailers"),
    ]


def headers(stream: int, block: bytes, end: bool = False, last: bool = True) -> HeadersFrame:
    """A HEADERS frame around a block, or around the beginning of one."""
    frame = HeadersFrame(stream, block)
    if end:
        frame.flags.add("END_STREAM")
    if last:
        frame.flags.add("END_HEADERS")
    return frame


def raw_frame(
    kind: int, flags: int, stream: int, payload: bytes, length: int | None = None,
) -> bytes:
    """A frame whose header says what it likes."""
    size = len(payload) if length is None else length
    return size.to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def literal(name: bytes, value: bytes, indexed: bool = False) -> bytes:
    """A header field of HPACK with both strings in it, without Huffman's code (RFC 7541, 6.2)."""
    return bytes([0x40 if indexed else 0x00]) + _string(name) + _string(value)


def integer(value: int, bits: int, first: int = 0) -> bytes:
    """An integer of HPACK (RFC 7541, 5.1)."""
    most = (1 << bits) - 1
    if value < most:
        return bytes([first | value])
    rest, result = value - most, bytearray([first | most])
    while rest >= 128:
        result.append(rest & 127 | 128)
        rest >>= 7
    result.append(rest)
    return bytes(result)


def _string(value: bytes) -> bytes:
    return integer(len(value), 7) + value
