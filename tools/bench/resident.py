"""What a server that runs already takes in memory."""

import re
import subprocess
from pathlib import Path


def resident(address: str) -> int:
    """The resident memory in KiB of the processes that listen on an address."""
    port = address.rpartition(":")[2]
    shown = subprocess.run(["ss", "-Hltnp", f"sport = :{port}"], capture_output=True, text=True)
    pids = set(re.findall(r"pid=(\d+)", shown.stdout))
    assert pids, f"nothing listens on {address}"
    return sum(
        int(re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)[1])
        for pid in pids)
