"""A mail server on loopback, by aiosmtpd, with STARTTLS and faults."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FAULTS = ("none", "busy", "refused", "dropped")


@dataclass(frozen=True)
class Mail:
    """A letter that was taken."""

    sender: str
    recipients: list[str]
    subject: str
    text: str
    encrypted: bool
    user: str


class _AnyPort(Controller):
    """A controller that finds itself where port 0 led to."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = int(self.server.sockets[0].getsockname()[1])
        super()._trigger_server()


class MailServer:
    """Takes letters over TLS from one user, and keeps them."""

    def __init__(self, certificate: Path, key: Path, user: str, password: str) -> None:
        """Begins to listen, at a port of its own."""
        self._condition = threading.Condition()
        self._user, self._password = user, password
        self._fault, self._left = "none", 0
        self.mails: list[Mail] = []
        self.attempts = 0
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self._controller = _AnyPort(
            self, hostname="127.0.0.1", port=0, tls_context=tls, require_starttls=True,
            auth_required=True, authenticator=self._authenticate)
        self._controller.start()
        self.port = self._controller.port

    def fail(self, fault: str, times: int) -> None:
        """The next letters meet a fault."""
        assert fault in FAULTS, fault
        with self._condition:
            self._fault, self._left = fault, times

    def wait(self, count: int, seconds: float = 30) -> list[Mail]:
        """Waits until so many letters were taken."""
        with self._condition:
            assert self._condition.wait_for(lambda: len(self.mails) >= count, seconds), self.mails
            return list(self.mails)

    def stop(self) -> None:
        """Ends it."""
        self._controller.stop()

    def _authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        good = LoginPassword(self._user.encode(), self._password.encode())
        return AuthResult(success=data == good, handled=False, auth_data=self._user)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """Takes a letter, or meets a fault."""
        with self._condition:
            self.attempts += 1
            fault = self._fault if self._left > 0 else "none"
            self._left -= 1
            if fault == "busy":
                return "451 Try again later"
            if fault == "refused":
                return "550 No such mailbox"
            if fault == "dropped":
                # It was read, and the answer is lost.
                server.transport.abort()
                return "421 Gone"
            letter = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append(Mail(
                envelope.mail_from, list(envelope.rcpt_tos), str(letter["subject"]),
                letter.get_content(), session.ssl is not None, str(session.auth_data)))
            self._condition.notify_all()
        return "250 OK"
