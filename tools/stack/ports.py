"""Ports that stay ours while their process is started again."""

from __future__ import annotations

import random
import socket
from dataclasses import dataclass

from stack.errors import StackError

# Below those that the kernel gives to outgoing connections: no stranger takes one meanwhile.
_LOWEST, _HIGHEST = 20_000, 32_000


@dataclass(frozen=True)
class Ports:
    """Where the doors and the simulators listen; 0 is any."""

    rest: int = 0
    grpc: int = 0
    openid: int = 0
    partner: int = 0

    @classmethod
    def free(cls) -> Ports:
        """Ports that nobody listens on now."""
        found: set[int] = set()
        for _ in range(1000):
            port = random.randint(_LOWEST, _HIGHEST)
            if _is_free(port):
                found.add(port)
            if len(found) == 4:
                return cls(*found)
        raise StackError(f"there are no four free ports from {_LOWEST} to {_HIGHEST}")

    def check(self) -> None:
        """Raises StackError where somebody else listens on one of them."""
        for name, port in vars(self).items():
            if not _is_free(port):
                raise StackError(
                    f"something else listens on port {port}: choose another with --{name}-port")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # Connections that ended a moment ago are in nobody's way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
