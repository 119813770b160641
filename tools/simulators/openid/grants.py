"""The token endpoint: sign-in by password, and refresh."""

from __future__ import annotations

import hmac

from openid.provider import Provider
from openid.sessions import RefreshRefused, Session
from openid.settings import PLAIN_SCOPES, Client, User
from shared.form import NO_STORE, invalid_client, oauth_error, read_basic, read_form
from shared.message import Answer, Request


def answer_token_request(provider: Provider, issuer: str, request: Request) -> Answer:
    """Answers a token request (RFC 6749 sections 4.3 and 6)."""
    form = read_form(request)
    client = _authenticate(provider, request, form)
    match form.get("grant_type"):
        case None:
            raise oauth_error(400, "invalid_request", "Missing form parameter: grant_type")
        case "password":
            session = _sign_in(provider, issuer, client, form)
        case "refresh_token":
            session = _refresh(provider, client, form)
        case _:
            raise oauth_error(400, "unsupported_grant_type", "Unsupported grant_type")
    return Answer.json(200, provider.token_response(session), **NO_STORE)


def _authenticate(provider: Provider, request: Request, form: dict[str, str]) -> Client:
    """Returns the client: HTTP Basic, or identifier and secret in the form."""
    basic = read_basic(request)
    if basic is not None and "client_secret" in form:
        raise oauth_error(400, "invalid_request", "the client authenticated twice")
    name, secret = basic or (form.get("client_id", ""), form.get("client_secret", ""))
    client = provider.realm.clients.get(name)
    if client is None or form.get("client_id", name) != name:
        raise invalid_client("Invalid client or Invalid client credentials")
    if client.secret is not None and not _same(secret, client.secret):
        raise invalid_client("Invalid client or Invalid client credentials")
    return client


def _sign_in(provider: Provider, issuer: str, client: Client, form: dict[str, str]) -> Session:
    if "username" not in form:
        raise oauth_error(400, "invalid_request", "Missing parameter: username")
    user = provider.realm.users.get(form["username"])
    # Compared also where there is no such user, so that both take the same way.
    password = user.password if user is not None else ""
    if not _same(form.get("password", ""), password) or user is None:
        raise oauth_error(401, "invalid_grant", "Invalid user credentials")
    scope = _scope(client, user, form.get("scope"))
    return provider.sessions.begin(user, client.identifier, scope, issuer)


def _refresh(provider: Provider, client: Client, form: dict[str, str]) -> Session:
    if "refresh_token" not in form:
        raise oauth_error(400, "invalid_request", "No refresh token")
    try:
        return provider.sessions.resume(form["refresh_token"], client.identifier)
    except RefreshRefused as reason:
        raise oauth_error(400, "invalid_grant", str(reason)) from None


def _scope(client: Client, user: User, asked: str | None) -> str:
    """Returns the scopes: those that were asked for, else all that person and client share."""
    shared = [s for s in user.scopes if client.scopes is None or s in client.scopes]
    if asked is None:
        return " ".join((*shared, "profile", "email"))
    wanted = list(dict.fromkeys(asked.split()))
    if not set(wanted) <= {*shared, *PLAIN_SCOPES}:
        raise oauth_error(400, "invalid_scope", f"Invalid scopes: {asked}")
    return " ".join(wanted)


def _same(shown: str, known: str) -> bool:
    return hmac.compare_digest(
        shown.encode("utf-8", "surrogatepass"), known.encode("utf-8", "surrogatepass")
    )
