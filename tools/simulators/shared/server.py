"""A threaded HTTP server on loopback, with TLS where there is a certificate."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from shared.handler import Handler
from shared.log import log
from shared.message import Answer, Request
from shared.settings import Section, SettingsError


class Activity:
    """Counts the requests being answered, so that an end can wait for them."""

    def __init__(self) -> None:
        """Begins at none."""
        self._condition = threading.Condition()
        self._count = 0

    def __enter__(self) -> None:
        """One more."""
        with self._condition:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        """One less."""
        with self._condition:
            self._count -= 1
            self._condition.notify_all()

    def wait(self, seconds: float) -> bool:
        """Waits until there is none, and tells whether it came to that."""
        with self._condition:
            return self._condition.wait_for(lambda: self._count == 0, seconds)


@dataclass(frozen=True)
class Listening:
    """Where to listen, and with what certificate."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None

    @staticmethod
    def read(section: Section | None, tls: ssl.SSLContext | None = None) -> Listening:
        """Reads {"host": …, "port": …}; the host is a loopback address."""
        section = section or Section({})
        host = section.text("host", "127.0.0.1")
        try:
            if not ipaddress.ip_address(host).is_loopback:
                raise section.error("host", "a loopback address is wanted")
        except ValueError:
            raise section.error("host", "an address is wanted") from None
        port = section.integer("port", 0, 0, 65535)
        section.finish()
        return Listening(host, port, tls)


def read_tls(section: Section | None) -> ssl.SSLContext | None:
    """Reads {"certificate_file": …, "key_file": …}."""
    if section is None:
        return None
    certificate: Path = section.file("certificate_file")
    key: Path = section.file("key_file")
    section.finish()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as problem:
        raise SettingsError(f"tls: {certificate}, {key}: {problem}") from None
    return context


class Server(ThreadingHTTPServer):
    """Hands each request to `application`, in a thread for each connection."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, listening: Listening, application: Callable[[Request], Answer]) -> None:
        """Binds the port; `start` begins to accept."""
        self.address_family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
        self.application = application
        self.activity = Activity()
        self.broken: weakref.WeakSet[Any] = weakref.WeakSet()
        self._tls = listening.tls
        self._host = listening.host
        super().__init__((listening.host, listening.port), Handler)

    @property
    def port(self) -> int:
        """The port that was bound."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The URI of the root, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    def server_bind(self) -> None:
        """Binds without the look-up of the host's name that the standard library makes."""
        # Connections of a run that ended a moment ago are in nobody's way.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self._host, self.server_address[1]

    def start(self) -> None:
        """Begins to accept, in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def stop(self, seconds: float) -> None:
        """Accepts no more, and waits for the requests being answered."""
        self.shutdown()
        if not self.activity.wait(seconds):
            log("requests_cut")
        self.server_close()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serves a connection; the handshake is made here, so that none holds up another."""
        if self._tls is None:
            self.RequestHandlerClass(request, client_address, self)
            return
        request.settimeout(10)
        with self._tls.wrap_socket(request, server_side=True) as connection:
            self.RequestHandlerClass(connection, client_address, self)
            if connection not in self.broken:
                self._say_goodbye(connection)

    @staticmethod
    def _say_goodbye(connection: ssl.SSLSocket) -> None:
        """Sends close_notify, so that a client can tell an end from a break."""
        try:
            connection.settimeout(0.5)
            connection.unwrap()
        except (OSError, ValueError):
            # The client has gone already: nobody is left to hear it.
            pass

    def shutdown_request(self, request: Any) -> None:
        """Closes a connection; one that was broken off gets no orderly end."""
        if request in self.broken:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Logs why a connection ended, such as a handshake that failed."""
        log("connection_failed", reason=repr(sys.exc_info()[1]))
