"""The partner's token endpoint, and the tokens that it gave out."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from partner.database import Database
from partner.proofs import Proofs
from partner.settings import Client, Partner
from shared.clock import now
from shared.form import NO_STORE, invalid_client, oauth_error, read_basic, read_form
from shared.message import Answer, Refusal, Request, error


class Tokens:
    """Bearer tokens for client credentials (RFC 6749 section 4.4)."""

    def __init__(
        self, database: Database, partners: dict[str, Partner], lifetime: int, proofs: Proofs,
    ) -> None:
        """Takes the clients of all partners and the life of a token in seconds."""
        self._proofs = proofs
        self._database = database
        self._lifetime = lifetime
        self._clients = {
            client.identifier: (partner, client)
            for partner in partners.values()
            for client in partner.clients
        }

    def authenticate(self, request: Request) -> tuple[Partner, Client]:
        """Returns the client that the request names and proves, in the client's own way."""
        basic = read_basic(request)
        if basic is None:
            return self._authenticate_form(request)
        name, secret = basic
        known = self._clients.get(name)
        shown = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
        if known is None or not hmac.compare_digest(shown, known[1].secret_hash):
            raise invalid_client()
        if self._proofs.method(name) != "client_secret_basic":
            raise invalid_client("the client proves itself in another way")
        return known

    def _authenticate_form(self, request: Request) -> tuple[Partner, Client]:
        if request.media_type() != "application/x-www-form-urlencoded":
            raise invalid_client("HTTP Basic is wanted")
        form = read_form(request)
        known = self._clients.get(form.get("client_id", ""))
        if known is None or not self._proofs.is_good(
                known[1].identifier, known[1].secret_hash, form, request.certificate):
            raise invalid_client("HTTP Basic is wanted")
        return known

    def knows(self, client: str) -> bool:
        """Whether there is such a client."""
        return client in self._clients

    def issue(self, request: Request, partner: Partner, client: Client) -> Answer:
        """Answers a token request of an authenticated client."""
        form = read_form(request)
        if "client_secret" in form and (
                self._proofs.method(client.identifier) != "client_secret_post"):
            raise oauth_error(400, "invalid_request", "the client authenticated twice")
        if form.get("client_id", client.identifier) != client.identifier:
            raise oauth_error(400, "invalid_request", "client_id is another's")
        grant = form.get("grant_type")
        if grant is None:
            raise oauth_error(400, "invalid_request", "grant_type is missing")
        if grant != "client_credentials":
            raise oauth_error(400, "unsupported_grant_type", "client_credentials is wanted")
        scopes = form["scope"].split() if "scope" in form else list(client.scopes)
        if not set(scopes) <= set(client.scopes):
            raise oauth_error(400, "invalid_scope", "a scope is not the client's")
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as connection:
            time = now()
            connection.execute("delete from token where expire_time <= ?", (time,))
            connection.execute(
                "insert into token (hash, partner, scopes, expire_time) values (?, ?, ?, ?)",
                (_hash(token), partner.name, " ".join(scopes), time + self._lifetime),
            )
        body = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self._lifetime,
            "scope": " ".join(scopes),
        }
        return Answer.json(200, body, **NO_STORE)

    def check(self, request: Request, scope: str) -> str:
        """Returns the name of the partner whose token the request carries (RFC 6750)."""
        authorization = request.header("Authorization")
        if authorization is None:
            raise error(401, "token_missing", WWW_Authenticate="Bearer")
        scheme, _, token = authorization.partition(" ")
        with self._database.transaction() as connection:
            row = connection.execute(
                "select partner, scopes from token where hash = ? and expire_time > ?",
                (_hash(token.strip()), now()),
            ).fetchone()
        if scheme.lower() != "bearer" or row is None:
            raise invalid_token()
        if scope not in row["scopes"].split():
            challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
            raise error(403, "insufficient_scope", WWW_Authenticate=challenge)
        return str(row["partner"])

    def revoke_all(self, partner: str) -> int:
        """Forgets every token of a partner, and returns how many there were."""
        with self._database.transaction() as connection:
            rows = connection.execute("delete from token where partner = ?", (partner,))
            return rows.rowcount


def invalid_token() -> Refusal:
    """Makes the answer to a token that is unknown, expired or revoked."""
    return error(401, "invalid_token", WWW_Authenticate='Bearer error="invalid_token"')


def _hash(token: str) -> bytes:
    """A copy of the store gives no token away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
