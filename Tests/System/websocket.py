"""A WebSocket (RFC 6455) over a plain socket: enough of one to read what a server sends."""

from __future__ import annotations

import base64
import os
import socket
import struct
from urllib.parse import urlsplit


class WebSocket:
    """A WebSocket without TLS that has been opened with a bearer token."""

    def __init__(self, address: str, path: str, token: str, seconds: float = 30) -> None:
        """Opens it; raises ConnectionError where the server answers anything but 101."""
        parts = urlsplit(address)
        self._socket = socket.create_connection((parts.hostname, parts.port or 80), seconds)
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: artel, artel.bearer.{token}\r\n\r\n".encode())
        self._bytes = b""
        while b"\r\n\r\n" not in self._bytes:
            self._bytes += self._received()
        head, _, self._bytes = self._bytes.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101 "):
            self.close()
            raise ConnectionError(head.decode("latin-1"))

    def messages(self) -> tuple[list[str], int]:
        """Reads to the end; returns the texts, and the code of the close."""
        texts: list[str] = []
        while True:
            opcode, payload = self._frame()
            if opcode == 1:
                texts.append(payload.decode())
            elif opcode == 8:
                return texts, struct.unpack("!H", payload[:2])[0]

    def close(self) -> None:
        """Hangs up."""
        self._socket.close()

    def _frame(self) -> tuple[int, bytes]:
        first, length = self._take(2)
        if length == 126:
            length = struct.unpack("!H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self._take(8))[0]
        return first & 0x0F, self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._bytes) < count:
            self._bytes += self._received()
        taken, self._bytes = self._bytes[:count], self._bytes[count:]
        return taken

    def _received(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("the server hung up")
        return received
