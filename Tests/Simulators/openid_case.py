"""What the tests of the OpenID provider have in common."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any

from certificate import make_certificate
from client import Client, Response
from process import Process


class OpenIDCase(unittest.TestCase):
    """Starts a provider with two realms: `alpha` signs by RS256, `beta` by ES256."""

    with_tls = False
    process: Process

    @classmethod
    def setUpClass(cls) -> None:
        """Starts it once for all tests of a class, since its keys take a moment."""
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = Path(scratch.name)
        cls.certificate, _ = make_certificate(cls.folder)
        (cls.folder / "control-token").write_text("control-secret\n")
        cls.process = Process("openid", cls.settings(), cls.folder)
        cls.addClassCleanup(cls.process.stop)

    def setUp(self) -> None:
        """Connects, and ends the faults of the test before."""
        self.client = Client(str(self.process.ready["address"]), self.certificate)
        self.control = Client(str(self.process.ready["control_address"]))
        self.addCleanup(self.client.close)
        self.addCleanup(self.control.close)
        self.order("/control/faults", {"fault": "none"})

    @classmethod
    def settings(cls) -> dict[str, Any]:
        """Returns the settings."""
        users = [
            {
                "username": "anna",
                "password": "pass word+%",
                "sub": "11111111-1111-4111-8111-111111111111",
                "roles": ["resident"],
                "scopes": ["residential.access:open", "residential.access:read"],
                "claims": {"locale": "ru"},
            },
            {"username": "boris", "password": "b", "scopes": ["residential.access:read"]},
        ]
        alpha = {
            "name": "alpha",
            "audience": ["artel"],
            "revoke_refresh_token": True,
            "clients": [
                {"id": "mobile"},
                {"id": "reader", "secret": "s:%", "scopes": ["residential.access:read"]},
            ],
            "users": users,
        }
        beta = {
            "name": "beta",
            "algorithm": "ES256",
            "audience": ["artel", "account"],
            "access_token_lifetime_seconds": 60,
            "refresh_token_lifetime_seconds": 1,
            "clients": [{"id": "mobile"}],
            "users": users,
        }
        settings: dict[str, Any] = {
            "control": {"token_file": "control-token"},
            "realms": [alpha, beta],
        }
        if cls.with_tls:
            settings["tls"] = {"certificate_file": "certificate.pem", "key_file": "key.pem"}
        return settings

    def order(self, path: str, body: object) -> Response:
        """Posts to the control interface."""
        return self.control.post(path, body, Authorization="Bearer control-secret")

    def state(self, realm: str = "alpha") -> dict[str, Any]:
        """Returns what the control interface shows of a realm."""
        good = {"Authorization": "Bearer control-secret"}
        response = self.control.call("GET", "/control/state", **good)
        self.assertEqual(response.status, 200, response.body)
        return response.json()["realms"][realm]

    def ask(self, realm: str = "alpha", **form: str) -> Response:
        """Asks for a token at the public client."""
        form = {"client_id": "mobile", **form}
        return self.client.form(f"/realms/{realm}/protocol/openid-connect/token", form)

    def sign_in(self, realm: str = "alpha", **form: str) -> dict[str, Any]:
        """Signs Anna in."""
        anna = {"grant_type": "password", "username": "anna", "password": "pass word+%"}
        response = self.ask(realm, **anna, **form)
        self.assertEqual(response.status, 200, response.body)
        return response.json()

    def keys(self, realm: str = "alpha") -> list[dict[str, str]]:
        """Fetches the key set."""
        return self.client.call("GET", f"/realms/{realm}/protocol/openid-connect/certs").json()[
            "keys"
        ]

    def forge(self, **order: object) -> str:
        """Orders a token."""
        response = self.order("/control/tokens", {"realm": "alpha", **order})
        self.assertEqual(response.status, 200, response.body)
        return response.json()["token"]
