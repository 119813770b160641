"""`artel openapi`."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import workshop
from documents import example_faults, faults
from environment import ARTEL

from stack.process import clean_environment


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs it to its end."""
    return subprocess.run(
        [ARTEL, "openapi", *arguments], capture_output=True, text=True, timeout=60,
        env=clean_environment(SWIFT_BACKTRACE="enable=no"), check=False)


class Command(unittest.TestCase):
    """What it writes."""

    def test_own(self) -> None:
        """The platform's contracts, whole and by domain."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "made" / "here"
            done = run("--output", out, "--server", "https://api.example.com")
            self.assertEqual(done.returncode, 0, done.stderr)
            written = json.loads(done.stdout)["written"]
            self.assertIn("residential/openapi.json", written)
            for name in written:
                text = (out / name).read_text()
                if name.endswith(".html"):
                    self.assertTrue(text.startswith("<!doctype html>"), name)
                    continue
                document = json.loads(text)
                if name.endswith("openapi.json"):
                    self.assertEqual(faults(document), [], name)
                    self.assertEqual(example_faults(document), [], name)
                    self.assertEqual(document["servers"], [{"url": "https://api.example.com"}])

    def test_foreign(self) -> None:
        """Other contracts, under another title."""
        with tempfile.TemporaryDirectory() as folder:
            done = run(
                "--descriptors", workshop.contract().descriptors, "--output", folder, "--title",
                "Things")
            self.assertEqual(done.returncode, 0, done.stderr)
            document = json.loads((Path(folder) / "openapi.json").read_text())
            self.assertEqual(document["info"]["title"], "Things")
            self.assertEqual(faults(document), [])

    def test_wrong(self) -> None:
        """What is no set, is not there, or cannot be written."""
        with tempfile.TemporaryDirectory() as folder:
            wrong = Path(folder) / "wrong"
            wrong.write_text("no descriptors")
            self.assertEqual(run("--descriptors", wrong, "--output", folder).returncode, 1)
            self.assertEqual(
                run("--descriptors", wrong / "x", "--output", folder).returncode, 78)
            self.assertEqual(run("--output", wrong).returncode, 1)
