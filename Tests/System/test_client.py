"""The platform, by its own TypeScript client in node."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from case import SystemCase
from covers import covers
from environment import ROOT
from stack.tenants import ALPHA

sys.path.append(str(ROOT / "Tests" / "Clients"))

from compiled import own, run  # noqa: E402 (the path above comes first)


class Client(SystemCase):
    """Typed, with tokens, keys, streams and a queue."""

    @covers("C83", "C95", "E62", "E67", "E70")
    def test_platform(self) -> None:
        """A resident and the complex's service do what they do all day."""
        resident = self.move_in()
        done: subprocess.CompletedProcess[str] = run(
            Path(__file__).parent / "client.test.mjs", own(),
            BASE=self.stack.server.rest, CONSOLE=ALPHA.console,
            SECRET=self.stack.demo.secrets.password(ALPHA.console), PERSON=resident.token(),
            NAME=resident.access_point, UNIT=resident.unit,
            NODE_EXTRA_CA_CERTS=str(self.stack.certificates.authority))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("pass 5", done.stdout)
