"""Deadlines and cancellation: what a client sees, and how soon the server learns of it."""

import threading
import time
from collections.abc import Callable, Iterator

import grpc

from case import InteropCase
from probe import BIDIRECTIONAL, CLIENT_STREAM, KINDS, SERVER_STREAM, UNARY, Kind
from probe import hold, new_id, now, requests_until, when

# Where each kind of call can be when it ends; a test takes it there before it ends the call.
_STAGES: tuple[tuple[Kind, str], ...] = (
    (UNARY, "begin"),
    (CLIENT_STREAM, "begin"), (CLIENT_STREAM, "reading"), (CLIENT_STREAM, "message"),
    (SERVER_STREAM, "begin"), (SERVER_STREAM, "initial"), (SERVER_STREAM, "message"),
    (SERVER_STREAM, "writing"),
    (BIDIRECTIONAL, "begin"), (BIDIRECTIONAL, "initial"), (BIDIRECTIONAL, "reading"),
    (BIDIRECTIONAL, "message"), (BIDIRECTIONAL, "writing"),
)
_LIMIT_NANOSECONDS = 100_000_000


class Endings(InteropCase):
    """Calls that end before their handlers do."""

    def setUp(self) -> None:
        """A second connection asks about the first."""
        super().setUp()
        self.observer = self.connect(self.server.target)

    def soon(self, end: Callable[[], int]) -> None:
        """Checks that the server learns of an end within 100 ms. On a busy machine a thread may
        wait for longer than that to run at all: one of five times has to be good."""
        took = []
        for _ in range(5):
            took.append(end())
            if took[-1] < _LIMIT_NANOSECONDS:
                return
        self.fail(f"the server learnt of it after {[t / 1e6 for t in took]} ms")

    def held(
        self, kind: Kind, stage: str, channel: grpc.Channel | None = None,
        timeout: float | None = 60, **options: object,
    ) -> tuple[str, object]:
        """Begins a call, and returns when its handler waits at the stage."""
        identifier, over = new_id(), threading.Event()

        def requests() -> Iterator[bytes]:
            return requests_until(over.is_set, b"ping")

        call = kind.start(
            channel or self.channel, requests() if kind.client_streams else (b"ping",),
            timeout=timeout, metadata=hold(identifier, stage), **options)
        call.add_done_callback(lambda _: over.set()) if hasattr(
            call, "add_done_callback") else call.add_callback(over.set)
        when(self.observer, f"began {identifier}")
        return identifier, call

    def test_cancellation(self) -> None:
        """tells the handler of a cancellation within 100 ms, at every stage of every kind"""
        for kind, stage in _STAGES:
            with self.subTest(kind=kind, stage=stage):

                def end() -> int:
                    identifier, call = self.held(kind, stage)
                    begin = now()
                    call.cancel()
                    took = when(self.observer, f"ended {identifier}") - begin
                    self.assertEqual(call.code(), grpc.StatusCode.CANCELLED)
                    return took

                self.soon(end)

    def test_lost_connection(self) -> None:
        """tells the handler within 100 ms that the connection is lost, at every stage"""
        for kind, stage in _STAGES:
            with self.subTest(kind=kind, stage=stage):

                def end() -> int:
                    channel = self.connect(self.server.target)
                    identifier, _ = self.held(kind, stage, channel)
                    begin = now()
                    channel.close()
                    return when(self.observer, f"ended {identifier}") - begin

                self.soon(end)

    def test_deadlines(self) -> None:
        """ends a call at its deadline, and its handler within 100 ms of that, at every stage"""
        for kind, stage in _STAGES:
            with self.subTest(kind=kind, stage=stage):

                def end() -> int:
                    begin = now()
                    identifier, call = self.held(kind, stage, timeout=0.4)
                    ended = when(self.observer, f"ended {identifier}")
                    code = kind.finish(call).code
                    # A handler that reads or writes may answer with what its stream said.
                    self.assertIn(
                        code, (grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED))
                    return ended - begin - 400_000_000

                self.soon(end)

    def test_deadline_of_the_client(self) -> None:
        """gives DEADLINE_EXCEEDED to a client whose deadline passes, on every kind"""
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(
                    self.channel, timeout=0.2, metadata=hold(new_id(), "begin"))
                self.assertEqual(ended.code, grpc.StatusCode.DEADLINE_EXCEEDED)

    def test_deadline_in_the_past(self) -> None:
        """never serves a call whose time is over before it begins"""
        for kind in KINDS:
            with self.subTest(kind=kind):
                ended = kind.run(self.channel, timeout=-1)
                self.assertEqual(ended.code, grpc.StatusCode.DEADLINE_EXCEEDED)

    def test_cancel_before_the_server_knows(self) -> None:
        """leaves nothing behind of calls that are cancelled while they are sent"""
        for turn in range(200):
            kind = KINDS[turn % 4]
            call = kind.start(self.channel, timeout=20, metadata=hold(new_id(), "begin"))
            if turn % 3:
                time.sleep(0.0005 * (turn % 7))
            call.cancel()
        for kind in KINDS:
            self.assertEqual(kind.run(self.channel).code, grpc.StatusCode.OK)

    def test_cancel_behind_half_close(self) -> None:
        """tells a handler that waits behind the last request"""
        for kind in (CLIENT_STREAM, BIDIRECTIONAL):
            with self.subTest(kind=kind):
                identifier = new_id()
                call = kind.start(
                    self.channel, (b"last",), timeout=20, metadata=hold(identifier, "reading"))
                when(self.observer, f"began {identifier}")
                call.cancel()
                when(self.observer, f"ended {identifier}")
