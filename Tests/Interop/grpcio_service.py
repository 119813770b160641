"""A server of grpc.testing.TestService by grpcio, for our client to call."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from typing import Any

import grpc

from stubs import testing

_INITIAL = "x-grpc-test-echo-initial"
_TRAILING = "x-grpc-test-echo-trailing-bin"
_CODES = {code.value[0]: code for code in grpc.StatusCode}


def _methods() -> type:
    types, empty = testing().messages, testing().empty

    class TestService(testing().services.TestServiceServicer):
        """What each request asks for. UnimplementedCall is inherited, and says so."""

        def EmptyCall(self, request: Any, context: grpc.ServicerContext) -> Any:
            """One empty message."""
            _echo(context)
            return empty.Empty()

        def UnaryCall(self, request: Any, context: grpc.ServicerContext) -> Any:
            """One response of the size that is asked for."""
            # Before the metadata, which says how the messages are encoded.
            if request.response_compressed.value:
                context.set_compression(grpc.Compression.Gzip)
            _echo(context)
            _fail(request, context)
            _expect(request, context)
            return types.SimpleResponse(payload=types.Payload(body=bytes(request.response_size)))

        def StreamingOutputCall(
            self, request: Any, context: grpc.ServicerContext,
        ) -> Iterator[Any]:
            """Responses of the sizes that are asked for."""
            if any(wanted.compressed.value for wanted in request.response_parameters):
                context.set_compression(grpc.Compression.Gzip)
            _echo(context)
            yield from _answers(request, context)

        def StreamingInputCall(
            self, requests: Iterator[Any], context: grpc.ServicerContext,
        ) -> Any:
            """The sum of the requests' sizes."""
            _echo(context)
            total = 0
            for request in requests:
                _expect(request, context)
                total += len(request.payload.body)
            return types.StreamingInputCallResponse(aggregated_payload_size=total)

        def FullDuplexCall(
            self, requests: Iterator[Any], context: grpc.ServicerContext,
        ) -> Iterator[Any]:
            """Answers each request as it comes."""
            _echo(context)
            for request in requests:
                yield from _answers(request, context)

        def HalfDuplexCall(
            self, requests: Iterator[Any], context: grpc.ServicerContext,
        ) -> Iterator[Any]:
            """Answers the requests when the last has come."""
            _echo(context)
            for request in list(requests):
                yield from _answers(request, context)

    def _answers(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        _fail(request, context)
        for wanted in request.response_parameters:
            time.sleep(wanted.interval_us / 1e6)
            if wanted.HasField("compressed") and not wanted.compressed.value:
                context.disable_next_message_compression()
            yield types.StreamingOutputCallResponse(
                payload=types.Payload(body=bytes(wanted.size)))

    return TestService


def _echo(context: grpc.ServicerContext) -> None:
    metadata = context.invocation_metadata()
    context.send_initial_metadata([tuple(p) for p in metadata if p.key == _INITIAL])
    context.set_trailing_metadata([tuple(p) for p in metadata if p.key == _TRAILING])


def _fail(request: Any, context: grpc.ServicerContext) -> None:
    if request.response_status.code:
        context.abort(_CODES[request.response_status.code], request.response_status.message)


def _expect(request: Any, context: grpc.ServicerContext) -> None:
    """grpcio tells how the call is encoded, not each message: as far as that goes, it compares."""
    if not request.HasField("expect_compressed"):
        return
    encoding = dict(context.invocation_metadata()).get("grpc-encoding", "identity")
    if request.expect_compressed.value and encoding == "identity":
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, "the request did not come compressed")


@contextmanager
def serving(services: bool = True) -> Iterator[int]:
    """Serves while the block runs, or serves nothing; gives the port."""
    server = grpc.server(
        futures.ThreadPoolExecutor(8), options=[("grpc.so_reuseport", 0)])
    if services:
        testing().services.add_TestServiceServicer_to_server(_methods()(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        server.stop(5).wait()
