"""Requests with JSON answers, for setting things up and for asking simulators."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from stack.errors import StackError


class Rest:
    """A server with an address, certificates that it must show, and a bearer token."""

    def __init__(self, address: str, authority: Path | None = None, token: str = "") -> None:
        """Takes the address without a path, and the authority of an https server."""
        self.address = address
        self.token = token
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if authority is not None:
            context = ssl.create_default_context(cafile=authority)
            handlers.append(urllib.request.HTTPSHandler(context=context))
        self._opener = urllib.request.build_opener(*handlers)

    def get(self, path: str) -> Any:
        """Gets a path."""
        return self._send("GET", path, None, {})

    def post(self, path: str, body: object) -> Any:
        """Posts an object as JSON."""
        data = json.dumps(body).encode()
        return self._send("POST", path, data, {"Content-Type": "application/json"})

    def form(self, path: str, **fields: str) -> Any:
        """Posts a form."""
        return self._send("POST", path, urllib.parse.urlencode(fields).encode(), {})

    def _send(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with self._opener.open(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            raise StackError(f"{method} {path}: {error.code} {text[:1000]}") from None
        except (OSError, ValueError) as problem:
            raise StackError(f"{method} {self.address}{path}: {problem}") from None
