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


_PLAIN = """
syntax = "proto3";
package plain.v1;
service S { rpc Do(M) returns (M); }
message M { string a = 1; }
"""


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

    def test_titled(self) -> None:
        """The platform's own documents take a title, and pages the places of their methods."""
        with tempfile.TemporaryDirectory() as folder:
            done = run("--output", folder, "--title", "Ours", "--server",
                       "https://api.example.com:8443/v", "--server", "/")
            self.assertEqual(done.returncode, 0, done.stderr)
            document = json.loads((Path(folder) / "openapi.json").read_text())
            self.assertEqual(document["info"]["title"], "Ours")
            page = (Path(folder) / "docs.html").read_text()
            self.assertIn("connect-src 'self' https://api.example.com:8443;", page)

    def test_servers(self) -> None:
        """A server is a place: what is none could become a part of a page's policy."""
        with tempfile.TemporaryDirectory() as folder:
            for wrong in ("api.example.com", "javascript:alert(1)", "https://", "//x.example",
                          "https://a;script-src *", "https://u:p@a.example", "https://a.example?q",
                          "ftp://a.example", "/a b"):
                done = run("--output", folder, "--server", wrong)
                self.assertEqual(done.returncode, 78, wrong)
                self.assertIn(wrong, done.stderr)
            self.assertEqual(list(Path(folder).iterdir()), [])

    def test_without_rules(self) -> None:
        """Contracts without paths say how they are described all the same."""
        from contract import compiled

        with tempfile.TemporaryDirectory() as folder:
            contract = Path(folder) / "plain.binpb"
            contract.write_bytes(compiled(_PLAIN))
            done = run("--descriptors", contract, "--output", folder)
            self.assertEqual(done.returncode, 1)
            self.assertIn("--auto-map", done.stderr)
            done = run("--descriptors", contract, "--output", folder, "--auto-map")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_wrong(self) -> None:
        """What is no set, is not there, or cannot be written."""
        with tempfile.TemporaryDirectory() as folder:
            wrong = Path(folder) / "wrong"
            wrong.write_text("no descriptors")
            self.assertEqual(run("--descriptors", wrong, "--output", folder).returncode, 1)
            self.assertEqual(
                run("--descriptors", wrong / "x", "--output", folder).returncode, 78)
            self.assertEqual(run("--output", wrong).returncode, 1)
