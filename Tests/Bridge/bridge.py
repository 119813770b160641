"""`artel bridge`, started by the tests and never left behind."""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from environment import ARTEL

from curl import Curl
from stack.process import Process, clean_environment
from stack.wait import until


class Bridge:
    """A bridge with its own folder for output."""

    def __init__(self, *arguments: str | Path, authority: Path | None = None) -> None:
        """Starts it on a free port, and waits until it serves."""
        self._folder = tempfile.TemporaryDirectory(prefix="artel-bridge-")
        self.process = Process(
            "bridge", [ARTEL, "bridge", *_listen(arguments), *arguments],
            Path(self._folder.name), clean_environment(SWIFT_BACKTRACE="enable=no"))
        try:
            self.ready: dict[str, Any] = self.process.ready(60)
        except BaseException:
            self.stop()
            raise
        self.address: str = self.ready["rest"]
        self.port = int(self.address.rpartition(":")[2])
        self.curl = Curl(self.address, authority)
        atexit.register(self.stop)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.status is None

    def logged(self, text: str) -> list[dict[str, Any]]:
        """The lines of the log that have a text as their message, or within it."""
        lines = self.process.log_text().splitlines()
        return [
            line for line in map(json.loads, filter(lambda one: one.startswith("{"), lines))
            if text in line["message"]]

    def wait_for(self, text: str, count: int = 1, seconds: float = 20) -> None:
        """Waits for lines of the log."""
        until(f"the bridge logs {text!r}", lambda: len(self.logged(text)) >= count, seconds)

    def reload(self) -> None:
        """Asks it to read its contracts anew."""
        self.process.send(signal.SIGHUP)

    def stop(self) -> int:
        """Asks it to end, and returns its exit status; ends it by force after a while."""
        atexit.unregister(self.stop)
        status = self.process.stop()
        self._folder.cleanup()
        return status

    def __enter__(self) -> Bridge:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def run(*arguments: str | Path, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """Runs a bridge that is not expected to serve, to its end."""
    return subprocess.run(
        [ARTEL, "bridge", *arguments], capture_output=True, text=True, timeout=seconds,
        env=clean_environment(SWIFT_BACKTRACE="enable=no"), check=False)


def _listen(arguments: tuple[str | Path, ...]) -> list[str]:
    """A free port, where a test has no port of its own."""
    return [] if "--listen" in arguments else ["--listen", "127.0.0.1:0"]


def _end(number: int, frame: object) -> None:
    sys.exit(128 + number)


signal.signal(signal.SIGTERM, _end)
