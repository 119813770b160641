"""What Keycloak writes into its tokens."""

from __future__ import annotations

import uuid

from openid.sessions import Session
from openid.settings import Realm
from shared.clock import now


def access_claims(realm: Realm, session: Session) -> dict[str, object]:
    """Returns the claims of an access token."""
    time = int(now())
    user = session.user
    claims: dict[str, object] = {
        "exp": time + realm.access_lifetime,
        "iat": time,
        "auth_time": session.auth_time,
        "jti": str(uuid.uuid4()),
        "iss": session.issuer,
        # Keycloak writes a single audience as a text, several as a list, none not at all.
        "aud": realm.audience[0] if len(realm.audience) == 1 else list(realm.audience),
        "sub": user.subject,
        "typ": "Bearer",
        "azp": session.client,
        "sid": session.identifier,
        "acr": "1",
        "realm_access": {"roles": list(user.roles)},
        "scope": session.scope,
    }
    if not realm.audience:
        del claims["aud"]
    if "email" in session.scope.split():
        claims["email_verified"] = False
    claims["preferred_username"] = user.username
    return {**claims, **user.claims}


def identity_claims(session: Session, access: dict[str, object], at_hash: str) -> dict[str, object]:
    """Returns the claims of the ID token that goes with an access token."""
    names = ("exp", "iat", "auth_time", "iss", "sub", "azp", "sid", "acr", "preferred_username")
    return {
        **{name: access[name] for name in names if name in access},
        "jti": str(uuid.uuid4()),
        "aud": session.client,
        "typ": "ID",
        "at_hash": at_hash,
    }
