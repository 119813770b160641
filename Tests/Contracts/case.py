"""What the tests of tools/contracts have in common: two states of a contract, and what is found."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from compatibility import __main__ as command  # noqa: E402 (the path above comes first)
from compatibility import compiled, facts  # noqa: E402

HEAD = """
syntax = "proto3";
package test.v1;
import "google/api/annotations.proto";
import "artel/options/v1/policy.proto";
import "artel/options/v1/field.proto";
"""
PROTO2 = 'syntax = "proto2"; package test.v1;'


def facts_of(text: str, head: str = HEAD) -> facts.Facts:
    """The facts of a contract of one file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "test" / "v1" / "test.proto"
        file.parent.mkdir(parents=True)
        file.write_text(f"{head}\n{text}")
        return compiled.facts(Path(folder), [ROOT / "proto", *command._imports()])


class ContractCase(unittest.TestCase):
    """Compares contracts."""

    def assert_found(self, old: str, new: str, *rules: str, head: str = HEAD) -> None:
        """Exactly these rules are broken; a note has an asterisk behind its rule."""
        # What is compared went through a file, as a baseline does.
        before = facts.read(facts.write(facts_of(old, head)))
        found = command.findings(before, facts_of(new, head))
        names = sorted({one.rule if one.breaks else f"{one.rule}*" for one in found})
        self.assertEqual(names, sorted(rules), "\n".join(map(str, found)))
