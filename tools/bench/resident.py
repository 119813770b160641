"""What a server that runs already takes in memory and in processor time."""

import os
import re
import subprocess
from pathlib import Path


def _processes(address: str) -> set[str]:
    """The processes that listen on an address."""
    port = address.rpartition(":")[2]
    shown = subprocess.run(["ss", "-Hltnp", f"sport = :{port}"], capture_output=True, text=True)
    pids = set(re.findall(r"pid=(\d+)", shown.stdout))
    assert pids, f"nothing listens on {address}"
    return pids


def resident(address: str) -> int:
    """The resident memory in KiB of the processes that listen on an address."""
    return sum(
        int(re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)[1])
        for pid in _processes(address))


def processor_seconds(address: str) -> float:
    """The processor time that these processes have taken since they began."""
    ticks = 0
    for pid in _processes(address):
        # Behind the name, which may have spaces: user and system time are the fields 14 and 15.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
