"""Signing in, refreshing, and the profile of the tokens."""

from __future__ import annotations

import hashlib
import time

from client import basic
from openid_case import OpenIDCase
from verify import decode, parts, verifies


class Tokens(OpenIDCase):
    """The provider as an application sees it."""

    def test_describes_itself(self) -> None:
        path = "/realms/alpha/.well-known/openid-configuration"
        document = self.client.call("GET", path).json()
        issuer = f"{self.process.ready['address']}/realms/alpha"
        self.assertEqual(document["issuer"], issuer)
        self.assertEqual(document["jwks_uri"], f"{issuer}/protocol/openid-connect/certs")
        self.assertEqual(document["token_endpoint"], f"{issuer}/protocol/openid-connect/token")
        self.assertEqual(document["grant_types_supported"], ["password", "refresh_token"])
        self.assertIn("residential.access:open", document["scopes_supported"])

    def test_publishes_a_key_for_each_algorithm_and_one_for_encryption(self) -> None:
        keys = {(key["kty"], key["alg"], key["use"]) for key in self.keys()}
        wanted = {("RSA", "RS256", "sig"), ("EC", "ES256", "sig"), ("RSA", "RSA-OAEP", "enc")}
        self.assertEqual(keys, wanted)
        self.assertNotEqual(self.keys()[0]["kid"], self.keys("beta")[0]["kid"])

    def test_makes_access_tokens_as_keycloak_does(self) -> None:
        token = self.sign_in()["access_token"]
        self.assertTrue(verifies(token, self.keys()))
        self.assertFalse(verifies(token, self.keys("beta")))
        header, claims, _ = parts(token)
        self.assertEqual((header["alg"], header["typ"]), ("RS256", "JWT"))
        self.assertEqual(claims["typ"], "Bearer")
        self.assertEqual(claims["iss"], f"{self.process.ready['address']}/realms/alpha")
        self.assertEqual(claims["aud"], "artel")
        self.assertEqual(claims["azp"], "mobile")
        self.assertEqual(claims["sub"], "11111111-1111-4111-8111-111111111111")
        self.assertEqual(claims["realm_access"], {"roles": ["resident"]})
        self.assertEqual(claims["preferred_username"], "anna")
        self.assertEqual(claims["locale"], "ru")
        self.assertEqual(claims["exp"] - claims["iat"], 600)
        self.assertLessEqual(abs(claims["auth_time"] - time.time()), 5)
        self.assertEqual(
            claims["scope"], "residential.access:open residential.access:read profile email"
        )

    def test_signs_by_es256_for_a_list_of_audiences(self) -> None:
        body = self.sign_in("beta", scope="openid residential.access:open")
        self.assertEqual((body["expires_in"], body["refresh_expires_in"]), (60, 1))
        self.assertTrue(verifies(body["access_token"], self.keys("beta")))
        header, claims, _ = parts(body["access_token"])
        self.assertEqual((header["alg"], claims["aud"]), ("ES256", ["artel", "account"]))
        self.assertTrue(verifies(body["id_token"], self.keys("beta")))
        identity = parts(body["id_token"])[1]
        self.assertEqual((identity["typ"], identity["aud"]), ("ID", "mobile"))
        half = hashlib.sha256(body["access_token"].encode()).digest()[:16]
        self.assertEqual(decode(identity["at_hash"]), half)

    def test_gives_no_identity_where_none_is_asked_for(self) -> None:
        body = self.sign_in(scope="residential.access:open")
        self.assertEqual(body["scope"], "residential.access:open")
        self.assertNotIn("id_token", body)

    def test_gives_only_scopes_that_person_and_client_share(self) -> None:
        reader = {"client_id": "reader", "client_secret": "s:%"}
        body = self.sign_in(**reader)
        self.assertEqual(body["scope"], "residential.access:read profile email")
        for form in (
            {"username": "boris", "password": "b", "scope": "residential.access:open"},
            {"username": "anna", "password": "pass word+%", "scope": "everything"},
        ):
            response = self.ask(grant_type="password", **form)
            self.assertEqual((response.status, response.code()), (400, "invalid_scope"))

    def test_derives_the_same_subject_for_the_same_person(self) -> None:
        boris = self.state()["users"]["boris"]
        body = self.ask(grant_type="password", username="boris", password="b").json()
        self.assertEqual(parts(body["access_token"])[1]["sub"], boris)
        self.assertNotEqual(self.state("beta")["users"]["boris"], boris)

    def test_refreshes_once_with_each_token(self) -> None:
        first = self.sign_in()
        header, claims, _ = parts(first["refresh_token"])
        self.assertEqual((header["alg"], claims["typ"]), ("HS512", "Refresh"))
        second = self.ask(grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
        self.assertTrue(verifies(second["access_token"], self.keys()))
        self.assertEqual(second["session_state"], first["session_state"])
        reused = self.ask(grant_type="refresh_token", refresh_token=first["refresh_token"])
        self.assertEqual((reused.status, reused.code()), (400, "invalid_grant"))
        after = self.ask(grant_type="refresh_token", refresh_token=second["refresh_token"])
        self.assertEqual(after.json()["error_description"], "Session not active")

    def test_refuses_refresh_tokens_that_are_not_good(self) -> None:
        refresh = self.sign_in()["refresh_token"]
        other = self.client.form(
            "/realms/alpha/protocol/openid-connect/token",
            {"grant_type": "refresh_token", "refresh_token": refresh},
            Authorization=basic("reader", "s:%"),
        )
        self.assertEqual((other.status, other.code()), (400, "invalid_grant"))
        for token in ("x", "..", refresh[:-4] + "AAAA", refresh + "\u00e9"):
            response = self.ask(grant_type="refresh_token", refresh_token=token)
            self.assertEqual((response.status, response.code()), (400, "invalid_grant"), token)
        for realm in ("alpha", "beta"):
            foreign = self.sign_in("beta" if realm == "alpha" else "alpha")["refresh_token"]
            response = self.ask(realm, grant_type="refresh_token", refresh_token=foreign)
            self.assertEqual(response.code(), "invalid_grant")

    def test_refresh_tokens_expire(self) -> None:
        refresh = self.sign_in("beta")["refresh_token"]
        expire = parts(refresh)[1]["exp"]
        while time.time() <= expire:
            time.sleep(0.05)
        response = self.ask("beta", grant_type="refresh_token", refresh_token=refresh)
        self.assertEqual(response.json()["error_description"], "Token is not active")

    def test_refuses_wrong_people_and_wrong_clients(self) -> None:
        for form, status, code in [
            ({"username": "anna", "password": "wrong"}, 401, "invalid_grant"),
            ({"username": "nobody", "password": ""}, 401, "invalid_grant"),
            ({"username": "anna"}, 401, "invalid_grant"),
            ({"password": "x"}, 400, "invalid_request"),
            ({"grant_type": ""}, 400, "invalid_request"),
            ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
            ({"grant_type": "refresh_token"}, 400, "invalid_request"),
            ({"client_id": "unknown"}, 401, "invalid_client"),
            ({"client_id": "reader"}, 401, "invalid_client"),
            ({"client_id": "reader", "client_secret": "wrong"}, 401, "invalid_client"),
        ]:
            response = self.ask(**{"grant_type": "password", **form})
            self.assertEqual((response.status, response.code()), (status, code), form)

    def test_names_realms_routes_and_methods(self) -> None:
        for method, path, status in [
            ("GET", "/realms/gamma/.well-known/openid-configuration", 404),
            ("GET", "/realms/alpha", 404),
            ("GET", "/realms/alpha/protocol/openid-connect/token", 405),
            ("POST", "/realms/alpha/protocol/openid-connect/certs", 405),
            ("GET", "/realms/alpha/protocol/openid-connect/auth", 501),
        ]:
            self.assertEqual(self.client.call(method, path).status, status, path)


class OverTLS(OpenIDCase):
    """The same over TLS."""

    with_tls = True

    def test_names_itself_by_https(self) -> None:
        token = self.sign_in()["access_token"]
        self.assertTrue(verifies(token, self.keys()))
        self.assertTrue(parts(token)[1]["iss"].startswith("https://127.0.0.1:"))
