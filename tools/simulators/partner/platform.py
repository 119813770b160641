"""The partner as a client of the platform: token, then report."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from urllib.parse import quote, quote_plus, urlencode

from partner.address import Address
from partner.settings import Reporting
from shared.clock import now


class ReportFailed(Exception):
    """The platform did not take a report, or could not be reached."""


class ConnectionEnded(ReportFailed):
    """The platform ended the connection without an answer."""


class Platform:
    """Reports to the platform for one partner. Lives in one thread."""

    def __init__(self, partner: str, reporting: Reporting) -> None:
        """Takes the partner's name at the platform, and the credentials."""
        self._partner = partner
        self._reporting = reporting
        self._tls = ssl.create_default_context(cafile=reporting.ca_file)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._token: tuple[str, float] | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._connected: tuple[str, int] | None = None

    def report(self, base: Address, token: Address, command: str, body: dict[str, str]) -> None:
        """Posts one report; raises `ReportFailed` with the reason."""
        name = quote(command.removeprefix("commands/"), safe="")
        partner = quote(self._partner, safe="")
        address = base.beneath(f"/v1/partners/{partner}/commands/{name}:report")
        headers = {
            "Authorization": f"Bearer {self._access_token(token)}",
            "Content-Type": "application/json",
        }
        status, answer = self._post(address, json.dumps(body).encode(), headers)
        if status == 401:
            self._token = None
        if status != 200:
            raise ReportFailed(f"{status} {answer[:300].decode('utf-8', 'replace')}")

    def _access_token(self, address: Address) -> str:
        """Returns a token that lives for some time yet."""
        if self._token is not None and now() < self._token[1]:
            return self._token[0]
        reporting = self._reporting
        pair = f"{quote_plus(reporting.client_id)}:{quote_plus(reporting.client_secret)}"
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        form = {"grant_type": "client_credentials", "scope": reporting.scope}
        status, answer = self._post(address, urlencode(form).encode(), headers)
        if status != 200:
            raise ReportFailed(f"token: {status} {answer[:300].decode('utf-8', 'replace')}")
        try:
            body = json.loads(answer)
            token, life = body["access_token"], float(body.get("expires_in", 60))
            if not isinstance(token, str) or body["token_type"].lower() != "bearer":
                raise ValueError("no bearer token")
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise ReportFailed(f"token: {problem!r}") from None
        self._token = (token, now() + life * 0.8)
        return token

    def _post(self, address: Address, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Posts over the connection of before, where it goes to the same place."""
        reused = self._connection is not None and self._connected == (address.host, address.port)
        try:
            return self._exchange(address, body, headers)
        except ConnectionEnded:
            # The platform may have ended an idle connection; a report may be repeated.
            if not reused:
                raise
            return self._exchange(address, body, headers)

    def _exchange(
        self, address: Address, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        """Posts once; a failure closes the connection."""
        try:
            connection = self._connect(address)
            connection.request("POST", address.path, body, headers)
            response = connection.getresponse()
            answer = response.read(1 << 20)
            if not response.isclosed():
                raise ReportFailed("the answer is too large")
            return response.status, answer
        except (ConnectionError, ssl.SSLEOFError) as problem:
            self.close()
            raise ConnectionEnded(repr(problem)) from None
        except (OSError, http.client.HTTPException, ValueError) as problem:
            self.close()
            raise ReportFailed(repr(problem)) from None
        except ReportFailed:
            self.close()
            raise

    def _connect(self, address: Address) -> http.client.HTTPConnection:
        place = (address.host, address.port)
        if self._connection is not None and self._connected == place:
            return self._connection
        self.close()
        if address.scheme == "https":
            self._connection = http.client.HTTPSConnection(*place, timeout=10, context=self._tls)
        else:
            self._connection = http.client.HTTPConnection(*place, timeout=10)
        self._connected = place
        return self._connection

    def close(self) -> None:
        """Closes the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
