"""One realm at work: its keys, its sessions, its tokens."""

from __future__ import annotations

from openid.claims import access_claims, identity_claims
from openid.jose import access_token_hash, base64url, sign, signing_input
from openid.keys import Key, KeyRing
from openid.sessions import Session, Sessions
from openid.settings import Realm


class Provider:
    """Makes the tokens of a realm."""

    def __init__(self, realm: Realm) -> None:
        """Makes the keys, which takes a moment."""
        self.realm = realm
        self.keys = KeyRing()
        self.sessions = Sessions(realm)

    def token_response(self, session: Session) -> dict[str, object]:
        """Returns the body of a successful token request."""
        key = self.keys.current(self.realm.algorithm)
        claims = access_claims(self.realm, session)
        access = _encode(key, claims)
        body: dict[str, object] = {
            "access_token": access,
            "expires_in": self.realm.access_lifetime,
            "refresh_expires_in": self.realm.refresh_lifetime,
            "refresh_token": self.sessions.refresh_token(session),
            "token_type": "Bearer",
            "not-before-policy": 0,
            "session_state": session.identifier,
            "scope": session.scope,
        }
        if "openid" in session.scope.split():
            identity = identity_claims(session, claims, access_token_hash(access))
            body["id_token"] = _encode(key, identity)
        return body


def _encode(key: Key, claims: dict[str, object]) -> str:
    header: dict[str, object] = {"alg": key.algorithm, "typ": "JWT", "kid": key.kid}
    data = signing_input(header, claims)
    return f"{data.decode()}.{base64url(sign(key.algorithm, key.private, data))}"
