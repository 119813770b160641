"""CORS: by curl, as the protocol has it, and by a browser, as pages see it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from case import BridgeCase, pages
from contract import shelf
from covers import covers


class Preflights(BridgeCase):
    """What a browser asks before it asks."""

    def preflight(
        self, path: str, method: str, headers: str = "", origin: str | None = None,
    ) -> Any:
        """The answer to a preflight."""
        more = {"access-control-request-headers": headers} if headers else {}
        return self.curl.send("OPTIONS", path, headers={
            "origin": origin or pages().origin, "access-control-request-method": method} | more)

    @covers("T68")
    def test_allowed(self) -> None:
        """A known page learns of exactly the methods of the route."""
        answer = self.preflight("/v1/shelves/7/books", "POST", "content-type, idempotency-key")
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(answer.header("access-control-allow-origin"), pages().origin)
        methods = (answer.header("access-control-allow-methods") or "").split(", ")
        self.assertEqual(sorted(methods), ["GET", "HEAD", "POST"])
        allowed = (answer.header("access-control-allow-headers") or "").lower()
        for name in ("authorization", "content-type", "idempotency-key", "if-match"):
            self.assertIn(name, allowed)
        self.assertIn("origin", (answer.header("vary") or "").lower())

    @covers("T68")
    def test_not_allowed(self) -> None:
        """Another page learns nothing."""
        answer = self.preflight("/v1/shelves/7/books", "POST", origin="https://evil.example")
        for name in ("origin", "methods", "headers", "credentials"):
            self.assertIsNone(answer.header(f"access-control-allow-{name}"))

    def test_unknown_path(self) -> None:
        """A path without a route has no methods."""
        answer = self.preflight("/v1/nowhere", "GET")
        self.assertEqual(answer.status, 404)

    def test_answers(self) -> None:
        """Answers and errors say who may read them, to those who may."""
        for path in ("/v1/shelves/7/books", "/v1/shelves/7/books/none", "/v1/nowhere"):
            answer = self.curl.get(path, origin=pages().origin)
            self.assertEqual(answer.header("access-control-allow-origin"), pages().origin, path)
            self.assertIn("origin", (answer.header("vary") or "").lower())
            other = self.curl.get(path, origin="null")
            self.assertIsNone(other.header("access-control-allow-origin"), path)


class Browser(BridgeCase):
    """A page of another origin, in a browser."""

    found: ClassVar[dict[str, Any]] = {}

    @classmethod
    def setUpClass(cls) -> None:
        """Runs the page once; each test looks at a part of what it found."""
        super().setUpClass()
        cls.found = pages().run(_SCRIPT, cls.bridge.address)

    def test_simple(self) -> None:
        """A GET that needs no preflight."""
        self.assertEqual(self.found["simple"]["status"], 200, self.found["simple"])
        self.assertEqual(self.found["simple"]["type"], "cors")

    def test_preflight(self) -> None:
        """A POST of JSON with a token and a key is asked for before."""
        created = self.found["created"]
        self.assertEqual(created["status"], 201, created)
        for name in ("etag", "location"):
            self.assertIn(name, created["headers"], "the page sees it")
        self.assertEqual(self.found["changed"]["status"], 200, self.found["changed"])
        self.assertEqual(self.found["stale"]["status"], 412, self.found["stale"])
        self.assertEqual(self.found["deleted"]["status"], 200, self.found["deleted"])

    def test_errors(self) -> None:
        """A page reads why it failed."""
        self.assertEqual(self.found["missing"]["status"], 404)
        self.assertIn('"NOT_FOUND"', self.found["missing"]["body"])
        self.assertEqual(self.found["noRoute"]["status"], 404)

    def test_stream(self) -> None:
        """Events are read as they come."""
        self.assertEqual(self.found["events"], ["1", "2", "3"])
        self.assertEqual(self.found["lines"], 3)

    @covers("T78")
    def test_web_socket(self) -> None:
        """A page speaks with a method that has two streams, and shows its token."""
        spoken = self.found["spoken"]
        self.assertEqual(spoken["protocol"], "artel")
        self.assertEqual(
            spoken["messages"],
            [{"name": "shelves/9", "text": "A"}, {"name": "shelves/9", "text": "B"},
             {"text": "end Bearer abc.def"}])
        self.assertEqual(spoken["code"], 1000)

    @covers("T78")
    def test_web_socket_fails(self) -> None:
        """A failure is the last message, and the code of the close."""
        refused = self.found["refused"]
        self.assertEqual(refused["code"], 4007, refused)
        self.assertEqual(refused["messages"][-1]["error"]["status"], "PERMISSION_DENIED")

    def test_resume(self) -> None:
        """An EventSource that lost its connection goes on behind the last event."""
        self.assertEqual(self.found["followed"], [f"word {number}" for number in range(1, 6)])

    def test_connect(self) -> None:
        """A page calls a method by Connect."""
        self.assertEqual(self.found["connect"]["status"], 200, self.found["connect"])
        self.assertEqual(json.loads(self.found["connect"]["body"])["text"], "hello")

    def test_grpc_web(self) -> None:
        """A page calls a method by gRPC-Web: the message, and behind it the status."""
        frames = bytes(self.found["web"]["body"])
        length = int.from_bytes(frames[1:5], "big")
        answer = shelf().messages.MirrorResponse.FromString(frames[5:5 + length])
        self.assertEqual(answer.text, "hello")
        trailers = frames[5 + length:]
        self.assertEqual(trailers[0], 0x80)
        self.assertIn(b"grpc-status: 0", trailers[5:].replace(b"grpc-status:0", b"grpc-status: 0"))

    def test_download(self) -> None:
        """Bytes arrive as they are."""
        self.assertEqual(self.found["cover"], [0, 1, 2, 255])

    def test_multipart(self) -> None:
        """A FormData is a multipart body."""
        self.assertEqual(self.found["imported"]["status"], 200, self.found["imported"])

    def test_unknown_header(self) -> None:
        """A header that is not allowed keeps the browser from asking."""
        self.assertEqual(self.found["unknownHeader"], {"error": "TypeError"})

    def test_stranger(self) -> None:
        """A page of another origin reads nothing, and changes nothing."""
        before = dict(self.upstream.shelf.books)
        found = pages().run(_STRANGER, self.bridge.address, pages().stranger)
        self.assertEqual(found, {
            "simple": {"error": "TypeError"}, "missing": {"error": "TypeError"},
            "created": {"error": "TypeError"}, "withCredentials": {"error": "TypeError"},
            "blind": "opaque"})
        self.assertEqual(self.upstream.shelf.books.keys(), before.keys())


_SCRIPT = """
const json = {"content-type": "application/json"};
await seen("simple", async () => answer(await fetch(api + "/v1/shelves/7/books")));
let book = "";
await seen("created", async () => {
  const made = await answer(await fetch(api + "/v1/shelves/9/books", {
    method: "POST", body: JSON.stringify({title: "T"}), headers: {
      ...json, authorization: "Bearer t", "idempotency-key": crypto.randomUUID()}}));
  book = api + made.headers.location;
  return made;
});
await seen("changed", async () => answer(await fetch(book, {
  method: "PATCH", body: '{"pages":"7"}', headers: {...json, "if-match": '"1"'}})));
await seen("stale", async () => answer(await fetch(book, {
  method: "PATCH", body: '{"pages":"8"}', headers: {...json, "if-match": '"1"'}})));
await seen("deleted", async () => answer(await fetch(book, {method: "DELETE"})));
await seen("missing", async () => answer(await fetch(book)));
await seen("noRoute", async () => answer(await fetch(api + "/v1/nowhere")));
await seen("events", () => new Promise((resolve, reject) => {
  const source = new EventSource(api + "/v1/shelves/9/books:watch?count=3");
  const pages = [];
  source.onmessage = (event) => pages.push(JSON.parse(event.data).pages);
  source.onerror = () => { source.close(); pages.length ? resolve(pages) : reject(new Error()); };
}));
await seen("lines", async () => {
  const response = await fetch(api + "/v1/shelves/9/books:watch?count=3", {
    headers: {accept: "application/x-ndjson"}});
  return (await response.text()).trim().split("\\n").length;
});
await seen("cover", async () => {
  const path = api + "/v1/shelves/9/books/c/cover";
  await fetch(path, {
    method: "PUT", body: new Uint8Array([0, 1, 2, 255]), headers: {"content-type": "image/gif"}});
  return [...new Uint8Array(await (await fetch(path)).arrayBuffer())];
});
await seen("imported", async () => {
  const form = new FormData();
  form.append("metadata", new Blob(['{"title":"T"}'], {type: "application/json"}));
  form.append("file", new Blob(["bytes"], {type: "text/plain"}), "a.txt");
  return answer(await fetch(api + "/v1/shelves/9/books:import", {method: "POST", body: form}));
});
const speak = (words, protocols) => new Promise((resolve) => {
  const socket = new WebSocket(api.replace("http", "ws") + "/v1/shelves/9:discuss", protocols);
  const messages = [];
  socket.onopen = () => words.forEach((word) => socket.send(word));
  socket.onmessage = (event) => messages.push(JSON.parse(event.data));
  socket.onclose = (event) => resolve({
    messages, code: event.code, reason: event.reason, protocol: socket.protocol});
});
await seen("spoken", () => speak(
  ['{"text":"a"}', '{"text":"b"}', ""], ["artel", "artel.bearer.abc.def"]));
await seen("refused", () => speak(['{"text":"fail"}']));
await seen("followed", () => new Promise((resolve) => {
  const source = new EventSource(api + "/v1/shelves/9:follow");
  const words = [];
  source.onmessage = (event) => {
    words.push(JSON.parse(event.data).text);
    if (words.length === 5) { source.close(); resolve(words); }
  };
}));
await seen("connect", async () => answer(await fetch(api + "/shelf.v1.Shelf/Mirror", {
  method: "POST", body: '{"text":"hello"}', headers: {...json, "connect-protocol-version": "1"}})));
await seen("web", async () => {
  const message = [10, 5, ...new TextEncoder().encode("hello")];
  const response = await fetch(api + "/shelf.v1.Shelf/Mirror", {
    method: "POST", body: new Uint8Array([0, 0, 0, 0, message.length, ...message]), headers: {
      "content-type": "application/grpc-web+proto", "x-grpc-web": "1"}});
  return {status: response.status, body: [...new Uint8Array(await response.arrayBuffer())]};
});
await seen("unknownHeader", async () => answer(await fetch(api + "/v1/shelves/7/books", {
  headers: {"x-nobody-allowed-this": "1"}})));
"""

_STRANGER = """
const json = {"content-type": "application/json"};
await seen("simple", async () => answer(await fetch(api + "/v1/shelves/7/books")));
await seen("missing", async () => answer(await fetch(api + "/v1/nowhere")));
await seen("created", async () => answer(await fetch(api + "/v1/shelves/9/books", {
  method: "POST", body: JSON.stringify({title: "T"}), headers: json})));
await seen("withCredentials", async () => answer(await fetch(api + "/v1/shelves/7/books", {
  credentials: "include"})));
await seen("blind", async () => (await fetch(api + "/v1/shelves/9/books", {
  method: "POST", mode: "no-cors", body: "title=x", headers: {
    "content-type": "application/x-www-form-urlencoded"}})).type);
"""
