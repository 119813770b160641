"""An administrator signs in with a second factor, and looks after the tenant's clients."""

from __future__ import annotations

import unittest
from urllib.parse import urlencode

import environment  # noqa: F401 (it sets the path of what follows)
from case import ConsoleCase
from covers import covers
from tenancy import Tenancy, code


class ClientTests(ConsoleCase):
    """One tenant; each test signs in."""

    tenancy: Tenancy

    @classmethod
    def setUpClass(cls) -> None:
        """Makes the tenant."""
        cls.tenancy = Tenancy()

    def secret_works(self, client: str, secret: str) -> bool:
        """Whether a client gets a token."""
        return self.tenancy.rest.form("/oauth2/token", urlencode({
            "grant_type": "client_credentials", "client_id": client,
            "client_secret": secret})).status == 200

    @covers("A17", "S-H10")
    def test_a_client(self) -> None:
        """signs in with an authenticator; makes a client whose secret is shown once, gives it
        another and shuts it out, after its name was typed"""
        console = self.open(self.tenancy)
        console.sign_in(code(self.tenancy.authenticator, 30))
        console.has("Лавка", "#tenant")
        console.press("Clients", "nav a")
        console.heading("Clients")
        console.has("Console", "tbody")
        console.press("New client")
        console.heading("New client")
        console.press("New client", "form button")
        console.has("This is needed.")
        console.fill("Identifier", "lift-company")
        console.fill("Name", "Lifts")
        console.fill("Scopes", "residential.access:read")
        console.press("New client", "form button")
        console.has("Shown this once", "dialog")
        secret = console.run("document.querySelector('dialog textarea').value")
        # A second Escape closes a dialogue that has prevented the first.
        for kind in ("keyDown", "keyUp") * 3:
            console.command(
                "Input.dispatchKeyEvent", type=kind, key="Escape", code="Escape",
                windowsVirtualKeyCode=27)
        console.press("I have kept it")
        console.heading("Lifts")
        self.assertNotIn(secret, console.run("document.documentElement.outerHTML"))
        client = f"{self.tenancy.name}.lift-company"
        self.assertTrue(self.secret_works(client, secret))
        console.press("New secret")
        console.press("New secret", "form button")
        console.has("Shown this once", "dialog")
        second = console.run("document.querySelector('dialog textarea').value")
        self.assertNotEqual(second, secret)
        console.press("I have kept it")
        self.assertTrue(self.secret_works(client, second))
        self.assertFalse(self.secret_works(client, secret))
        console.press("Shut the client out")
        console.fill("Type the name to confirm", "lift-company")
        self.assertTrue(console.run("document.querySelector('dialog .danger').disabled"))
        console.fill("Type the name to confirm", client)
        console.press("Shut the client out", "dialog button")
        console.has("Let the client in")
        self.assertFalse(self.secret_works(client, second))
        self.quiet(console)

    @covers("A12")
    def test_policy(self) -> None:
        """changes the policy, what was changed alone, and never over what somebody else changed"""
        console = self.signed_in(self.tenancy)
        console.visit("#tenant")
        console.heading("Tenant")
        console.press("Save")
        console.has("Nothing was changed.", "#notice")
        console.fill("Life of access tokens, in seconds", "300")
        console.fill("Name", "Лавка 2")
        console.press("Save")
        console.has("Лавка 2", "#tenant")
        console.until("document.querySelector('main input').value === 'Лавка 2'")
        self.assertEqual(self.tenancy.sql(
            "SELECT access_token_seconds, refresh_idle_seconds FROM artel.tenant WHERE name = "
            f"'{self.tenancy.name}'"), [["300", "3600"]])
        # Beyond the limits: at the field.
        console.fill("Life of access tokens, in seconds", "5")
        console.press("Save")
        console.until("document.activeElement.getAttribute('aria-invalid') === 'true'")
        self.tenancy.sql(
            "UPDATE artel.tenant SET revision = revision + 1 WHERE name = "
            f"'{self.tenancy.name}' RETURNING 1")
        console.fill("Life of access tokens, in seconds", "600")
        console.press("Save")
        console.has("changed meanwhile")


if __name__ == "__main__":
    unittest.main()
