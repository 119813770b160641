"""Tokens that are not what they say."""

from __future__ import annotations

import base64
import hmac
import json
import time
import unittest
import uuid
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from stack.artel import BASE_DOMAIN
from stack.rest import Rest
from stack.tenants import ALPHA, APP, BETA
from verdicts import Call, try_both

_TENANT = Call("artel.tenancy.v1.TenantService/GetTenant", "GET", "/v1/tenant")
_INVALID = "UNAUTHENTICATED TOKEN_INVALID"


class ForgedTokenTests(SystemCase):
    """Each is refused at both doors, with one answer that does not say why."""

    @classmethod
    def connect(cls) -> None:
        """Talks to the second process, whose gRPC door needs no certificate."""
        server = environment.plain()
        cls.rest = Curl(server.rest)
        cls.door = GRPCDoor(server.grpc)
        cls.addClassCleanup(cls.door.close)

    def setUp(self) -> None:
        """Somebody of alpha whose tokens are good."""
        self.anna = self.move_in()
        self.assert_verdict("good", self.anna.token(), "OK")

    @covers("S-A1", "S-A2", "S-A3")
    def test_algorithms(self) -> None:
        """refuses alg none, HS256 with the public key, and algorithms that are not the issuer's"""
        for title, order in {
            "none": {"algorithm": "none"},
            "None": {"algorithm": "none", "header": {"alg": "None"}},
            "nOnE": {"algorithm": "none", "header": {"alg": "nOnE"}},
            "none with a signature": {"header": {"alg": "none"}},
            "HS256 with the public key": {"algorithm": "HS256"},
            "ES256 of the same issuer": {"algorithm": "ES256"},
            "RS512": {"algorithm": "RS512"},
            "PS256": {"algorithm": "PS256"},
            "no algorithm": {"header": {"alg": None}},
        }.items():
            self.assert_refused(title, **order)

    @covers("S-A1", "S-A14")
    def test_signatures(self) -> None:
        """refuses signatures that are foreign, changed, cut or missing"""
        for title, order in {
            "foreign key": {"key": "foreign"},
            "changed": {"signature": "flipped"},
            "empty": {"signature": "empty"},
            "cut": {"signature": "truncated"},
        }.items():
            self.assert_refused(title, **order)
        good = self.anna.token()
        head, payload, signature = good.split(".")
        for title, token in {
            "more behind it": good + "AAAA",
            "padding": good + "=",
            "four parts": f"{good}.{signature}",
            "five parts": f"{good}.{signature}.{signature}",
            "two parts": f"{head}.{payload}",
            "another payload": f"{head}.{_changed(payload, scope='audit:read')}."
            f"{signature}",
            "two tokens": f"{good} {good}",
        }.items():
            self.assert_verdict(title, token, _INVALID)

    @covers("S-A8", "S-A9", "S-A10")
    def test_times_and_missing_claims(self) -> None:
        """refuses tokens that are expired, not yet valid, or lack a claim"""
        expired = self.anna.token(offsets={"exp": -11})
        self.assert_verdict("expired", expired, "UNAUTHENTICATED TOKEN_EXPIRED")
        self.assert_verdict("clocks may differ", self.anna.token(offsets={"iat": 5}), "OK")
        for title, order in {
            "not yet": {"offsets": {"nbf": 61}},
            "from the future": {"offsets": {"iat": 61}},
            "exp as text": {"claims": {"exp": "2099"}},
            **{f"no {name}": {"claims": {name: None}}
               for name in ("exp", "iss", "aud", "jti", "azp")},
            "an empty sub": {"claims": {"sub": ""}},
        }.items():
            self.assert_refused(title, **order)

    @covers("S-A11", "S-A12")
    def test_audiences_and_issuers(self) -> None:
        """compares audience and issuer whole"""
        issuer = self.stack.openid.issuer(ALPHA.name)
        for title, claims in {
            "another audience": {"aud": "other"},
            "a longer audience": {"aud": "artel2"},
            "a shorter audience": {"aud": "arte"},
            "a list without us": {"aud": ["account", "other"]},
            "a slash more": {"iss": f"{issuer}/"},
            "another case": {"iss": issuer.upper()},
            "the other tenant's issuer": {"iss": self.stack.openid.issuer(BETA.name)},
            "our own issuer": {"iss": f"https://{ALPHA.name}.{BASE_DOMAIN}"},
            "a stranger": {"iss": "https://stranger.example"},
        }.items():
            self.assert_refused(title, claims=claims)
        self.assert_verdict(
            "a list with us", self.anna.token(claims={"aud": ["account", "artel"]}), "OK")

    @covers("S-A13")
    def test_tokens_of_another_kind(self) -> None:
        """refuses ID tokens and refresh tokens, and types that are not the issuer's"""
        realm = Rest(self.stack.openid.address, self.stack.certificates.authority)
        granted = realm.form(
            f"/realms/{ALPHA.name}/protocol/openid-connect/token", grant_type="password",
            client_id=APP, username=ALPHA.person, scope="openid",
            password=self.stack.demo.password_file(ALPHA).read_text())
        self.assert_verdict("access token", granted["access_token"], "OK")
        for name in ("id_token", "refresh_token"):
            self.assert_verdict(name, granted[name], _INVALID)
        for title, order in {
            "typ ID": {"claims": {"typ": "ID"}},
            "typ Refresh": {"claims": {"typ": "Refresh"}},
            "no typ": {"claims": {"typ": None}},
            "at+jwt of an issuer that has none": {"header": {"typ": "at+jwt"}},
        }.items():
            self.assert_refused(title, **order)

    @covers("S-A4", "S-A6", "S-A7")
    def test_headers_that_point_elsewhere(self) -> None:
        """refuses keys that the token brings or points at, unknown kids, and crit"""
        address = self.stack.openid.address
        before = self.requests()
        for title, header in {
            "jku": {"jku": f"{address}/evil.json"},
            "x5u": {"x5u": f"{address}/evil.pem"},
            "jwk": {"jwk": {"kty": "oct", "k": "AAAA"}},
            "x5c": {"x5c": ["AAAA"]},
            "crit": {"crit": ["exp"]},
            "unknown crit": {"crit": ["nobody"], "nobody": 1},
            "b64": {"b64": False, "crit": ["b64"]},
            "a path as kid": {"kid": "../../../../etc/passwd"},
            "SQL as kid": {"kid": "' OR 1=1 --"},
            "no kid": {"kid": None},
        }.items():
            self.assert_refused(title, header=header)
        after = self.requests()
        self.assertEqual(before["discovery"], after["discovery"])
        # An unknown kid is asked about, at most once in a while.
        self.assertLessEqual(after["certs"] - before["certs"], 2)

    @covers("S-A5")
    def test_a_flood_of_unknown_kids_is_one_question(self) -> None:
        """asks the issuer for its keys at most once for a hundred unknown kids"""
        before = self.requests()
        for number in range(100):
            token = self.anna.token(header={"kid": f"kid-{number}"})
            response = self.rest.get("/v1/tenant", token)
            self.assertEqual(response.status, 401)
        self.assertLessEqual(self.requests()["certs"] - before["certs"], 1)

    @covers("S-A15", "S-A16", "S-A17")
    def test_shapes(self) -> None:
        """refuses large tokens, tokens in the query, two of them, and other schemes"""
        self.assert_too_large(self.anna.token(claims={"more": "x" * 6300}))
        self.assert_too_large(self.anna.token(claims={"more": "x" * 9000}))
        token = self.anna.token()
        for name in ("access_token", "token"):
            response = self.rest.get(f"/v1/tenant?{name}={token}")
            self.assertIn(response.status, (400, 401), response.body)
            self.assertNotIn(token.encode(), response.body)
        twice = self.rest.send(
            "GET", "/v1/tenant", token=token, more=("-H", f"authorization: Bearer {token}"))
        self.assert_error(twice, 400, "INVALID_ARGUMENT")
        for scheme in ("Basic", "Token", ""):
            response = self.rest.get("/v1/tenant", authorization=f"{scheme} {token}".strip())
            self.assert_error(response, 401, "UNAUTHENTICATED", "TOKEN_INVALID")
        nested = _unsigned({"alg": "RS256", "typ": "JWT"}, '{"a":' * 20 + "1" + "}" * 20)
        self.assert_verdict("deep", nested, _INVALID)
        twice_sub = _unsigned({"alg": "RS256", "typ": "JWT"}, '{"sub":"a","sub":"b"}')
        self.assert_verdict("a claim twice", twice_sub, _INVALID)

    @covers("S-A1", "S-A2", "S-A3", "S-A13")
    def test_our_own_issuer_is_not_forged_either(self) -> None:
        """refuses tokens in the name of the tenant's own issuer that its key did not sign"""
        keys = self.rest.get(f"/.well-known/jwks/{ALPHA.name}").json()["keys"]
        self.assertTrue(keys)
        for key in keys:
            self.assertFalse({"d", "p", "q", "k"} & set(key))
        key_id = keys[0]["kid"]
        public = ECKey.import_key(keys[0])
        foreign = ECKey.generate_key("P-256")
        claims = self.own_claims()
        header = {"alg": "ES256", "typ": "at+jwt", "kid": key_id}
        forged = {
            "foreign key": jwt.encode(header, claims, foreign),
            "HS256 with the PEM": _keyed(header, claims, public.as_pem(private=False)),
            "HS256 with the JWK": _keyed(header, claims, json.dumps(keys[0]).encode()),
            "none": _unsigned({**header, "alg": "none"}, json.dumps(claims)),
            "r and s are 0": _unsigned(header, json.dumps(claims), bytes(64)),
        }
        for title, token in forged.items():
            self.assert_verdict(title, token, _INVALID)

    # --- What they have in common ---------------------------------------------------------------

    def assert_too_large(self, token: str) -> None:
        """Checks that a token of more than 8 KiB is refused: as a token, or with its head."""
        self.assertGreater(len(token), 8192)
        self.assertIn(self.rest.get("/v1/tenant", token).status, (401, 431))
        # What libgrpc refuses by itself may cost the connection: one of its own.
        door = GRPCDoor(environment.plain().grpc)
        self.addCleanup(door.close)
        answer = door.call(_TENANT.method, {}, token)
        self.assertIn(answer.code, ("UNAUTHENTICATED", "RESOURCE_EXHAUSTED"))

    def own_claims(self) -> dict[str, Any]:
        """What the platform's own tokens claim."""
        now = int(time.time())
        return {
            "iss": f"https://{ALPHA.name}.{BASE_DOMAIN}", "aud": [f"https://{BASE_DOMAIN}"],
            "sub": ALPHA.console, "client_id": ALPHA.console, "jti": str(uuid.uuid4()),
            "iat": now, "exp": now + 600, "scope": "residential.directory:write",
            "artel_kind": "administrator",
        }

    def requests(self) -> dict[str, int]:
        """How often alpha's provider was asked, by endpoint."""
        realm = self.stack.openid.control.get("/control/state")["realms"][ALPHA.name]
        return {name: realm["requests"].get(name, 0) for name in ("discovery", "certs")}

    def assert_refused(self, title: str, **order: Any) -> None:
        """Checks that a token made to order is refused."""
        self.assert_verdict(title, self.anna.token(**order), _INVALID)

    def assert_verdict(self, title: str, token: str, expected: str) -> None:
        """Checks what both doors say of a token; 401 has its challenge."""
        with self.subTest(title):
            seen = try_both(self.rest, self.door, _TENANT, token)
            self.assertEqual(str(seen.verdict), expected)
            if expected != "OK":
                challenge = seen.rest.header("www-authenticate") or ""
                self.assertTrue(challenge.startswith("Bearer"), challenge)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unsigned(header: dict[str, Any], payload: str, signature: bytes = b"") -> str:
    parts = (json.dumps(header).encode(), payload.encode(), signature)
    return ".".join(_encode(part) for part in parts)


def _keyed(header: dict[str, Any], claims: dict[str, Any], key: bytes) -> str:
    """Signed with HS256 and something public as the key, which joserfc is too careful to do."""
    unsigned = _unsigned(header | {"alg": "HS256"}, json.dumps(claims)).rpartition(".")[0]
    return f"{unsigned}.{_encode(hmac.digest(key, unsigned.encode(), 'sha256'))}"


def _changed(payload: str, **claims: str) -> str:
    old = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return _encode(json.dumps(old | claims).encode())


if __name__ == "__main__":
    unittest.main()
