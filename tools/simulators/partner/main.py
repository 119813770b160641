"""Puts the partner simulator together."""

from __future__ import annotations

import ssl

from partner.api import API, FAULTS
from partner.commands import Commands
from partner.database import Database
from partner.devices import Devices
from partner.opener import Opener
from partner.proofs import METHODS, Proof, Proofs
from partner.reporter import Reporter
from partner.settings import DEVICE_STATES, Settings, read_settings
from partner.state import State
from partner.tokens import Tokens
from shared.control import Control
from shared.faults import Faults
from shared.process import Simulator, Stop, run
from shared.server import Server
from shared.settings import Section


class PartnerSimulator(Simulator):
    """The partner's interface, its devices, its reports and its control interface."""

    def __init__(self, settings: Settings, stop: Stop) -> None:
        """Opens the store and binds the ports."""
        partners = settings.partners
        self._database = Database(settings.store)
        self._devices = Devices(partners)
        self._faults = Faults(FAULTS, ("partner", "device"))
        self._proofs = Proofs()
        self._tls = settings.listening.tls
        self._tokens = Tokens(self._database, partners, settings.token_lifetime, self._proofs)
        commands = Commands(self._database)
        self._reporters = {
            partner.name: Reporter(partner, partner.reporting, commands, self._database)
            for partner in partners.values()
            if partner.reporting is not None
        }
        self._opener = Opener(commands, self._devices, self._wake_reporter)
        api = API(
            partners,
            self._database,
            self._tokens,
            commands,
            self._devices,
            self._opener,
            self._faults,
            stop,
        )
        servers = {"": Server(settings.listening, api.answer)}
        if settings.control is not None:
            control = self._make_control(settings.control.token)
            servers["control"] = Server(settings.control.listening, control.answer)
        super().__init__(servers)

    def begin(self) -> None:
        """Begins to open and to report, also what an earlier process left."""
        self._opener.start()
        for reporter in self._reporters.values():
            reporter.start()

    def end(self) -> None:
        """Ends the threads; the store keeps what they had before them."""
        self._opener.stop()
        for reporter in self._reporters.values():
            reporter.stop(2)

    def _wake_reporter(self, partner: str) -> None:
        reporter = self._reporters.get(partner)
        if reporter is not None:
            reporter.wake()

    def _make_control(self, token: str) -> Control:
        control = Control(token)
        state = State(self._database, self._devices, self._faults)
        control.add("GET", "/control/state", state.answer)
        control.post("/control/faults", self._set_fault)
        control.post("/control/devices", self._change_device)
        control.post("/control/report", self._redirect_reports)
        control.post("/control/tokens:revoke", self._revoke_tokens)
        control.post("/control/clients", self._change_client)
        return control

    def _set_fault(self, body: Section) -> object:
        self._faults.set(body)
        return {"faults": self._faults.describe()}

    def _change_device(self, body: Section) -> object:
        partner, device = body.text("partner"), body.text("device")
        state = body.text("state", choices=DEVICE_STATES)
        body.finish()
        if not self._devices.change(partner, device, state):
            raise body.error("device", "is unknown")
        return {"partner": partner, "device": device, "state": state}

    def _redirect_reports(self, body: Section) -> object:
        reporter = self._reporters.get(body.text("partner"))
        base = body.text("base_uri").rstrip("/")
        token = body.text("token_uri", f"{base}/oauth2/token")
        body.finish()
        if reporter is None:
            raise body.error("partner", "is unknown, or makes no reports")
        try:
            reporter.redirect(base, token)
        except ValueError as problem:
            raise body.error("base_uri", str(problem)) from None
        return {"base_uri": base, "token_uri": token}

    def _revoke_tokens(self, body: Section) -> object:
        partner = body.text("partner")
        body.finish()
        return {"revoked": self._tokens.revoke_all(partner)}

    def _change_client(self, body: Section) -> object:
        client, method = body.text("client"), body.text("method", choices=METHODS)
        proof = Proof(
            method, body.text("public_key", ""), body.text("key_id", ""), body.text("subject", ""))
        authority = body.text("authority", "")
        body.finish()
        if not self._tokens.knows(client):
            raise body.error("client", "is unknown")
        try:
            self._proofs.set(client, proof)
            if authority and self._tls is not None:
                # Of connections from now on.
                self._tls.load_verify_locations(cadata=authority)
                self._tls.verify_mode = ssl.CERT_OPTIONAL
        except (ValueError, ssl.SSLError) as problem:
            raise body.error("public_key", str(problem)) from None
        return {"client": client, "method": method}


def main() -> int:
    """Runs the simulator."""
    return run("partner", lambda section, stop: PartnerSimulator(read_settings(section), stop))
