"""The life of a simulator's process: settings, ready line, signals, end."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from shared.log import log
from shared.server import Server
from shared.settings import Section, SettingsError

BAD_SETTINGS = 78
"""The exit status where the settings are wrong or a port is taken (EX_CONFIG of sysexits.h)."""


class Stop:
    """Asked by everything that waits: set once, when the process is to end."""

    def __init__(self) -> None:
        """Not yet."""
        self.event = threading.Event()

    def sleep(self, seconds: float) -> None:
        """Sleeps, less where the process ends."""
        self.event.wait(seconds)


class Simulator:
    """What `run` needs to know: the servers by name, and what to begin and end with them."""

    def __init__(self, servers: dict[str, Server]) -> None:
        """Takes the servers, the public one under the empty name."""
        self.servers = servers

    def begin(self) -> None:
        """Begins the work beside the servers."""

    def end(self) -> None:
        """Ends the work beside the servers, after the last answer."""


def run(name: str, make: Callable[[Section, Stop], Simulator]) -> int:
    """Runs a simulator until SIGTERM or SIGINT, and returns the exit status."""
    parser = argparse.ArgumentParser(prog=f"run-{name}")
    parser.add_argument("--config", required=True, type=Path, help="the settings, a JSON file")
    file: Path = parser.parse_args().config
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.event.set())
    try:
        simulator = make(Section.load(file), stop)
    except (SettingsError, OSError) as problem:
        log("bad_settings", problem=str(problem))
        return BAD_SETTINGS
    for server in simulator.servers.values():
        server.start()
    simulator.begin()
    _say_ready(name, simulator.servers)
    stop.event.wait()
    for server in simulator.servers.values():
        server.stop(2)
    simulator.end()
    log("stopped")
    return 0


def _say_ready(name: str, servers: dict[str, Server]) -> None:
    """Prints the one line that tells where everything listens."""
    line: dict[str, object] = {"ready": True, "simulator": name}
    for role, server in servers.items():
        prefix = f"{role}_" if role else ""
        line[f"{prefix}address"] = server.address
        line[f"{prefix}port"] = server.port
    print(json.dumps(line), flush=True)
    log("ready", **line)
    sys.stdout.flush()
