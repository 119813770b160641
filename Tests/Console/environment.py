"""Where things are: this repository, and what is shared with other tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "Sources" / "Servers" / "Console" / "Pages"
sys.path.insert(0, str(ROOT / "tools"))
for shared in ("System", "Documents"):
    sys.path.append(str(ROOT / "Tests" / shared))

# The stack of the system's tests, by another name than this module's.
_spec = importlib.util.spec_from_file_location(
    "system_environment", ROOT / "Tests" / "System" / "environment.py")
assert _spec is not None and _spec.loader is not None
_system = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_system)
stack = _system.stack
plain = _system.plain
own_stack = _system.own_stack
BINARY = _system.BINARY
LONG = _system.LONG
