"""Where things are: this repository, its programs, and what is shared with other tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
# curl as a client, and the record of what tests prove.
sys.path.append(str(ROOT / "Tests" / "System"))

ARTEL = Path(os.environ.get("ARTEL_BINARY", ROOT / ".build" / "debug" / "artel"))
INTEROP = Path(os.environ.get("ARTEL_INTEROP_BINARY", ROOT / ".build" / "debug" / "interop"))
