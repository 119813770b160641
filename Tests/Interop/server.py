"""Processes of tools/interop, started by the tests and never left behind."""

from __future__ import annotations

import atexit
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from stack.errors import StackError  # noqa: E402 (the path above comes first)
from stack.process import Process, clean_environment  # noqa: E402
from stack.wait import until  # noqa: E402

# Another build than that of tools/test, to try one by hand.
BINARY = Path(os.environ.get("ARTEL_INTEROP_BINARY", ROOT / ".build" / "debug" / "interop"))
LONG = os.environ.get("ARTEL_LONG") == "1"


class Server:
    """An `interop serve` with its own folder for output."""

    def __init__(self, *arguments: str | Path, prefix: tuple[str, ...] = ()) -> None:
        """Starts it, and waits until it serves. `prefix` is a command that runs the command."""
        self._folder = tempfile.TemporaryDirectory(prefix="artel-interop-")
        self.process = Process(
            "interop", [*prefix, BINARY, "serve", *arguments], Path(self._folder.name),
            clean_environment(SWIFT_BACKTRACE="enable=no"))
        try:
            line = until("interop serves", self._line, 30) or ""
            self.port = int(line.rpartition(" ")[2])
            # The REST door's, where there is one.
            self.door = int(self._find("door") or 0)
        except BaseException:
            self.stop()
            raise
        atexit.register(self.stop)

    @property
    def target(self) -> str:
        """What a gRPC channel connects to."""
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process's id."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.status is None

    @property
    def log(self) -> str:
        """What it wrote to standard error."""
        return self.process.log_text()

    def memory(self, name: str = "VmRSS") -> int:
        """A size of /proc/PID/status in bytes: VmRSS what is resident, VmHWM the most it was."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(rf"^{name}:\s+(\d+) kB$", text, re.MULTILINE)
        assert found, f"{name} is not in /proc/{self.pid}/status"
        return int(found[1]) * 1024

    def descriptors(self) -> int:
        """How many descriptors it has open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def stop(self) -> int:
        """Asks it to end, and returns its exit status; ends it by force after a while."""
        atexit.unregister(self.stop)
        status = self.process.stop()
        self._folder.cleanup()
        return status

    def kill(self) -> None:
        """Ends it at once."""
        atexit.unregister(self.stop)
        self.process.kill()
        self._folder.cleanup()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _line(self) -> str | None:
        if port := self._find("listening on"):
            return port
        if self.process.status is not None:
            raise StackError(
                f"interop ended with {self.process.status}:\n{self.process.last_words()}")
        return None


    def _find(self, what: str) -> str | None:
        lines = self.process.output.read_text().split("\n")[:-1]
        return next((line for line in lines if line.startswith(what)), "").rpartition(" ")[2]


def call_cases(port: int, *cases: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs `interop call` to its end."""
    return subprocess.run(
        [BINARY, "call", "--port", str(port), *cases], capture_output=True, text=True,
        timeout=seconds, env=clean_environment(SWIFT_BACKTRACE="enable=no"), check=False)


def _end(number: int, frame: object) -> None:
    sys.exit(128 + number)


signal.signal(signal.SIGTERM, _end)
