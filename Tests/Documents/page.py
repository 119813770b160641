"""A page in a headless browser, driven from outside by the DevTools protocol over two pipes."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Any

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Page:
    """One page; scripts of a test run in it, whatever its own policy forbids to itself."""

    def __init__(self, url: str, *options: str) -> None:
        """Opens it, in a browser with more options."""
        self._folder = tempfile.TemporaryDirectory(prefix="artel-page-")
        self._numbers = itertools.count(1)
        self._buffer = b""
        self.complaints: list[str] = []
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # The browser speaks through the descriptors 3 and 4.
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "browser", _browser(),
             "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--disable-component-update", "--no-proxy-server", "--remote-debugging-pipe",
             f"--user-data-dir={self._folder.name}/profile", *options],
            pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL, start_new_session=True,
            env={"HOME": self._folder.name, "PATH": os.environ["PATH"]})
        os.close(theirs_in)
        os.close(theirs_out)
        self._session = ""
        try:
            target = self._call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self._call(
                "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log"):
                self._call(f"{domain}.enable")
            self.go(url)
        except BaseException:
            self.close()
            raise

    def go(self, url: str) -> None:
        """Opens another document in its place."""
        self._call("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def command(self, method: str, **parameters: Any) -> Any:
        """Sends a command of the DevTools protocol."""
        return self._call(method, **parameters)

    def run(self, script: str) -> Any:
        """What an expression comes to, once its promise is kept."""
        answer = self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def until(self, script: str, seconds: float = 30) -> Any:
        """Waits until an expression is true."""
        end = time.monotonic() + seconds
        while not (value := self.run(script)):
            if time.monotonic() > end:
                raise AssertionError(f"never true: {script}")
            time.sleep(0.05)
        return value

    def close(self) -> None:
        """Ends the browser, and the processes that it has made for itself."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for end in (self._in, self._out):
            os.close(end)
        # Killed processes may be in the middle of a write.
        for _ in range(50):
            with contextlib.suppress(OSError):
                return self._folder.cleanup()
            time.sleep(0.1)
        self._folder.cleanup()

    def __enter__(self) -> Page:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _call(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]
            if answer.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.complaints.append(json.dumps(answer["params"])[:1000])

    def _read(self) -> Any:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], 60)
            part = os.read(self._in, 1 << 16) if ready else b""
            if not part:
                raise AssertionError("the browser says nothing")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


def _browser() -> str:
    """A browser of this machine."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    raise AssertionError("no browser is installed: apt-get install chromium-headless-shell")
