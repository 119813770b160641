"""The server's probe (tools/interop/Suite/Server/Probe): methods of each kind that do what the
metadata of a call asks for."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import grpc

_SERVICE = "/artel.interop.Probe"
_numbers = itertools.count(1)

Metadata = tuple[tuple[str, str | bytes], ...]


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    code: grpc.StatusCode
    message: str
    messages: list[bytes]
    initial: list[tuple[str, str | bytes]]
    trailing: list[tuple[str, str | bytes]]

    def all(self, key: str, trailing: bool = False) -> list[str | bytes]:
        """Every value of a key."""
        pairs = self.trailing if trailing else self.initial
        return [value for name, value in pairs if name == key]


class Kind:
    """One of the four kinds of call, made in one way: requests in, a call to iterate out."""

    def __init__(self, method: str, make: Callable[[grpc.Channel, str], Any], client: bool,
                 server: bool) -> None:
        """Takes the method's name, and whether the client and the server stream."""
        self.method = method
        self.client_streams = client
        self.server_streams = server
        self._make = make

    def start(
        self, channel: grpc.Channel, requests: Iterable[bytes] = (b"ping",), **options: Any,
    ) -> Any:
        """Begins a call; the options are those of grpcio's calls."""
        stub = self._make(channel, f"{_SERVICE}/{self.method}")
        request = iter(requests) if self.client_streams else next(iter(requests))
        return stub(request, **options) if self.server_streams else stub.future(request, **options)

    def run(
        self, channel: grpc.Channel, requests: Iterable[bytes] = (b"ping",), **options: Any,
    ) -> Ended:
        """Makes a call to its end."""
        options.setdefault("timeout", 30)
        return self.finish(self.start(channel, requests, **options))

    def finish(self, call: Any) -> Ended:
        """Waits for the end of a call."""
        messages: list[bytes] = []
        try:
            if self.server_streams:
                messages.extend(call)
            else:
                messages.append(call.result())
        except (grpc.RpcError, grpc.FutureCancelledError):
            pass  # The call says it itself.
        return Ended(
            call.code(), call.details() or "", messages, _pairs(call.initial_metadata),
            _pairs(call.trailing_metadata))

    def __repr__(self) -> str:
        return self.method


UNARY = Kind("Unary", lambda channel, path: channel.unary_unary(path), False, False)
CLIENT_STREAM = Kind("ClientStream", lambda channel, path: channel.stream_unary(path), True, False)
SERVER_STREAM = Kind("ServerStream", lambda channel, path: channel.unary_stream(path), False, True)
BIDIRECTIONAL = Kind("Bidirectional", lambda channel, path: channel.stream_stream(path), True, True)
KINDS = (UNARY, CLIENT_STREAM, SERVER_STREAM, BIDIRECTIONAL)


def new_id() -> str:
    """A name that no other call has."""
    return f"{os.getpid()}-{next(_numbers)}"


def hold(identifier: str, stage: str) -> Metadata:
    """Metadata of a call that waits at a stage until it is over."""
    return (("probe-hold", identifier), ("probe-stage", stage))


def when(channel: grpc.Channel, event: str, timeout: float = 20) -> int:
    """Waits until `began ID` or `ended ID` is true, and returns when it became so, on this
    machine's monotonic clock, in nanoseconds."""
    answer = channel.unary_unary(f"{_SERVICE}/When")(
        event.encode(), timeout=timeout, wait_for_ready=True)
    return int(answer)


def now() -> int:
    """The same clock's time."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC)


def requests_until(ended: Callable[[], bool], *first: bytes) -> Iterator[bytes]:
    """Requests of a client that then waits, without ending its stream."""
    yield from first
    while not ended():
        time.sleep(0.01)


def _pairs(read: Callable[[], Any]) -> list[tuple[str, str | bytes]]:
    return [(pair.key, pair.value) for pair in read() or ()]
