"""curl, as a REST client that is not ours."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: dict[str, list[str]]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """A header that comes at most once."""
        values = self.headers.get(name.lower(), [])
        assert len(values) <= 1, f"{name} came {len(values)} times"
        return values[0] if values else None

    @property
    def reason(self) -> str:
        """The reason of an AIP-193 error; empty without one."""
        return reason(self.json().get("error", {}).get("details", []))


def reason(details: list[dict[str, Any]]) -> str:
    """The reason of google.rpc.ErrorInfo among details."""
    for detail in details:
        if detail.get("@type", "").endswith("google.rpc.ErrorInfo"):
            return str(detail["reason"])
    return ""


class Curl:
    """A door of an `artel serve`."""

    def __init__(self, address: str, authority: Path | None = None) -> None:
        """Takes the address, and the authority of an https one."""
        self.address = address
        self._authority = authority

    def command(
        self, method: str, path: str, *more: str, token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> list[str]:
        """The command without what it does with the answer."""
        command = ["curl", "-sS", "--path-as-is", "-X", method, "--max-time", "60"]
        if self._authority is not None:
            command += ["--cacert", str(self._authority)]
        if token is not None:
            command += ["-H", f"authorization: Bearer {token}"]
        for name, value in (headers or {}).items():
            command += ["-H", f"{name}: {value}" if value else f"{name};"]
        return [*command, *more, self.address + path]

    def send(
        self, method: str, path: str, body: bytes | None = None, token: str | None = None,
        headers: dict[str, str] | None = None, more: tuple[str, ...] = (),
    ) -> Response:
        """Sends a request."""
        with tempfile.NamedTemporaryFile() as answer:
            data = ("--data-binary", "@-") if body is not None else ()
            command = self.command(
                method, path, "-D", "-", "-o", answer.name, *data, *more, token=token,
                headers=headers)
            done = subprocess.run(command, input=body, capture_output=True, check=False)
            # 55 and 56: the server answered and closed before it had read all of a large body.
            if done.returncode not in (0, 55, 56) or not done.stdout:
                raise ConnectionError(f"curl: {done.returncode}: {done.stderr.decode()}")
            return _response(done.stdout, answer.read())

    def peek(self, path: str, token: str | None = None) -> Response:
        """Gets a stream's head, with the body only where the stream ends within a second."""
        command = self.command("GET", path, "-N", "-D", "/dev/stderr", token=token)
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stderr is not None
        with child:
            head = b"".join(iter(child.stderr.readline, b"\r\n"))
            try:
                body, _ = child.communicate(timeout=1)
            except subprocess.TimeoutExpired:
                child.terminate()
                body = b""
        return _response(head, body)

    def get(self, path: str, token: str | None = None, **headers: str) -> Response:
        """Gets a path."""
        return self.send("GET", path, token=token, headers=headers)

    def post(self, path: str, body: Any, token: str | None = None, **headers: str) -> Response:
        """Posts JSON; text and bytes are sent as they are."""
        if isinstance(body, str):
            body = body.encode()
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send(
            "POST", path, data, token, {"content-type": "application/json"} | headers)

    def form(self, path: str, body: str, **headers: str) -> Response:
        """Posts a form."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, body.encode(), None, kind | headers)


def _response(head: bytes, body: bytes) -> Response:
    """Reads the last head: those before it are of interim answers."""
    last = head.decode("latin-1").rstrip("\r\n").split("\r\n\r\n")[-1]
    first, *lines = last.split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), []).append(value.strip())
    return Response(int(first.split(" ")[1]), headers, body)
