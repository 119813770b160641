"""tools/run: its state stays, and nothing else does."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import environment
from covers import covers
from stack.errors import StackError
from stack.home import Home
from stack.ports import Ports
from stack.wait import until

_READY = "Ctrl-C stops everything."


class RunTests(unittest.TestCase):
    """The interactive run, in a state folder of its own."""

    def setUp(self) -> None:
        """Makes the folder, and chooses ports."""
        scratch = tempfile.TemporaryDirectory(prefix="artel-run-", dir="/tmp")
        self.addCleanup(scratch.cleanup)
        Path(scratch.name).chmod(0o711)
        self.home = Path(scratch.name) / "home"
        self.output = Path(scratch.name) / "output"
        self.ports = Ports.free()

    def start(self, ready: bool = True) -> subprocess.Popen[bytes]:
        """Starts it, and waits until it runs."""
        arguments = [
            part
            for name, port in vars(self.ports).items()
            for part in (f"--{name}-port", str(port))
        ]
        with self.output.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-B", "-m", "stack.run", "--binary", environment.BINARY,
                 *arguments],
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                env=os.environ | {
                    "ARTEL_HOME": str(self.home), "PYTHONPATH": str(environment.ROOT / "tools"),
                })
        self.addCleanup(self.end, process)
        if ready:
            until(
                "it runs or ends", lambda: _READY in self.said() or process.poll() is not None, 120)
            self.assertIn(_READY, self.said())
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Ends it, where a test did not."""
        if process.poll() is None:
            process.terminate()
        process.wait(60)
        until("nothing is left", lambda: not self.left(), 30)

    def said(self) -> str:
        """What it has printed."""
        return self.output.read_text()

    def left(self) -> list[str]:
        """Processes that name the state folder in their command or their settings."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                texts = [(process / name).read_bytes() for name in ("cmdline", "environ")]
            except OSError:
                continue  # It has ended.
            if int(process.name) != os.getpid() and any(bytes(self.home) in t for t in texts):
                found.append(texts[0].replace(b"\0", b" ").decode())
        return found

    @covers("S-C13")
    def test_a_run_its_end_and_the_next(self) -> None:
        """keeps tenants between runs, starts again in seconds, leaves nothing running after
        SIGINT, SIGTERM or a kill, and shows no secrets"""
        for number in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                process = self.start()
                self.assert_no_secrets(self.said())
                process.send_signal(number)
                status = process.wait(60)
                if number != signal.SIGKILL:
                    self.assertEqual(status, 0, self.said())
                    self.assertEqual(self.left(), [])
                until("nothing is left", lambda: not self.left(), 30)
        # The tenants were made once.
        self.assertNotIn("tenants:", self.said())

    def test_a_first_start_that_was_cut_off(self) -> None:
        """begins anew where the first start was cut off in the middle"""
        process = self.start(ready=False)
        until("tenants are being made", lambda: "tenants:" in self.said(), 60)
        process.kill()
        process.wait(30)
        until("nothing is left", lambda: not self.left(), 30)
        self.start()
        self.assertIn("tenants:", self.said())

    def test_one_run_at_a_time(self) -> None:
        """refuses a second run on the same state"""
        home = Home(self.home)
        self.addCleanup(home.close)
        with self.assertRaisesRegex(StackError, "another run"):
            Home(self.home)

    def assert_no_secrets(self, text: str) -> None:
        """Checks that secrets are in private files, and nowhere else."""
        for folder in ("secrets", "own-secrets", "demo", "certificates", "clients"):
            mode = stat.S_IMODE((self.home / folder).stat().st_mode)
            self.assertEqual(mode, 0o700, folder)
        processes = " ".join(self.left())
        for folder in ("secrets", "own-secrets", "demo"):
            for file in (self.home / folder).iterdir():
                self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)
                self.assertNotIn(file.read_text(), text)
                self.assertNotIn(file.read_text(), processes)


if __name__ == "__main__":
    unittest.main()
