"""Tokens to order, key rotation, faults, the process."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from openid_case import OpenIDCase
from process import start_badly
from verify import number, parts, verifies


class Forged(OpenIDCase):
    """`POST /control/tokens`."""

    def test_makes_a_good_token_where_nothing_is_changed(self) -> None:
        token = self.forge(username="anna", client="mobile")
        self.assertTrue(verifies(token, self.keys()))
        self.assertEqual(parts(token)[1]["preferred_username"], "anna")
        self.assertTrue(verifies(self.forge(algorithm="ES256"), self.keys()))

    def test_replaces_removes_and_moves_claims_and_headers(self) -> None:
        token = self.forge(
            claims={"iss": "https://other.invalid", "aud": None, "tenant": {"a": [1]}},
            offsets={"exp": -10, "nbf": 60},
            header={"typ": "at+jwt", "kid": None, "crit": ["b64"]},
        )
        header, claims, _ = parts(token)
        self.assertEqual(header, {"alg": "RS256", "typ": "at+jwt", "crit": ["b64"]})
        self.assertEqual((claims["iss"], claims["tenant"]), ("https://other.invalid", {"a": [1]}))
        self.assertNotIn("aud", claims)
        self.assertLess(claims["exp"], time.time())
        self.assertGreater(claims["nbf"], time.time() + 30)

    def test_signs_with_a_key_that_nobody_published(self) -> None:
        token = self.forge(key="foreign")
        self.assertIn(parts(token)[0]["kid"], [key["kid"] for key in self.keys()])
        self.assertFalse(verifies(token, self.keys()))
        encryption = next(key["kid"] for key in self.keys() if key["use"] == "enc")
        self.assertFalse(verifies(self.forge(key=encryption), self.keys()))

    def test_breaks_signatures(self) -> None:
        for signature in ("flipped", "empty", "truncated"):
            self.assertFalse(verifies(self.forge(signature=signature), self.keys()), signature)
        der = self.forge(signature="der", algorithm="ES256")
        self.assertEqual(parts(der)[2][0], 0x30)
        self.assertFalse(verifies(der, self.keys()))

    def test_lies_about_the_algorithm(self) -> None:
        header, _, signature = parts(self.forge(algorithm="none"))
        self.assertEqual((header["alg"], signature), ("none", b""))
        self.assertEqual(parts(self.forge(header={"alg": "HS256"}))[0]["alg"], "HS256")
        for algorithm in ("PS256", "RS384", "RS512"):
            self.assertEqual(parts(self.forge(algorithm=algorithm))[0]["alg"], algorithm)
        token = self.forge(algorithm="HS256")
        header, _, signature = parts(token)
        key = next(key for key in self.keys() if key["kid"] == header["kid"])
        public = rsa.RSAPublicNumbers(number(key["e"]), number(key["n"])).public_key()
        pem = public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        signed = token.rpartition(".")[0].encode()
        self.assertEqual(signature, hmac.digest(pem, signed, hashlib.sha256))

    def test_refuses_orders_that_make_no_sense(self) -> None:
        for order in (
            {"realm": "gamma"},
            {"algorithm": "XX"},
            {"algorithm": "ES512"},
            {"signature": "der"},
            {"signature": "forged"},
            {"key": "unknown"},
            {"offsets": {"exp": "soon"}},
            {"offsets": 7},
            {"claims": []},
            {"clams": {}},
        ):
            response = self.order("/control/tokens", {"realm": "alpha", **order})
            self.assertEqual(response.status, 400, order)

    def test_control_wants_its_token(self) -> None:
        response = self.control.post("/control/tokens", {"realm": "alpha"})
        self.assertEqual((response.status, response.code()), (401, "control_token_wanted"))
        self.assertEqual(self.client.post("/control/tokens", {"realm": "alpha"}).status, 404)


class Rotation(OpenIDCase):
    """New keys on demand."""

    def test_keeps_or_withdraws_the_keys_of_before(self) -> None:
        before = self.sign_in()["access_token"]
        self.assertEqual(self.order("/control/keys:rotate", {"realm": "alpha"}).status, 200)
        after = self.sign_in()["access_token"]
        self.assertNotEqual(parts(before)[0]["kid"], parts(after)[0]["kid"])
        self.assertTrue(verifies(before, self.keys()))
        self.assertTrue(verifies(after, self.keys()))
        self.order("/control/keys:rotate", {"realm": "alpha", "keep": False})
        self.assertFalse(verifies(before, self.keys()))
        self.assertFalse(verifies(after, self.keys()))
        self.assertTrue(verifies(self.sign_in()["access_token"], self.keys()))
        withdrawn = self.forge(key=parts(before)[0]["kid"])
        self.assertEqual(parts(withdrawn)[0]["kid"], parts(before)[0]["kid"])
        self.assertFalse(verifies(withdrawn, self.keys()))
        self.assertEqual(self.order("/control/keys:rotate", {"realm": "x"}).status, 400)


class Faults(OpenIDCase):
    """Each fault, taken."""

    def get(self, endpoint: str = "certs") -> http.client.HTTPResponse | object:
        """Gets keys or discovery."""
        if endpoint == "certs":
            return self.client.call("GET", "/realms/alpha/protocol/openid-connect/certs")
        return self.client.call("GET", "/realms/alpha/.well-known/openid-configuration")

    def fault(self, fault: str, **more: object) -> None:
        """Sets a fault for one time."""
        response = self.order("/control/faults", {"fault": fault, "times": 1, **more})
        self.assertEqual(response.status, 200, response.body)

    def test_counts_requests(self) -> None:
        before = self.state()["requests"]
        self.keys()
        self.keys()
        self.sign_in()
        after = self.state()["requests"]
        self.assertEqual(after["certs"] - before["certs"], 2)
        self.assertEqual(after["token"] - before["token"], 1)
        self.assertEqual(after["discovery"], before["discovery"])

    def test_slow(self) -> None:
        self.fault("slow", seconds=0.4)
        start = time.monotonic()
        self.assertEqual(self.get().status, 200)
        self.assertGreaterEqual(time.monotonic() - start, 0.4)

    def test_error500_in_one_realm(self) -> None:
        self.fault("error500", realm="alpha")
        self.keys("beta")
        self.assertEqual(self.get().status, 500)
        self.assertEqual(self.get().status, 200)

    def test_drop(self) -> None:
        self.fault("drop")
        with self.assertRaises((ConnectionError, http.client.HTTPException)):
            self.get()
        self.assertEqual(self.get().status, 200)

    def test_garbage_and_empty_key_sets(self) -> None:
        self.fault("garbage_jwks")
        self.assertEqual(len(self.get().json()["keys"]), 7)
        self.fault("empty_jwks")
        self.assertEqual(self.get().json(), {"keys": []})

    def test_bad_json_and_oversize(self) -> None:
        self.fault("bad_json", on="discovery")
        self.assertRaises(ValueError, json.loads, self.get("discovery").body)
        self.fault("oversize")
        self.assertGreater(len(self.get().body), 16 << 20)

    def test_wrong_issuer_and_redirect(self) -> None:
        self.fault("wrong_issuer")
        issuer = self.get("discovery").json()["issuer"]
        self.assertTrue(issuer.startswith("https://other.invalid/"))
        self.fault("redirect", location="https://other.invalid/keys")
        response = self.get()
        self.assertEqual(response.status, 307)
        self.assertEqual(response.headers["Location"], "https://other.invalid/keys")

    def test_token_faults(self) -> None:
        self.fault("error500", on="token")
        self.assertEqual(self.ask(grant_type="password").status, 500)


class Life(OpenIDCase):
    """Settings and end."""

    def test_refuses_wrong_settings(self) -> None:
        good = self.settings()
        alpha = good["realms"][0]
        for settings, said in [
            ({**good, "realms": [{**alpha, "algorithm": "none"}]}, "realms[0].algorithm"),
            ({**good, "realms": [{**alpha, "name": "a/b"}]}, "realms[0].name"),
            ({**good, "realms": [alpha, alpha]}, "came twice"),
            ({**good, "realms": [{**alpha, "clients": [{"id": "a"}] * 2}]}, "came twice"),
            ({**good, "realms": [{**alpha, "users": [{"username": "a"}]}]}, "password"),
            ({**good, "extra": 1}, "extra: is unknown"),
        ]:
            status, log = start_badly("openid", settings, self.folder)
            self.assertEqual(status, 78, settings)
            self.assertIn(said, log)

    def test_ends_cleanly_and_keeps_secrets_out_of_the_log(self) -> None:
        body = self.sign_in()
        self.assertEqual(self.process.stop(), 0)
        log = "".join(str(line) for line in self.process.log())
        for secret in ("pass word", body["access_token"], body["refresh_token"], "control-secret"):
            self.assertNotIn(secret, log)
        self.process.start()
