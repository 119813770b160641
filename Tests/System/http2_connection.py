"""One connection of HTTP/2 to the REST door, whose frames are seen."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, Event, ResponseReceived, StreamEnded

from stack.artel import host_name
from stack.tenants import Tenant


class HTTP2Connection:
    """A connection that is kept, under a tenant's name and with a client's certificate."""

    def __init__(
        self, address: str, authority: Path, tenant: Tenant, identity: tuple[Path, Path]
    ) -> None:
        """Connects."""
        host, _, port = address.removeprefix("https://").rpartition(":")
        context = ssl.create_default_context(cafile=authority)
        context.load_cert_chain(*identity)
        context.set_alpn_protocols(["h2"])
        self._name = host_name(tenant)
        raw = socket.create_connection((host, int(port)), 10)
        self._socket = context.wrap_socket(raw, server_hostname=self._name)
        self._connection = H2Connection(H2Configuration(header_encoding="utf-8"))
        self._connection.initiate_connection()
        self._flush()

    def get(self, path: str = "/v1/tenant") -> int:
        """Asks; the status."""
        stream = self._connection.get_next_available_stream_id()
        self._connection.send_headers(stream, [
            (":method", "GET"), (":scheme", "https"), (":authority", self._name), (":path", path),
        ], end_stream=True)
        self._flush()
        status = 0
        while True:
            for event in self._events():
                if isinstance(event, ResponseReceived):
                    status = int(dict(event.headers)[":status"])
                elif isinstance(event, StreamEnded):
                    return status

    def last_words(self) -> ConnectionTerminated:
        """Waits for GOAWAY; ConnectionError where the end comes without one."""
        while True:
            for event in self._events():
                if isinstance(event, ConnectionTerminated):
                    return event

    def close(self) -> None:
        """Closes it."""
        self._socket.close()

    def _events(self) -> list[Event]:
        data = self._socket.recv(65_536)
        if not data:
            raise ConnectionError("the connection has ended")
        events = self._connection.receive_data(data)
        self._flush()
        return list(events)

    def _flush(self) -> None:
        self._socket.sendall(self._connection.data_to_send())
