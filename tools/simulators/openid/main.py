"""Puts the OpenID simulator together."""

from __future__ import annotations

from openid.api import API, FAULTS
from openid.forge import Forge
from openid.provider import Provider
from openid.settings import Settings, read_settings
from shared.control import Control
from shared.faults import Faults
from shared.message import Answer, Request
from shared.process import Simulator, Stop, run
from shared.server import Server
from shared.settings import Section


class OpenIDSimulator(Simulator):
    """The provider's interface and its control interface."""

    def __init__(self, settings: Settings, stop: Stop) -> None:
        """Makes the keys and binds the ports."""
        self._base = settings.base_uri
        self._providers = {name: Provider(realm) for name, realm in settings.realms.items()}
        self._faults = Faults(FAULTS, ("realm",))
        self._api = API(self._providers, self._issuer, self._faults, stop)
        self._public = Server(settings.listening, self._api.answer)
        servers = {"": self._public}
        if settings.control is not None:
            control = self._make_control(settings.control.token)
            servers["control"] = Server(settings.control.listening, control.answer)
        super().__init__(servers)

    def _issuer(self, realm: str) -> str:
        return f"{self._base or self._public.address}/realms/{realm}"

    def _make_control(self, token: str) -> Control:
        control = Control(token)
        control.add("GET", "/control/state", self._state)
        control.post("/control/tokens", Forge(self._providers, self._issuer).make)
        control.post("/control/keys:rotate", self._rotate)
        control.post("/control/faults", self._set_fault)
        return control

    def _state(self, _: Request) -> Answer:
        counts = self._api.counts()
        realms = {
            name: {
                "issuer": self._issuer(name),
                "requests": counts[name],
                "keys": provider.keys.describe(),
                "users": {user.username: user.subject for user in provider.realm.users.values()},
            }
            for name, provider in self._providers.items()
        }
        return Answer.json(200, {"realms": realms, "faults": self._faults.describe()})

    def _rotate(self, body: Section) -> object:
        provider = self._providers.get(body.text("realm"))
        keep = body.flag("keep", True)
        body.finish()
        if provider is None:
            raise body.error("realm", "is unknown")
        provider.keys.rotate(keep)
        return {"keys": provider.keys.describe()}

    def _set_fault(self, body: Section) -> object:
        self._faults.set(body)
        return {"faults": self._faults.describe()}


def main() -> int:
    """Runs the simulator."""
    return run("openid", lambda section, stop: OpenIDSimulator(read_settings(section), stop))
