"""The page as a file, which `artel openapi` has written."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import workshop
from bridge import Bridge
from page import Page
from test_bridge import upstream
from test_command import run

_SEND = """(async () => {
  location.hash = '#Atelier_CreateThing';
  while (!byId('protocol')) await new Promise((done) => setTimeout(done, 10));
  byId('protocol').value = '%s';
  byId('protocol').dispatchEvent(new Event('change'));
  byId('answer').dataset.done = '';
  byId('send').click();
  while (byId('answer').dataset.done !== '1') await new Promise((done) => setTimeout(done, 10));
  return byId('answer').textContent;
})()"""


class Files(unittest.TestCase):
    """What it does without a server of its own."""

    def test_written(self) -> None:
        """It sends to the servers that it was written for, and nowhere else."""
        with tempfile.TemporaryDirectory() as folder, Bridge(
            "--descriptors", workshop.contract().descriptors, "--upstream", upstream().target,
            "--refresh", "0", "--cors-origin", "*",
        ) as door:
            done = run(
                "--descriptors", workshop.contract().descriptors, "--output", folder, "--server",
                door.address)
            self.assertEqual(done.returncode, 0, done.stderr)
            with Page((Path(folder) / "docs.html").as_uri()) as page:
                for protocol, status in (("rest", "201"), ("connect", "200")):
                    said = page.run(_SEND % protocol)
                    self.assertTrue(said.startswith(status), said)
                    self.assertIn('"title"', said)
                elsewhere = page.run(
                    f"fetch('{door.address.replace('127.0.0.1', '127.0.0.2')}/healthz')"
                    ".then(() => 'sent', () => 'refused')")
                self.assertEqual(elsewhere, "refused")
                self.assertTrue(
                    any("Content Security Policy" in one for one in page.complaints))

    def test_nowhere(self) -> None:
        """One that was written for no server says how that is done."""
        with tempfile.TemporaryDirectory() as folder:
            done = run("--descriptors", workshop.contract().descriptors, "--output", folder)
            self.assertEqual(done.returncode, 0, done.stderr)
            with Page((Path(folder) / "docs.html").as_uri()) as page:
                self.assertIn("--server", page.run(_SEND % "rest"))
