"""A person signs in, in a browser: from the invitation to a token of an app."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import secrets
import struct
import sys
import threading
import time
import unittest
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from stack.tenants import ALPHA
from stack.wait import until
from tokens import claims_of

# The browser of the tests of documents.
sys.path.append(str(environment.ROOT / "Tests" / "Documents"))
from page import Page  # noqa: E402 (the path above comes first)


class Callback:
    """Where an app waits for its code."""

    def __init__(self) -> None:
        """Listens on a port of loopback."""
        self.queries: list[dict[str, list[str]]] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Keeps what comes, and answers with a page."""

            def do_GET(self) -> None:
                """The browser comes back."""
                if self.path.startswith("/callback"):
                    outer.queries.append(parse_qs(urlsplit(self.path).query))
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>Back</title>")

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.uri = f"http://127.0.0.1:{self._server.server_port}/callback"

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class SignInTests(SystemCase):
    """At the page of the process without TLS."""

    @classmethod
    def connect(cls) -> None:
        """Talks to the second process."""
        cls.plain = environment.plain()
        cls.rest = Curl(cls.plain.rest)

    def open(self, path: str) -> Page:
        """Opens a page in a browser of its own."""
        page = Page(f"{self.plain.rest}{path}")
        self.addCleanup(page.close)
        return page

    def answer(self, page: Page, text: str) -> None:
        """Fills in the one field that there is, and sends it."""
        page.until("document.getElementById('field') !== null")
        page.run(
            f"document.getElementById('field').value = {json.dumps(text)};"
            "document.querySelector('button.primary').click()")

    def title(self, page: Page, text: str) -> None:
        """Waits for what the page wants next."""
        page.until(f"document.getElementById('title').textContent === {json.dumps(text)}")

    @staticmethod
    def code(secret: str, later: int = 0) -> str:
        """What an authenticator shows (RFC 6238)."""
        key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        step = struct.pack(">Q", int(time.time() + later) // 30)
        digest = hmac.new(key, step, hashlib.sha1).digest()
        place = digest[-1] & 15
        number = struct.unpack(">I", digest[place:place + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    @covers("B12", "S-H10", "C81", "S-C21")
    def test_from_the_invitation_to_a_token(self) -> None:
        """brings the first administrator in by the invitation of `artel tenant create`, and gives the
        app that it then uses a token of an administrator who has just signed in"""
        tenant, login = f"n-{uuid.uuid4().hex[:12]}", "boss@example.org"
        made = self.stack.artel.run(
            "tenant", "create", tenant, "--kind", "store", "--display-name", "Лавка",
            "--administrator", login)
        self.assertTrue(
            made["invitation"].startswith(f"https://{tenant}.artel.localhost/sign-in#invitation="))
        page = self.open("/sign-in#" + made["invitation"].partition("#")[2])
        self.title(page, "Choose a password")
        # The secret is neither in the address nor in the history.
        self.assertEqual(page.run("location.href"), f"{self.plain.rest}/sign-in")
        self.answer(page, "short")
        page.until("document.getElementById('error').textContent.startsWith('This is too short')")
        self.answer(page, "four words of mine")
        self.title(page, "Set up an authenticator")
        self.assertEqual(page.run("document.getElementById('tenant').textContent"), "Лавка")
        key = page.run("document.querySelector('code').textContent")
        uri = page.run("document.querySelector('a').href")
        self.assertTrue(uri.startswith("otpauth://totp/"), uri)
        self.assertIn(f"secret={key}", uri)
        self.answer(page, self.code(key))
        self.title(page, "Keep your recovery codes")
        recovery = page.run("[...document.querySelectorAll('li')].map((one) => one.textContent)")
        self.assertEqual(len(set(recovery)), 10)
        page.run("document.querySelector('button.primary').click()")
        self.title(page, "You are signed in")
        # Refused requests aside, the browser has nothing to say against the page.
        self.assertEqual([one for one in page.complaints if '"network"' not in one], [])
        claims = self.use_app(tenant, login, recovery[0])
        self.assertEqual((claims["artel_kind"], claims["amr"][0]), ("administrator", "pwd"))

    @covers("C82", "C83", "S-C19", "S-F15")
    def test_a_browser_that_remembers(self) -> None:
        """signs in once for all apps, shows the session to its person, and signs out everywhere"""
        tenant, login = f"n-{uuid.uuid4().hex[:12]}", "boss@example.org"
        made = self.stack.artel.run(
            "tenant", "create", tenant, "--kind", "store", "--display-name", "Лавка",
            "--administrator", login)
        page = self.open("/sign-in#" + made["invitation"].partition("#")[2])
        self.title(page, "Choose a password")
        self.answer(page, "four words of mine")
        self.title(page, "Set up an authenticator")
        key = page.run("document.querySelector('code').textContent")
        self.answer(page, self.code(key))
        self.title(page, "Keep your recovery codes")
        page.run("document.querySelector('button.primary').click()")
        self.title(page, "You are signed in")
        self.assertEqual(page.run("document.cookie"), "")
        page.until("document.querySelector('p.who')?.textContent === 'boss@example.org'")
        # Opened anew, for nothing.
        self.again(page)
        page.until("document.querySelector('p.who')?.textContent === 'boss@example.org'")
        app = self.app(tenant, "sessions:read", "sessions:write")
        token = self.redeem(app, self.sent_back(page, app))
        self.assertEqual(claims_of(token["access_token"])["amr"], ["pwd", "otp", "mfa"])
        sessions = self.rest.get("/v1/sessions", token["access_token"]).json()["sessions"]
        self.assertEqual([one["current"] for one in sessions], [True])
        self.assertEqual(sessions[0]["device"], "Chrome on Linux")
        self.assertEqual(
            [one["client"] for one in sessions[0]["apps"]], [f"clients/{app.client}"])
        # Another app needs no page at all.
        other = self.app(tenant, "openid")
        silent = self.redeem(other, self.sent_back(page, other, prompt="none"))
        self.assertIn("id_token", silent)
        # Another site's page signs nobody out: there is no cookie of its.
        self.post("/v1/browser:signOut", {}, {"origin": "https://evil.example"})
        self.assertEqual(self.rest.get("/v1/sessions", token["access_token"]).status, 200)
        self.again(page)
        page.until("document.querySelector('button.plain') !== null")
        page.run("document.querySelector('button.plain').click()")
        self.title(page, "You are signed out")
        until("the tokens are refused", lambda: self.rest.get(
            "/v1/sessions", token["access_token"]).status == 401, 5)
        back = self.sent_back(page, app, prompt="none")
        self.assertEqual(back["error"], "login_required")

    def again(self, page: Page) -> None:
        """Opens the page in the same browser, for nothing."""
        page.run("document.documentElement.id = 'before'")
        page.run(f"location.assign({json.dumps(self.plain.rest + '/sign-in')})")
        page.until(
            "document.documentElement?.id !== 'before'"
            " && Boolean(document.querySelector('h1')?.textContent)")

    @dataclass(frozen=True)
    class App:
        """A public client of people."""

        client: str
        back: Callback
        scope: str
        verifier: str

    def app(self, tenant: str, *scopes: str) -> App:
        """Registers one."""
        back = Callback()
        self.addCleanup(back.close)
        client = f"app-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run(
            "client", "create", tenant, client, "--kind", "app", "--auth-method", "none",
            *(part for scope in scopes for part in ("--scope", scope)),
            "--redirect-uri", "http://127.0.0.1/callback")
        return self.App(client, back, " ".join(scopes), secrets.token_urlsafe(48))

    def sent_back(self, page: Page, app: App, **more: str) -> dict[str, str]:
        """What the app gets of a browser that it sends to the authorization endpoint."""
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(app.verifier.encode()).digest()).rstrip(b"=").decode()
        app.back.queries.clear()
        query = urlencode({
            "response_type": "code", "client_id": app.client, "redirect_uri": app.back.uri,
            "scope": app.scope, "code_challenge": challenge, "code_challenge_method": "S256",
            **more})
        page.run(f"location.assign({json.dumps(f'{self.plain.rest}/oauth2/authorize?{query}')})")
        # The page may be one that the app has shown before.
        until("the browser comes back", lambda: bool(app.back.queries), 30)
        until("the browser comes back", lambda: bool(app.back.queries), 30)
        page.until("location.pathname === '/callback'")
        return {name: values[0] for name, values in app.back.queries[0].items()}

    def redeem(self, app: App, answer: dict[str, str]) -> dict[str, Any]:
        """The tokens for a code."""
        self.assertIn("code", answer)
        form = {
            "grant_type": "authorization_code", "client_id": app.client,
            "redirect_uri": app.back.uri, "code": answer["code"], "code_verifier": app.verifier}
        made = self.rest.send(
            "POST", "/oauth2/token", urlencode(form).encode(), None,
            {"content-type": "application/x-www-form-urlencoded"})
        self.assertEqual(made.status, 200, made.body)
        return made.json()

    def post(self, path: str, message: dict[str, Any], fields: dict[str, str]) -> None:
        """Calls as a page would."""
        answer = self.rest.send(
            "POST", path, json.dumps(message).encode(), None,
            {"content-type": "application/json", **fields})
        self.assertEqual(answer.status, 200, answer.body)

    def use_app(self, tenant: str, login: str, recovery: str) -> dict[str, Any]:
        """Signs in for an app, with its code redeemed, and returns what the token says."""
        back = Callback()
        self.addCleanup(back.close)
        app, scope = f"app-{uuid.uuid4().hex[:12]}", "people:read people.contacts:read"
        self.stack.artel.run(
            "client", "create", tenant, app, "--kind", "app", "--auth-method", "none",
            *(part for each in scope.split() for part in ("--scope", each)),
            "--redirect-uri", "http://127.0.0.1/callback")
        verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = self.rest.get("/oauth2/authorize?" + urlencode({
            "response_type": "code", "client_id": app, "redirect_uri": back.uri, "scope": scope,
            "state": "s1", "code_challenge": challenge, "code_challenge_method": "S256"}))
        self.assertEqual(asked.status, 303, asked.body)
        page = self.open(asked.header("location") or "")
        self.title(page, "Sign in")
        self.answer(page, login)
        page.until("document.getElementById('field').type === 'password'")
        self.answer(page, "not the password")
        page.until("document.getElementById('error').textContent.startsWith('That is not right')")
        self.answer(page, "four words of mine")
        self.title(page, "Confirm that it is you")
        page.run("document.querySelector('button.plain').click()")
        self.answer(page, recovery)
        page.until("location.pathname === '/callback'")
        self.assertEqual(len(back.queries), 1)
        query = {name: values[0] for name, values in back.queries[0].items()}
        self.assertEqual(query["state"], "s1")
        self.assertEqual(query["iss"], f"https://{tenant}.artel.localhost")
        form = {
            "grant_type": "authorization_code", "client_id": app, "redirect_uri": back.uri,
            "code": query["code"], "code_verifier": verifier}
        token = self.rest.send(
            "POST", "/oauth2/token", urlencode(form).encode(), None,
            {"content-type": "application/x-www-form-urlencoded"}).json()
        members = self.rest.get("/v1/members", token["access_token"])
        self.assertEqual(members.status, 200, members.body)
        self.assertEqual([one["login"] for one in members.json()["members"]], [login])
        return claims_of(token["access_token"])

    def test_languages_and_ways_around(self) -> None:
        """speaks Russian and English, and says so where there is nothing to sign in to"""
        page = self.open("/sign-in")
        self.title(page, "Nothing to sign in to")
        page.run("document.getElementById('language').click()")
        self.title(page, "Входить некуда")
        self.assertEqual(page.run("document.documentElement.lang"), "ru")
        page = self.open(f"/sign-in#tenant={ALPHA.name}")
        self.title(page, "Sign in")
        self.assertEqual(page.run("document.activeElement.id"), "field")
        self.answer(page, "nobody@example.org")
        page.until("document.getElementById('field').type === 'password'")
        self.answer(page, "whatever it is")
        page.until("document.getElementById('error').textContent.startsWith('That is not right')")
        page = self.open("/sign-in#invitation=alpha.made-up")
        self.title(page, "Choose a password")
        self.answer(page, "four words of mine")
        page.until("document.getElementById('error').textContent.startsWith('The invitation was')")


if __name__ == "__main__":
    unittest.main()
