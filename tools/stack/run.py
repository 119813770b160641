"""tools/run, once packages and program are there."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack.errors import StackError
from stack.home import Home
from stack.ports import Ports
from stack.smoke import Smoke
from stack.stack import Stack
from stack.steps import steps

# Below the ports that the kernel gives to outgoing connections.
_DEFAULTS = Ports(rest=8443, grpc=9443, openid=8444, partner=8445)


class _Ended(BaseException):
    """Somebody asked us to end."""


def main() -> int:
    """Runs everything until Ctrl-C, or the smoke test."""
    arguments = _parse()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        if arguments.smoke:
            _smoke(arguments.binary)
        else:
            _serve(arguments)
    except StackError as error:
        print(f"tools/run: {error}", file=sys.stderr)
        return 1
    except _Ended:
        return 130 if arguments.smoke else 0
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tools/run", description="Starts Artel with demo tenants on this machine.")
    parser.add_argument("--binary", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--smoke", action="store_true", help="try the printed commands, and end")
    parser.add_argument("--reset", action="store_true", help="forget the state of earlier runs")
    for name, port in vars(_DEFAULTS).items():
        parser.add_argument(
            f"--{name}-port", type=int, default=port, metavar="PORT", help=f"{port} by default")
    parser.add_argument(
        "--metrics-port", type=int, default=9464, metavar="PORT", help="9464 by default")
    return parser.parse_args()


def _end(number: int, frame: object) -> None:
    # Stopping takes a moment, and is not to be cut off in its turn.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise _Ended


def _say(text: str) -> None:
    print(f"· {text}", flush=True)


def _serve(arguments: argparse.Namespace) -> None:
    home = Home.persistent()
    ports = Ports(
        arguments.rest_port, arguments.grpc_port, arguments.openid_port, arguments.partner_port)
    try:
        if arguments.reset:
            Stack.forget(home)
        begin = time.monotonic()
        made = Stack(arguments.binary, home, ports, say=_say)
        made.artel.settings["ARTEL_METRICS_ADDRESS"] = f"127.0.0.1:{arguments.metrics_port}"
        with _stopping(made) as stack:
            _print_steps(stack, home, time.monotonic() - begin)
            _wait(stack)
    finally:
        home.close()


def _smoke(binary: Path) -> None:
    home = Home.temporary()
    failed = True
    try:
        with _stopping(Stack(binary, home, Ports.free(), hurried=True, say=_say)) as stack:
            Smoke(stack, lambda text: print(f"✔ {text}", flush=True)).run()
        failed = False
    finally:
        if failed:
            _show_logs(home)
        home.remove()
    print("smoke: everything answers as it must", flush=True)


@contextmanager
def _stopping(stack: Stack) -> Iterator[Stack]:
    """The stack, started; it is stopped whatever happens."""
    try:
        yield stack.start()
    finally:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        _say("stopping")
        stack.stop()


def _wait(stack: Stack) -> None:
    """Waits for the end; one of the processes ending by itself is an error."""
    while True:
        for process in stack.processes():
            if process.status is not None:
                raise StackError(
                    f"{process.name} ended with {process.status}:\n{process.last_words()}")
        time.sleep(0.5)


def _print_steps(stack: Stack, home: Home, seconds: float) -> None:
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{bold}Artel runs{plain} (started in {seconds:.1f} s)\n")
    for what, where in (
        ("REST", stack.server.rest),
        ("gRPC", f"{stack.server.grpc}, with client certificates"),
        ("OpenID provider (simulator)", stack.openid.address),
        ("partner (simulator)", stack.partners.address),
        ("logs", home.logs),
        ("state", home.folder),
    ):
        print(f"  {what:<28} {where}")
    for step in steps(stack):
        print(f"\n{bold}# {step.title}{plain}\n{step.text}")
    print(f"\n{bold}Ctrl-C stops everything.{plain}", flush=True)


def _show_logs(home: Home) -> None:
    for log in sorted(home.logs.glob("*.log")):
        lines = log.read_text(errors="replace").splitlines()[-15:]
        if lines:
            print(f"--- {log.name}", *lines, sep=os.linesep, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
