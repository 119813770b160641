"""Requests and answers over HTTP/2 (RFC 9113 section 8)."""

import shutil
import subprocess
import unittest

from case import LIST, RESIDENT, VISITS, get
from http2 import PREFACE, Client, Stream
from http2_case import HTTP2Case
from server import covers

JSON = ("content-type", "application/json")


class Requests(HTTP2Case):
    """What every caller does."""

    def test_get(self) -> None:
        """answers as over HTTP/1.1, without what belongs to a connection there"""
        answer = self.client().get(RESIDENT)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json()["residentId"], "r")
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(int(answer.headers["content-length"]), len(answer.body))
        self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
        for name in ("connection", "transfer-encoding", "keep-alive"):
            self.assertNotIn(name, answer.headers)

    def test_many_at_once(self) -> None:
        """serves a hundred requests on one connection, each with its own answer"""
        client = self.client()
        streams = [client.request(f"/v1/complexes/c/residents/r{n}") for n in range(100)]
        for number, stream in enumerate(streams):
            self.assertEqual(client.answer(stream).json()["residentId"], f"r{number}")

    def test_one_behind_the_other(self) -> None:
        """serves a thousand requests one behind the other"""
        client = self.client()
        for number in range(1_000):
            self.assertEqual(client.get(RESIDENT).status, 200, number)

    def test_body(self) -> None:
        """takes a body with a length, without one, and in pieces"""
        client = self.client()
        body = b'{"visitorName":"A"}'
        for more in ((), (("content-length", str(len(body))),)):
            stream = client.request(VISITS, JSON, *more, method="POST", body=body)
            self.assertEqual(client.answer(stream).json()["visitorName"], "A")
        stream = client.request(VISITS, JSON, method="POST", end=False)
        for byte in body:
            client.data(stream, bytes([byte]), end=False)
        client.http.end_stream(stream)
        client.flush()
        self.assertEqual(client.answer(stream).json()["visitorName"], "A")

    def test_great_bodies(self) -> None:
        """moves bodies that are greater than every window, both ways"""
        client = self.client()
        body = b'{"visitorName":"A","purpose":"' + b"x" * 3_000_000 + b'"}'
        stream = client.request(VISITS, JSON, method="POST", body=body)
        self.assertEqual(client.answer(stream).status, 200)
        answer = client.get(f"{LIST}?pageSize=1000")
        self.assertGreater(len(answer.body), 100_000)
        self.assertEqual(len(answer.json()["residents"]), 1000)

    def test_body_too_large(self) -> None:
        """refuses a body beyond the limit by its length, and while it comes"""
        client = self.client()
        stream = client.request(
            VISITS, JSON, ("content-length", "5000000"), method="POST", end=False)
        self.assertEqual(client.answer(stream).json()["error"]["code"], 413)
        stream = client.request(VISITS, JSON, method="POST", end=False)
        client.data(stream, b" " * 5_000_000)
        self.assertEqual(client.answer(stream).json()["error"]["code"], 413)
        self.assertEqual(client.get(RESIDENT).status, 200)

    def test_head(self) -> None:
        """answers HEAD with the head of GET and no body"""
        client = self.client()
        answer = client.answer(client.request(RESIDENT, method="HEAD"))
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertEqual(
            answer.headers["content-length"], client.get(RESIDENT).headers["content-length"])

    def test_errors(self) -> None:
        """says what is wrong in the words of HTTP/1.1, and goes on"""
        client = self.client()
        for path, status in (("/nope", 404), (f"{LIST}?nope=1", 400), ("/%", 404)):
            answer = client.get(path)
            self.assertEqual(answer.json()["error"]["code"], answer.status)
            self.assertIn(answer.status, (status, 400))
        answer = client.answer(client.request(RESIDENT, method="TRACE"))
        self.assertEqual(answer.status, 405)
        self.assertIn("GET", answer.headers["allow"])
        self.assertEqual(client.answer(client.request("*", method="OPTIONS")).status, 204)

    def test_compression(self) -> None:
        """compresses for whoever takes gzip"""
        answer = self.client().get(f"{LIST}?pageSize=100", ("accept-encoding", "gzip"))
        self.assertEqual(answer.headers["content-encoding"], "gzip")
        self.assertEqual(len(answer.body), int(answer.headers["content-length"]))

    def test_continue(self) -> None:
        """asks for a body that was announced, or refuses it before it comes"""
        client = self.client()
        expect = ("expect", "100-continue")
        stream = client.request(VISITS, JSON, expect, method="POST", end=False)
        client.until(lambda: bool(client.streams[stream].informational))
        self.assertEqual(client.streams[stream].informational, [100])
        client.data(stream, b'{"visitorName":"A"}')
        self.assertEqual(client.answer(stream).status, 200)
        stream = client.request("/nope", JSON, expect, method="POST", end=False)
        self.assertEqual(client.answer(stream).status, 404)
        self.assertEqual(client.streams[stream].informational, [])

    def test_trailers(self) -> None:
        """takes the fields behind a body as its end"""
        client = self.client()
        stream = client.request(
            VISITS, JSON, method="POST", body=b'{"visitorName":"A"}', end=False)
        client.http.send_headers(stream, [("x-sum", "1")], end_stream=True)
        client.flush()
        self.assertEqual(client.answer(stream).status, 200)

    def test_large_head(self) -> None:
        """answers 431 to a head beyond the limit, and goes on"""
        client = self.client()
        answer = client.get(RESIDENT, *[(f"x-{n}", "y" * 1000) for n in range(20)])
        self.assertEqual(answer.status, 431)
        answer = client.get(RESIDENT, *[(f"x-{n}", "y") for n in range(101)])
        self.assertEqual(answer.status, 431)
        self.assertEqual(client.get(RESIDENT).status, 200)

    def first(self, *fields: tuple[str, str], **options: str) -> Stream:
        """The answer of a request that is sent before anything is read."""
        client = Client(self.server.port)
        self.addCleanup(client.close)
        answer = client.answer(client.request(
            options.get("path", RESIDENT), *fields, method=options.get("method", "GET")))
        self.assertEqual(client.get(RESIDENT).status, 200)
        return answer

    def test_large_first_head(self) -> None:
        """answers 431 before the client has seen the settings, too"""
        for count in (17, 40):
            large = [(f"x-{n}", "y" * 1000) for n in range(count)]
            self.assertEqual(self.first(*large).status, 431)
        self.assertEqual(self.first(("x", "y" * 7000)).status, 200)

    def test_large_head_of_a_call(self) -> None:
        """says in gRPC's own words that a head is too large"""
        large = [(f"x-{n}", "y" * 1000) for n in range(17)]
        answer = self.first(
            ("content-type", "application/grpc"), *large, method="POST", path="/a.B/C")
        self.assertEqual((answer.status, answer.headers["grpc-status"]), (200, "8"))

    def test_preface_in_pieces(self) -> None:
        """knows HTTP/2 however its first bytes are cut, and not behind a request"""
        client = Client(self.server.port, begin=False)
        self.addCleanup(client.close)
        client.http.initiate_connection()
        for byte in client.http.data_to_send():
            client.raw(bytes([byte]))
        self.assertEqual(client.get(RESIDENT).status, 200)
        wire = self.connect()
        self.assertEqual(wire.ask(get()).status, 200)
        self.assertEqual(wire.ask(PREFACE).status, 505)
        self.assertTrue(wire.ends())

    @unittest.skipUnless(shutil.which("curl"), "there is no curl")
    @covers("T87")
    def test_curl(self) -> None:
        """serves curl with prior knowledge"""
        done = subprocess.run(
            ["curl", "--silent", "--http2-prior-knowledge", "--write-out", "%{http_version}",
             "--output", "/dev/null", f"http://127.0.0.1:{self.server.port}{RESIDENT}"],
            capture_output=True, text=True, timeout=30, check=True)
        self.assertEqual(done.stdout, "2")
