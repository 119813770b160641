"""A person is asked, in a browser, what an app of somebody else may do."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
import unittest
import uuid
from dataclasses import replace
from urllib.parse import urlencode

# A class that is imported by its name would run its tests here, too.
import test_sign_in
from covers import covers
from page import Page
from stack.wait import until


class ConsentTests(test_sign_in.SignInTests):
    """At the page of the process without TLS, by what the tests of signing in know of it."""

    # Those have been run there.
    test_from_the_invitation_to_a_token = None
    test_a_browser_that_remembers = None
    test_languages_and_ways_around = None

    def third_party(self, tenant: str, *scopes: str) -> test_sign_in.SignInTests.App:
        """Registers an app of somebody else."""
        back = test_sign_in.Callback()
        self.addCleanup(back.close)
        client = f"app-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run(
            "client", "create", tenant, client, "--kind", "app", "--auth-method", "none",
            "--third-party", *(part for scope in scopes for part in ("--scope", scope)),
            "--redirect-uri", "http://127.0.0.1/callback")
        return self.App(client, back, " ".join(scopes), secrets.token_urlsafe(48))

    def ask(self, page: Page, app: test_sign_in.SignInTests.App, **more: str) -> None:
        """Sends the browser to the authorization endpoint, where a person has to decide."""
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(app.verifier.encode()).digest()).rstrip(b"=").decode()
        app.back.queries.clear()
        query = urlencode({
            "response_type": "code", "client_id": app.client, "redirect_uri": app.back.uri,
            "scope": app.scope, "code_challenge": challenge, "code_challenge_method": "S256",
            **more})
        page.run(f"location.assign({json.dumps(f'{self.plain.rest}/oauth2/authorize?{query}')})")
        # Until the browser is there, there may be no such element.
        page.until("document.getElementById('title')?.textContent === 'Allow this app?'")

    def decide(self, page: Page, app: test_sign_in.SignInTests.App, button: str) -> dict[str, str]:
        """Presses a button; what the app gets."""
        page.run(
            "[...document.querySelectorAll('button')]"
            f".find((one) => one.textContent === {json.dumps(button)}).click()")
        page.until("location.pathname === '/callback'")
        return {name: values[0] for name, values in app.back.queries[0].items()}

    @covers("S-C19", "S-H5", "C82")
    def test_allowed_refused_and_withdrawn(self) -> None:
        """asks once, tells the app of a refusal, and ends the app's tokens when it is withdrawn"""
        tenant = f"n-{uuid.uuid4().hex[:12]}"
        made = self.stack.artel.run(
            "tenant", "create", tenant, "--kind", "store", "--display-name", "Лавка",
            "--administrator", "boss@example.org")
        page = self.open("/sign-in#" + made["invitation"].partition("#")[2])
        self.title(page, "Choose a password")
        self.answer(page, "four words of mine")
        self.title(page, "Set up an authenticator")
        self.answer(page, self.code(page.run("document.querySelector('code').textContent")))
        self.title(page, "Keep your recovery codes")
        page.run("document.querySelector('button.primary').click()")
        self.title(page, "You are signed in")
        app = self.third_party(tenant, "people:read", "sessions:read", "sessions:write")
        silent = self.sent_back(page, app, prompt="none")
        self.assertEqual(silent["error"], "consent_required")
        self.ask(page, app)
        asked = page.run("document.querySelector('main').textContent")
        self.assertIn(app.client, asked)
        self.assertIn("See the members", asked)
        self.assertEqual(self.decide(page, app, "Do not allow")["error"], "access_denied")
        self.ask(page, app)
        token = self.redeem(app, self.decide(page, app, "Allow"))
        members = self.rest.get("/v1/members", token["access_token"])
        self.assertEqual(members.status, 200)
        self.assertNotIn("login", members.json()["members"][0])
        # Remembered: no page is shown, and no question asked.
        again = self.redeem(app, self.sent_back(page, app, prompt="none"))
        own = again["access_token"]
        consents = self.rest.get("/v1/consents", own).json()["consents"]
        self.assertEqual([one["client"] for one in consents], [f"clients/{app.client}"])
        # But for an app that wants to ask.
        self.ask(page, app, prompt="consent")
        self.decide(page, app, "Allow")
        answer = self.rest.send(
            "POST", "/v1/consents:withdraw",
            json.dumps({"client": f"clients/{app.client}"}).encode(), own,
            {"content-type": "application/json"})
        self.assertEqual(answer.status, 200, answer.body)
        for one in (token, again):
            until(
                "the token is refused",
                lambda one=one: self.rest.get("/v1/consents", one["access_token"]).status == 401, 5)
            form = {
                "grant_type": "refresh_token", "client_id": app.client,
                "refresh_token": one["refresh_token"]}
            answer = self.rest.send(
                "POST", "/oauth2/token", urlencode(form).encode(), None,
                {"content-type": "application/x-www-form-urlencoded"})
            self.assertEqual(answer.json()["error"], "invalid_grant")
        self.assertEqual(
            self.sent_back(page, app, prompt="none")["error"], "consent_required")
        self.shown_and_hidden(page, tenant)

    def shown_and_hidden(self, page: Page, tenant: str) -> None:
        """A login is shown by its scope, and no more once that is withdrawn."""
        app = self.third_party(
            tenant, "people:read", "people.contacts:read", "sessions:write", "sessions:read")
        self.ask(page, app)
        token = self.redeem(app, self.decide(page, app, "Allow"))["access_token"]
        members = self.rest.get("/v1/members", token).json()["members"]
        self.assertEqual(members[0]["login"], "boss@example.org")
        answer = self.rest.send(
            "POST", "/v1/consents:withdraw",
            json.dumps({"client": f"clients/{app.client}"}).encode(), token,
            {"content-type": "application/json"})
        self.assertEqual(answer.status, 200, answer.body)
        time.sleep(1)
        self.assertNotIn(b"boss@example.org", self.rest.get("/v1/members", token).body)
        # Who allows less shows less.
        app = replace(app, scope="people:read")
        self.ask(page, app)
        token = self.redeem(app, self.decide(page, app, "Allow"))["access_token"]
        members = self.rest.get("/v1/members", token).json()["members"]
        self.assertEqual([one.get("login") for one in members], [None])


if __name__ == "__main__":
    unittest.main()
