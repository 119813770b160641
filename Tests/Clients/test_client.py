"""The TypeScript client: written from the contracts, checked by tsc, run by node."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

from environment import CLIENT, ROOT  # (it sets the path of what follows)

import workshop
from compiled import compile, foreign, own, run
from covers import covers
from test_bridge import bridge

_HERE = Path(__file__).parent


class Generated(unittest.TestCase):
    """What tools/clients writes."""

    def test_fresh(self) -> None:
        """What is committed is what the contracts make."""
        done = subprocess.run(
            [ROOT / "tools" / "clients", "--check"], capture_output=True, text=True, timeout=60,
            check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_usage(self) -> None:
        """Anything else is refused."""
        done = subprocess.run(
            [ROOT / "tools" / "clients", "--chek"], capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 64)

    @covers("E62", "E70")
    def test_typed(self) -> None:
        """Requests that lack something, or have what nobody knows, do not compile."""
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder)
            (project / "tsconfig.json").write_text(
                (CLIENT / "tsconfig.json").read_text().replace('"rootDir": "src",', "")
                .replace('["src"]', f'["use.ts", "{CLIENT}/src"]'))
            for line, wrong in (
                    ('use.openAccessPoint({name: "n", unit: "u", requestId: "r"})', ""),
                    ('use.openAccessPoint({name: "n", requestId: "r"})', "'unit' is missing"),
                    ('use.openAccessPoint({name: "n", unit: "u", requestId: "r", x: 1})', "'x'"),
                    ('use.openAccessPoint({name: "n", unit: "u", requestId: "r"})'
                     '.then((one) => one.state === "OPEN")', "no overlap")):
                (project / "use.ts").write_text(
                    f'import {{ artel_residential_v1 as api }} from "{CLIENT}/src/index.js";\n'
                    f"declare const use: api.AccessPointService;\nvoid {line};\n")
                said = compile(project, project / "out")
                self.assertIn(wrong, said)
                self.assertEqual(said == "", wrong == "", said)


class Running(unittest.TestCase):
    """What the client does."""

    def assert_passes(self, done: subprocess.CompletedProcess[str]) -> None:
        """All tests of a script have passed, and there were some."""
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotRegex(done.stdout, r"\bpass 0\b")

    @covers("C83", "C92", "C93", "C94", "C95", "C96", "E67")
    def test_alone(self) -> None:
        """Against a server that fails as it is told to."""
        for name in ("runtime", "retry", "queue", "reports"):
            with self.subTest(name):
                self.assert_passes(run(_HERE / f"{name}.test.mjs", own()))

    def test_bridge(self) -> None:
        """Against a real bridge, with values of every type."""
        client = foreign(workshop.contract().descriptors)
        for name in ("bridge", "transfer"):
            with self.subTest(name):
                self.assert_passes(run(_HERE / f"{name}.test.mjs", client, API=bridge().address))
