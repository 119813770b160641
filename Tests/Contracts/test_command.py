"""The command: what it says, what it writes, how it ends."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

from case import ROOT, command

from compatibility import facts, services, types

_FIRST = 'syntax = "proto3"; package a.v1; message A { string a = 1; }'
_MORE = 'syntax = "proto3"; package a.v1; message A { string a = 1; string b = 2; }'
_LESS = 'syntax = "proto3"; package a.v1; message A { }'


class Command(unittest.TestCase):
    """`tools/contracts`, over contracts of a test's own."""

    def setUp(self) -> None:
        """Makes a folder."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.baseline = self.folder / "baseline.txt"

    def write(self, text: str) -> None:
        """Writes the contract."""
        (self.folder / "a.proto").write_text(text)

    def run_command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs it to its end."""
        return subprocess.run(
            [ROOT / "tools" / "contracts", *arguments, str(self.folder), str(self.baseline)],
            capture_output=True, text=True, check=False)

    def expect(self, status: int, text: str, *arguments: str) -> None:
        """Runs it and checks how it ends and what it says."""
        done = self.run_command(*arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(text, done.stdout + done.stderr)

    def test_life_of_a_contract(self) -> None:
        """Accepted, the same, more, accepted, less, refused, forced."""
        self.write(_FIRST)
        self.expect(66, "there is no", "check")
        self.expect(0, "2 facts", "accept")
        self.expect(0, "2 facts of the contracts are kept", "check")
        self.write(_MORE)
        self.expect(1, "1 changed, none broken", "check")
        self.expect(0, "3 facts", "accept")
        self.write(_LESS)
        self.expect(1, "a.v1.A.b: the field is gone, and b is not reserved", "check")
        before = self.baseline.read_text()
        self.expect(1, "nothing is written without --breaking", "accept")
        self.assertEqual(self.baseline.read_text(), before)
        self.expect(0, "1 facts", "accept", "--breaking")
        self.expect(0, "kept", "check")

    def test_contracts_that_do_not_compile(self) -> None:
        """What protoc says is said."""
        self.write("message")
        self.expect(65, "a.proto", "check")

    def test_no_contracts(self) -> None:
        """An empty folder is a mistake."""
        self.expect(65, "there are no contracts", "accept")

    def test_bad_baseline(self) -> None:
        """A line that is no fact has a number, as has one that comes twice."""
        self.write(_FIRST)
        for text in ("message a.v1.A\n", "message a.v1.A {\n", "message a {}\nmessage a {}\n"):
            self.baseline.write_text(text)
            self.expect(65, f"line {text.count(chr(10))} is no fact", "check")

    def test_usage(self) -> None:
        """Without a command it does nothing."""
        done = subprocess.run(
            [ROOT / "tools" / "contracts"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)

    def test_rules(self) -> None:
        """Every rule is listed, and every rule that a comparison names is one."""
        done = subprocess.run(
            [ROOT / "tools" / "contracts", "rules"], capture_output=True, text=True, check=True)
        listed = {line.partition(":")[0] for line in done.stdout.splitlines()}
        self.assertEqual(listed, set(types.RULES) | set(services.RULES))
        tested = "".join(
            path.read_text() for path in Path(__file__).parent.glob("test_*s.py"))
        for rule in listed:
            stem = rule.replace("NUMBER_RESERVED", "").replace("NAME_RESERVED", "")
            self.assertIn(stem.rstrip("_"), tested, f"{rule} has no test")


class Baseline(unittest.TestCase):
    """The contracts of this repository."""

    def test_own_contracts_are_kept(self) -> None:
        """Nothing of proto/ breaks what was committed."""
        done = subprocess.run(
            [ROOT / "tools" / "contracts", "check"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_templates_survive_the_file(self) -> None:
        """A path template has braces, too."""
        one = {"http a.v1.S/M GET /v1/{name=a/*}": {"body": "*"}, "message a.v1.A": {}}
        self.assertEqual(facts.read(facts.write(one)), one)
        self.assertEqual(command.findings(one, one), [])
