"""What callers depend on, as facts: a key that names a thing, and what is so about it."""

from __future__ import annotations

import json
from typing import Any

# `field package.Message 3` → {"name": "text", "type": "string", …}. What a fact does not say is
# what contracts have without saying it.
Facts = dict[str, dict[str, Any]]


class BaselineError(Exception):
    """A baseline that cannot be read."""


def write(facts: Facts) -> str:
    """A line for each fact, sorted, so that a change of a contract is a change of few lines."""
    return "".join(
        f"{key} {json.dumps(value, sort_keys=True, ensure_ascii=False)}\n"
        for key, value in sorted(facts.items(), key=lambda item: _order(item[0])))


def read(text: str) -> Facts:
    """The facts of such lines."""
    facts: Facts = {}
    for number, line in enumerate(text.splitlines(), 1):
        # A path template has braces of its own, but no space before them.
        key, space, value = line.partition(" {")
        try:
            if not space or key in facts:
                raise ValueError
            facts[key] = json.loads("{" + value)
        except ValueError:
            raise BaselineError(f"line {number} is no fact: {line[:80]}") from None
    return facts


def of_kind(facts: Facts, kind: str) -> Facts:
    """The facts of one kind, by the rest of their keys."""
    return {
        key.partition(" ")[2]: value for key, value in facts.items()
        if key.partition(" ")[0] == kind}


def _order(key: str) -> tuple[str, str, int, str]:
    kind, name, *rest = key.split(" ")
    number = int(rest[0]) if rest and rest[0].lstrip("-").isdigit() else 0
    return name, kind, number, key
