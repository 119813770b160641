"""A tenant with an administrator who has a password, an authenticator and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
import uuid
from typing import Any
from urllib.parse import unquote

import environment
from curl import Curl

PASSWORD = "four words of mine"


def code(secret: str, later: int = 0) -> str:
    """What an authenticator shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int(time.time() + later) // 30)
    digest = hmac.new(key, step, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place:place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


class Tenancy:
    """One tenant; its administrator comes by the invitation, over REST."""

    def __init__(self, display_name: str = "Лавка", kind: str = "store", name: str = "") -> None:
        """Makes it."""
        self.stack = environment.stack()
        self.rest = Curl(environment.plain().rest)
        self.name = name or f"k-{uuid.uuid4().hex[:12]}"
        self.host = f"{self.name}.artel.localhost"
        self.login = "boss@example.org"
        run = self.stack.artel.run
        if name:
            invitation = run("tenant", "invite", name, self.login)["invitation"]
            run("tenant", "console", name)
        else:
            invitation = run(
                "tenant", "create", self.name, "--kind", kind, "--display-name", display_name,
                "--administrator", self.login)["invitation"]
        secret = unquote(invitation.partition("invitation=")[2].partition("&")[0])
        begun = self._post(":acceptInvitation", invitation=secret, password=PASSWORD)
        self.authenticator = self._post(":beginAuthenticator", signIn=begun["token"])["secret"]
        done = self._post(
            ":enrolAuthenticator", signIn=begun["token"], code=code(self.authenticator))
        self._recovery = list(done["recoveryCodes"])

    def recovery(self) -> str:
        """A recovery code that was not used yet."""
        return self._recovery.pop()

    def sql(self, text: str) -> list[list[str]]:
        """Asks the database, as its owner."""
        return self.stack.cluster.query(text)

    def age(self, seconds: int) -> None:
        """Makes every sign-in of the tenant older."""
        self.sql(
            "UPDATE artel.session SET sign_in_time = sign_in_time - interval "
            f"'{seconds} s' WHERE tenant_id = (SELECT tenant_id FROM artel.tenant WHERE name = "
            f"'{self.name}') RETURNING 1")

    def _post(self, method: str, **message: str) -> dict[str, Any]:
        answer = self.rest.post(f"/v1/signIns{method}", message)
        if answer.status != 200:
            raise AssertionError(answer.body)
        return dict(answer.json())
