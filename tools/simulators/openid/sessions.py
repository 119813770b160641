"""Sessions of people, and the refresh tokens that continue them."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import uuid
from dataclasses import dataclass, field

from openid.jose import base64url, unbase64url
from openid.settings import Realm, User
from shared.clock import now


class RefreshRefused(Exception):
    """The refresh token is not good; the message says why, as Keycloak puts it."""


@dataclass
class Session:
    """One sign-in at one client."""

    user: User
    client: str
    scope: str
    issuer: str
    identifier: str = field(default_factory=lambda: str(uuid.uuid4()))
    auth_time: int = field(default_factory=lambda: int(now()))
    used: set[str] = field(default_factory=set)


class Sessions:
    """The sessions of a realm, in memory: a new process knows none."""

    def __init__(self, realm: Realm) -> None:
        """Makes the secret of the refresh tokens (HS512: nobody else is to verify them)."""
        self._realm = realm
        self._secret = secrets.token_bytes(64)
        self._kid = str(uuid.uuid4())
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def begin(self, user: User, client: str, scope: str, issuer: str) -> Session:
        """Begins a session."""
        session = Session(user, client, scope, issuer)
        with self._lock:
            self._sessions[session.identifier] = session
            self._forget()
        return session

    def refresh_token(self, session: Session) -> str:
        """Makes a refresh token."""
        time = int(now())
        claims: dict[str, object] = {
            "exp": time + self._realm.refresh_lifetime,
            "iat": time,
            "jti": str(uuid.uuid4()),
            "iss": session.issuer,
            "aud": session.issuer,
            "sub": session.user.subject,
            "typ": "Refresh",
            "azp": session.client,
            "sid": session.identifier,
            "scope": session.scope,
        }
        header = {"alg": "HS512", "typ": "JWT", "kid": self._kid}
        signed = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        return f"{signed}.{base64url(self._mac(signed))}"

    def resume(self, token: str, client: str) -> Session:
        """Returns the session of a refresh token; raises `RefreshRefused`."""
        claims = self._read(token)
        with self._lock:
            session = self._sessions.get(str(claims["sid"]))
            if session is None:
                raise RefreshRefused("Session not active")
            if session.client != client:
                raise RefreshRefused("Invalid refresh token. Token client and authorized client"
                                     " don't match")
            if float(str(claims["exp"])) <= now():
                raise RefreshRefused("Token is not active")
            if self._realm.revoke_refresh_token:
                identifier = str(claims["jti"])
                if identifier in session.used:
                    # Whoever holds the older copy may have stolen it: the session ends for both.
                    del self._sessions[session.identifier]
                    raise RefreshRefused("Maximum allowed refresh token reuse exceeded")
                session.used.add(identifier)
            return session

    def _read(self, token: str) -> dict[str, object]:
        signed, _, signature = token.rpartition(".")
        try:
            if not hmac.compare_digest(unbase64url(signature), self._mac(signed)):
                raise ValueError("signature")
            claims: dict[str, object] = json.loads(unbase64url(signed.partition(".")[2]))
            return claims
        except ValueError:
            raise RefreshRefused("Invalid refresh token") from None

    def _mac(self, signed: str) -> bytes:
        return hmac.digest(self._secret, signed.encode("utf-8", "surrogatepass"), "sha512")

    def _forget(self) -> None:
        """Drops the oldest sessions where there are very many."""
        while len(self._sessions) > 100_000:
            del self._sessions[next(iter(self._sessions))]
