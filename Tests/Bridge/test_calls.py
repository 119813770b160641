"""Calls by curl: what a client of a REST API does all day."""

import json
import subprocess
import threading
import time

from case import BridgeCase


class Books(BridgeCase):
    """The methods of a resource."""

    def test_life_of_a_book(self) -> None:
        """Created, read, listed, changed, deleted, gone."""
        name = self.new_name()
        made = self.curl.post(
            f"/v1/shelves/7/books?book_id={name.rpartition('/')[2]}",
            {"title": "Война и мир", "pages": "1225"})
        self.assertEqual(made.status, 201, made.body)
        self.assertEqual(made.header("location"), f"/v1/{name}")
        book = {"name": name, "title": "Война и мир", "pages": "1225", "etag": '"1"'}
        self.assertEqual(made.json(), book)
        self.assertEqual(self.curl.get(f"/v1/{name}").json(), book)
        changed = self.curl.send(
            "PATCH", f"/v1/{name}", b'{"pages":1300}',
            headers={"content-type": "application/merge-patch+json"})
        self.assertEqual(changed.json(), book | {"pages": "1300", "etag": '"2"'})
        self.assertEqual(self.upstream.shelf.masks[-1], ["pages"])
        gone = self.curl.send("DELETE", f"/v1/{name}")
        self.assertEqual((gone.status, gone.json()), (200, {}))
        self.assert_error(self.curl.get(f"/v1/{name}"), 404, "NOT_FOUND")

    def test_lists(self) -> None:
        """A list, and one field of it alone."""
        listed = self.curl.get("/v1/shelves/7/books?page_size=2").json()
        self.assertEqual([book["name"] for book in listed["books"]], [
            "shelves/7/books/0", "shelves/7/books/1"])
        titles = self.curl.get("/v1/shelves/7/titles?pageSize=1").json()
        self.assertEqual(titles, ["x" * 40])

    def test_bad_values(self) -> None:
        """What a server says of a value is a 400 as what the bridge says of it."""
        refused = self.curl.get("/v1/shelves/7/books?pageSize=-1")
        self.assert_error(refused, 400, "INVALID_ARGUMENT")
        refused = self.curl.get("/v1/shelves/7/books?pageSize=many")
        self.assert_error(refused, 400, "INVALID_ARGUMENT", "page_size")
        refused = self.curl.get("/v1/shelves/7/books?sort=up")
        self.assert_error(refused, 400, "INVALID_ARGUMENT", "sort")
        refused = self.curl.post("/v1/shelves/7/books", {"titel": "T"})
        self.assert_error(refused, 400, "INVALID_ARGUMENT", "book.titel")

    def test_routes(self) -> None:
        """What no route takes."""
        self.assert_error(self.curl.get("/v1/desks"), 404, "NOT_FOUND")
        refused = self.curl.send("DELETE", "/v1/shelves/7/books")
        self.assert_error(refused, 405, "UNIMPLEMENTED")
        self.assertEqual(refused.header("allow"), "GET, HEAD, OPTIONS, POST")
        refused = self.curl.send(
            "POST", "/v1/shelves/7/books", b"<a/>", headers={"content-type": "text/xml"})
        self.assertEqual(refused.status, 415)
        self.assertEqual(self.curl.post("/shelf.v1.Shelf/Hidden", {}).status, 404)

    def test_healthz(self) -> None:
        """The process lives."""
        self.assertEqual(self.curl.get("/healthz").status, 200)

    def test_head(self) -> None:
        """A HEAD is a GET without what it is about."""
        name = self.new_book()
        got = self.curl.get(f"/v1/{name}")
        head = self.curl.send("GET", f"/v1/{name}", more=("--head", "-X", "HEAD"))
        self.assertEqual(head.status, 200)
        for header in ("content-length", "content-type", "etag"):
            self.assertEqual(head.header(header), got.header(header))

    def test_continue(self) -> None:
        """A client that asks first is told to go on, or not to."""
        wants = {"expect": "100-continue", "content-type": "application/json"}
        book = {"title": "x" * 2_000}
        done = subprocess.run(
            [*self.curl.command("POST", "/v1/shelves/7/books", "-v", headers=wants), "-d",
             json.dumps(book)], capture_output=True, text=True, check=True)
        self.assertIn("< HTTP/1.1 100 Continue", done.stderr)
        self.assertIn("< HTTP/1.1 201", done.stderr)
        done = subprocess.run(
            [*self.curl.command("POST", "/v1/nowhere", "-v", headers=wants), "-d",
             json.dumps(book)], capture_output=True, text=True, check=True)
        self.assertNotIn("100 Continue", done.stderr)
        self.assertIn("< HTTP/1.1 404", done.stderr)


class Conditions(BridgeCase):
    """Entity tags and keys."""

    def test_reading(self) -> None:
        """What a cache has is not sent again."""
        name = self.new_book()
        got = self.curl.get(f"/v1/{name}")
        self.assertEqual(got.header("etag"), '"1"')
        for tags in ('"1"', 'W/"1"', '"0", "1"', "*"):
            same = self.curl.get(f"/v1/{name}", **{"if-none-match": tags})
            self.assertEqual((same.status, same.body, same.header("etag")), (304, b"", '"1"'), tags)
        other = self.curl.get(f"/v1/{name}", **{"if-none-match": '"2"'})
        self.assertEqual(other.status, 200)

    def test_writing(self) -> None:
        """Who changes what has changed is refused, by both ways to say it."""
        name = self.new_book()

        def patch(body: bytes, **headers: str) -> object:
            kind = {"content-type": "application/json"}
            return self.curl.send("PATCH", f"/v1/{name}", body, headers=kind | headers)

        self.assertEqual(patch(b'{"pages":"1"}', **{"if-match": '"1"'}).status, 200)
        refused = patch(b'{"pages":"2"}', **{"if-match": '"1"'})
        self.assert_error(refused, 412, "ABORTED")
        refused = patch(b'{"pages":"2","etag":"\\"1\\""}')
        self.assert_error(refused, 409, "ABORTED")
        self.assertEqual(
            self.curl.send("DELETE", f"/v1/{name}", headers={"if-match": '"9"'}).status, 412)
        self.assertEqual(
            self.curl.send("DELETE", f"/v1/{name}", headers={"if-match": '"2"'}).status, 200)

    def test_idempotency_key(self) -> None:
        """A key is the request's own field, where that is empty."""
        key = "0190a5e0-0000-7000-8000-000000000001"
        for text in (key, f'"{key}"'):
            answer = self.curl.post("/v1/mirror", {}, **{"idempotency-key": text})
            self.assertEqual(answer.json()["requestId"], key)
        answer = self.curl.post("/v1/mirror", {"requestId": key}, **{"idempotency-key": key})
        self.assertEqual(answer.json()["requestId"], key)
        refused = self.curl.post("/v1/mirror", {"requestId": "other"}, **{"idempotency-key": key})
        self.assertEqual(refused.status, 400)


class Calls(BridgeCase):
    """What goes with a call, and how it ends."""

    def test_metadata(self) -> None:
        """Headers go there; what belongs to a connection stays here."""
        seen = self.curl.get(
            "/v1/mirror", authorization="Bearer t", **{
                "x-own": "1", "x-raw-bin": "AP8", "x-forwarded-for": "6.6.6.6", "te": "trailers",
                "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
        self.assertEqual(seen.status, 200, seen.body)
        lines = seen.json()["metadata"]
        self.assertIn("authorization: Bearer t", lines)
        self.assertIn("x-own: 1", lines)
        self.assertIn("x-raw-bin: 00ff", lines)
        self.assertIn("x-forwarded-for: 127.0.0.1", lines)
        self.assertTrue(any("0af7651916cd43dd8448eb211c80319c" in line for line in lines), lines)
        keys = {line.partition(":")[0] for line in lines}
        self.assertFalse(keys & {"te", "host", "connection", "content-length"}, keys)

    def test_deadline(self) -> None:
        """The shorter of the caller's patience and the door's goes there."""
        left = int(self.curl.get("/v1/mirror").json()["leftMilliseconds"])
        self.assertTrue(20_000 < left <= 31_000, left)
        left = int(self.curl.get("/v1/mirror", **{"grpc-timeout": "5S"}).json()["leftMilliseconds"])
        self.assertTrue(1_000 < left <= 5_100, left)
        late = self.curl.get("/v1/wait?id=late", **{"x-server-timeout": "0.2"})
        self.assert_error(late, 504, "DEADLINE_EXCEEDED")

    def test_codes(self) -> None:
        """Every code has its status, and its details."""
        statuses = {
            1: 499, 2: 500, 3: 400, 4: 504, 5: 404, 6: 409, 7: 403, 8: 429, 9: 400, 10: 409,
            11: 400, 12: 501, 13: 500, 14: 503, 15: 500, 16: 401}
        for code, status in statuses.items():
            answer = self.curl.get(f"/v1/fail?code={code}&message=so&reason=R{code}")
            self.assertEqual(answer.status, status, answer.body)
            self.assertEqual(answer.reason, f"R{code}")
            self.assertEqual(answer.json()["error"]["message"], "so")
        plain = self.curl.get("/v1/fail?code=5&message=so")
        self.assertEqual(plain.json()["error"]["details"], [])

    def test_gone_caller(self) -> None:
        """A caller that goes ends the call."""
        began = self.upstream.shelf.began.setdefault("gone", threading.Event())
        child = subprocess.Popen(
            self.curl.command("GET", "/v1/wait?id=gone"), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.assertTrue(began.wait(20))
        child.kill()
        killed = time.monotonic()
        child.wait()
        while "gone" not in self.upstream.shelf.ended:
            self.assertLess(time.monotonic() - killed, 10)
            time.sleep(0.005)
