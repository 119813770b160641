"""Child processes that never outlive their starter."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from stack.errors import StackError
from stack.wait import until

# What every child may know of its surroundings: settings come in explicitly.
_INHERITED = ("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "LD_LIBRARY_PATH")


def clean_environment(**more: str) -> dict[str, str]:
    """An environment without settings of the caller's, in the C.UTF-8 locale."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"} | more


class Process:
    """A child with its output in files.

    The kernel ends it when its starter dies, however that dies. It has a session of its own, so
    that Ctrl-C reaches the starter alone, which then stops everything in order.
    """

    def __init__(
        self,
        name: str,
        command: list[str | Path],
        logs: Path,
        environment: dict[str, str],
        user: str | None = None,
        last_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Starts it. `last_signal` asks it to end, as `user` or as the caller's own user.

        To be called from the main thread: the kernel takes a thread's end for its starter's.
        """
        self.name = name
        self.output = logs / f"{name}.out"
        self.log = logs / f"{name}.log"
        self._last_signal = last_signal
        wrapped: list[str | Path] = ["setpriv", "--pdeathsig", last_signal.name.removeprefix("SIG")]
        if user is not None:
            wrapped += ["--reuid", user, "--regid", user, "--init-groups"]
        with self.output.open("wb") as output, self.log.open("ab") as log:
            self.log_begin = log.tell()
            self._child = subprocess.Popen(
                wrapped + ["--"] + command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=log,
                env=environment,
                cwd="/",
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._child.pid

    @property
    def status(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._child.poll()

    def ready(self, seconds: float = 30) -> dict[str, Any]:
        """Waits for the line of JSON that says it is ready, and returns it."""

        def line() -> str | None:
            text = self.output.read_text()
            if "\n" in text:
                return text.partition("\n")[0]
            if self.status is not None:
                raise StackError(
                    f"{self.name} ended with {self.status} at its start:\n{self.last_words()}")
            return None

        try:
            return json.loads(until(f"{self.name} is ready", line, seconds) or "")
        except ValueError:
            raise StackError(f"{self.name} said: {self.output.read_text()[:500]}") from None

    def log_text(self) -> str:
        """What this process has logged, without what those before it wrote into the file."""
        with self.log.open("rb") as log:
            log.seek(self.log_begin)
            return log.read().decode("utf-8", "replace")

    def last_words(self) -> str:
        """The end of its log, for messages."""
        return "\n".join(self.log_text().splitlines()[-8:])

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, unless it has ended."""
        if self.status is None:
            self._child.send_signal(number)

    def wait(self, seconds: float = 30) -> int:
        """Waits for its end, and returns its exit status."""
        try:
            return self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise StackError(f"{self.name} did not end within {seconds:g} s") from None

    def stop(self, seconds: float = 20) -> int:
        """Asks it to end, and ends it by force after a while; returns its exit status."""
        self.send(self._last_signal)
        try:
            return self.wait(seconds)
        except StackError:
            return self.kill()

    def kill(self) -> int:
        """Ends it at once, without a chance to tidy up."""
        self.send(signal.SIGKILL)
        return self.wait()
