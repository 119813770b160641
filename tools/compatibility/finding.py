"""What a comparison finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """A rule that a change breaks, or a change that somebody should know of."""

    subject: str
    rule: str
    text: str
    # Whether somebody who was built against the baseline may fail; a note otherwise.
    breaks: bool = True

    def __str__(self) -> str:
        return f"{self.subject}: {self.text} ({self.rule})"
