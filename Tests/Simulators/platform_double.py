"""A platform for the partner to call back: it takes reports, or refuses the first ones."""

from __future__ import annotations

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from client import basic


class PlatformDouble:
    """Serves the token endpoint and the reports of the platform over TLS."""

    def __init__(self, certificate: Path, key: Path) -> None:
        """Begins to serve."""
        self.reports: list[tuple[str, dict[str, Any]]] = []
        self.refusals: list[int] = []
        self.token_answers: list[tuple[int, object]] = []
        self.hang_up = False
        self.tokens = 0
        self.changed = threading.Condition()
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = double.answer(self.path, dict(self.headers), body)
                coded = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(coded)))
                self.end_headers()
                self.wfile.write(coded)
                # Without a word, as a proxy does with connections that were idle too long.
                self.close_connection = double.hang_up

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.address = f"https://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, object]:
        """Answers as the platform would."""
        with self.changed:
            if path == "/oauth2/token":
                form = parse_qs(body.decode())
                good = headers.get("Authorization") == basic("partner:1", "sec ret+%")
                if not good or form["grant_type"] != ["client_credentials"]:
                    return 401, {"error": "invalid_client"}
                if self.token_answers:
                    return self.token_answers.pop(0)
                self.tokens += 1
                token = {"access_token": f"t{self.tokens}", "token_type": "Bearer"}
                return 200, {**token, "expires_in": 600}
            if headers.get("Authorization") != f"Bearer t{self.tokens}":
                return 401, {}
            if self.refusals:
                return self.refusals.pop(0), {"error": {"status": "FAILED_PRECONDITION"}}
            self.reports.append((path, json.loads(body)))
            self.changed.notify_all()
            return 200, {}

    def wait(self, count: int) -> list[tuple[str, dict[str, Any]]]:
        """Waits for so many reports and returns them."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.reports) >= count, 20):
                raise AssertionError(f"{len(self.reports)} reports came, {count} are wanted")
            return list(self.reports)

    def stop(self) -> None:
        """Ends."""
        self._server.shutdown()
        self._server.server_close()
