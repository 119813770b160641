"""Artel with a database of its own for a measurement, and what processes take of the processors."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from stack.artel import Artel, Doors, Server  # noqa: E402 (the path above comes first)
from stack.certificates import Certificates  # noqa: E402
from stack.cluster import KEY_STORE, Cluster  # noqa: E402
from stack.home import Home  # noqa: E402
from stack.secret_files import SecretFiles  # noqa: E402

_SPIN = (
    "import time\na=time.process_time()\nx=0\nfor i in range(700000): x+=i*i\n"
    "print(time.process_time()-a)")


class Rig:
    """PostgreSQL with the schema and the operator's tenant, and the program."""

    def __init__(self, home: Home, cluster: Cluster, artel: Artel) -> None:
        """Takes what runs."""
        self.home = home
        self.cluster = cluster
        self.artel = artel
        self.server: Server

    def serve(self, tls: bool = False, **settings: str) -> Server:
        """Serves; without TLS where it is not what is measured."""
        self.server = self.artel.serve(Doors(tls=tls, more=settings))
        return self.server

    def client(
        self, tenant: str, name: str, *scopes: str, kind: str = "service", more: tuple[str, ...] = ()
    ) -> str:
        """Creates a client and returns its secret, where it has one."""
        listed = [part for scope in scopes for part in ("--scope", scope)]
        made = self.artel.run("client", "create", tenant, name, "--kind", kind, *listed, *more)
        return str(made.get("client_secret", ""))


@contextmanager
def rig(binary: Path) -> Iterator[Rig]:
    """A rig that is gone afterwards."""
    home = Home.temporary()
    try:
        certificates = Certificates(home.private("certificates"))
        secrets = SecretFiles(home.private("secrets"))
        own = SecretFiles(home.private("own-secrets"))
        cluster = Cluster(home, secrets, own, hurried=False)
        keys = Cluster(home, secrets, own, False, KEY_STORE)
        try:
            cluster.start()
            keys.start()
            artel = Artel(binary, home, cluster, keys, secrets, certificates)
            artel.run("migrate")
            made = Rig(home, cluster, artel)
            try:
                yield made
            finally:
                if hasattr(made, "server"):
                    made.server.stop()
        finally:
            cluster.stop()
            keys.stop()
    finally:
        home.remove()


def release_build(product: str = "artel") -> Path:
    """Builds a product for release; ARTEL_BENCH_BINARIES names a folder where it is built already."""
    if folder := os.environ.get("ARTEL_BENCH_BINARIES"):
        return Path(folder) / product
    command = ["swift", "build", "-c", "release"]
    subprocess.run([*command, "--product", product], cwd=ROOT, check=True, stdout=sys.stderr)
    shown = subprocess.run(
        [*command, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip()) / product


def environment(requirements: Path) -> Path:
    """The folder of a Python environment with these packages, made once for each version of the
    list."""
    import hashlib

    folder = ROOT / ".cache" / "bench" / hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    if not (folder / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run(
            [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
             requirements], check=True)
        (folder / "complete").touch()
    return folder


def seconds_of(pid: int) -> float:
    """Processor time of a process and of all its children, those that ended included."""
    total = 0
    for each in _family(pid):
        try:
            text = Path(f"/proc/{each}/stat").read_text()
        except OSError:
            continue  # It ended: its parent has its time.
        fields = text.rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def slowness() -> float:
    """How much slower than a fixed measure all cores are just now."""
    running = [
        subprocess.Popen([sys.executable, "-S", "-E", "-c", _SPIN], stdout=subprocess.PIPE)
        for _ in range(os.cpu_count() or 1)]
    return statistics.mean(float(each.communicate()[0]) for each in running) / 0.1


def spread(values: list[float]) -> float:
    """Half the span in percent of the median."""
    middle = statistics.median(values)
    return (max(values) - min(values)) / 2 / middle * 100 if middle else 0.0
