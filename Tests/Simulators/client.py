"""A small HTTP client that is not the simulators' own."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus, urlencode, urlsplit


@dataclass
class Response:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict:
        """Returns the body as JSON."""
        return json.loads(self.body)

    def code(self) -> object:
        """Returns the code of an error, of either shape."""
        error = self.json()["error"]
        return error["code"] if isinstance(error, dict) else error


class Client:
    """One connection to one server."""

    def __init__(self, address: str, ca: Path | None = None) -> None:
        """Connects at the first request."""
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=ca)
            self.connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, port, timeout=20, context=context
            )
        else:
            self.connection = http.client.HTTPConnection(host, port, timeout=20)

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Response:
        """Sends one request; `Content_Type` as a name stands for `Content-Type`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self.connection.request(method, path, body, named)
            response = self.connection.getresponse()
            return Response(response.status, dict(response.getheaders()), response.read())
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise

    def post(self, path: str, value: object, **headers: str) -> Response:
        """Posts JSON."""
        body = json.dumps(value).encode()
        return self.call("POST", path, body, Content_Type="application/json", **headers)

    def form(self, path: str, values: dict[str, str], **headers: str) -> Response:
        """Posts a form."""
        body = urlencode(values).encode()
        kind = "application/x-www-form-urlencoded"
        return self.call("POST", path, body, Content_Type=kind, **headers)

    def close(self) -> None:
        """Closes the connection."""
        self.connection.close()


def basic(name: str, secret: str) -> str:
    """Returns the header of HTTP Basic as RFC 6749 section 2.3.1 wants it."""
    pair = f"{quote_plus(name)}:{quote_plus(secret)}"
    return "Basic " + base64.b64encode(pair.encode()).decode()
