"""The provider's interface: discovery, keys, tokens."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

from openid.discovery import discovery_document
from openid.grants import answer_token_request
from openid.provider import Provider
from shared.faults import Fault, Faults
from shared.message import Answer, Refusal, Request, error
from shared.process import Stop

EVERYWHERE = ("certs", "discovery", "token")
FAULTS: dict[str, tuple[str, ...]] = {
    "slow": EVERYWHERE,
    "error500": EVERYWHERE,
    "bad_json": EVERYWHERE,
    "oversize": EVERYWHERE,
    "redirect": EVERYWHERE,
    "drop": EVERYWHERE,
    "garbage_jwks": ("certs",),
    "empty_jwks": ("certs",),
    "wrong_issuer": ("discovery",),
}

_OVERSIZE = 16 << 20
_GARBAGE = {
    "keys": [
        {"kty": "RSA", "kid": "no-modulus", "alg": "RS256", "use": "sig", "e": "AQAB"},
        {"kty": "RSA", "kid": "not-base64", "alg": "RS256", "use": "sig", "n": "***", "e": "!"},
        {"kty": "EC", "kid": "off-curve", "alg": "ES256", "crv": "P-256", "x": "AQ", "y": "AQ"},
        {"kty": "oct", "kid": "secret", "alg": "HS256", "k": "c2VjcmV0"},
        {"kid": 7},
        "text",
        None,
    ]
}


class API:
    """Answers discovery, key and token requests."""

    def __init__(
        self,
        providers: dict[str, Provider],
        issuer: Callable[[str], str],
        faults: Faults,
        stop: Stop,
    ) -> None:
        """Takes the realms, and what names the issuer of each."""
        self._providers = providers
        self._issuer = issuer
        self._faults = faults
        self._stop = stop
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()

    def counts(self) -> dict[str, dict[str, int]]:
        """Returns how often each endpoint of each realm was asked."""
        with self._lock:
            return {
                realm: {endpoint: self._counts[(realm, endpoint)] for endpoint in EVERYWHERE}
                for realm in self._providers
            }

    def answer(self, request: Request) -> Answer:
        """Answers one request."""
        match request.segments:
            case ["realms", realm, ".well-known", "openid-configuration"]:
                endpoint, method = "discovery", "GET"
            case ["realms", realm, "protocol", "openid-connect", "certs"]:
                endpoint, method = "certs", "GET"
            case ["realms", realm, "protocol", "openid-connect", "token"]:
                endpoint, method = "token", "POST"
            case ["realms", realm, "protocol", "openid-connect", "auth"]:
                # Discovery must name it; nobody signs in to a simulator with a browser.
                raise error(501, "not_implemented")
            case _:
                raise error(404, "not_found")
        provider = self._providers.get(realm)
        if provider is None:
            raise error(404, "realm_unknown")
        if request.method != method:
            raise error(405, "method_not_allowed", Allow=method)
        with self._lock:
            self._counts[(realm, endpoint)] += 1
        fault = self._faults.take(endpoint, realm=realm)
        self._before(fault, request)
        return self._after(fault, self._usual(provider, endpoint, request))

    def _usual(self, provider: Provider, endpoint: str, request: Request) -> Answer:
        issuer = self._issuer(provider.realm.name)
        if endpoint == "discovery":
            return Answer.json(200, discovery_document(issuer, provider))
        if endpoint == "certs":
            return Answer.json(200, {"keys": provider.keys.published()}, Cache_Control="no-cache")
        return answer_token_request(provider, issuer, request)

    def _before(self, fault: Fault | None, request: Request) -> None:
        """Does what a fault does instead of the answer."""
        match fault.name if fault else "":
            case "slow":
                self._stop.sleep(fault.seconds if fault else 0)
            case "error500":
                raise error(500, "internal")
            case "drop":
                raise Refusal(Answer(disconnect=True))
            case "redirect":
                location = (fault.location if fault else "") or f"/elsewhere{request.path}"
                raise Refusal(Answer(307, headers={"Location": location}))
            case "garbage_jwks":
                raise Refusal(Answer.json(200, _GARBAGE))
            case "empty_jwks":
                raise Refusal(Answer.json(200, {"keys": []}))

    def _after(self, fault: Fault | None, answer: Answer) -> Answer:
        """Does what a fault does to the answer."""
        match fault.name if fault else "":
            case "bad_json":
                return Answer(answer.status, answer.body[:-1] + b",,", answer.headers)
            case "oversize":
                return Answer(answer.status, answer.body + b" " * _OVERSIZE, answer.headers)
            case "wrong_issuer":
                body = answer.body.replace(b'"issuer": "', b'"issuer": "https://other.invalid/', 1)
                return Answer(answer.status, body, answer.headers)
        return answer
