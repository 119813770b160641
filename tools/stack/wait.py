"""Waiting for conditions, with a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from stack.errors import StackError

Value = TypeVar("Value")

# Often enough that nobody notices the wait, seldom enough to leave the machine its work.
_PAUSE = 0.02


def until(what: str, condition: Callable[[], Value], seconds: float = 30) -> Value:
    """Asks until the answer is true, and returns it; raises StackError after the deadline."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= end:
            raise StackError(f"waited {seconds:g} s in vain: {what}")
        time.sleep(_PAUSE)
