"""Turns bytes on a connection into requests, and answers into bytes."""

from __future__ import annotations

import re
import socket
import ssl
import struct
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from shared.log import log
from shared.message import Answer, Refusal, Request, error

if TYPE_CHECKING:
    from shared.server import Server

MAXIMUM_BODY = 1 << 20
MAXIMUM_DISCARDED = 1 << 26
_LENGTH = re.compile(r"[0-9]{1,15}", re.ASCII)


class Handler(BaseHTTPRequestHandler):
    """Serves one connection (HTTP/1.1, kept alive). One `Handler` lives in one thread."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    # Longer than clients keep idle connections, so that they, not we, end them.
    timeout = 120
    server: Server

    def version_string(self) -> str:
        """Names the server."""
        return "artel-simulator"

    def serve(self) -> None:
        """Reads the body, asks the application, writes its answer."""
        answer: Answer
        try:
            body = self._read_body()
            if body is None:
                return
            certificate = (
                self.connection.getpeercert(binary_form=True)
                if isinstance(self.connection, ssl.SSLSocket) else None)
            request = Request(self.command, self.path, self.headers, body, certificate)
            with self.server.activity:
                answer = self._ask(request)
                self._write(answer)
        except (ConnectionError, TimeoutError) as reason:
            log("connection_lost", reason=str(reason))
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = serve

    def _ask(self, request: Request) -> Answer:
        """Returns the application's answer, 500 where the application itself is wrong."""
        try:
            return self.server.application(request)
        except Refusal as refusal:
            return refusal.answer
        except Exception as bug:  # A bug must end one request, not the simulator.
            log("bug", path=request.path, error=repr(bug))
            return error(500, "bug").answer

    def _read_body(self) -> bytes | None:
        """Returns the body; answers and returns nothing where its length is not clear."""
        if self.request_version == "HTTP/0.9":
            self.send_error(400)
            return None
        lengths = self.headers.get_all("Content-Length", [])
        if self.headers.get("Transfer-Encoding") is not None:
            self.send_error(400 if lengths else 411)
            return None
        if not lengths:
            return b""
        if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0].strip()):
            self.send_error(400)
            return None
        length = int(lengths[0])
        if length > MAXIMUM_BODY:
            # Unread bytes at the close would reset the connection before the answer is read.
            self._discard(min(length, MAXIMUM_DISCARDED))
            self.send_error(413)
            return None
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionResetError("the body ended early")
        return body

    def _discard(self, length: int) -> None:
        """Reads bytes that nobody wants."""
        while length > 0:
            piece = self.rfile.read(min(length, 1 << 16))
            if not piece:
                return
            length -= len(piece)

    def _write(self, answer: Answer) -> None:
        """Writes an answer at once, or breaks the connection off."""
        if answer.disconnect:
            self.close_connection = True
            # Without lingering the kernel sends a reset: the client sees a break, not an end.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.server.broken.add(self.connection)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: Any = None) -> None:
        """Answers what HTTP itself forbids, as JSON, and ends the connection."""
        self.close_connection = True
        if not hasattr(self, "headers"):
            self.headers = self.MessageClass()
        # An unreadable request line leaves 0.9 behind, which would get no status line.
        self.request_version = self.protocol_version
        name = HTTPStatus(code).phrase.lower().replace(" ", "_").replace("-", "_")
        self._write(error(code, name).answer)

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Logs a request that was answered."""
        path = getattr(self, "path", "").partition("?")[0]
        log("request", method=self.command, path=path, status=int(code))

    def log_message(self, format: str, *arguments: Any) -> None:
        """Logs what the standard library has to say."""
        log("http", message=format % arguments)
