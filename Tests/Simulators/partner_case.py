"""What the tests of the partner have in common."""

from __future__ import annotations

import tempfile
import time
import unittest
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from certificate import make_certificate
from client import Client, Response, basic
from platform_double import PlatformDouble
from process import Process

DEADLINE = "2099-01-01T00:00:00Z"


class PartnerCase(unittest.TestCase):
    """Starts a partner with two tenants, and a platform that takes the reports of one."""

    open_delay = 0.05
    token_lifetime = 600

    def setUp(self) -> None:
        """Starts both."""
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.certificate, self.key = make_certificate(self.folder)
        (self.folder / "control-token").write_text("control-secret\n")
        self.platform = PlatformDouble(self.certificate, self.key)
        self.addCleanup(self.platform.stop)
        self.process = Process("partner", self.settings(), self.folder)
        self.addCleanup(self.process.stop)
        self.connect()

    def connect(self) -> None:
        """Connects to the process that runs now."""
        self.client = Client(str(self.process.ready["address"]), self.certificate)
        self.control = Client(str(self.process.ready["control_address"]))
        self.addCleanup(self.client.close)
        self.addCleanup(self.control.close)

    def settings(self) -> dict[str, Any]:
        """Returns the settings."""
        return {
            "tls": {"certificate_file": "certificate.pem", "key_file": "key.pem"},
            "control": {"port": 0, "token_file": "control-token"},
            "store": "partner.sqlite",
            "token_lifetime_seconds": self.token_lifetime,
            "open_delay_seconds": self.open_delay,
            "partners": [
                {
                    "name": "intercoms",
                    "clients": [{"id": "artel: alpha", "secret": "alpha+secret %:"}],
                    "devices": [
                        {"id": "door-1"},
                        {"id": "door-2"},
                        {"id": "gate/3"},
                        {"id": "dark", "state": "offline"},
                        {"id": "stuck", "state": "jammed"},
                    ],
                    "report": {
                        "base_uri": self.platform.address,
                        "client_id": "partner:1",
                        "client_secret": "sec ret+%",
                        "ca_file": "certificate.pem",
                        "attempts": 6,
                        "first_delay_seconds": 0.02,
                    },
                },
                {
                    "name": "barriers",
                    "clients": [
                        {"id": "artel-beta", "secret": "beta-secret"},
                        {"id": "reader", "secret": "reader-secret", "scopes": ["devices:read"]},
                    ],
                    "devices": [{"id": "door-1"}],
                },
            ],
        }

    def token(self, name: str = "artel: alpha", secret: str = "alpha+secret %:") -> str:
        """Returns an access token."""
        form = {"grant_type": "client_credentials"}
        response = self.client.form("/oauth2/token", form, Authorization=basic(name, secret))
        self.assertEqual(response.status, 200, response.body)
        return response.json()["access_token"]

    def open(
        self,
        key: str,
        device: str = "door-1",
        token: str | None = None,
        command: str = "commands/c-1",
        deadline: str = DEADLINE,
    ) -> Response:
        """Asks to open a device."""
        return self.client.post(
            f"/v1/devices/{device}/open",
            {"command": command, "deadline": deadline},
            Authorization=f"Bearer {token or self.token()}",
            Idempotency_Key=key,
        )

    def status(self, key: str) -> Response:
        """Asks for the state of a command."""
        return self.client.call(
            "GET", f"/v1/commands/{key}", Authorization=f"Bearer {self.token()}"
        )

    def fault(self, fault: str, **more: object) -> None:
        """Sets a fault."""
        response = self.order("/control/faults", {"fault": fault, **more})
        self.assertEqual(response.status, 200, response.body)

    def order(self, path: str, body: object) -> Response:
        """Posts to the control interface."""
        return self.control.post(path, body, Authorization="Bearer control-secret")

    def state(self, key: str | None = None) -> dict[str, Any]:
        """Returns what the control interface shows."""
        query = f"?key={key}" if key else ""
        path = f"/control/state{query}"
        response = self.control.call("GET", path, Authorization="Bearer control-secret")
        self.assertEqual(response.status, 200, response.body)
        return response.json()

    def command(self, key: str) -> dict[str, Any]:
        """Returns one command as the control interface shows it."""
        return self.state(key)["commands"][0]

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds."""
        end = time.monotonic() + 20
        while not holds():
            self.assertLess(time.monotonic(), end, "it did not come to that")
            time.sleep(0.02)

    def opened(self, key: str) -> None:
        """Waits until a device opened, and checks that it was once."""
        self.until(lambda: self.command(key)["state"] == "EXECUTED")
        self.assertEqual(self.command(key)["openings"], 1)

    @staticmethod
    def new_key() -> str:
        """Returns a key."""
        return str(uuid.uuid4())
