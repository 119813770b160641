"""The simulators of partners and of an OpenID provider, as processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stack.certificates import Certificates
from stack.errors import StackError
from stack.home import Home
from stack.process import Process, clean_environment
from stack.rest import Rest
from stack.secret_files import SecretFiles

_FOLDER = Path(__file__).resolve().parents[1] / "simulators"


class Simulator:
    """A simulator that runs with settings of ours, and its control interface."""

    def __init__(
        self, name: str, home: Home, secrets: SecretFiles, certificates: Certificates, port: int,
    ) -> None:
        """Takes the port that it serves on, 0 for any."""
        self._name = name
        self._home = home
        self._secrets = secrets
        self._identity = certificates.server(name)
        self._authority = certificates.authority
        self._port = port
        self._process: Process | None = None
        self.address = ""
        self.control = Rest("")

    def start(self, settings: dict[str, Any]) -> None:
        """Starts it, and waits until it is ready."""
        folder = self._home.private(self._name)
        everything = {
            "listen": {"host": "127.0.0.1", "port": self._port},
            "tls": {
                "certificate_file": str(self._identity.certificate),
                "key_file": str(self._identity.key),
            },
            "control": {"token_file": str(self._secrets.path(f"{self._name}-control-token"))},
        } | settings
        (folder / "settings.json").write_text(json.dumps(everything, indent=2))
        command = [_FOLDER / f"run-{self._name}", "--config", folder / "settings.json"]
        self._process = Process(self._name, command, self._home.logs, clean_environment())
        ready = self._process.ready()
        self.address = str(ready["address"])
        # Where it starts again, it keeps its address.
        self._port = int(ready["port"])
        token = self._secrets.password(f"{self._name}-control-token")
        self.control = Rest(str(ready["control_address"]), None, token)

    @property
    def port(self) -> int:
        """Where it listens, or will; 0 before the start of one that takes any."""
        return self._port

    @property
    def process(self) -> Process:
        """The process that runs."""
        if self._process is None:
            raise StackError(f"the {self._name} simulator is not running")
        return self._process

    def stop(self) -> None:
        """Stops it, where it runs."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def fault(self, fault: str, **more: object) -> None:
        """Sets a fault, or ends faults by `none`."""
        self.control.post("/control/faults", {"fault": fault, **more})


class Partners(Simulator):
    """Partners with intercoms, all in one process."""

    def __init__(
        self, home: Home, secrets: SecretFiles, certificates: Certificates, port: int = 0,
    ) -> None:
        """Takes the port, 0 for any."""
        super().__init__("partner", home, secrets, certificates, port)

    def serve(self, partners: list[dict[str, Any]], open_delay: float) -> None:
        """Starts with these partners; what earlier processes knew is still there."""
        store = self._home.private("partner") / "store.sqlite"
        self.start({
            "store": str(store), "open_delay_seconds": open_delay, "partners": partners,
        })

    def command(self, command: str) -> dict[str, Any] | None:
        """What the partner knows of a command of the platform, such as `commands/…`."""
        name = command.removeprefix("commands/")
        known = [
            each for each in self.control.get("/control/state")["commands"]
            if each["command"].removeprefix("commands/") == name
        ]
        return known[0] if known else None

    def openings(self, command: str) -> int:
        """How often the device opened for a command."""
        known = self.command(command)
        return known["openings"] if known else 0

    def openings_of(self, partner: str, device: str) -> int:
        """How often a device opened at all."""
        devices = self.control.get(f"/control/state?partner={partner}")["devices"]
        return sum(each["openings"] for each in devices if each["device"] == device)


class OpenID(Simulator):
    """An OpenID provider with a realm for each tenant."""

    def __init__(
        self, home: Home, secrets: SecretFiles, certificates: Certificates, port: int = 0,
    ) -> None:
        """Takes the port, 0 for any."""
        super().__init__("openid", home, secrets, certificates, port)

    def serve(self, realms: list[dict[str, Any]]) -> None:
        """Starts with these realms."""
        self.start({"realms": realms})

    def issuer(self, realm: str) -> str:
        """The issuer of a realm's tokens."""
        return f"{self.address}/realms/{realm}"

    def token(self, realm: str, **order: Any) -> str:
        """A token made to order: see `POST /control/tokens` in the simulators' README."""
        answer = self.control.post("/control/tokens", {"realm": realm, **order})
        return answer["token"]
