"""Bodies by curl: uploads, downloads, forms, codings, streams."""

import gzip
import hashlib
import json
import os
import subprocess
import tempfile
import zlib

from case import BridgeCase

_JSON = {"content-type": "application/json"}


class Files(BridgeCase):
    """Bytes as they are."""

    def test_cover(self) -> None:
        """Bytes with their type, up and down."""
        name = self.new_book()
        cover = bytes(range(256)) * 16
        put = self.curl.send(
            "PUT", f"/v1/{name}/cover", cover, headers={"content-type": "image/png"})
        self.assertEqual(put.status, 200, put.body)
        scan = put.json()
        self.assertEqual(scan["contentType"], "image/png")
        self.assertEqual(scan["sha256"], hashlib.sha256(cover).hexdigest())
        got = self.curl.get(f"/v1/{name}/cover")
        self.assertEqual(got.body, cover)
        self.assertEqual(got.header("content-type"), "image/png")
        self.assertEqual(got.header("content-length"), "4096")

    def test_no_cover(self) -> None:
        """A method of bytes fails as others do."""
        self.assert_error(self.curl.get("/v1/shelves/7/books/none/cover"), 404, "NOT_FOUND")

    def test_upload(self) -> None:
        """A body larger than any message comes in pieces, whatever its length was said to be."""
        name = self.new_book()
        text = os.urandom(1 << 20) * 12
        for more in ((), ("-H", "transfer-encoding: chunked")):
            sent = self.curl.send(
                "POST", f"/v1/{name}:upload", text, headers={"content-type": "text/x-test"},
                more=more)
            self.assertEqual(sent.status, 200, sent.body)
            scan = sent.json()
            self.assertEqual(scan["size"], str(len(text)))
            self.assertEqual(scan["sha256"], hashlib.sha256(text).hexdigest())
            self.assertEqual((scan["name"], scan["contentType"]), (name, "text/x-test"))
            self.assertGreater(scan["messages"], 1)

    def test_empty_upload(self) -> None:
        """No bytes are bytes, too."""
        name = self.new_book()
        sent = self.curl.send(
            "POST", f"/v1/{name}:upload", b"", headers={"content-type": "text/plain"})
        self.assertEqual(sent.status, 200, sent.body)
        self.assertEqual(sent.json()["sha256"], hashlib.sha256(b"").hexdigest())

    def test_download(self) -> None:
        """Bytes larger than any message, of the first message's type."""
        name = self.new_book()
        got = self.curl.get(f"/v1/{name}:download?pieces=20&size=500000")
        self.assertEqual(got.status, 200)
        self.assertEqual(got.header("content-type"), "text/plain; charset=utf-8")
        self.assertEqual(got.body, b"".join(bytes([0x61 + n]) * 500_000 for n in range(20)))


class Forms(BridgeCase):
    """What browsers send without a script."""

    def test_form(self) -> None:
        """A form fills the message as a query would."""
        answer = self.curl.form("/v1/books:search", "title=a+b%26&tags=x&tags=y%2Cz&limit=5")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(
            answer.json()["request"], {"title": "a b&", "tags": ["x", "y,z"], "limit": 5})
        same = self.curl.post("/v1/books:search", answer.json()["request"])
        self.assertEqual(same.json(), answer.json())
        refused = self.curl.form("/v1/books:search", "limit=much")
        self.assert_error(refused, 400, "INVALID_ARGUMENT", "limit")

    def test_form_where_none_is_taken(self) -> None:
        """Nobody's page sends one elsewhere."""
        self.assertEqual(self.curl.form("/v1/shelves/7/books", "title=x").status, 415)

    def test_multipart(self) -> None:
        """A part of JSON and a file, as curl -F sends them."""
        data = os.urandom(100_000)
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(data)
            file.flush()
            answer = self.curl.send(
                "POST", "/v1/shelves/7/books:import", more=(
                    "-F", 'metadata={"title":"Ä"};type=application/json',
                    "-F", f"file=@{file.name};type=application/pdf"))
        self.assertEqual(answer.status, 200, answer.body)
        scan = answer.json()
        self.assertEqual(scan["sha256"], hashlib.sha256(data).hexdigest())
        self.assertEqual(scan["contentType"], "application/pdf")
        self.assertEqual(scan["metadata"]["title"], "Ä")
        self.assertEqual(scan["name"], "shelves/7")

    def test_multipart_with_unknown_part(self) -> None:
        """A part that no field takes is an error."""
        refused = self.curl.send(
            "POST", "/v1/shelves/7/books:import", more=("-F", "nothing=1"))
        self.assert_error(refused, 400, "INVALID_ARGUMENT", "nothing")


class Codings(BridgeCase):
    """gzip and deflate."""

    def test_in(self) -> None:
        """A request that is compressed is the request."""
        text = json.dumps({"text": "x" * 10_000}).encode()
        for coding, body in (
                ("gzip", gzip.compress(text)), ("deflate", zlib.compress(text)),
                ("identity", text)):
            answer = self.curl.send(
                "POST", "/v1/mirror", body, headers=_JSON | {"content-encoding": coding})
            self.assertEqual(answer.status, 200, answer.body)
            self.assertEqual(answer.json()["text"], "x" * 10_000)

    def test_bomb(self) -> None:
        """What is small on the way and large behind it is refused."""
        bomb = gzip.compress(b" " * (64 << 20))
        answer = self.curl.send(
            "POST", "/v1/mirror", bomb, headers=_JSON | {"content-encoding": "gzip"})
        self.assertEqual(answer.status, 413, answer.body)

    def test_bad_codings(self) -> None:
        """What is not what it says, and what nobody knows here."""
        answer = self.curl.send(
            "POST", "/v1/mirror", b"not gzip", headers=_JSON | {"content-encoding": "gzip"})
        self.assertEqual(answer.status, 400)
        answer = self.curl.send(
            "POST", "/v1/mirror", b"{}", headers=_JSON | {"content-encoding": "br"})
        self.assertEqual(answer.status, 415)
        self.assertIn("gzip", answer.header("accept-encoding") or "")

    def test_out(self) -> None:
        """An answer is compressed for whoever says so, and is the same behind it."""
        path = "/v1/shelves/7/books?pageSize=200"
        plain = self.curl.get(path)
        self.assertIsNone(plain.header("content-encoding"))
        packed = self.curl.get(path, **{"accept-encoding": "br, gzip;q=0.5"})
        self.assertEqual(packed.header("content-encoding"), "gzip")
        self.assertIn("accept-encoding", (packed.header("vary") or "").lower())
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertLess(len(packed.body), len(plain.body) // 4)
        by_curl = self.curl.send("GET", path, more=("--compressed",))
        self.assertEqual(by_curl.body, plain.body)
        refused = self.curl.get(path, **{"accept-encoding": "gzip;q=0"})
        self.assertIsNone(refused.header("content-encoding"))


class Streams(BridgeCase):
    """Streams of messages."""

    def test_formats(self) -> None:
        """An array, lines or events, as the caller asks."""
        path = "/v1/shelves/7/books:watch?count=3"
        array = self.curl.get(path, accept="application/json")
        self.assertEqual([book["pages"] for book in array.json()], ["1", "2", "3"])
        lines = self.curl.get(path, accept="application/x-ndjson")
        self.assertEqual(lines.header("content-type"), "application/x-ndjson")
        self.assertEqual([json.loads(line) for line in lines.body.splitlines()], array.json())
        events = self.curl.get(path, accept="text/event-stream")
        data = [line[5:] for line in events.body.decode().splitlines() if line.startswith("data:")]
        self.assertEqual([json.loads(one) for one in data], array.json())

    def test_empty(self) -> None:
        """An array of nothing is an array."""
        empty = self.curl.get("/v1/shelves/7/books:watch", accept="application/json")
        self.assertEqual(empty.json(), [])

    def test_failure(self) -> None:
        """A stream that fails later says so as its last element."""
        path = "/v1/shelves/7/books:watch?count=3&failAfter=1"
        array = self.curl.get(path, accept="application/json").json()
        self.assertEqual(len(array), 2)
        self.assertEqual(array[1]["error"]["status"], "DATA_LOSS")

    def test_first_message_at_once(self) -> None:
        """A message is there when it was sent, not when the stream ends."""
        command = self.curl.command(
            "GET", "/v1/shelves/7/books:watch?count=100000000", "-N",
            headers={"accept": "application/x-ndjson"})
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            self.assertEqual(json.loads(child.stdout.readline())["pages"], "1")
            child.kill()
