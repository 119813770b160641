"""What the documents show is what happens."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import unittest

from environment import ARTEL, INTEROP, ROOT

from bridge import run


class Documents(unittest.TestCase):
    """The quick start, and the table of options."""

    def test_quick_start(self) -> None:
        """The commands of both documents, one after the other, with ports of this test."""
        shown = []
        for name, pattern in (("docs/rest.md", r"```sh\n(.*?)```"), ("README.md", None)):
            text = (ROOT / name).read_text()
            if pattern:
                commands = "".join(re.findall(pattern, text, re.DOTALL)[:2])
            else:
                section = text.partition("## In front of any gRPC server")[2].partition("\n## ")[0]
                commands = "".join(
                    line[4:] for line in section.splitlines(True) if line.startswith("    "))
            shown.append(commands)
        self.assertEqual(shown[0].split(), shown[1].split())
        upstream, door = _free_port(), _free_port()
        with tempfile.NamedTemporaryFile(suffix=".binpb") as file:
            script = (
                shown[0].replace(".build/debug/artel", str(ARTEL))
                .replace(".build/debug/interop", str(INTEROP)).replace("/tmp/api.binpb", file.name)
                .replace("9090", str(upstream)).replace("8080", str(door))
                .replace("--auto-map &", f"--auto-map --listen 127.0.0.1:{door} & sleep 0.1")
                # A person types slower than this.
                .replace("curl -d", "curl -sS --retry 60 --retry-connrefused --retry-delay 1 -d"))
            answer = subprocess.run(
                ["bash", "-c", script + "\nkill %1 %2; wait"], cwd=ROOT, capture_output=True,
                text=True, timeout=120, check=False)
        self.assertIn('{"payload":{"body":"AAAAAAAA"}}', answer.stdout, answer.stderr)
        self.assertIn('The answer is `{"payload":{"body":"AAAAAAAA"}}`', (
            ROOT / "docs" / "rest.md").read_text())

    def test_options(self) -> None:
        """Every option is in the table, and every one of the table is an option."""
        usage = run("--help").stdout
        known = set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", usage, re.MULTILINE)) - {"--help"}
        text = (ROOT / "docs" / "rest.md").read_text()
        table = text.partition("### Options")[2].partition("###")[0].partition("A wrong setting")[0]
        self.assertEqual(set(re.findall(r"`(--[a-z-]+)", table)), known)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
