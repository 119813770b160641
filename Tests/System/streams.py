"""Readers of watch streams, each in a thread: what came, and when."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from typing import Any

import grpc

from case import EVENTS
from curl import Curl
from grpc_door import GRPCDoor, answer_of
from stack.wait import until


class Stream:
    """A stream that is being read."""

    def __init__(self) -> None:
        """Begins with nothing."""
        self.events: list[tuple[float, dict[str, Any]]] = []
        self.error: Any = None
        self._thread = threading.Thread(target=self._read, daemon=True)

    def _read(self) -> None:
        raise NotImplementedError

    def _add(self, event: dict[str, Any]) -> None:
        self.events.append((time.monotonic(), event))

    def of(self, command: str, seconds: float = 15) -> tuple[float, dict[str, Any]]:
        """Waits for the event of a command."""

        def find() -> tuple[float, dict[str, Any]] | None:
            return next((each for each in self.events if each[1].get("command") == command), None)

        found = until(f"{type(self).__name__} shows {command}", find, seconds)
        assert found is not None
        return found


class CurlStream(Stream):
    """NDJSON or Server-Sent Events, as curl gets them."""

    def __init__(
        self, door: Curl, parent: str, token: str, accept: str, resume: str = ""
    ) -> None:
        """Begins to read."""
        super().__init__()
        self.accept = accept
        # The head comes as soon as the stream is open.
        command = door.command(
            "GET", f"/v1/{parent}/accessEvents:watch?resumeToken={resume}", "-N",
            "-D", "/dev/stderr", "--max-time", "120", token=token, headers={"accept": accept})
        self._child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.head: list[str] = []
        self.ids: list[str] = []
        self.last_lines: list[str] = []
        self._heads = threading.Thread(target=self._read_head, daemon=True)
        self._heads.start()
        self._thread.start()

    def opened(self) -> CurlStream:
        """Waits until the server has opened the stream."""
        until("the stream is open", lambda: any(not line.strip() for line in self.head))
        return self

    def _read_head(self) -> None:
        assert self._child.stderr is not None
        for line in self._child.stderr:
            self.head.append(line)

    def _read(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            self.last_lines = [*self.last_lines[-5:], line]
            if line.startswith("id: "):
                self.ids.append(line.removeprefix("id: ").strip())
            elif line.startswith("data: "):
                self._add(json.loads(line.removeprefix("data: ")))
            elif line.startswith("{"):
                self._add(json.loads(line))

    def wait(self, seconds: float = 30) -> int:
        """Waits until the server ends the stream; returns curl's exit status."""
        status = self._child.wait(seconds)
        self._thread.join(seconds)
        return status

    def close(self) -> None:
        """Hangs up."""
        self._child.terminate()
        self._child.wait(10)
        self._thread.join(10)
        self._heads.join(10)
        for pipe in (self._child.stdout, self._child.stderr):
            if pipe is not None:
                pipe.close()


class GRPCStream(Stream):
    """A server stream, as grpcio gets it."""

    def __init__(self, door: GRPCDoor, parent: str, token: str, resume: str = "") -> None:
        """Begins to read."""
        super().__init__()
        self._call, self._messages = door.stream(
            f"{EVENTS}/WatchAccessEvents", {"parent": parent, "resumeToken": resume}, token)
        self._thread.start()

    def _read(self) -> None:
        try:
            for event in self._messages:
                self._add(event)
        except grpc.RpcError as error:
            self.error = answer_of(error)

    def failed(self, seconds: float = 30) -> Any:
        """Waits until the server ends the stream, and returns with what."""
        self._thread.join(seconds)
        return self.error

    def close(self) -> None:
        """Hangs up."""
        self._call.cancel()
        self._thread.join(10)
