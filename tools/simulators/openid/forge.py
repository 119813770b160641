"""Tokens to order, for tests that attack: any claim, any header, any algorithm."""

from __future__ import annotations

from collections.abc import Callable

from openid.claims import access_claims
from openid.jose import CannotSign, base64url, sign, sign_der, signing_input
from openid.keys import Key
from openid.provider import Provider
from openid.sessions import Session
from openid.settings import User
from shared.clock import now
from shared.settings import Section

SIGNATURES = ("good", "flipped", "empty", "der", "truncated")


class Forge:
    """Makes tokens for `POST /control/tokens`."""

    def __init__(self, providers: dict[str, Provider], issuer: Callable[[str], str]) -> None:
        """Takes the realms, and what names the issuer of each."""
        self._providers = providers
        self._issuer = issuer

    def make(self, body: Section) -> dict[str, object]:
        """Makes one token.

        It begins as the access token of a user at a client. `claims` and `header` replace
        members, or remove them by null; `offsets` sets times in seconds from now.
        """
        provider = self._provider(body)
        session = self._session(body, provider)
        claims = access_claims(provider.realm, session)
        claims.update({name: int(now()) + _seconds(body, name) for name in body.object("offsets")})
        claims = _replace(claims, body.object("claims"))
        algorithm = body.text("algorithm", provider.realm.algorithm)
        key, kid = self._key(body, provider, algorithm)
        header = _replace({"alg": algorithm, "typ": "JWT", "kid": kid}, body.object("header"))
        signature = body.text("signature", "good", SIGNATURES)
        body.finish()
        data = signing_input(header, claims)
        try:
            signed = _sign(signature, algorithm, key, data)
        except CannotSign as problem:
            raise body.error("algorithm", f"does not go with the key: {problem}") from None
        token = f"{data.decode()}.{base64url(signed)}"
        return {"token": token, "header": header, "claims": claims}

    def _provider(self, body: Section) -> Provider:
        provider = self._providers.get(body.text("realm"))
        if provider is None:
            raise body.error("realm", "is unknown")
        return provider

    def _session(self, body: Section, provider: Provider) -> Session:
        users = provider.realm.users
        name = body.text("username", next(iter(users), "nobody"))
        nobody = User(name, "", "00000000-0000-4000-8000-000000000000", (), (), {})
        user = users.get(name, nobody)
        client = body.text("client", next(iter(provider.realm.clients), "none"))
        issuer = self._issuer(provider.realm.name)
        return Session(user, client, " ".join((*user.scopes, "profile", "email")), issuer)

    def _key(self, body: Section, provider: Provider, algorithm: str) -> tuple[Key, str]:
        """Returns the key that signs, and the identifier that the header names."""
        choice = body.text("key", "current")
        family = "ES256" if algorithm.startswith("ES") else "RS256"
        current = provider.keys.current(family)
        if choice == "current":
            return current, current.kid
        if choice == "foreign":
            # Claims to be the published key: only the signature gives it away.
            return provider.keys.foreign(family), current.kid
        key = provider.keys.find(choice)
        if key is None:
            raise body.error("key", "current, foreign, or the kid of a key is wanted")
        return key, key.kid


def _seconds(body: Section, name: str) -> int:
    value = body.object("offsets")[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise body.error(f"offsets.{name}", "a whole number of seconds is wanted")
    return value


def _replace(values: dict[str, object], changes: dict[str, object]) -> dict[str, object]:
    merged = {**values, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def _sign(signature: str, algorithm: str, key: Key, data: bytes) -> bytes:
    if signature == "empty":
        return b""
    if signature == "der":
        return sign_der(key.private, data)
    signed = sign(algorithm, key.private, data)
    if signature == "flipped" and signed:
        return bytes([signed[0] ^ 1]) + signed[1:]
    return signed[:-1] if signature == "truncated" else signed
