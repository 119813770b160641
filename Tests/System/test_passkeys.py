"""A person makes a passkey and signs in with it: in a browser, and by the methods themselves."""

from __future__ import annotations

import unittest
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import environment
import test_sign_in
from case import SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from page import Page
from soft_passkey import PRESENT, SoftPasskey
from tokens import claims_of

SIGN_IN = "artel.people.v1.SignInService"
PASSWORD = "four words of mine"
# The challenge of RFC 7636 appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


class Shop:
    """A tenant with its first administrator, who is invited, and an app."""

    def __init__(self, case: PasskeyTests) -> None:
        """Makes it."""
        self.name = f"p-{uuid.uuid4().hex[:12]}"
        self.host = f"{self.name}.artel.localhost"
        self.login = "boss@example.org"
        run = case.stack.artel.run
        made = run(
            "tenant", "create", self.name, "--kind", "store", "--display-name", "Shop",
            "--administrator", self.login)
        self.invitation = made["invitation"].partition("=")[2].partition("&")[0]
        self.app = f"app-{uuid.uuid4().hex[:12]}"
        run(
            "client", "create", self.name, self.app, "--kind", "app", "--auth-method", "none",
            *(part for scope in ("people:read", "passkeys:read", "passkeys:write")
              for part in ("--scope", scope)),
            "--redirect-uri", "http://127.0.0.1/callback")


class PasskeyTests(SystemCase):
    """At the doors without TLS; the browser comes to the one with it."""

    @classmethod
    def connect(cls) -> None:
        """Talks to the second process."""
        cls.plain = environment.plain()
        cls.rest = Curl(cls.plain.rest)
        cls.door = GRPCDoor(cls.plain.grpc)
        cls.addClassCleanup(cls.door.close)

    # --- In a browser ---------------------------------------------------------------------------

    def browser(self) -> Page:
        """A browser with an authenticator of its own, for which every tenant's host is here."""
        port = urlsplit(self.stack.server.rest).port
        page = Page(
            "about:blank", "--ignore-certificate-errors",
            f"--host-resolver-rules=MAP *.artel.localhost 127.0.0.1:{port}")
        self.addCleanup(page.close)
        page.command("WebAuthn.enable")
        self.authenticator = page.command("WebAuthn.addVirtualAuthenticator", options={
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True})["authenticatorId"]
        return page

    def title(self, page: Page, text: str) -> None:
        """Waits for what the page wants next."""
        page.until(f"document.getElementById('title').textContent === '{text}'")

    def answer(self, page: Page, text: str) -> None:
        """Fills in the one field that there is, and sends it."""
        page.until("document.getElementById('field') !== null")
        page.run(
            f"document.getElementById('field').value = '{text}';"
            "document.querySelector('button.primary').click()")

    def press(self, page: Page, text: str) -> None:
        """Presses a button by what is on it."""
        found = (
            f"[...document.querySelectorAll('button')].find((one) => one.textContent === '{text}')")
        page.until(f"Boolean({found})")
        page.run(f"{found}.click()")

    def wish(self, shop: Shop, back: test_sign_in.Callback) -> str:
        """Where the app's request sends the browser."""
        asked = self.rest.get("/oauth2/authorize?" + urlencode({
            "response_type": "code", "client_id": shop.app, "redirect_uri": back.uri,
            "scope": "people:read passkeys:read passkeys:write", "state": "s1",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256"}))
        self.assertEqual(asked.status, 303, asked.body)
        return f"https://{shop.host}{asked.header('location')}"

    def token(self, shop: Shop, back: test_sign_in.Callback) -> str:
        """What the app gets for the code that came back last."""
        form = {
            "grant_type": "authorization_code", "client_id": shop.app, "redirect_uri": back.uri,
            "code": back.queries[-1]["code"][0], "code_verifier": VERIFIER}
        answer = self.rest.form("/oauth2/token", urlencode(form))
        self.assertEqual(answer.status, 200, answer.body)
        return str(answer.json()["access_token"])

    def credentials(self, page: Page) -> list[dict[str, Any]]:
        """What the browser's authenticator holds."""
        return list(page.command(
            "WebAuthn.getCredentials", authenticatorId=self.authenticator)["credentials"])

    def copy(self, page: Page, credential: dict[str, Any]) -> None:
        """Puts a copy that was never used in the place of the passkey."""
        page.command("WebAuthn.clearCredentials", authenticatorId=self.authenticator)
        page.command(
            "WebAuthn.addCredential", authenticatorId=self.authenticator,
            credential=credential | {"signCount": 0})

    def enrol(self, page: Page, shop: Shop) -> None:
        """Comes in by the invitation, and makes the passkey that is offered then."""
        page.go(f"https://{shop.host}/sign-in#invitation={shop.invitation}")
        self.title(page, "Choose a password")
        self.answer(page, PASSWORD)
        self.title(page, "Set up an authenticator")
        key = page.run("document.querySelector('code').textContent")
        self.answer(page, test_sign_in.SignInTests.code(key))
        self.title(page, "Keep your recovery codes")
        self.press(page, "I have kept them")
        self.title(page, "Sign in without a password next time?")
        self.assertEqual(page.run("document.activeElement.id"), "title")
        self.press(page, "Create a passkey")
        self.title(page, "You are signed in")

    @covers("B12", "S-H10", "C81")
    def test_in_a_browser(self) -> None:
        """offers a passkey behind the first sign-in, takes it for both factors at the next, and
        refuses a copy of it whose counter is behind"""
        shop, page, back = Shop(self), self.browser(), test_sign_in.Callback()
        self.addCleanup(back.close)
        self.enrol(page, shop)
        self.assertEqual([one for one in page.complaints if '"network"' not in one], [])
        made = self.credentials(page)
        self.assertEqual([one["rpId"] for one in made], [shop.host])
        # Another fragment alone would not load the page anew.
        page.go("about:blank")
        page.go(self.wish(shop, back))
        # The browser may already have found it by itself, under the field.
        page.until(
            "location.pathname === '/callback' || [...document.querySelectorAll('button')]"
            ".some((one) => one.textContent === 'Sign in with a passkey' && (one.click(), true))")
        page.until("location.pathname === '/callback'")
        token = self.token(shop, back)
        claims = claims_of(token)
        self.assertEqual(claims["amr"], ["pop", "user", "mfa"])
        self.assertEqual(claims["artel_kind"], "administrator")
        [kept] = self.rest.get("/v1/passkeys", token).json()["passkeys"]
        self.assertIn("useTime", kept)
        member = f"/v1/members/{claims['sub']}/passkeys"
        self.assertEqual(len(self.rest.get(member, token).json()["passkeys"]), 1)
        # A copy that was made before: its counter is behind.
        self.copy(page, made[0])
        page.go("about:blank")
        page.go(f"https://{shop.host}/sign-in#tenant={shop.name}")
        page.until("document.getElementById('field') !== null")
        self.press(page, "Sign in with a passkey")
        page.until("document.getElementById('error').textContent.startsWith('That is not right')")
        # The password and its passkey's button are there as well.
        self.answer(page, shop.login)
        page.until("document.getElementById('field').type === 'password'")
        # Each use counts, those too that the page made by itself.
        self.copy(page, made[0])
        self.press(page, "Sign in with a passkey")
        page.until("document.getElementById('error').textContent.startsWith('That is not right')")
        renamed = self.rest.send(
            "PATCH", f"/v1/{kept['name']}", b'{"displayName": "Laptop"}', token,
            {"content-type": "application/json"})
        self.assertEqual(renamed.json()["displayName"], "Laptop")
        self.assertEqual(self.rest.send("DELETE", f"/v1/{kept['name']}", None, token).status, 200)
        self.assertEqual(self.rest.get("/v1/passkeys", token).json(), {})

    def test_the_offer_can_be_refused(self) -> None:
        """goes on to the app without a passkey, and does not offer one again soon"""
        shop, page, back = Shop(self), self.browser(), test_sign_in.Callback()
        self.addCleanup(back.close)
        signed = self.invited(shop)
        for offered in (True, False):
            page.go("about:blank")
            page.go(self.wish(shop, back))
            self.answer(page, shop.login)
            page.until("document.getElementById('field').type === 'password'")
            self.answer(page, PASSWORD)
            self.title(page, "Confirm that it is you")
            self.press(page, "Use a recovery code")
            page.until("document.getElementById('field').name === 'recovery'")
            self.answer(page, signed["recoveryCodes"].pop())
            if offered:
                self.title(page, "Sign in without a password next time?")
                self.press(page, "Not now")
            page.until("location.pathname === '/callback'")
            self.assertEqual(claims_of(self.token(shop, back))["amr"][0], "pwd")
        self.assertEqual(self.credentials(page), [])

    # --- By the methods -------------------------------------------------------------------------

    def ask(self, method: str, status: int = 200, **message: Any) -> Any:
        """Calls a method of signing in by REST."""
        answer = self.rest.post(f"/v1/signIns:{method}", message)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def invited(self, shop: Shop) -> dict[str, Any]:
        """Comes in by the invitation, without a browser; returns the sign-in."""
        begun = self.ask(
            "acceptInvitation", invitation=shop.invitation, password=PASSWORD)["token"]
        key = self.ask("beginAuthenticator", signIn=begun)["secret"]
        done = self.ask(
            "enrolAuthenticator", signIn=begun, code=test_sign_in.SignInTests.code(key))
        self.assertEqual(done["state"], "COMPLETE")
        return dict(done)

    def refused(
        self, tenant: str, proof: Callable[[], dict[str, Any]], reason: str = "PROOF_WRONG"
    ) -> None:
        """Shows a proof to each door: one of its own, for a challenge is good once."""
        seen = self.rest.post(
            "/v1/signIns:provePasskey", {"tenant": tenant, "assertion": proof()})
        self.assertEqual(seen.reason, reason, seen.body)
        answer = self.door.call(
            f"{SIGN_IN}/ProvePasskey", {"tenant": tenant, "assertion": proof()})
        self.assertEqual(answer.reason, reason)

    @covers("S-H10", "S-D12", "S-C2")
    def test_by_the_methods(self) -> None:
        """takes what python-fido2 makes, and refuses what comes from elsewhere, without its user,
        twice, or with another tenant's passkey, on both doors"""
        shop, other = Shop(self), Shop(self)
        signed = self.invited(shop)
        wish = self.ask("beginPasskeyEnrolment", signIn=signed["token"])
        passkey = SoftPasskey(shop.host)
        self.assertEqual((wish["relyingPartyId"], wish["userName"]), (shop.host, shop.login))
        passkey.origin = f"https://{other.host}"
        self.ask(
            "enrolPasskey", 400, signIn=signed["token"],
            attestation=passkey.create(wish["challenge"]))
        passkey.origin = f"https://{shop.host}"
        made = self.ask(
            "enrolPasskey", signIn=signed["token"], attestation=passkey.create(wish["challenge"]))
        self.assertTrue(made["name"].startswith("passkeys/"))
        handle = wish["userId"]

        def challenge(tenant: str = shop.name, **more: str) -> str:
            return str(self.ask("beginPasskey", tenant=tenant, **more)["challenge"])

        good = passkey.prove(challenge(), handle)
        done = self.ask("provePasskey", tenant=shop.name, assertion=good)
        self.assertEqual(done["state"], "COMPLETE")
        self.refused(shop.name, lambda: good, "SIGN_IN_ENDED")
        method = f"{SIGN_IN}/ProvePasskey"
        begun = self.door.call(
            f"{SIGN_IN}/BeginPasskey", {"tenant": shop.name, "login": shop.login})
        proof = passkey.prove(begun.json["challenge"])
        answer = self.door.call(method, {"tenant": shop.name, "assertion": proof})
        self.assertEqual((answer.code, answer.json["state"]), ("OK", "COMPLETE"))

        for origin in ("https://evil.example", f"http://{shop.host}", f"https://{other.host}"):
            passkey.origin = origin
            self.refused(shop.name, lambda: passkey.prove(challenge(), handle))
        passkey.origin = f"https://{shop.host}"
        self.refused(shop.name, lambda: passkey.prove(challenge(), handle, "webauthn.create"))
        passkey.flags = PRESENT
        self.refused(shop.name, lambda: passkey.prove(challenge(), handle))
        passkey = self.moved(passkey, shop)
        # Another tenant does not know it, with its own challenge or with a foreign one.
        self.refused(other.name, lambda: passkey.prove(challenge(other.name), handle))
        self.refused(
            shop.name, lambda: passkey.prove(challenge(other.name), handle), "SIGN_IN_ENDED")
        moved = self.moved(passkey, other)
        self.refused(other.name, lambda: moved.prove(challenge(other.name), handle))
        # A login that nobody has is asked for a passkey that nobody has.
        decoys = [
            self.ask("beginPasskey", tenant=shop.name, login=login)["credentialIds"]
            for login in ("nobody@example.org", "NOBODY@example.org", "else@example.org")]
        self.assertEqual(decoys[0], decoys[1])
        self.assertNotEqual(decoys[0], decoys[2])

    @staticmethod
    def moved(passkey: SoftPasskey, shop: Shop) -> SoftPasskey:
        """The same key, as if it were of a shop's host, with its user verified."""
        passkey.host, passkey.origin = shop.host, f"https://{shop.host}"
        passkey.flags = SoftPasskey(shop.host).flags
        return passkey


if __name__ == "__main__":
    unittest.main()
