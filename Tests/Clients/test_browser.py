"""The TypeScript client in a browser, against a bridge of another origin."""

from __future__ import annotations

import functools
import http.server
import threading
import unittest
from typing import Any, ClassVar

from environment import CLIENT  # noqa: F401 (it sets the path of what follows)

import workshop
from bridge import Bridge
from compiled import foreign
from page import Page


class _Files(http.server.SimpleHTTPRequestHandler):
    """The compiled modules."""

    extensions_map: ClassVar[dict[str, str]] = {".js": "text/javascript", "": "text/html"}

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


class Browser(unittest.TestCase):
    """What works in node works there."""

    page: ClassVar[Page]

    @classmethod
    def setUpClass(cls) -> None:
        """Serves the modules, and opens a page beside them."""
        folder = foreign(workshop.contract().descriptors)
        (folder / "page").write_text("<!doctype html><title>Client</title>")
        files = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(_Files, directory=str(folder)))
        threading.Thread(target=files.serve_forever, daemon=True).start()
        cls.addClassCleanup(files.server_close)
        cls.addClassCleanup(files.shutdown)
        origin = f"http://127.0.0.1:{files.server_address[1]}"
        upstream = workshop.Upstream()
        cls.addClassCleanup(upstream.stop)
        bridge = Bridge(
            "--descriptors", workshop.contract().descriptors, "--upstream", upstream.target,
            "--refresh", "0", "--cors-origin", origin)
        cls.addClassCleanup(bridge.stop)
        cls.page = Page(f"{origin}/page")
        cls.addClassCleanup(cls.page.close)
        cls.page.run(
            "import('/index.js').then((api) => { window.api = api; window.atelier = "
            f"new api.atelier_v1.Atelier(new api.Client({{baseUrl: '{bridge.address}'}})); }})")

    def run_script(self, script: str) -> Any:
        """What a function of the page comes to."""
        return self.page.run(f"(async () => {{ {script} }})()")

    def test_calls(self) -> None:
        """Values go out and come back, and errors have their reasons."""
        thing = self.run_script(
            "return atelier.createThing({parent: 'rooms/r', thing: {title: 'T', serial: '9'}})")
        self.assertEqual(thing, {"name": "rooms/r/things/1", "title": "T", "serial": "9"})
        error = self.run_script(
            "return atelier.deleteThing({name: 'rooms/r/things/none'})"
            ".catch((one) => [one.name, one.code, one.httpStatus])")
        self.assertEqual(error, ["ApiError", "NOT_FOUND", 404])

    def test_stream(self) -> None:
        """A stream is read as it comes."""
        counts = self.run_script(
            "const counts = []; for await (const one of atelier.watchThings("
            "{name: 'rooms/r/things/t', count: 4})) counts.push(one.count); return counts")
        self.assertEqual(counts, [4, 4])

    def test_transfers(self) -> None:
        """Uploads with their progress, streams of requests, forms and downloads."""
        found = self.run_script(
            "const said = []; const data = new Blob([new Uint8Array(5e6)], {type: 'image/gif'});"
            "const options = {onProgress: (one) => said.push(one)};"
            "const up = await atelier.uploadPicture({name: 'rooms/r', picture: {data}}, options);"
            "const stream = await atelier.uploadPicture({name: 'rooms/r', picture: {data: "
            "data.stream()}});"
            "const sum = await atelier.gatherThings((async function* () { for (const title of 'ab')"
            " yield {parent: 'rooms/r', thing: {title}}; })());"
            "const form = await atelier.decorateRoom({name: 'rooms/r', picture: {data: "
            "new File(['12'], 'a.txt', {type: 'text/plain'})}, part: {title: 'p'}});"
            "const {body} = await atelier.downloadPicture({name: 'rooms/r'});"
            "return [up, stream.size, said.at(-1), sum.titles, form,"
            " await new Response(body).text()]")
        self.assertEqual(found, [
            {"name": "rooms/r", "contentType": "image/gif", "size": "5000000"}, "5000000",
            {"sent": 5000000, "total": 5000000}, ["a", "b"],
            {"contentType": "text/plain", "filename": "a.txt", "sizes": ["2"],
             "part": {"title": "p"}}, "GIF89a"])

    def test_progress_ends(self) -> None:
        """An upload whose progress is told ends with its caller, and fails like any other."""
        found = self.run_script(
            "const onProgress = () => undefined; const data = new Uint8Array(5e6);"
            "const abort = new AbortController(); abort.abort(new Error('enough'));"
            "const ended = await atelier.uploadPicture({name: 'rooms/r', picture: {data}},"
            " {onProgress, signal: abort.signal}).catch((one) => one.message);"
            "const error = await atelier.shapeThing({name: 'rooms/r/things/t', title: 't', nope: 1},"
            " {onProgress}).catch((one) => [one.name, one.code]);"
            "return [ended, error]")
        self.assertEqual(found, ["enough", ["ApiError", "INVALID_ARGUMENT"]])

    def test_talk(self) -> None:
        """A WebSocket is an iterable of both sides."""
        found = self.run_script(
            "const titles = []; let go; const asked = (async function* () { for (const title of "
            "['a', 'b', 'fail']) { const next = new Promise((done) => { go = done; });"
            " yield {name: 'rooms/r', title}; await next; } })();"
            "const error = await (async () => { for await (const one of atelier.talkThings(asked))"
            " { titles.push(one.title); go(); } })().catch((one) => one.code);"
            "return [titles, error]")
        self.assertEqual(found, [["a", "b"], "ABORTED"])

    def test_pages(self) -> None:
        """Two pages with one storage lose no wish."""
        found = self.run_script(
            "const method = {...api.atelier_v1.atelierMethods.orderThing};"
            "const queue = () => new api.OfflineQueue(atelier.caller, [method],"
            " api.webStorage(localStorage, 'shared'));"
            "const frame = document.createElement('iframe'); frame.src = '/page';"
            "const loaded = new Promise((done) => { frame.onload = done; });"
            "document.body.append(frame); await loaded;"
            "const other = new api.OfflineQueue(atelier.caller, [method],"
            " api.webStorage(frame.contentWindow.localStorage, 'shared'));"
            "await Promise.all(Array.from({length: 20}, (_, index) => (index % 2 ? other : queue())"
            ".add(method, {parent: 'rooms/r', title: String(index)})));"
            "const waiting = (await queue().pending()).length;"
            "const [mine, theirs] = await Promise.all([queue().flush(), other.flush()]);"
            "return [waiting, mine.length + theirs.length, localStorage.getItem('shared')]")
        self.assertEqual(found, [20, 20, "[]"])

    def test_queue(self) -> None:
        """Wishes stand in localStorage until they are sent."""
        found = self.run_script(
            "const method = {...api.atelier_v1.atelierMethods.createThing, key: 'requestId'};"
            "const queue = () => new api.OfflineQueue({call: (...of) => window.away"
            " ? Promise.reject(new api.NetworkError('away')) : atelier.caller.call(...of)},"
            " [method], api.webStorage(localStorage, 'q'));"
            "window.away = true; await queue().add(method, {parent: 'rooms/r', thing: {title: 'W'}});"
            "const none = await queue().flush(); window.away = false;"
            "const [done] = await queue().flush();"
            "return [none.length, done.answer.title, localStorage.getItem('q')]")
        self.assertEqual(found, [0, "W", "[]"])
