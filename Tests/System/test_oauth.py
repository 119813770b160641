"""The authorization server, by OAuth clients that are not ours: authlib, and joserfc as a forger."""

from __future__ import annotations

import base64
import hmac
import json
import tempfile
import time
import unittest
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlsplit

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

import environment
from case import SystemCase
from covers import covers
from curl import Curl, Response
from grpc_door import GRPCDoor
from stack.artel import host_name
from stack.tenants import ALPHA, BETA
from stack.wait import until
from tokens import claims_of, header_of

_TOKEN = "/oauth2/token"
_TENANT = "artel.tenancy.v1.TenantService/GetTenant"
_CREATE = "artel.auth.v1.TokenService/CreateToken"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_KINDS = {
    "ES256": lambda: ECKey.generate_key("P-256"),
    "PS256": lambda: RSAKey.generate_key(2048),
    "EdDSA": lambda: OKPKey.generate_key("Ed25519"),
}


class OAuthCase(SystemCase):
    """Clients of the test's own."""

    def setUp(self) -> None:
        """Makes a folder."""
        folder = tempfile.TemporaryDirectory(prefix="artel-oauth-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def client(self, *more: str, tenant=ALPHA, kind: str = "partner") -> tuple[str, str]:
        """Makes a client; returns its identifier and its secret, which may be empty."""
        name = f"client-{uuid.uuid4().hex[:12]}"
        made = self.stack.artel.run(
            "client", "create", tenant.name, name, "--kind", kind, "--scope",
            "residential.access:read", *more)
        return name, made.get("client_secret") or ""

    def signer(self, alg: str = "ES256") -> tuple[str, Any]:
        """Makes a client with a key; returns both."""
        key = _KINDS[alg]()
        public = key.as_dict(private=False) | {"kid": "k1", "alg": alg, "use": "sig"}
        file = self.folder / f"{uuid.uuid4().hex}.json"
        file.write_text(json.dumps({"keys": [public]}))
        name, secret = self.client(
            "--auth-method", "private_key_jwt", "--key-set", str(file))
        self.assertEqual(secret, "")
        return name, key

    def session(self, client: str, secret: Any, method: str) -> OAuth2Session:
        """A client of authlib."""
        session = OAuth2Session(
            client, secret, token_endpoint_auth_method=method,
            token_endpoint=self.rest.address + _TOKEN)
        # Proxies and authorities of the environment are not ours.
        session.trust_env = False
        session.verify = str(self.stack.certificates.authority)
        self.addCleanup(session.close)
        return session

    def metadata(self, tenant=ALPHA) -> dict[str, Any]:
        """The metadata of a tenant's authorization server."""
        response = self.rest.get(f"/.well-known/oauth-authorization-server/{tenant.name}")
        self.assertEqual(response.status, 200, response.body)
        return response.json()

    def issuer(self, tenant=ALPHA) -> str:
        """A tenant's issuer."""
        return f"https://{host_name(tenant)}"

    def assert_refused(self, response: Response, status: int, error: str) -> None:
        """Checks an error of RFC 6749 section 5.2."""
        self.assertEqual((response.status, response.json().get("error")), (status, error))
        self.assertIn("no-store", response.header("cache-control") or "")


class ClientTests(OAuthCase):
    """Clients authenticate, each by its own method."""

    @covers("S-C1", "S-C27")
    def test_authlib_gets_tokens(self) -> None:
        """gives authlib tokens by every method that it has, and no token by another than the
        client's own"""
        post = self.client("--auth-method", "client_secret_post")
        basic = self.client("--auth-method", "client_secret_basic")
        for method, (client, secret) in (
            ("client_secret_post", post), ("client_secret_basic", basic),
        ):
            token = self.session(client, secret, method).fetch_token()
            self.assertEqual((token["expires_in"], token["token_type"]), (600, "Bearer"))
            self.assertNotIn("refresh_token", token)
            self.assertEqual(self.rest.get("/v1/tenant", token["access_token"]).status, 200)
            other = {"client_secret_post": "client_secret_basic"}.get(method, "client_secret_post")
            refused = self.session(client, secret, other)
            with self.assertRaisesRegex(Exception, "invalid_client"):
                refused.fetch_token()

    @covers("S-C12")
    def test_authlib_signs_assertions(self) -> None:
        """takes authlib's assertions with each algorithm of the metadata"""
        listed = self.metadata()["token_endpoint_auth_signing_alg_values_supported"]
        self.assertEqual(set(listed), set(_KINDS))
        for alg in listed:
            name, key = self.signer(alg)
            for _ in range(2):
                session = self.session(name, key, "private_key_jwt")
                # Its own life of an hour is longer than the platform takes.
                session.register_client_auth_method(
                    PrivateKeyJWT(
                        self.issuer(), {"exp": int(time.time()) + 60}, {"kid": "k1"}, alg))
                token = session.fetch_token()
                self.assertEqual(self.rest.get("/v1/tenant", token["access_token"]).status, 200)

    @covers("S-C12")
    def test_forged_assertions(self) -> None:
        """refuses what joserfc forges, and an assertion that was used, at the other process too"""
        name, key = self.signer()
        public = key.as_pem(private=False)
        now = int(time.time())

        def claims(**more: Any) -> dict[str, Any]:
            full = {
                "iss": name, "sub": name, "aud": self.issuer(), "exp": now + 60,
                "jti": uuid.uuid4().hex,
            } | more
            return {name: value for name, value in full.items() if value is not None}

        def signed(**more: Any) -> str:
            return jwt.encode({"alg": "ES256", "kid": "k1"}, claims(**more), key)

        def ask(text: str, door: Curl | None = None) -> Response:
            return (door or self.rest).form(
                _TOKEN,
                f"grant_type=client_credentials&client_assertion_type={quote_plus(_ASSERTION)}"
                f"&client_assertion={quote_plus(text)}")

        other = Curl(environment.plain().rest)
        good = signed()
        self.assertEqual(ask(good).status, 200)
        self.assert_refused(ask(good), 401, "invalid_client")
        self.assert_refused(ask(good, other), 401, "invalid_client")
        self.assertEqual(ask(signed(), other).status, 200)
        stranger = ECKey.generate_key("P-256")
        none = jwt.encode(
            {"alg": "none", "kid": "k1"}, claims(), key, algorithms=["none"])
        # By hand: joserfc refuses to make a secret of a public key.
        mac = _mac({"alg": "HS256", "kid": "k1"}, claims(), public)
        for text in (
            none, mac, jwt.encode({"alg": "ES256", "kid": "k1"}, claims(), stranger),
            signed(aud=self.issuer(BETA)), signed(aud=self.issuer() + _TOKEN),
            signed(exp=None), signed(exp=now - 60),
        ):
            self.assert_refused(ask(text, other), 401, "invalid_client")


class CertificateTests(OAuthCase):
    """Certificates authenticate clients, and tokens are bound to them."""

    def certified(self, client: str, folder: str) -> tuple[Path, Path]:
        """A certificate of the client's by its tenant's authority."""
        out = self.folder / folder
        self.stack.artel.run("client", "certificate", ALPHA.name, client, "--out", str(out))
        return out / f"{client}.pem", out / f"{client}.key"

    def door(self, identity: tuple[Path, Path]) -> GRPCDoor:
        """The gRPC door with a certificate."""
        door = GRPCDoor(
            self.stack.server.grpc, self.stack.certificates.authority, identity,
            host_name(ALPHA))
        self.addCleanup(door.close)
        return door

    @covers("S-B4", "S-B5", "S-B7", "S-B9")
    def test_bound_tokens(self) -> None:
        """gives a client a token by its certificate alone, which is good with that alone"""
        name, _ = self.client("--auth-method", "tls_client_auth")
        mine = self.door(self.certified(name, "first"))
        made = mine.call(_CREATE, {"grant_type": "client_credentials", "client_id": name})
        self.assertEqual(made.code, "OK", made.message)
        token = made.json["access_token"]
        bound = claims_of(token)["cnf"]["x5t#S256"]
        self.assertEqual(len(bound), 43)
        self.assertEqual(mine.call(_TENANT, token=token).code, "OK")
        refused = self.rest.get("/v1/tenant", token)
        self.assert_error(refused, 401, "UNAUTHENTICATED", "TOKEN_INVALID")
        renewed = self.door(self.certified(name, "second"))
        answer = renewed.call(_TENANT, token=token)
        self.assertEqual((answer.code, answer.reason), ("UNAUTHENTICATED", "TOKEN_INVALID"))
        # By the certificate without a token, as ever.
        self.assertEqual(renewed.call(_TENANT).code, "OK")
        over_rest = self.rest.form(_TOKEN, f"grant_type=client_credentials&client_id={name}")
        self.assert_refused(over_rest, 401, "invalid_client")

    @covers("S-B4", "S-C2")
    def test_another_clients_certificate(self) -> None:
        """gives a client no token by another's certificate"""
        first, _ = self.client("--auth-method", "tls_client_auth")
        second, _ = self.client("--auth-method", "tls_client_auth")
        door = self.door(self.certified(second, "second"))
        answer = door.call(_CREATE, {"grant_type": "client_credentials", "client_id": first})
        self.assertEqual((answer.code, answer.reason), ("UNAUTHENTICATED", "INVALID_CLIENT"))

    @covers("S-B19", "S-C25")
    def test_a_revoked_certificate(self) -> None:
        """refuses a revoked certificate and what is bound to it, also over an open connection"""
        name, _ = self.client("--auth-method", "tls_client_auth")
        door = self.door(self.certified(name, "first"))
        made = door.call(_CREATE, {"grant_type": "client_credentials", "client_id": name})
        token = made.json["access_token"]
        thumbprint = claims_of(token)["cnf"]["x5t#S256"]
        self.assertEqual(door.call(_TENANT, token=token).code, "OK")
        self.stack.artel.run("token", "revoke", ALPHA.name, "--certificate", thumbprint)
        until("it is refused", lambda: door.call(_TENANT).code == "UNAUTHENTICATED", 2)
        self.assertEqual(door.call(_TENANT, token=token).code, "UNAUTHENTICATED")


class MetadataTests(OAuthCase):
    """What clients find out, and keys."""

    @covers("S-C27")
    def test_metadata(self) -> None:
        """lists what works, by the path and by the issuer's host"""
        found = self.metadata()
        self.assertEqual(found["issuer"], self.issuer())
        for path in (
            "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
        ):
            by_host = self.rest.get(path, host=host_name(ALPHA))
            self.assertEqual(by_host.json(), found)
            self.assertEqual(self.rest.get(f"{path}/{ALPHA.name}").json(), found)
            self.assertEqual(self.rest.get(f"{path}/nobody").status, 404)
        for name, path in (
            ("token_endpoint", _TOKEN), ("revocation_endpoint", "/oauth2/revoke"),
            ("introspection_endpoint", "/oauth2/introspect"),
        ):
            self.assertEqual(found[name], self.issuer() + path)
            self.assertEqual(self.rest.form(path, "").status, 400)
        self.assertEqual(found["authorization_endpoint"], self.issuer() + "/oauth2/authorize")
        self.assert_refused(self.rest.get("/oauth2/authorize"), 400, "invalid_request")
        listed = set(found["grant_types_supported"])
        name, secret = self.client()
        for grant in ("client_credentials", "authorization_code", "refresh_token", "password"):
            response = self.rest.form(
                _TOKEN, f"grant_type={grant}&client_id={name}&client_secret={secret}")
            known = response.json().get("error") != "unsupported_grant_type"
            self.assertEqual(known, grant in listed, grant)

    @covers("S-C27", "S-C28")
    def test_keys(self) -> None:
        """publishes keys that joserfc verifies with, a new one before it signs; a dropped one
        verifies nothing from then on"""
        name, secret = self.client(tenant=BETA)
        path = urlsplit(self.metadata(BETA)["jwks_uri"]).path

        def keys() -> KeySet:
            document = self.rest.get(path).json()
            for key in document["keys"]:
                self.assertFalse({"d", "p", "q", "k"} & set(key))
            return KeySet.import_key_set(document)

        def token() -> str:
            response = self.rest.form(
                _TOKEN,
                f"grant_type=client_credentials&client_id={name}&client_secret={secret}")
            self.assertEqual(response.status, 200, response.body)
            return str(response.json()["access_token"])

        first = token()
        jwt.decode(first, keys())
        new = self.stack.artel.run("key", "rotate", BETA.name)["kid"]
        # Not before readers of the document have had time to see it.
        self.assertNotEqual(header_of(token())["kid"], new)
        self.assertEqual(self.rest.get("/v1/tenant", first).status, 200)
        self.stack.artel.run("key", "drop", BETA.name, str(header_of(first)["kid"]))
        until("it is refused", lambda: self.rest.get("/v1/tenant", first).status == 401, 2)
        other = Curl(environment.plain().rest)
        until("it is refused", lambda: other.get("/v1/tenant", first).status == 401, 2)
        second = token()
        self.assertNotEqual(header_of(second)["kid"], header_of(first)["kid"])
        until("it is good", lambda: self.rest.get("/v1/tenant", second).status == 200, 10)


def _mac(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    """A token that is signed with a text as HMAC's secret."""

    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    signed = f"{part(json.dumps(header).encode())}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.digest(secret, signed.encode(), 'sha256'))}"


if __name__ == "__main__":
    unittest.main()
