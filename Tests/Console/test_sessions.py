"""Signing in, again and out: what is kept where, and what ends."""

from __future__ import annotations

import json
import unittest

import environment  # noqa: F401 (it sets the path of what follows)
from case import Console, ConsoleCase, names
from covers import covers
from stack.wait import until
from tenancy import Tenancy


class SessionTests(ConsoleCase):
    """One tenant; each test signs in."""

    tenancy: Tenancy

    @classmethod
    def setUpClass(cls) -> None:
        """Makes the tenant."""
        cls.tenancy = Tenancy()

    def tokens(self, console: Console) -> list[str]:
        """Has the page tell which tokens it sends."""
        console.run(
            "window.sent = []; const real = window.fetch; window.fetch = (path, options) => {"
            " const one = options?.headers?.authorization; if (one) window.sent.push(one.slice(7));"
            " return real(path, options); };")
        console.visit("#members")
        console.until("window.sent.length > 0")
        return list(console.run("window.sent"))

    @covers("C82")
    def test_reload(self) -> None:
        """keeps no token where a script of another day finds it; a page that is loaded anew is
        where it was, without a new proof"""
        console = self.signed_in(self.tenancy)
        console.visit("#roles")
        console.heading("Roles")
        token = self.tokens(console)[0]
        console.heading("Members")
        kept = console.run(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,"
            " location.href, history.state])")
        for word in (token, "eyJ", "verifier"):
            self.assertNotIn(word, kept)
        console.visit("#roles")
        console.heading("Roles")
        console.run("window.before = true; location.reload()")
        console.until("window.before === undefined && location.pathname === '/console'")
        console.heading("Roles")
        self.assertEqual(console.run("location.search"), "")
        self.quiet(console)

    @covers("B12", "S-H10")
    def test_step_up(self) -> None:
        """asks for a new sign-in where the last is too old, in a window of its own, and then does
        what was asked for, with all that was typed"""
        console = self.signed_in(self.tenancy)
        self.tenancy.age(400)
        console.run("window.before = true; location.reload()")
        console.until("window.before === undefined && location.pathname === '/console'")
        console.heading("Overview")
        console.visit("#roles/new")
        console.heading("New role")
        console.fill("Identifier", "dispatcher")
        console.fill("Name", "Dispatcher")
        console.fill("Scopes", "openid")
        console.press("New role", "form button")
        console.has("Confirm that it is you", "dialog")
        # Whoever would rather not, loses nothing.
        console.press("Cancel", "dialog button")
        console.has("It was not done", "main")
        self.assertEqual(console.run("document.querySelector('main input').value"), "dispatcher")
        console.press("New role", "form button")
        console.has("Confirm that it is you", "dialog")
        console.press("Sign in", "dialog button")
        console.in_window(console.prove)
        console.heading("Roles")
        console.has("Dispatcher", "tbody")
        self.assertEqual(console.run("document.querySelector('dialog')"), None)

    @covers("S-C19")
    def test_sign_out(self) -> None:
        """ends the session at the platform, with every token that came of it"""
        console = self.signed_in(self.tenancy)
        token = self.tokens(console)[0]
        rest = self.tenancy.rest
        self.assertEqual(rest.get("/v1/members", token).status, 200)
        console.press("Sign out")
        console.has("You are signed out")
        until("the token is refused", lambda: rest.get("/v1/members", token).status == 401, 5)
        # Loaded anew, it asks for a sign-in: nobody is remembered.
        console.run("window.before = true; location.reload()")
        console.until("window.before === undefined")
        console.heading("Sign in to the console")
        self.assertEqual(names(console), [])

    def test_other_tenant(self) -> None:
        """has nothing of another tenant: neither its token nor its answer counts here"""
        other = Tenancy("Other")
        console = self.signed_in(self.tenancy)
        token = self.tokens(console)[0]
        self.assertEqual(self.tenancy.rest.get("/v1/members", token).status, 200)
        console.go(f"https://{other.host}/console")
        console.heading("Sign in to the console")
        status = console.run(
            "fetch('/v1/members', {headers: {authorization: 'Bearer ' + "
            f"{json.dumps(token)}" "}}).then((one) => one.status)")
        self.assertEqual(status, 401)
        # With the page that had it, it has ended at its own host as well.
        self.assertEqual(self.tenancy.rest.get("/v1/members", token).status, 401)
        console.go(
            f"https://{other.host}/console?code=aac_made-up&state=x&iss=https://{other.host}")
        console.heading("You are signed in")
        self.assertEqual(names(console), [])

    def test_made_up_answers(self) -> None:
        """takes no code that it has not asked for, nor one in another issuer's name"""
        console = self.open(self.tenancy)
        console.heading("Sign in to the console")
        for iss, state in (("https://evil.example", "s"), (f"https://{self.tenancy.host}", "t")):
            console.run(
                "sessionStorage.setItem('console-sign-in', JSON.stringify("
                "{state: 's', verifier: 'v', place: '', silent: false}))")
            console.go(
                f"https://{self.tenancy.host}/console?code=aac_x&state={state}&iss={iss}")
            console.has("Nobody was signed in")
            self.assertEqual(console.run("location.search"), "")


if __name__ == "__main__":
    unittest.main()
