"""Where things are: this repository, and what is shared with other tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
for shared in ("System", "Bridge", "Documents"):
    sys.path.append(str(ROOT / "Tests" / shared))

ARTEL = Path(os.environ.get("ARTEL_BINARY", ROOT / ".build" / "debug" / "artel"))
INTEROP = Path(os.environ.get("ARTEL_INTEROP_BINARY", ROOT / ".build" / "debug" / "interop"))
LONG = os.environ.get("ARTEL_LONG") == "1"
CLIENT = ROOT / "clients" / "typescript"
