"""What an operator does by commands while the servers run."""

from __future__ import annotations

import time
import unittest
import uuid

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from stack.tenants import ALPHA, AUDIENCE, ISSUER_ALIAS
from stack.wait import until

LOGIN = "boss@example.org"


class OperatorCommandTests(SystemCase):
    """On the shared stack, which stays as it was."""

    def refused(self, *arguments: str) -> str:
        """What a command says that fails."""
        done = self.stack.artel.try_run(*arguments)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        return done.stderr

    def create(self, *more: str) -> tuple[str, dict[str, str]]:
        """Makes a tenant; returns its name and what the command printed."""
        name = f"o-{uuid.uuid4().hex[:12]}"
        return name, self.stack.artel.run(
            "tenant", "create", name, "--kind", "store", "--display-name", "Shop", *more)

    def accept(self, uri: str) -> int:
        """Follows an invitation with a password; returns the status."""
        return self.rest.post("/v1/signIns:acceptInvitation", {
            "invitation": uri.partition("#invitation=")[2].partition("&")[0],
            "password": "four words of mine",
        }).status

    @covers("A12", "S-H10")
    def test_an_invitation_is_made_anew(self) -> None:
        """invites the administrator of a tenant once more, and ends the lost invitation; brings one
        into a tenant that has none"""
        name, made = self.create("--administrator", LOGIN)
        anew = self.stack.artel.run("tenant", "invite", name, LOGIN)["invitation"]
        self.assertTrue(
            anew.startswith(f"https://{name}.artel.localhost/sign-in#invitation="), anew)
        self.assertNotEqual(self.accept(made["invitation"]), 200)
        self.assertEqual(self.accept(anew), 200)
        name, made = self.create()
        self.assertNotIn("invitation", made)
        first = self.stack.artel.run("tenant", "invite", name, LOGIN)["invitation"]
        self.assertEqual(self.accept(first), 200)
        self.assertIn("e-mail address", self.refused("tenant", "invite", name, "boss"))
        self.assertIn("there is no tenant", self.refused("tenant", "invite", "o-nobody", LOGIN))

    def test_the_address_has_the_port_of_the_door(self) -> None:
        """prints the port where the door speaks TLS itself at another than https's own"""
        name, _ = self.create()
        server = self.stack.certificates.server("platform")
        door = {
            "ARTEL_REST_TLS_CERTIFICATE_FILE": str(server.certificate),
            "ARTEL_REST_TLS_KEY_FILE": str(server.key)}
        for port, shown, more in (
                ("8443", ":8443", door), ("443", "", door), ("0", "", door), ("8443", "", {})):
            done = self.stack.artel.try_run(
                "tenant", "invite", name, LOGIN, **(more | {"ARTEL_REST_PORT": port}))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(
                f"https://{name}.artel.localhost{shown}/sign-in#invitation=",
                done.stdout.replace("\\/", "/"))

    @covers("S-A20")
    def test_an_issuer_is_removed(self) -> None:
        """refuses the tokens of an issuer that was removed within a second, at every process"""
        issuer = self.stack.openid.issuer(ALPHA.name)
        doors = (self.rest, Curl(environment.plain().rest))
        token = self.move_in().token()

        def all_are(status: int) -> bool:
            return all(door.get("/v1/tenant", token).status == status for door in doors)

        def add() -> None:
            self.stack.artel.run(
                "issuer", "add", ALPHA.name, ISSUER_ALIAS, "--issuer", issuer, "--audience",
                AUDIENCE)

        self.assertTrue(all_are(200))
        self.assertIn("no such issuer", self.refused("issuer", "remove", ALPHA.name, "nobody"))
        self.stack.artel.run("issuer", "remove", ALPHA.name, ISSUER_ALIAS)
        removed = time.monotonic()
        try:
            until("its token is refused", lambda: all_are(401), 5)
            self.assertLess(time.monotonic() - removed, 2)
        finally:
            add()
            until("its token is good again", lambda: all_are(200), 5)

    def test_nobody_is_revoked(self) -> None:
        """says so where a subject to be revoked is nobody's"""
        for subject in (f"artel:{uuid.uuid4()}", "artel:nobody"):
            said = self.refused("token", "revoke", ALPHA.name, "--subject", subject)
            self.assertIn(f"nobody with the subject {subject}", said)


if __name__ == "__main__":
    unittest.main()
