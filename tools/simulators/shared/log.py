"""Log lines as JSON on standard error."""

from __future__ import annotations

import json
import sys
import threading

from shared.clock import now, rfc3339

_lock = threading.Lock()


def log(event: str, **fields: object) -> None:
    """Writes one line; secrets and bodies are never handed to it."""
    line = json.dumps({"time": rfc3339(now()), "event": event, **fields}, default=str) + "\n"
    with _lock:
        try:
            sys.stderr.write(line)
            sys.stderr.flush()
        except (OSError, ValueError):
            # The reader of standard error went away: there is no other place to say it.
            pass
