"""Starts the real simulators, and ends them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools" / "simulators"


class Process:
    """A simulator that runs with the settings of a file."""

    def __init__(self, name: str, settings: dict[str, object], folder: Path) -> None:
        """Starts it and waits until it is ready."""
        self.file = folder / f"{name}.json"
        self.file.write_text(json.dumps(settings))
        self.name = name
        self.ready: dict[str, object] = {}
        self._log: list[str] = []
        self.start()

    def start(self) -> None:
        """Starts it, also again."""
        self._process = subprocess.Popen(
            [TOOLS / f"run-{self.name}", "--config", self.file],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read_log, args=(self._process,), daemon=True)
        self._reader.start()
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.wait()
            raise AssertionError("it did not start: " + "".join(self._log[-5:]))
        self.ready = json.loads(line)

    def _read_log(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            self._log.append(line)

    def kill(self) -> None:
        """Ends it at once, without a chance to tidy up."""
        os.kill(self._process.pid, signal.SIGKILL)
        self.wait()

    def stop(self) -> int:
        """Asks it to end, and returns its exit status."""
        if self._process.poll() is None:
            self._process.terminate()
        return self.wait()

    def wait(self) -> int:
        """Waits for its end, and returns its exit status."""
        status = self._process.wait(20)
        self._reader.join(5)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        return status

    def log(self) -> list[dict[str, object]]:
        """Returns the log lines, each of which has to be JSON."""
        return [json.loads(line) for line in list(self._log)]


def start_badly(name: str, settings: object, folder: Path) -> tuple[int, str]:
    """Starts a simulator that must refuse; returns its exit status and what it said."""
    file = folder / "bad.json"
    file.write_text(settings if isinstance(settings, str) else json.dumps(settings))
    command = [TOOLS / f"run-{name}", "--config", file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return done.returncode, done.stderr
