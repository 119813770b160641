"""gRPC's interoperability cases with grpcio as the client (grpc.io, interop-test-descriptions)."""

import queue
from collections.abc import Iterator

import grpc

from case import InteropCase
from stubs import testing

_INITIAL = ("x-grpc-test-echo-initial", "test_initial_metadata_value")
_TRAILING = ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab")
_SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"


class Cases(InteropCase):
    """Each case by its own name."""

    def setUp(self) -> None:
        """Makes the stub."""
        super().setUp()
        self.types = testing().messages
        self.empty = testing().empty.Empty()
        self.stub = testing().services.TestServiceStub(self.channel)

    # --- Messages -------------------------------------------------------------------------------

    def payload(self, size: int) -> object:
        """Zeros."""
        return self.types.Payload(body=bytes(size))

    def large(self, **more: object) -> object:
        """The request of the large unary cases."""
        return self.types.SimpleRequest(
            response_size=314159, payload=self.payload(271828), **more)

    def output(self, sizes: list[int], payload: int = 0, **more: object) -> object:
        """A request for responses of these sizes."""
        return self.types.StreamingOutputCallRequest(
            response_parameters=[self.types.ResponseParameters(size=size) for size in sizes],
            payload=self.payload(payload), **more)

    def sizes(self, responses: Iterator[object]) -> list[int]:
        """How large the responses are."""
        return [len(response.payload.body) for response in responses]

    # --- Cases ----------------------------------------------------------------------------------

    def test_empty_unary(self) -> None:
        """empty_unary"""
        answer = self.stub.EmptyCall(self.empty, timeout=20)
        self.assertEqual(answer.SerializeToString(), b"")

    def test_large_unary(self) -> None:
        """large_unary"""
        answer = self.stub.UnaryCall(self.large(), timeout=20)
        self.assertEqual(answer.payload.body, bytes(314159))

    def test_client_compressed_unary(self) -> None:
        """client_compressed_unary"""
        expecting = self.large(expect_compressed=self.types.BoolValue(value=True))
        self.assert_fails(
            grpc.StatusCode.INVALID_ARGUMENT,
            lambda: self.stub.UnaryCall(expecting, timeout=20))
        answer = self.stub.UnaryCall(
            expecting, timeout=20, compression=grpc.Compression.Gzip)
        self.assertEqual(len(answer.payload.body), 314159)
        plain = self.large(expect_compressed=self.types.BoolValue(value=False))
        answer = self.stub.UnaryCall(plain, timeout=20)
        self.assertEqual(len(answer.payload.body), 314159)

    def test_server_compressed_unary(self) -> None:
        """server_compressed_unary"""
        for compressed in (True, False):
            answer = self.stub.UnaryCall(
                self.large(response_compressed=self.types.BoolValue(value=compressed)), timeout=20)
            self.assertEqual(len(answer.payload.body), 314159)

    def test_client_streaming(self) -> None:
        """client_streaming"""
        answer = self.stub.StreamingInputCall(
            (self.types.StreamingInputCallRequest(payload=self.payload(size))
             for size in (27182, 8, 1828, 45904)), timeout=20)
        self.assertEqual(answer.aggregated_payload_size, 74922)

    def test_client_compressed_streaming(self) -> None:
        """client_compressed_streaming"""
        def request(size: int) -> object:
            return self.types.StreamingInputCallRequest(
                payload=self.payload(size), expect_compressed=self.types.BoolValue(value=True))

        self.assert_fails(
            grpc.StatusCode.INVALID_ARGUMENT,
            lambda: self.stub.StreamingInputCall(iter([request(27182)]), timeout=20))
        answer = self.stub.StreamingInputCall(
            iter([request(27182), request(45904)]), timeout=20,
            compression=grpc.Compression.Gzip)
        self.assertEqual(answer.aggregated_payload_size, 73086)

    def test_server_streaming(self) -> None:
        """server_streaming"""
        sizes = [31415, 9, 2653, 58979]
        self.assertEqual(
            self.sizes(self.stub.StreamingOutputCall(self.output(sizes), timeout=20)), sizes)

    def test_server_compressed_streaming(self) -> None:
        """server_compressed_streaming"""
        request = self.output([31415, 92653])
        request.response_parameters[0].compressed.value = True
        request.response_parameters[1].compressed.value = False
        self.assertEqual(
            self.sizes(self.stub.StreamingOutputCall(request, timeout=20)), [31415, 92653])

    def test_ping_pong(self) -> None:
        """ping_pong"""
        pings: queue.Queue[object] = queue.Queue()
        call = self.stub.FullDuplexCall(iter(pings.get, None), timeout=20)
        for response, request in ((31415, 27182), (9, 8), (2653, 1828), (58979, 45904)):
            pings.put(self.output([response], request))
            self.assertEqual(len(next(call).payload.body), response)
        pings.put(None)
        self.assertEqual(list(call), [])
        self.assertEqual(call.code(), grpc.StatusCode.OK)

    def test_half_duplex(self) -> None:
        """half_duplex"""
        sizes = [31415, 9, 2653, 58979]
        call = self.stub.HalfDuplexCall((self.output([size]) for size in sizes), timeout=20)
        self.assertEqual(self.sizes(call), sizes)

    def test_empty_stream(self) -> None:
        """empty_stream"""
        self.assertEqual(list(self.stub.FullDuplexCall(iter([]), timeout=20)), [])

    def test_timeout_on_sleeping_server(self) -> None:
        """timeout_on_sleeping_server"""
        pings: queue.Queue[object] = queue.Queue()
        pings.put(self.output([], 27182))
        call = self.stub.FullDuplexCall(iter(pings.get, None), timeout=0.001)
        self.assert_fails(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: list(call))
        pings.put(None)

    def test_cancel_after_begin(self) -> None:
        """cancel_after_begin"""
        pings: queue.Queue[object] = queue.Queue()
        call = self.stub.StreamingInputCall.future(iter(pings.get, None), timeout=20)
        call.cancel()
        self.assertEqual(call.code(), grpc.StatusCode.CANCELLED)
        pings.put(None)

    def test_cancel_after_first_response(self) -> None:
        """cancel_after_first_response"""
        pings: queue.Queue[object] = queue.Queue()
        pings.put(self.output([31415], 27182))
        call = self.stub.FullDuplexCall(iter(pings.get, None), timeout=20)
        self.assertEqual(len(next(call).payload.body), 31415)
        call.cancel()
        self.assert_fails(grpc.StatusCode.CANCELLED, lambda: next(call))
        pings.put(None)

    def test_custom_metadata(self) -> None:
        """custom_metadata"""
        answer, call = self.stub.UnaryCall.with_call(
            self.large(), timeout=20, metadata=(_INITIAL, _TRAILING))
        self.assertEqual(len(answer.payload.body), 314159)
        stream = self.stub.FullDuplexCall(
            iter([self.output([314159], 271828)]), timeout=20, metadata=(_INITIAL, _TRAILING))
        self.assertEqual(self.sizes(stream), [314159])
        for ended in (call, stream):
            self.assertIn(_INITIAL, [tuple(pair) for pair in ended.initial_metadata()])
            self.assertIn(_TRAILING, [tuple(pair) for pair in ended.trailing_metadata()])

    def test_status_code_and_message(self) -> None:
        """status_code_and_message"""
        self.check_status("test status message")

    def test_special_status_message(self) -> None:
        """special_status_message"""
        self.check_status(_SPECIAL)

    def check_status(self, message: str) -> None:
        """Asks for a status, of a unary call and of a stream."""
        status = self.types.EchoStatus(code=2, message=message)
        error = self.assert_fails(
            grpc.StatusCode.UNKNOWN,
            lambda: self.stub.UnaryCall(
                self.types.SimpleRequest(response_status=status), timeout=20))
        self.assertEqual(error.details(), message)
        error = self.assert_fails(
            grpc.StatusCode.UNKNOWN,
            lambda: list(self.stub.FullDuplexCall(
                iter([self.output([], response_status=status)]), timeout=20)))
        self.assertEqual(error.details(), message)

    def test_unimplemented_method(self) -> None:
        """unimplemented_method"""
        self.assert_fails(
            grpc.StatusCode.UNIMPLEMENTED,
            lambda: self.stub.UnimplementedCall(self.empty, timeout=20))

    def test_unimplemented_service(self) -> None:
        """unimplemented_service"""
        stub = testing().services.UnimplementedServiceStub(self.channel)
        self.assert_fails(
            grpc.StatusCode.UNIMPLEMENTED,
            lambda: stub.UnimplementedCall(self.empty, timeout=20))

    def test_cacheable_unary(self) -> None:
        """cacheable_unary, as far as a server without a cache before it goes"""
        answer, call = self.stub.CacheableUnaryCall.with_call(self.large(), timeout=20)
        self.assertEqual(len(answer.payload.body), 314159)
        self.assertTrue(dict(call.initial_metadata()).get("cache-control"))
