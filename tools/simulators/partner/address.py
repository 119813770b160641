"""An address of the platform."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Address:
    """Scheme, host, port and path of a URI."""

    scheme: str
    host: str
    port: int
    path: str

    @staticmethod
    def parse(uri: str) -> Address:
        """Reads a URI: https, or http to a loopback address; raises ValueError otherwise."""
        parts = urlsplit(uri)
        if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
            raise ValueError("a URI with a host, without query, fragment and user is wanted")
        if parts.scheme not in ("https", "http"):
            raise ValueError("an https URI is wanted")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise ValueError("http is for loopback alone")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return Address(parts.scheme, parts.hostname, port, parts.path)

    def beneath(self, path: str) -> Address:
        """Returns the address with a path appended."""
        return Address(self.scheme, self.host, self.port, self.path + path)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
