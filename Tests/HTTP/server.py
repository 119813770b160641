"""Starts the benchmark's directory, whose REST door is attacked here."""

from __future__ import annotations

import atexit
import functools
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("ARTEL_LONG") == "1"
sys.path.append(str(ROOT / "Tests" / "System"))

from covers import covers  # noqa: E402 (the path above comes first)

__all__ = ["LONG", "Server", "covers", "shared"]


def free_ports(count: int) -> list[int]:
    """Ports that nobody has at this moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Server:
    """A process with both doors open."""

    def __init__(self) -> None:
        """Starts it, and waits for the REST door."""
        program = os.environ.get("ARTEL_DIRECTORY", str(ROOT / ".build/debug/directory-bench"))
        grpc, self.port = free_ports(2)
        self._log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [program, str(grpc), str(self.port)], stdout=self._log, stderr=self._log)
        atexit.register(self.stop)
        end = time.monotonic() + 30
        while not self.answers():
            if not self.alive or time.monotonic() > end:
                raise RuntimeError(f"{program} does not start: {self.log}")
            time.sleep(0.05)

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    @property
    def log(self) -> str:
        """What it has said."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    @property
    def memory(self) -> int:
        """Its resident memory in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])

    def answers(self) -> bool:
        """Whether somebody else is served."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Ends it."""
        if self.alive:
            self.process.kill()
        self.process.wait()
        self._log.close()
        atexit.unregister(self.stop)


@functools.cache
def shared() -> Server:
    """The server of tests that do not break it."""
    return Server()
