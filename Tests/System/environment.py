"""The processes that the system tests talk to, started once and stopped at the end.

Most tests share one stack: they make units, members and access points of their own in it. Tests
that kill processes start one for themselves.
"""

from __future__ import annotations

import atexit
import functools
import os
import signal
import sys
from contextlib import contextmanager
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from stack.artel import Doors, Server  # noqa: E402 (the path above comes first)
from stack.home import Home  # noqa: E402
from stack.ports import Ports  # noqa: E402
from stack.stack import Stack  # noqa: E402

# Each test that sets faults has a device to itself.
DEVICES = tuple(f"device-{number}" for number in range(1, 1000))
LONG = os.environ.get("ARTEL_LONG") == "1"
# Another build than that of tools/test, to try one by hand.
BINARY = Path(os.environ.get("ARTEL_TEST_BINARY", ROOT / ".build" / "debug" / "artel"))


@contextmanager
def own_stack() -> Iterator[Stack]:
    """A stack for tests that break it."""
    home = Home.temporary()
    try:
        stack = Stack(
            BINARY, home, Ports.free(), hurried=True, devices=DEVICES, open_delay=0.1)
        # All tests come from one address, where strangers may make ten dear calls a second.
        stack.artel.settings["ARTEL_RATE_LIMIT_FACTOR"] = "10"
        with stack as running:
            yield running
    finally:
        home.remove()


@functools.cache
def stack() -> Stack:
    """The stack that tests share; its doors have TLS."""
    context = own_stack()
    running = context.__enter__()
    atexit.register(context.__exit__, None, None, None)
    return running


@functools.cache
def plain() -> Server:
    """A second process on the same database, whose doors have no TLS: there a gRPC call without a
    credential gets as far as a REST request without one."""
    server = stack().artel.serve(Doors(tls=False), "plain")
    atexit.register(server.stop)
    return server


def _end(number: int, frame: object) -> None:
    sys.exit(128 + number)


signal.signal(signal.SIGTERM, _end)
