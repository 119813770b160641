"""What can go wrong with a stack."""

from __future__ import annotations


class StackError(Exception):
    """Something of the stack does not start, stop or answer; the text says what and why."""
