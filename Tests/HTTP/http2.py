"""HTTP/2 (RFC 9113) with h2, which keeps to its rules only where a test does."""

from __future__ import annotations

import json
import select
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import h2.events as events
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.exceptions import ProtocolError
from hyperframe.frame import Frame

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

Fields = list[tuple[str, str]]


@dataclass
class Stream:
    """What came on a stream."""

    status: int = 0
    informational: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    trailers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    reset: int | None = None
    over: bool = False

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """A client's end of a connection."""

    def __init__(
        self, port: int, seconds: float = 10, tls: ssl.SSLContext | None = None,
        name: str = "localhost", begin: bool = True,
    ) -> None:
        """Connects; sends the preface and settings unless told not to."""
        self.seconds = seconds
        self.socket = socket.create_connection(("127.0.0.1", port), seconds)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname=name)
        self.http = H2Connection(H2Configuration(
            client_side=True, header_encoding="utf-8", validate_outbound_headers=False,
            normalize_outbound_headers=False))
        self.streams: dict[int, Stream] = {}
        self.ended = False
        self.goaway: int | None = None
        self.last_stream: int | None = None
        self.acknowledges = True
        # What is sent by hand h2 does not understand the answers to: only GOAWAY is looked for.
        self.by_hand = False
        self._received = b""
        if begin:
            self.http.initiate_connection()
            self.flush()

    def close(self) -> None:
        """Ends the connection."""
        self.socket.close()

    # --- Sending --------------------------------------------------------------------------------

    def flush(self) -> None:
        """Sends what h2 has to say."""
        self.raw(self.http.data_to_send())

    def raw(self, *parts: bytes | Frame) -> bool:
        """Sends bytes and frames that h2 knows nothing of; tells whether anybody takes them."""
        try:
            self.socket.sendall(b"".join(
                part if isinstance(part, bytes) else part.serialize() for part in parts))
            return True
        except OSError:
            return False

    def pour(self, parts: Iterable[bytes]) -> None:
        """Sends until the server ends the connection or says that it goes; fails where it takes
        all."""
        self.by_hand = True
        self.socket.settimeout(0)
        end = time.monotonic() + self.seconds
        for part in parts:
            rest = memoryview(part)
            while rest:
                if time.monotonic() > end:
                    raise TimeoutError("the server neither reads nor ends")
                readable, writable, _ = select.select([self.socket], [self.socket], [], 0.2)
                if readable:
                    self.read()
                if self.ended or self.goaway is not None:
                    return
                if writable:
                    try:
                        rest = rest[self.socket.send(rest):]
                    except BlockingIOError:
                        continue
                    except OSError:
                        self.until(lambda: False)
                        return
        self.until(lambda: self.goaway is not None)

    def request(
        self, path: str = "/", *more: tuple[str, str], method: str = "GET",
        body: bytes | None = None, end: bool = True,
    ) -> int:
        """Begins a request, and returns its stream."""
        return self.fields(
            [(":method", method), (":scheme", "http"), (":path", path), (":authority", "a"),
             *more], body=body, end=end)

    def fields(self, fields: Fields, body: bytes | None = None, end: bool = True) -> int:
        """Begins a request with exactly these fields."""
        stream = self.http.get_next_available_stream_id()
        self.streams[stream] = Stream()
        self.http.send_headers(stream, fields, end_stream=end and body is None)
        self.flush()
        if body is not None:
            self.data(stream, body, end)
        return stream

    def data(self, stream: int, data: bytes, end: bool = True) -> None:
        """Sends a body as fast as the windows allow, unless the answer comes first."""
        rest = data
        state = self.streams[stream]
        while True:
            size = min(len(rest), self.http.max_outbound_frame_size)
            if size:
                size = min(size, self.http.local_flow_control_window(stream))
            if rest and size <= 0:
                if not self.until(
                        lambda: state.over or self.http.local_flow_control_window(stream) > 0):
                    return
                if state.over:
                    return
                continue
            part, rest = rest[:size], rest[size:]
            self.http.send_data(stream, part, end_stream=end and not rest)
            self.flush()
            if not rest:
                return

    def reset(self, stream: int, code: int = 8) -> None:
        """Takes a request back."""
        self.http.reset_stream(stream, code)
        self.flush()

    # --- Receiving ------------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool], seconds: float | None = None) -> bool:
        """Reads until something is so or the connection ends; tells which."""
        end = time.monotonic() + (seconds or self.seconds)
        while not condition() and not self.ended:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError("the server does not say what is waited for")
            pending = isinstance(self.socket, ssl.SSLSocket) and self.socket.pending()
            if pending or select.select([self.socket], [], [], left)[0]:
                self.read()
        return bool(condition())

    def silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing comes for a while."""
        return not select.select([self.socket], [], [], seconds)[0]

    def answer(self, stream: int) -> Stream:
        """Waits for the end of an answer."""
        state = self.streams[stream]
        self.until(lambda: state.over)
        return state

    def get(self, path: str, *more: tuple[str, str]) -> Stream:
        """A whole GET."""
        return self.answer(self.request(path, *more))

    def ends(self) -> bool:
        """Whether the server ends the connection."""
        return not self.until(lambda: False)

    def read(self) -> None:
        """Takes what has come."""
        try:
            data = self.socket.recv(1 << 16)
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except OSError:
            data = b""
        if not data:
            self.ended = True
            for state in self.streams.values():
                state.over = True
            return
        if self.by_hand:
            self._look(data)
            return
        try:
            for event in self.http.receive_data(data):
                self._take(event)
        except ProtocolError:
            # What follows a GOAWAY is nothing to h2.
            if self.goaway is None:
                raise
        self.raw(self.http.data_to_send())

    def _look(self, data: bytes) -> None:
        self._received += data
        while len(self._received) >= 9:
            size = 9 + int.from_bytes(self._received[:3], "big")
            if len(self._received) < size:
                return
            if self._received[3] == 7:
                self.goaway = int.from_bytes(self._received[13:17], "big")
            self._received = self._received[size:]

    def _take(self, event: events.Event) -> None:
        if isinstance(event, events.ConnectionTerminated):
            self.goaway = int(event.error_code)
            self.last_stream = event.last_stream_id
            return
        state = self.streams.get(getattr(event, "stream_id", None) or 0)
        if state is None:
            return
        if isinstance(event, events.InformationalResponseReceived):
            state.informational.append(int(dict(event.headers)[":status"]))
        elif isinstance(event, events.ResponseReceived):
            state.headers = dict(event.headers)
            state.status = int(state.headers[":status"])
        elif isinstance(event, events.TrailersReceived):
            state.trailers = dict(event.headers)
        elif isinstance(event, events.DataReceived):
            state.body += event.data
            if self.acknowledges:
                self.http.acknowledge_received_data(
                    event.flow_controlled_length, event.stream_id)
        elif isinstance(event, events.StreamEnded):
            state.over = True
        elif isinstance(event, events.StreamReset):
            # A reset behind a whole answer only says that the rest of the request is not wanted.
            if not state.over:
                state.reset = int(event.error_code)
            state.over = True
