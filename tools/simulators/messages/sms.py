"""An SMS provider on loopback that speaks SMSC's protocol, with faults."""

from __future__ import annotations

import http.server
import json
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class SMS:
    """A message that was taken."""

    id: str
    phone: str
    text: str
    sender: str


class SMSProvider:
    """Takes messages of one account, and keeps them."""

    def __init__(self, key: str) -> None:
        """Begins to listen, at a port of its own."""
        self._condition = threading.Condition()
        self._answers: list[tuple[int, bytes]] = []
        self.messages: list[SMS] = []
        self.attempts = 0
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Answers `/sys/send.php`."""

            def do_POST(self) -> None:
                """A message, or what is none."""
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                status, answer = provider._take(self.path, form, key)
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/sys/send.php"

    def fail(self, *codes: int) -> None:
        """The next messages meet errors of the protocol, or statuses of HTTP from 500 on."""
        with self._condition:
            self._answers += [
                (code, b"down") if code >= 500 else
                (200, json.dumps({"error": "a fault", "error_code": code}).encode())
                for code in codes]

    def wait(self, count: int, seconds: float = 30) -> list[SMS]:
        """Waits until so many messages were taken."""
        with self._condition:
            assert self._condition.wait_for(
                lambda: len(self.messages) >= count, seconds), self.messages
            return list(self.messages)

    def wait_for_attempts(self, count: int, seconds: float = 30) -> None:
        """Waits until it was asked so often."""
        end = time.monotonic() + seconds
        while self.attempts < count:
            assert time.monotonic() < end, self.attempts
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, path: str, form: dict[str, str], key: str) -> tuple[int, bytes]:
        with self._condition:
            self.attempts += 1
            if self._answers:
                return self._answers.pop(0)
            if path != "/sys/send.php" or form.get("fmt") != "3" or "mes" not in form:
                return 200, b'{"error": "parameters error", "error_code": 1}'
            if form.get("apikey") != key:
                return 200, b'{"error": "authorise error", "error_code": 2}'
            if not form.get("phones", "").startswith("+"):
                return 200, b'{"error": "invalid number", "error_code": 7}'
            self.messages.append(SMS(
                form["id"], form["phones"], form["mes"], form.get("sender", "")))
            self._condition.notify_all()
            return 200, json.dumps({"id": form["id"], "cnt": 1}).encode()
