"""Finds what Tests/Interop has: the servers, and the probe that they serve."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Interop"))

import server  # noqa: E402 (the path above comes first)

Server = server.Server
LONG = server.LONG
ROOT = server.ROOT
