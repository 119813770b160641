"""A person signs in, in a browser, and not straight on: reloads, wrong codes, requests that end."""

from __future__ import annotations

import json
import unittest
import uuid
from typing import Any
from urllib.parse import urlencode

import environment
import test_sign_in
from case import SystemCase
from covers import covers
from curl import Curl
from page import Page

PASSWORD = "four words of mine"
# The challenge of RFC 7636 appendix B.
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
LOGIN = "boss+1@example.org"


class DetourTests(SystemCase):
    """At the page of the process without TLS."""

    open = test_sign_in.SignInTests.open
    answer = test_sign_in.SignInTests.answer
    title = test_sign_in.SignInTests.title
    code = staticmethod(test_sign_in.SignInTests.code)

    @classmethod
    def connect(cls) -> None:
        """Talks to the second process."""
        cls.plain = environment.plain()
        cls.rest = Curl(cls.plain.rest)

    def invite(self) -> tuple[str, str]:
        """A new tenant's name, and what stands behind `#` for its first administrator."""
        tenant = f"n-{uuid.uuid4().hex[:12]}"
        made = self.stack.artel.run(
            "tenant", "create", tenant, "--kind", "store", "--display-name", "Лавка",
            "--administrator", LOGIN)
        return tenant, made["invitation"].partition("#")[2]

    def reload(self, page: Page) -> None:
        """Opens the page anew, as a telephone does with a tab that it had dropped."""
        page.run("document.documentElement.id = 'before'; location.reload()")
        page.until(
            "document.documentElement?.id !== 'before'"
            " && Boolean(document.querySelector('h1')?.textContent)")

    def press(self, page: Page, text: str) -> None:
        """Presses a button by what is on it."""
        found = (
            "[...document.querySelectorAll('button')]"
            f".find((one) => one.textContent === {json.dumps(text)})")
        page.until(f"Boolean({found})")
        page.run(f"{found}.click()")

    def error(self, page: Page, text: str) -> None:
        """Waits for what the page says has gone wrong."""
        page.until(
            f"document.getElementById('error').textContent.startsWith({json.dumps(text)})")

    def known(self, page: Page) -> Any:
        """Whose password is asked for, as a password manager sees it."""
        return page.run(
            "(() => { const one = document.querySelector('form [autocomplete=username]');"
            " return one && one.readOnly ? one.value : null; })()")

    def ask(self, method: str, **message: Any) -> Any:
        """Calls a method of signing in by REST."""
        answer = self.rest.post(f"/v1/signIns:{method}", message)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    @covers("B12", "S-H10")
    def test_an_invitation(self) -> None:
        """goes on behind a reload with the same key, takes a code with a space and sends no half one,
        and after too many wrong ones asks for the password that was set"""
        tenant, wish = self.invite()
        page = self.open("/sign-in#" + wish)
        self.title(page, "Choose a password")
        self.assertEqual(page.run("document.activeElement.id"), "field")
        self.assertEqual(
            page.run("document.getElementById('field').getAttribute('aria-describedby')"),
            "hint error")
        self.answer(page, "short")
        self.error(page, "This is too short")
        invalid = "document.getElementById('field').getAttribute('aria-invalid')"
        self.assertEqual(page.run(invalid), "true")
        # Not accepted yet: a reload has the same invitation.
        self.reload(page)
        self.title(page, "Choose a password")
        self.assertEqual(page.run(invalid), "false")
        self.answer(page, PASSWORD)
        self.title(page, "Set up an authenticator")
        key = page.run("document.querySelector('code').textContent")
        self.reload(page)
        self.title(page, "Set up an authenticator")
        self.assertEqual(page.run("document.querySelector('code').textContent"), key)
        self.assertEqual(page.run("document.getElementById('tenant').textContent"), "Лавка")
        # Neither the password nor the key is kept.
        kept = page.run("JSON.stringify(sessionStorage)")
        self.assertNotIn(PASSWORD, kept)
        self.assertNotIn(key, kept)
        # What is no code costs no attempt, so that five are left.
        self.answer(page, "123 45")
        self.error(page, "Enter the six digits")
        now = self.code(key)
        for _ in range(5):
            self.answer(page, f"{(int(now) + 500_000) % 1_000_000:06}")
            self.error(page, "That is not right")
        self.answer(page, now)
        self.title(page, "Sign in")
        self.error(page, "Your password is set")
        self.assertEqual(page.run("document.getElementById('field').value"), LOGIN)
        self.answer(page, LOGIN)
        page.until("document.getElementById('field').type === 'password'")
        self.answer(page, PASSWORD)
        self.title(page, "Set up an authenticator")
        page.until("document.querySelector('code') !== null")
        now = self.code(page.run("document.querySelector('code').textContent"))
        self.answer(page, f"{now[:3]} {now[3:]}")
        self.title(page, "Keep your recovery codes")
        self.press(page, "I have kept them")
        self.title(page, "You are signed in")
        self.assertEqual(page.run("sessionStorage.length"), 0)
        # The link again, in the same tab: who has a password goes on with it.
        page.run(f"location.hash = {json.dumps(wish)}")
        self.title(page, "Choose a password")
        self.answer(page, "another four words")
        self.error(page, "The invitation was used")
        self.press(page, "I have a password already")
        self.title(page, "Sign in")
        # The link does not say whose it was.
        self.assertEqual(page.run("document.getElementById('field').value"), "")
        self.assertEqual([one for one in page.complaints if '"network"' not in one], [])

    @covers("C81")
    def test_a_sign_in_for_an_app(self) -> None:
        """goes on behind a reload at every step, and says so where the app has waited too long"""
        tenant, wish = self.invite()
        invitation = wish.partition("=")[2].partition("&")[0]
        begun = self.ask("acceptInvitation", invitation=invitation, password=PASSWORD)["token"]
        key = self.ask("beginAuthenticator", signIn=begun)["secret"]
        recovery = self.ask(
            "enrolAuthenticator", signIn=begun, code=self.code(key))["recoveryCodes"]
        back = test_sign_in.Callback()
        self.addCleanup(back.close)
        app = f"app-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run(
            "client", "create", tenant, app, "--kind", "app", "--auth-method", "none", "--scope",
            "people:read", "--redirect-uri", "http://127.0.0.1/callback")
        asked = self.rest.get("/oauth2/authorize?" + urlencode({
            "response_type": "code", "client_id": app, "redirect_uri": back.uri,
            "scope": "people:read", "state": "s1", "code_challenge": CHALLENGE,
            "code_challenge_method": "S256"}))
        self.assertEqual(asked.status, 303, asked.body)
        page = self.open(asked.header("location") or "")
        self.title(page, "Sign in")
        self.reload(page)
        self.title(page, "Sign in")
        self.answer(page, LOGIN)
        page.until("document.getElementById('field').type === 'password'")
        self.reload(page)
        page.until("document.getElementById('field').type === 'password'")
        self.assertEqual(self.known(page), LOGIN)
        self.answer(page, PASSWORD)
        self.title(page, "Confirm that it is you")
        self.reload(page)
        self.title(page, "Confirm that it is you")
        self.press(page, "Use a recovery code")
        self.answer(page, recovery[0])
        page.until("location.pathname === '/callback'")
        self.assertEqual(back.queries[0]["state"], ["s1"])
        # A request that has ended: the person is signed in, and the app has to ask again.
        page = self.open(f"/sign-in#tenant={tenant}&authorization=ended")
        self.title(page, "Sign in")
        self.answer(page, LOGIN)
        page.until("document.getElementById('field').type === 'password'")
        self.answer(page, PASSWORD)
        self.title(page, "Confirm that it is you")
        self.press(page, "Use a recovery code")
        self.answer(page, recovery[1])
        self.title(page, "You are signed in")
        self.error(page, "What the app asked for has ended")
        self.assertEqual(page.run("sessionStorage.length"), 0)

    def test_what_is_kept(self) -> None:
        """forgets what it was for after ten minutes, and keeps what is typed in another language"""
        _, wish = self.invite()
        page = self.open("/sign-in#" + wish)
        self.title(page, "Choose a password")
        page.run("document.getElementById('field').value = 'half of it'")
        page.run("document.getElementById('language').click()")
        self.title(page, "Придумайте пароль")
        self.assertEqual(page.run("document.getElementById('field').value"), "half of it")
        page.run(
            "(() => { const kept = JSON.parse(sessionStorage.getItem('sign-in'));"
            " kept.until = Date.now() - 1;"
            " sessionStorage.setItem('sign-in', JSON.stringify(kept)); })()")
        self.reload(page)
        self.title(page, "Nothing to sign in to")
        self.assertEqual(page.run("sessionStorage.length"), 0)

    def test_what_browsers_are_told(self) -> None:
        """lets no other page hold its window, is read by older browsers, and comes by TLS alone
        where there is TLS"""
        secure = Curl(self.stack.server.rest, self.stack.certificates.authority)
        for rest, strict in ((secure, "max-age=31536000"), (self.rest, None)):
            answer = rest.get("/sign-in")
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.header("strict-transport-security"), strict)
            self.assertEqual(answer.header("cross-origin-opener-policy"), "same-origin")
            self.assertEqual(answer.header("x-frame-options"), "DENY")
        self.assertNotIn(b"light-dark", answer.body)
        page = self.open("/sign-in#tenant=alpha")
        self.title(page, "Sign in")
        self.assertEqual(
            page.run("getComputedStyle(document.querySelector('button.primary')).backgroundColor"),
            "rgb(11, 87, 208)")


if __name__ == "__main__":
    unittest.main()
