"""The partner's token endpoint."""

from __future__ import annotations

import base64

from client import basic
from partner_case import PartnerCase

GRANT = {"grant_type": "client_credentials"}
GOOD = basic("artel: alpha", "alpha+secret %:")


class Tokens(PartnerCase):
    """RFC 6749, as a client sees it."""

    def test_gives_a_bearer_token(self) -> None:
        response = self.client.form("/oauth2/token", GRANT, Authorization=GOOD)
        self.assertEqual(response.status, 200)
        body = response.json()
        self.assertEqual((body["token_type"], body["expires_in"]), ("Bearer", 600))
        self.assertEqual(body["scope"], "devices:open")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        token = body["access_token"]
        self.assertEqual(self.open(self.new_key(), token=token).status, 202)

    def test_refuses_clients_that_do_not_prove_themselves(self) -> None:
        unquoted = "Basic " + base64.b64encode(b"artel: alpha:alpha+secret %:").decode()
        headers = [
            {},
            {"Authorization": basic("artel: alpha", "wrong")},
            {"Authorization": basic("nobody", "alpha+secret %:")},
            {"Authorization": "Bearer x"},
            {"Authorization": "Basic ***"},
            {"Authorization": "Basic " + base64.b64encode(b"no colon").decode()},
            {"Authorization": "Basic " + base64.b64encode(b"%ff:%fe").decode()},
            {"Authorization": unquoted},
        ]
        for header in headers:
            response = self.client.form("/oauth2/token", GRANT, **header)
            self.assertEqual((response.status, response.code()), (401, "invalid_client"), header)
            self.assertIn("Basic", response.headers["WWW-Authenticate"])

    def test_names_what_is_wrong_with_a_request(self) -> None:
        cases = [
            (b"", "invalid_request"),
            (b"grant_type=", "invalid_request"),
            (b"grant_type=password", "unsupported_grant_type"),
            (b"grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
            (b"grant_type=client_credentials&scope=everything", "invalid_scope"),
            (b"grant_type=client_credentials&client_secret=x", "invalid_request"),
            (b"grant_type=client_credentials&client_id=other", "invalid_request"),
            (b"\xff=\xff", "invalid_request"),
            (b"&&&=%zz", "invalid_request"),
        ]
        for body, code in cases:
            response = self.client.call(
                "POST",
                "/oauth2/token",
                body,
                Authorization=GOOD,
                Content_Type="application/x-www-form-urlencoded",
            )
            self.assertEqual((response.status, response.code()), (400, code), body)
        response = self.client.post("/oauth2/token", GRANT, Authorization=GOOD)
        self.assertEqual((response.status, response.code()), (400, "invalid_request"))

    def test_checks_the_scope_and_the_tenant_of_a_token(self) -> None:
        token = self.token("reader", "reader-secret")
        response = self.open(self.new_key(), token=token)
        self.assertEqual((response.status, response.code()), (403, "insufficient_scope"))
        beta = self.token("artel-beta", "beta-secret")
        self.assertEqual(self.open(self.new_key(), "door-2", beta).code(), "device_unknown")
        key = self.new_key()
        self.assertEqual(self.open(key).status, 202)
        path = f"/v1/commands/{key}"
        seen = self.client.call("GET", path, Authorization=f"Bearer {beta}")
        self.assertEqual((seen.status, seen.code()), (404, "command_unknown"))

    def test_revokes_tokens_by_control(self) -> None:
        token = self.token()
        revoked = self.order("/control/tokens:revoke", {"partner": "intercoms"})
        self.assertEqual(revoked.json(), {"revoked": 1})
        response = self.open(self.new_key(), token=token)
        self.assertEqual((response.status, response.code()), (401, "invalid_token"))


class Expiry(PartnerCase):
    """Tokens that live for a second."""

    token_lifetime = 1

    def test_tokens_expire(self) -> None:
        token = self.token()
        self.until(lambda: self.open(self.new_key(), token=token).status == 401)
        self.assertEqual(self.open(self.new_key(), token=token).code(), "invalid_token")
