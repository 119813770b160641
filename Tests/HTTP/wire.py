"""HTTP/1.1 (RFC 9112) by hand, so that every byte of it can be wrong."""

from __future__ import annotations

import json
import select
import socket
import time
from dataclasses import dataclass, field
from typing import Any


class Ended(Exception):
    """The server has ended the connection."""


@dataclass
class Answer:
    """A response."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Wire:
    """A client's end of a connection."""

    def __init__(self, port: int, seconds: float = 10) -> None:
        """Connects."""
        self.seconds = seconds
        self.socket = socket.create_connection(("127.0.0.1", port), seconds)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._input = b""

    def close(self) -> None:
        """Ends the connection."""
        self.socket.close()

    def send(self, data: str | bytes) -> None:
        """Sends bytes as they are; that the server has closed already is found out by reading."""
        data = data.encode("latin-1") if isinstance(data, str) else data
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def finish(self) -> None:
        """Sends nothing more, and reads on."""
        self.socket.shutdown(socket.SHUT_WR)

    def drip(self, data: str, size: int, pause: float) -> None:
        """Sends bytes in small parts, until they are all sent or the server says something."""
        for start in range(0, len(data), size):
            self.send(data[start:start + size])
            if select.select([self.socket], [], [], pause)[0]:
                return

    def answer(self, head: bool = False) -> Answer:
        """Reads a response, whole."""
        line, *lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        answer = Answer(int(line.split()[1]))
        for each in lines:
            name, _, value = each.partition(":")
            answer.headers[name.lower()] = value.strip()
        if head or answer.status in (100, 204, 304):
            return answer
        if answer.headers.get("transfer-encoding") == "chunked":
            while size := int(self._until(b"\r\n"), 16):
                answer.body += self._take(size + 2)[:-2]
            self._until(b"\r\n")
        elif "content-length" in answer.headers:
            answer.body = self._take(int(answer.headers["content-length"]))
        else:
            answer.body = self._rest()
        return answer

    def ask(self, data: str | bytes, head: bool = False) -> Answer:
        """Sends bytes, and reads a response."""
        self.send(data)
        return self.answer(head)

    def ends(self) -> bool:
        """Whether the server ends the connection, without another byte."""
        return self._rest() == b""

    def ended_after(self) -> float:
        """How many seconds it takes until the server says something or ends the connection."""
        begin = time.monotonic()
        select.select([self.socket], [], [], self.seconds)
        return time.monotonic() - begin

    def _fill(self) -> bool:
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            return False
        self._input += data
        return bool(data)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._input:
            if not self._fill():
                raise Ended(self._input)
        found, _, self._input = self._input.partition(mark)
        return found

    def _take(self, count: int) -> bytes:
        while len(self._input) < count:
            if not self._fill():
                raise Ended(self._input)
        found, self._input = self._input[:count], self._input[count:]
        return found

    def _rest(self) -> bytes:
        while self._fill():
            pass
        found, self._input = self._input, b""
        return found
