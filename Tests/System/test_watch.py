"""Watch streams: Server-Sent Events, NDJSON and gRPC."""

from __future__ import annotations

import time
import unittest

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from residents import Resident
from stack.tenants import ALPHA, BETA
from stack.wait import until
from streams import CurlStream, GRPCStream, Stream

EVENTS_TYPE, LINES_TYPE = "text/event-stream", "application/x-ndjson"


class WatchTests(SystemCase):
    """WatchAccessEvents."""

    @covers("B14", "B15", "T74")
    def test_every_stream_shows_an_opening_within_a_second(self) -> None:
        """shows an opening within a second by SSE, NDJSON and gRPC, also at another process"""
        anna = self.move_in()
        token = anna.token()
        other = Curl(environment.plain().rest)
        self.state(self.opened(anna), "EXECUTED")
        resume = self.journal(anna)[0]["resumeToken"]
        streams: list[Stream] = [
            self.watch(self.rest, anna, token, EVENTS_TYPE, resume),
            self.watch(self.rest, anna, token, LINES_TYPE, resume),
            self.watch(other, anna, token, EVENTS_TYPE, resume),
            self.watch_grpc(anna, token, resume=resume),
        ]
        # With a token none can miss it: where it is shown, the stream is up to date.
        name = self.opened(anna)
        for stream in streams:
            stream.of(name)
        name = self.opened(anna)

        def journaled() -> bool:
            return any(event["command"] == name for event in self.journal(anna))

        until("the journal has it", journaled)
        committed = time.monotonic()
        expected = next(e for e in self.journal(anna) if e["command"] == name)
        for stream in streams:
            seen, event = stream.of(name)
            self.assertLess(seen - committed, 1, type(stream).__name__)
            for member in ("name", "accessPoint", "unit", "subject", "result", "occurTime"):
                self.assertEqual(event[member], expected[member])

    @covers("B15", "T74")
    def test_a_watch_goes_on_behind_its_resume_token(self) -> None:
        """goes on behind a resume token: what happened meanwhile comes once, and in order"""
        anna = self.move_in()
        token = anna.token()
        first = self.state(self.opened(anna), "EXECUTED")["name"]
        resume = self.journal(anna)[0]["resumeToken"]
        second = self.state(self.opened(anna), "EXECUTED")["name"]
        third = self.state(self.opened(anna), "EXECUTED")["name"]
        stream = CurlStream(self.rest, anna.unit, token, EVENTS_TYPE, resume)
        self.addCleanup(stream.close)
        stream.of(third)
        commands = [event["command"] for _, event in stream.events]
        self.assertEqual(commands, [second, third])
        self.assertNotIn(first, commands)
        self.assertEqual(stream.ids, [event["resumeToken"] for _, event in stream.events])

    @covers("S-D12", "A23", "T75")
    def test_nobody_watches_what_it_may_not_see(self) -> None:
        """refuses a watch of another unit or tenant with the status of its own, as unknown"""
        anna, other, boris = self.move_in(), self.move_in(), self.move_in(BETA)
        for stranger, parent in (
            (other, anna.unit), (boris, anna.unit), (anna, "units/nowhere"),
        ):
            for accept in (EVENTS_TYPE, LINES_TYPE):
                response = self.rest.get(
                    f"/v1/{parent}/accessEvents:watch", stranger.token(), accept=accept)
                self.assert_error(response, 404, "NOT_FOUND", "RESOURCE_NOT_FOUND")
            refused = self.watch_grpc(stranger, stranger.token(), parent).failed()
            self.assertEqual((refused.code, refused.reason), ("NOT_FOUND", "RESOURCE_NOT_FOUND"))
        # The journal of a property is for services: a person learns nothing by asking for one.
        bodies = {
            self.rest.get(f"/v1/properties/{name}/accessEvents:watch", anna.token()).body
            for name in (ALPHA.property, BETA.property, "nowhere")
        }
        self.assertEqual(len(bodies), 1, bodies)
        self.assertIn(b"PERMISSION_DENIED", bodies.pop())

    @covers("S-D12", "B14")
    def test_events_of_a_tenant_reach_no_other(self) -> None:
        """sends events of one tenant to watchers of that tenant alone"""
        anna, boris = self.move_in(), self.move_in(BETA)
        rest = self.stack.server.rest
        streams = {
            each: self.watch_property(each, self.stack.demo.token(each.console, rest))
            for each in (ALPHA, BETA)
        }
        names = {}
        for complex, person in ((ALPHA, anna), (BETA, boris)):
            names[complex] = self.opened(person)
        for complex, stream in streams.items():
            stream.of(names[complex])
            commands = {event["command"] for _, event in stream.events}
            others = {name for each, name in names.items() if each != complex}
            self.assertFalse(commands & others)

    @covers("S-C31")
    def test_a_stream_ends_with_its_token(self) -> None:
        """ends a stream UNAUTHENTICATED when the token behind it expires"""
        anna = self.move_in()
        # The leeway of clocks does not lengthen the stream's life.
        token = anna.token(offsets={"exp": 3})
        over_grpc = self.watch_grpc(anna, token)
        lines = self.watch(self.rest, anna, token, LINES_TYPE)
        refused = over_grpc.failed()
        self.assertEqual((refused.code, refused.reason), ("UNAUTHENTICATED", "TOKEN_EXPIRED"))
        self.assertEqual(lines.wait(), 0)
        self.assertIn("TOKEN_EXPIRED", lines.last_lines[-1])

    # --- Streams --------------------------------------------------------------------------------

    def watch(
        self, door: Curl, resident: Resident, token: str, accept: str, resume: str = ""
    ) -> CurlStream:
        """Watches the resident's unit by curl."""
        stream = CurlStream(door, resident.unit, token, accept, resume)
        self.addCleanup(stream.close)
        return stream.opened()

    def watch_property(self, complex, token: str) -> CurlStream:
        """Watches all of a complex by curl."""
        stream = CurlStream(self.rest, f"properties/{complex.property}", token, EVENTS_TYPE)
        self.addCleanup(stream.close)
        return stream.opened()

    def watch_grpc(
        self, resident: Resident, token: str, parent: str | None = None, resume: str = ""
    ) -> GRPCStream:
        """Watches the resident's unit, or another parent, by grpcio."""
        door = self.grpc(resident.complex)
        stream = GRPCStream(door, parent or resident.unit, token, resume)
        self.addCleanup(stream.close)
        return stream


if __name__ == "__main__":
    unittest.main()
