"""A headless browser, and the pages that it opens: their scripts post what they found."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import queue
import shutil
import signal
import tempfile
import threading
from pathlib import Path
from typing import Any

from environment import ROOT  # noqa: F401 (it sets the path of what follows)

from stack.process import Process, clean_environment

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_PAGE = """<!doctype html><meta charset="utf-8"><title>Tests</title><script type="module">
const results = {};
const api = %s;
const seen = async (name, work) => {
  const late = new Promise((_, reject) => setTimeout(() => reject({name: "late"}), 20000));
  try { results[name] = await Promise.race([work(), late]); }
  catch (error) { results[name] = {error: error.name}; }
};
const answer = async (response) => ({
  status: response.status, type: response.type, headers: Object.fromEntries(response.headers),
  body: await response.text(),
});
%s
await fetch("/results", {method: "POST", body: JSON.stringify(results)});
</script>"""


class Pages:
    """A server of pages on a port of loopback. `http://127.0.0.1` and `http://localhost` are two
    origins of one server."""

    def __init__(self) -> None:
        """Starts it."""
        self._page = b""
        self._results: queue.Queue[Any] = queue.Queue()
        pages = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Gives the page, takes what it found."""

            def do_GET(self) -> None:
                """The page, and nothing for a browser's other wishes."""
                body = pages._page if self.path == "/" else b""
                self.send_response(200 if body else 404)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                """What the page found."""
                length = int(self.headers["content-length"])
                pages._results.put(json.loads(self.rfile.read(length)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        """The origin by address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def stranger(self) -> str:
        """The origin by name: another one to every browser."""
        return f"http://localhost:{self.port}"

    def run(self, script: str, api: str, origin: str | None = None, seconds: float = 60) -> Any:
        """Opens a page with a script in a browser of its own, and returns what it found.

        The script calls `await seen("name", async () => ...)` for each thing it tries.
        """
        self._page = (_PAGE % (json.dumps(api), script)).encode()
        with tempfile.TemporaryDirectory(prefix="artel-browser-") as folder:
            process = Process(
                "browser", [
                    _browser(), "--headless", "--no-sandbox", "--disable-gpu",
                    "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                    "--disable-background-networking", "--disable-component-update",
                    "--no-proxy-server", f"--user-data-dir={folder}/profile",
                    f"{origin or self.origin}/"],
                Path(folder), clean_environment(HOME=folder))
            try:
                return self._results.get(timeout=seconds)
            except queue.Empty:
                raise AssertionError(
                    f"the browser found nothing within {seconds:g} s: {process.last_words()}"
                ) from None
            finally:
                process.stop(5)
                # A browser's own children are in its group, and may outlive it.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()


def _browser() -> str:
    """A browser of this machine."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    raise AssertionError(
        "no browser is installed: apt-get install chromium-headless-shell")
