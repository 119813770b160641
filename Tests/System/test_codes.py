"""A member signs in with a code: from SendCode through the providers to a token of the sign-in."""

from __future__ import annotations

import json
import tempfile
import unittest
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# It knows where the browser of the tests of documents is.
import test_sign_in  # noqa: F401
from case import SystemCase
from covers import covers
from credentials import Credentials
from curl import Curl
from page import Page
from simulators.messages.mail import MailServer
from simulators.messages.sms import SMSProvider
from stack.artel import Doors
from stack.tenants import ALPHA, BETA

PASSWORD = "four words of mine"


class CodeTests(SystemCase):
    """At a process of their own, whose providers are simulators."""

    @classmethod
    def connect(cls) -> None:
        """Starts the providers, and a process that has them."""
        identity = cls.stack.certificates.server("partner")
        cls.mail = MailServer(identity.certificate, identity.key, "artel", "mail secret")
        cls.addClassCleanup(cls.mail.stop)
        cls.sms = SMSProvider("sms secret")
        cls.addClassCleanup(cls.sms.stop)
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        (Path(scratch.name) / "mail").write_text("mail secret\n")
        (Path(scratch.name) / "sms").write_text("sms secret\n")
        cls.server = cls.stack.artel.serve(Doors(tls=False, more={
            "ARTEL_EGRESS_LOOPBACK": ",".join([
                cls.stack.artel.settings["ARTEL_EGRESS_LOOPBACK"],
                f"127.0.0.1:{cls.mail.port}", urlsplit(cls.sms.url).netloc]),
            "ARTEL_SMTP_URL": f"smtp://127.0.0.1:{cls.mail.port}",
            "ARTEL_SMTP_FROM": "codes@artel.localhost",
            "ARTEL_SMTP_USER": "artel",
            "ARTEL_SMTP_PASSWORD_FILE": f"{scratch.name}/mail",
            "ARTEL_SMS_URL": cls.sms.url,
            "ARTEL_SMS_API_KEY_FILE": f"{scratch.name}/sms",
            "ARTEL_SMS_SENDER": "Artel",
        }), "codes")
        cls.addClassCleanup(cls.server.stop)
        cls.rest = Curl(cls.server.rest)

    def send(self, method: str, path: str, message: dict[str, Any], token: str | None = None) -> Any:
        """Sends JSON, and wants 200."""
        answer = self.rest.send(
            method, path, json.dumps(message).encode(), token,
            {"content-type": "application/json"})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def ask(self, method: str, **message: Any) -> Any:
        """Calls a method of signing in."""
        return self.send("POST", f"/v1/signIns:{method}", message)

    def member(self, login: str) -> None:
        """A member of alpha, which takes codes."""
        token = Credentials(self.stack, self.move_in(), self.move_in(BETA)).signed_in(ALPHA.name)
        self.send("PATCH", "/v1/tenant", {"policy": {"allowsCodes": True}}, token)
        made = self.send("POST", "/v1/members", {"login": login}, token)
        invitation = made["uri"].partition("#invitation=")[2].partition("&")[0]
        self.assertEqual(
            self.ask("acceptInvitation", invitation=invitation, password=PASSWORD)["state"],
            "COMPLETE")

    def begin(self, login: str) -> str:
        """Begins a sign-in, and lets it send a code."""
        begun = self.send("POST", "/v1/signIns", {"tenant": ALPHA.name, "login": login})
        self.assertTrue(begun["codeAllowed"])
        self.ask("sendCode", signIn=begun["token"])
        return str(begun["token"])

    @covers("B12", "S-H10")
    def test_by_email(self) -> None:
        """brings a code over TLS, also past a server that is busy and one that drops the line"""
        login = f"m-{uuid.uuid4().hex[:12]}@example.org"
        self.member(login)
        came = len(self.mail.wait(0))
        self.mail.fail("busy", 1)
        begun = self.begin(login)
        mail = self.mail.wait(came + 1)[-1]
        self.assertEqual(
            (mail.sender, mail.recipients, mail.encrypted, mail.user),
            ("codes@artel.localhost", [login], True, "artel"))
        self.assertEqual(mail.subject, "Код для входа · Your sign-in code")
        done = self.ask("proveCode", signIn=begun, code=mail.text[:6])
        self.assertEqual(done["state"], "COMPLETE")
        again = self.rest.post("/v1/signIns:proveCode", {"signIn": begun, "code": mail.text[:6]})
        self.assertEqual(again.reason, "SIGN_IN_ENDED", again.body)
        self.mail.fail("dropped", 1)
        self.begin(login)
        self.mail.wait(came + 2)

    @covers("B12", "C81")
    def test_at_the_page(self) -> None:
        """signs a member in at the page by the code that comes, and takes no wrong one"""
        login = f"m-{uuid.uuid4().hex[:12]}@example.org"
        self.member(login)
        page = Page(f"{self.server.rest}/sign-in#tenant={ALPHA.name}")
        self.addCleanup(page.close)
        self.answer(page, "username", login)
        page.until("document.getElementById('field')?.type === 'password'")
        came = len(self.mail.wait(0))
        self.press(page, "Get a code by e-mail or SMS")
        page.until("document.getElementById('field')?.name === 'code'")
        code = next(
            mail for mail in self.mail.wait(came + 1) if mail.recipients == [login]).text[:6]
        self.answer(page, "code", f"{(int(code) + 1) % 1_000_000:06}")
        page.until("document.getElementById('error').textContent.startsWith('That is not right')")
        self.answer(page, "code", f"{code[:3]} {code[3:]}")
        page.until("document.getElementById('title').textContent === 'You are signed in'")

    @staticmethod
    def answer(page: Page, name: str, text: str) -> None:
        """Fills in the field of that name, and sends it."""
        page.until(f"document.getElementById('field')?.name === {json.dumps(name)}")
        page.run(
            f"document.getElementById('field').value = {json.dumps(text)};"
            "document.querySelector('button.primary').click()")

    @staticmethod
    def press(page: Page, text: str) -> None:
        """Presses the button that says so."""
        page.until(
            "[...document.querySelectorAll('button')]"
            f".some((one) => one.textContent === {json.dumps(text)})")
        page.run(
            "[...document.querySelectorAll('button')]"
            f".find((one) => one.textContent === {json.dumps(text)}).click()")

    @covers("B12")
    def test_by_sms(self) -> None:
        """brings a code past a provider that is down and one without money, and gives up a number
        that does not exist"""
        login = f"+7916{uuid.uuid4().int % 10**7:07}"
        self.member(login)
        self.sms.fail(503, 3)
        begun = self.begin(login)
        message = self.sms.wait(1)[0]
        self.assertEqual((message.phone, message.sender), (login, "Artel"))
        done = self.ask("proveCode", signIn=begun, code=message.text[:6])
        self.assertEqual(done["state"], "COMPLETE")
        attempts = self.sms.attempts
        self.sms.fail(7)
        begun = self.begin(login)
        self.sms.wait_for_attempts(attempts + 1)
        self.ask("sendCode", signIn=begun)
        self.assertEqual(len(self.sms.wait(2)), 2)
        self.assertEqual(self.sms.attempts, attempts + 2)


if __name__ == "__main__":
    unittest.main()
