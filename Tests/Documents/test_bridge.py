"""The documents of `artel bridge`, and whether it does what they say."""

from __future__ import annotations

import functools
import gzip
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import workshop
from bridge import Bridge
from documents import example_faults, explore, faults
from environment import LONG


@functools.cache
def upstream() -> workshop.Upstream:
    """The server that tests share."""
    return workshop.Upstream()


@functools.cache
def bridge() -> Bridge:
    """The bridge in front of it."""
    return Bridge(
        "--descriptors", workshop.contract().descriptors, "--upstream", upstream().target,
        "--refresh", "0")


class Documents(unittest.TestCase):
    """What the bridge serves beside the methods."""

    maxDiff = None

    def document(self, path: str = "/openapi.json") -> dict[str, Any]:
        """A document."""
        answer = bridge().curl.get(path)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.header("content-type"), "application/json")
        document: dict[str, Any] = answer.json()
        return document

    def test_valid(self) -> None:
        """Whole and by domain, they are OpenAPI 3.1, and their examples are what they say."""
        for path in ("/openapi.json", "/atelier/openapi.json"):
            document = self.document(path)
            self.assertEqual(faults(document), [], path)
            self.assertEqual(example_faults(document), [], path)
            self.assertEqual(
                document["paths"].keys(), self.document()["paths"].keys(), "one domain is all")

    def test_comments(self) -> None:
        """A set with comments makes a document with descriptions."""
        operation = self.document()["paths"]["/v1/rooms/{room}/things/{thing}"]["get"]
        self.assertEqual(
            operation["summary"], "Gives back a thing that only the path and the query describe")
        self.assertEqual(operation["operationId"], "Atelier_GetThing")

    def test_deprecated(self) -> None:
        """What is not to be used any more says so."""
        operation = self.document()["paths"]["/v1/old/rooms/{room}/things/{thing}"]["get"]
        self.assertIs(operation["deprecated"], True)
        self.assertEqual(
            (operation["x-deprecated-since"], operation["x-sunset"]), ("2026-01-01", "2027-01-01"))
        self.assertLessEqual(
            {"Deprecation", "Sunset", "Link"}, operation["responses"]["200"]["headers"].keys())
        answer = bridge().curl.get("/v1/old/rooms/r/things/t")
        self.assertEqual(answer.header("deprecation"), "@1767225600")
        self.assertEqual(answer.header("sunset"), "Fri, 01 Jan 2027 00:00:00 GMT")
        self.assertEqual(
            answer.header("link"), '<https://example.com/new>; rel="deprecation"')
        self.assertEqual(
            self.document()["x-api-versions"], [{"domain": "atelier", "version": "v1"}])

    def test_streams(self) -> None:
        """Streams of requests have both their forms, and those of both sides their WebSocket."""
        paths = self.document()["paths"]
        gather = paths["/v1/rooms/{room}/things:gather"]["post"]
        content = gather["requestBody"]["content"]
        self.assertEqual(list(content), ["application/json", "application/x-ndjson"])
        self.assertEqual(content["application/json"]["schema"]["type"], "array")
        for kind in content:
            answer = bridge().curl.send(
                "POST", "/v1/rooms/r/things:gather", headers={"content-type": kind},
                body=_body(content[kind]["example"]))
            self.assertEqual((answer.status, answer.json()["count"]), (200, 1), answer.body)
        talk = paths["/v1/rooms/{room}:talk"]["post"]
        self.assertNotIn("200", talk["responses"])
        self.assertIn("426", talk["responses"])
        self.assertEqual(set(talk["x-websocket"]), {"subprotocols", "send", "receive"})
        answer = bridge().curl.send("POST", "/v1/rooms/r:talk", body=b"{}")
        self.assertEqual((answer.status, answer.header("upgrade")), (426, "websocket"))

    def test_behaviors(self) -> None:
        """What only one side sets says so."""
        schemas = self.document()["components"]["schemas"]
        self.assertIs(
            schemas["atelier.v1.Thing"]["properties"]["name"].get("readOnly"), True)
        self.assertIs(
            schemas["atelier.v1.Thing-Input"]["properties"]["pass"].get("writeOnly"), True)

    def test_references(self) -> None:
        """Every scheme that a method asks for is there."""
        document = self.document()
        schemes = document["components"]["securitySchemes"]
        for item in document["paths"].values():
            for operation in item.values():
                for one in operation["security"]:
                    self.assertLessEqual(one.keys(), schemes.keys())

    def test_connect(self) -> None:
        """Every method is called by Connect as its operation says."""
        for path, item in self.document()["paths"].items():
            for verb, operation in item.items():
                about = operation["x-connect"]
                for name, value in about["request"].items():
                    if name in ("name", "parent"):
                        self.assertTrue(value.startswith("rooms/room-1"), value)
                self.assertEqual(about["path"], "/" + operation["x-grpc-method"])
                if "x-server-streaming" in operation or "x-client-streaming" in operation:
                    continue
                answer = bridge().curl.send(
                    "POST", about["path"], body=_body(about["request"]),
                    headers={"content-type": "application/json", "connect-protocol-version": "1"})
                self.assertEqual(answer.status, 200, f"{verb} {path}: {answer.body!r}")

    def test_discreet(self) -> None:
        """Nothing is told of where things are."""
        text = bridge().curl.get("/openapi.json").body.decode()
        for wrong in (upstream().target, str(bridge().port), "/tmp", "/work", "/home"):
            self.assertNotIn(wrong, text)

    def test_explored(self) -> None:
        """No answer is a 5xx, of a status or a form that the document does not have."""
        status, said = explore(
            self.document(), bridge().address, count=200 if LONG else 15)
        self.assertEqual(status, 0, said)

    def test_conditions(self) -> None:
        """Who has a document is told so, and who asks for gzip gets it."""
        first = bridge().curl.get("/openapi.json")
        tag = first.header("etag") or ""
        again = bridge().curl.send(
            "GET", "/openapi.json", headers={"if-none-match": tag})
        self.assertEqual((again.status, again.body, again.header("etag")), (304, b"", tag))
        small = bridge().curl.send(
            "GET", "/openapi.json", headers={"accept-encoding": "gzip"})
        self.assertEqual(small.header("content-encoding"), "gzip")
        self.assertEqual(gzip.decompress(small.body), first.body)
        self.assertNotEqual(small.header("etag"), tag)
        small_again = bridge().curl.send("GET", "/openapi.json", headers={
            "accept-encoding": "gzip", "if-none-match": small.header("etag") or ""})
        self.assertEqual((small_again.status, small_again.body), (304, b""))

    def test_methods(self) -> None:
        """A document is read, and nothing else."""
        refused = bridge().curl.send("DELETE", "/openapi.json")
        self.assertEqual(refused.status, 405)
        self.assertEqual(refused.header("allow"), "GET, HEAD, OPTIONS")
        self.assertEqual(bridge().curl.send("OPTIONS", "/openapi.json").status, 204)
        self.assertEqual(bridge().curl.get("/nowhere/openapi.json").status, 404)

    def test_withheld(self) -> None:
        """An operator may keep them to itself."""
        with Bridge(
            "--descriptors", workshop.contract().descriptors, "--upstream", "127.0.0.1:1",
            "--no-documents",
        ) as silent:
            for path in ("/openapi.json", "/atelier/openapi.json", "/postman.json", "/docs"):
                self.assertEqual(silent.curl.get(path).status, 404, path)

    def test_swapped(self) -> None:
        """Other contracts have other documents."""
        from contract import compiled

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "set.binpb"
            file.write_bytes(workshop.contract().descriptors.read_bytes())
            with Bridge(
                "--descriptors", file, "--upstream", "127.0.0.1:1", "--refresh", "0",
            ) as other:
                before = other.curl.get("/openapi.json")
                file.write_bytes(compiled(_OTHER))
                other.reload()
                other.wait_for("other contracts are served")
                after = other.curl.get("/openapi.json")
        self.assertNotEqual(before.header("etag"), after.header("etag"))
        self.assertEqual(list(json.loads(after.body)["paths"]), ["/v1/m"])


def _body(example: Any) -> bytes:
    return (example if isinstance(example, str) else json.dumps(example)).encode()


_OTHER = """
syntax = "proto3";
package other.v1;
import "google/api/annotations.proto";
service S { rpc Do(M) returns (M) { option (google.api.http) = {get: "/v1/m"}; } }
message M { string a = 1; }
"""
