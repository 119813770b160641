"""Everything together, started in order and stopped in the other order."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from stack.artel import Artel, Doors, Server
from stack.certificates import Certificates
from stack.cluster import KEY_STORE, Cluster
from stack.demo import Demo
from stack.errors import StackError
from stack.home import Home
from stack.ports import Ports
from stack.process import Process
from stack.secret_files import SecretFiles
from stack.simulators import OpenID, Partners
from stack.tenants import COMPLEXES, TENANTS


class Stack:
    """PostgreSQL, simulators, `artel serve` and the demo tenants."""

    def __init__(
        self,
        binary: Path,
        home: Home,
        ports: Ports = Ports(),
        hurried: bool = False,
        devices: tuple[str, ...] = (),
        open_delay: float = 0.3,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        """Takes the program and the state folder. `hurried` trades durability for time."""
        self._home = home
        self._ports = ports
        self._open_delay = open_delay
        self._say = say
        self._state_file = home.folder / "state.json"
        self._started = ExitStack()
        if self.is_new:
            # A first start was cut off.
            self.forget(home)
        self.certificates = Certificates(home.private("certificates"))
        secrets = SecretFiles(home.private("secrets"))
        own = SecretFiles(home.private("own-secrets"))
        self.cluster = Cluster(home, secrets, own, hurried)
        self.keys = Cluster(home, secrets, own, hurried, KEY_STORE)
        self._refuse_other_state()
        self.artel = Artel(binary, home, self.cluster, self.keys, secrets, self.certificates)
        if hurried:
            # Tests break partners on purpose, one after the other: those of breakers ask for them.
            self.artel.settings["ARTEL_BREAKER_FAILURES"] = "1000"
        self.openid = OpenID(home, own, self.certificates, ports.openid)
        # The platform calls no port that it was not told of, and starts before the partners do.
        partner = ports.partner or Ports.free().partner
        self.partners = Partners(home, own, self.certificates, partner)
        self.demo = Demo(
            SecretFiles(home.private("demo")), home.private("clients"),
            self.certificates.authority, devices)
        self.server: Server

    @property
    def is_new(self) -> bool:
        """Whether the demo tenants have yet to be made."""
        return not self._state_file.exists()

    def start(self) -> Stack:
        """Starts everything, or nothing where something fails."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stops everything that was started."""
        self._started.close()

    def __enter__(self) -> Stack:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _start(self) -> None:
        is_new = self.is_new
        self._ports.check()
        self._say("PostgreSQL" + (", with new clusters" if is_new else ""))
        for cluster in (self.cluster, self.keys):
            self._started.callback(cluster.stop)
            cluster.start()
        self._say("the database's schema")
        self.artel.run("migrate")
        self._say("an OpenID provider (simulator)")
        self._started.callback(self.openid.stop)
        self.openid.serve(self.demo.realms())
        if is_new:
            self._say("tenants: alpha and beta, residential complexes, and gamma, a bank")
            issuers = {tenant.name: self.openid.issuer(tenant.name) for tenant in TENANTS}
            self.demo.create_tenants(self.artel, issuers)
        self._say("artel serve")
        self.artel.allow(self.openid.port, self.partners.port)
        self.server = self.artel.serve(Doors(self._ports.rest, self._ports.grpc))
        self._started.callback(self._stop_server)
        self._say("a partner with intercoms (simulator)")
        self._started.callback(self.partners.stop)
        self.partners.serve(self.demo.partners(self.server.rest), self._open_delay)
        if is_new:
            self._say("properties, doors, units and residents")
            self.demo.create_complexes(self.server.rest, self.partners.address)
        self._say("client certificates, by the tenants' own authorities")
        for complex in COMPLEXES:
            self.demo.certify(self.artel, complex)
        if is_new:
            self._state_file.write_text(json.dumps({"ports": asdict(self._ports)}))

    def _stop_server(self) -> None:
        self.server.stop()

    def processes(self) -> list[Process]:
        """Everything that runs, to see whether it still does."""
        return [
            self.cluster.process, self.keys.process, self.openid.process, self.partners.process,
            self.server.process]

    @staticmethod
    def forget(home: Home) -> None:
        """Removes all state, tenants and their data included."""
        Cluster.end_left_over(home)
        home.clear()

    def _refuse_other_state(self) -> None:
        """Refuses state of before the keys had a cluster of their own, and ports that the tenants'
        data does not know."""
        if self.is_new:
            return
        if not self.keys.is_made:
            raise StackError(
                f"{self._home.folder} was made by a version whose keys were beside the rows: begin"
                " anew with --reset")
        before = Ports(**json.loads(self._state_file.read_text())["ports"])
        if before != self._ports:
            raise StackError(
                f"{self._home.folder} was made for other ports ({before}): give the same, or begin"
                " anew with --reset")
