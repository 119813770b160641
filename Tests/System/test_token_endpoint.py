"""The token endpoint, by RFC 6749."""

from __future__ import annotations

import base64
import json
import unittest
import uuid
from urllib.parse import quote_plus

from case import SystemCase
from covers import covers
from curl import Response
from stack.tenants import ALPHA, BETA, CONSOLE_SCOPES

_PATH = "/oauth2/token"
_GRANT = "grant_type=client_credentials"


class TokenEndpointTests(SystemCase):
    """Client credentials."""

    @covers("A19", "A24", "B10", "B11", "S-C1")
    def test_a_token_for_client_credentials(self) -> None:
        """issues a token of 600 seconds by form and by Basic, not to be stored, without refresh"""
        form = self.rest.form(_PATH, self.credentials(ALPHA.console))
        header = self.rest.form(_PATH, _GRANT, authorization=self.basic(ALPHA.console))
        for response in (form, header):
            self.assertEqual(response.status, 200, response.body)
            body = response.json()
            self.assertEqual((body["expires_in"], body["token_type"]), (600, "Bearer"))
            self.assertEqual(set(body["scope"].split()), set(CONSOLE_SCOPES))
            self.assertNotIn("refresh_token", body)
            self.assertIn("no-store", response.header("cache-control") or "")
            claims = _claims(body["access_token"])
            self.assertEqual(claims["exp"] - claims["iat"], 600)
            self.assertEqual(claims["client_id"], ALPHA.console)
            properties = self.rest.get("/v1/properties", body["access_token"])
            self.assertEqual(properties.status, 200, properties.body)

    @covers("S-C2")
    def test_unknown_clients_and_wrong_secrets_look_the_same(self) -> None:
        """answers an unknown client and a wrong secret with the same 401 invalid_client"""
        known = f"known-{uuid.uuid4().hex[:12]}"
        self.stack.demo.create_client(
            self.stack.artel, ALPHA.name, known, "service", ("residential.access:read",))
        answers = [
            self.rest.form(_PATH, f"{_GRANT}&client_id={client}&client_secret=wrong")
            for client in (known, "nobody", "no%00body", "x" * 150)
        ]
        for answer in answers:
            self.assert_refused(answer, 401, "invalid_client")
            self.assertEqual(answer.body, answers[0].body)
        basic = self.rest.form(_PATH, _GRANT, authorization=_basic(known, "wrong"))
        self.assert_refused(basic, 401, "invalid_client")
        self.assertTrue((basic.header("www-authenticate") or "").startswith("Basic"))
        self.assertEqual(basic.body, answers[0].body)

    @covers("S-C3", "S-C4", "S-C7", "S-C8")
    def test_malformed_requests(self) -> None:
        """refuses two ways of authentication, repeated parameters, and secrets in the query"""
        credentials = self.credentials(ALPHA.console)
        basic = self.basic(ALPHA.console)
        both = self.rest.form(_PATH, credentials, authorization=basic)
        repeated = self.rest.form(_PATH, f"{credentials}&{_GRANT}")
        scopes = "scope=residential.access%3Aread"
        twice = self.rest.form(_PATH, f"{credentials}&{scopes}&{scopes}")
        no_grant = self.rest.form(_PATH, credentials.removeprefix(f"{_GRANT}&"))
        query = self.rest.form(f"{_PATH}?client_secret=x", credentials)
        no_base64 = self.rest.form(_PATH, _GRANT, authorization="Basic ???")
        no_colon = self.rest.form(
            _PATH, _GRANT, authorization="Basic " + base64.b64encode(b"abc").decode())
        percent = self.rest.form(
            _PATH, _GRANT,
            authorization="Basic " + base64.b64encode(b"alpha-console:100%").decode())
        for response in (
            both, repeated, twice, no_grant, query, no_base64, no_colon, percent,
        ):
            self.assert_refused(response, 400, "invalid_request")

    @covers("S-C5", "S-C6")
    def test_other_methods_and_types(self) -> None:
        """answers GET with 405 and Allow, and JSON with 415"""
        get = self.rest.get(_PATH)
        allowed = (get.header("allow") or "").replace(" ", "").split(",")
        self.assertEqual((get.status, set(allowed) - {"OPTIONS"}), (405, {"POST"}))
        post = self.rest.post(_PATH, {"grant_type": "client_credentials"})
        self.assertEqual(post.status, 415, post.body)

    @covers("S-C9")
    def test_other_grants(self) -> None:
        """knows no grant that RFC 9700 forbids"""
        for grant in ("password", "implicit", "x"):
            response = self.rest.form(
                _PATH, self.credentials(ALPHA.console).replace("client_credentials", grant))
            self.assert_refused(response, 400, "unsupported_grant_type")

    @covers("A13", "S-C10")
    def test_scopes(self) -> None:
        """grants the scopes asked for, and refuses one outside the client's registration"""
        credentials = self.credentials(ALPHA.console)
        some = self.rest.form(_PATH, f"{credentials}&scope=residential.access%3Aread")
        self.assertEqual(some.json()["scope"], "residential.access:read")
        narrow = self.rest.get("/v1/properties", some.json()["access_token"])
        self.assert_error(narrow, 403, "PERMISSION_DENIED", "SCOPE_MISSING")
        for scope in (
            "residential.access:open", "residential.access:read residential.access:open",
            "residential.access:rea", "residential.access:read2", "residential", "*", '"',
        ):
            response = self.rest.form(_PATH, f"{credentials}&scope={quote_plus(scope)}")
            self.assert_refused(response, 400, "invalid_scope")

    @covers("S-D13")
    def test_the_tenant_is_the_clients(self) -> None:
        """gives a client a token of its own tenant, whatever else the request says"""
        response = self.rest.form(
            _PATH, self.credentials(BETA.console), **{"x-tenant-id": ALPHA.name})
        if response.status == 200:
            tenant = self.rest.get("/v1/tenant", response.json()["access_token"])
            self.assertEqual(tenant.json()["name"], f"tenants/{BETA.name}")
        else:
            self.assertIn(response.status, (400, 403))

    # --- Requests -------------------------------------------------------------------------------

    def credentials(self, client: str) -> str:
        """The form with a client's secret."""
        secret = quote_plus(self.stack.demo.secrets.password(client))
        return f"{_GRANT}&client_id={client}&client_secret={secret}"

    def basic(self, client: str) -> str:
        """The header with a client's secret."""
        return self.stack.demo.basic(client)

    def assert_refused(self, response: Response, status: int, error: str) -> None:
        """Checks an error of RFC 6749 section 5.2."""
        self.assertEqual(response.status, status, response.body)
        self.assertEqual(response.json()["error"], error, response.body)
        self.assertNotIn("access_token", response.json())
        self.assertIn("no-store", response.header("cache-control") or "")


def _basic(client: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()


def _claims(token: str) -> dict[str, object]:
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


if __name__ == "__main__":
    unittest.main()
