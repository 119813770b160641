"""The command `tools/contracts`."""

from __future__ import annotations

import argparse
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from compatibility import compiled, facts, services, types
from compatibility.finding import Finding

_PROTO = Path("proto")
_BASELINE = Path("proto/baseline.txt")


def findings(old: facts.Facts, new: facts.Facts) -> list[Finding]:
    """Everything that a change of contracts breaks, and the notes."""
    return sorted([*types.compare(old, new), *services.compare(old, new)])


def main(arguments: Sequence[str]) -> int:
    """Runs the command and returns its exit status."""
    parser = argparse.ArgumentParser(prog="tools/contracts")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="compares the contracts with the baseline")
    accept = commands.add_parser("accept", help="writes the baseline anew")
    for command in (check, accept):
        command.add_argument("proto", nargs="?", type=Path, default=_PROTO)
        command.add_argument("baseline", nargs="?", type=Path, default=_BASELINE)
    accept.add_argument("--breaking", action="store_true", help="whatever it breaks")
    commands.add_parser("rules", help="lists what is checked")
    options = parser.parse_args(arguments)
    if options.command == "rules":
        for name, text in {**types.RULES, **services.RULES}.items():
            print(f"{name}: {text}")
        return 0
    try:
        new = compiled.facts(options.proto, _imports())
        old = None
        if options.baseline.exists():
            old = facts.read(options.baseline.read_text())
    except compiled.ContractError as error:
        return _fail(65, str(error))
    except facts.BaselineError as error:
        return _fail(65, f"{options.baseline}: {error}")
    if options.command == "check":
        return _check(old, new, options.baseline)
    return _accept(old, new, options)


def _check(old: facts.Facts | None, new: facts.Facts, baseline: Path) -> int:
    if old is None:
        return _fail(66, f"there is no {baseline}: tools/contracts accept")
    broken = _report(findings(old, new))
    if broken:
        return _fail(1, f"{broken} broken: callers were built against the contracts as they were")
    if old != new:
        changed = len(old.keys() ^ new.keys()) + sum(
            old[key] != new[key] for key in old.keys() & new.keys())
        return _fail(1, f"{changed} changed, none broken: tools/contracts accept")
    print(f"{len(new)} facts of the contracts are kept")
    return 0


def _accept(old: facts.Facts | None, new: facts.Facts, options: argparse.Namespace) -> int:
    broken = _report(findings(old, new)) if old is not None else 0
    if broken and not options.breaking:
        return _fail(1, f"{broken} broken: nothing is written without --breaking")
    options.baseline.write_text(facts.write(new))
    print(f"{options.baseline}: {len(new)} facts")
    return 0


def _report(found: list[Finding]) -> int:
    """Says what was found; returns how much of it breaks."""
    for finding in found:
        print(finding if finding.breaks else f"note: {finding}")
    return sum(finding.breaks for finding in found)


def _imports() -> list[Path]:
    """Where contracts are that ours import."""
    return [Path(sysconfig.get_path("purelib")), Path("/usr/include")]


def _fail(status: int, text: str) -> int:
    print(f"tools/contracts: {text}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
