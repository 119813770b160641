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
