"""curl with a client certificate, under a tenant's name."""

from __future__ import annotations

from pathlib import Path

from curl import Curl, Response
from stack.artel import host_name
from stack.stack import Stack
from stack.tenants import Tenant


class NamedDoor:
    """The REST door as `https://{tenant}.{base domain}`, with or without a certificate."""

    def __init__(
        self, stack: Stack, name: str | Tenant, identity: tuple[Path, Path] | None = None,
        *more: str, address: str = "",
    ) -> None:
        """Takes a tenant, or any name; more are options of curl."""
        host = name if isinstance(name, str) else host_name(name)
        address = address or stack.server.rest
        port = address.rpartition(":")[2]
        self._curl = Curl(f"https://{host}:{port}", stack.certificates.authority)
        self._more = ("--noproxy", "*", "--resolve", f"{host}:{port}:127.0.0.1", *more)
        if identity is not None:
            self._more += ("--cert", str(identity[0]), "--key", str(identity[1]))

    def get(self, path: str = "/v1/tenant", token: str | None = None, **headers: str) -> Response:
        """Gets a path; ConnectionError where there is no answer."""
        return self._curl.send("GET", path, token=token, headers=headers, more=self._more)

    def post(self, path: str, body: bytes, token: str | None = None) -> Response:
        """Posts JSON."""
        headers = {"content-type": "application/json"}
        return self._curl.send("POST", path, body, token, headers, self._more)

    def verdict(self, path: str = "/v1/tenant", token: str | None = None) -> str:
        """The status, or `refused` where the handshake fails."""
        try:
            return str(self.get(path, token).status)
        except ConnectionError:
            return "refused"
