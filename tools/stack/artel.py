"""The program itself: `artel serve`, and what operators do with `artel`."""

from __future__ import annotations

import json
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stack.certificates import Certificates
from stack.cluster import ARTEL_ROLES, Cluster
from stack.errors import StackError
from stack.home import Home
from stack.process import Process, clean_environment
from stack.secret_files import SecretFiles
from stack.tenants import OPERATOR, Tenant

BASE_DOMAIN = "artel.localhost"


def host_name(tenant: Tenant) -> str:
    """The name under which the doors serve a tenant's clients."""
    return f"{tenant.name}.{BASE_DOMAIN}"


@dataclass(frozen=True)
class Doors:
    """Where `artel serve` listens: port 0 is any; TLS on both doors, or on neither."""

    rest_port: int = 0
    grpc_port: int = 0
    tls: bool = True
    more: dict[str, str] = field(default_factory=dict)


class Artel:
    """The executable with the settings of one stack."""

    def __init__(
        self, binary: Path, home: Home, cluster: Cluster, keys: Cluster, secrets: SecretFiles,
        certificates: Certificates,
    ) -> None:
        """Takes what it runs with; makes the secrets that it needs."""
        self.binary = binary
        self._home = home
        self._certificates = certificates
        for role in ARTEL_ROLES:
            cluster.password(role)
        secrets.password("key-encryption-key")
        secrets.password("audit-signing-key")
        self.settings = {
            "ARTEL_BASE_DOMAIN": BASE_DOMAIN,
            "ARTEL_SECRETS_DIRECTORY": str(secrets.folder),
            "ARTEL_DATABASE_HOST": str(cluster.host),
            "ARTEL_DATABASE_PORT": str(cluster.port),
            "ARTEL_DATABASE_NAME": cluster.database,
            "ARTEL_KEYS_DATABASE_HOST": str(keys.host),
            "ARTEL_KEYS_DATABASE_PORT": str(keys.port),
            "ARTEL_KEYS_DATABASE_NAME": keys.database,
            "ARTEL_EGRESS_TRUST_ROOTS_FILE": str(certificates.authority),
            "ARTEL_OPERATOR_TENANT": OPERATOR,
            "ARTEL_METRICS_ADDRESS": "127.0.0.1:0",
            "ARTEL_AUDIT_SPOOL_DIRECTORY": str(home.folder / "audit-spool"),
            "ARTEL_AUDIT_CHECKPOINTS_FILE": str(home.folder / "audit-checkpoints"),
        }

    def allow(self, *ports: int) -> None:
        """Lets the platform call these ports of this machine."""
        known = [*filter(None, self.settings.get("ARTEL_EGRESS_LOOPBACK", "").split(","))]
        known += [f"{host}:{port}" for port in ports for host in ("localhost", "127.0.0.1")]
        self.settings["ARTEL_EGRESS_LOOPBACK"] = ",".join(dict.fromkeys(known))

    def try_run(
        self, *arguments: str, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end, with more settings or others."""
        return subprocess.run(
            [self.binary, *arguments], capture_output=True, text=True, check=False, timeout=120,
            cwd="/", env=clean_environment(**(self.settings | settings)))

    def run(self, *arguments: str) -> dict[str, Any]:
        """Runs a command that must succeed, and returns what it printed."""
        done = self.try_run(*arguments)
        if done.returncode != 0:
            command = " ".join(arguments)
            raise StackError(f"artel {command}: {done.returncode}: {done.stderr.strip()[-2000:]}")
        return json.loads(done.stdout)

    def settings_for(self, doors: Doors) -> dict[str, str]:
        """Everything that `artel serve` is told."""
        settings = self.settings | {
            "ARTEL_GRPC_ADDRESS": f"127.0.0.1:{doors.grpc_port}",
            "ARTEL_REST_PORT": str(doors.rest_port),
        }
        if doors.tls:
            identity = self._certificates.server("platform")
            for door in ("GRPC", "REST"):
                settings[f"ARTEL_{door}_TLS_CERTIFICATE_FILE"] = str(identity.certificate)
                settings[f"ARTEL_{door}_TLS_KEY_FILE"] = str(identity.key)
        return settings | doors.more

    def serve(self, doors: Doors, name: str = "artel") -> Server:
        """Starts serving, and waits until both doors are open."""
        return Server(self, self._home, doors, name)


class Server:
    """An `artel serve` that runs."""

    def __init__(self, program: Artel, home: Home, doors: Doors, name: str) -> None:
        """Starts it."""
        self._program = program
        self._home = home
        self._name = name
        self._doors = doors
        self.start()

    def start(self) -> None:
        """Starts it; one that was ended starts at its old addresses."""
        environment = clean_environment(**self._program.settings_for(self._doors))
        # A crash is a crash, and its report in the log: nobody is there to debug it.
        environment["SWIFT_BACKTRACE"] = "enable=no"
        self.process = Process(
            self._name, [self._program.binary, "serve"], self._home.logs, environment)
        try:
            ready = self.process.ready()
        except BaseException:
            self.process.kill()
            raise
        self.grpc, self.rest = str(ready["grpc"]), str(ready["rest"])
        self.metrics = str(ready.get("metrics", ""))
        self._doors = Doors(
            int(self.rest.rpartition(":")[2]), int(self.grpc.rpartition(":")[2]),
            self._doors.tls, self._doors.more)

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        self.process.kill()

    def stop(self, seconds: float = 30) -> int:
        """Asks it to drain and end; returns its exit status."""
        self.process.send(signal.SIGTERM)
        return self.process.stop(seconds)
