"""A partner that may call from its own networks alone."""

from __future__ import annotations

import json
import tempfile
import unittest
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from stack.artel import host_name
from stack.tenants import ALPHA
from stack.wait import until
from verdicts import Call, try_both

_TENANT = Call("artel.tenancy.v1.TenantService/GetTenant", "GET", "/v1/tenant", stable=False)
_TOKEN = "artel.auth.v1.TokenService/CreateToken"
_REFUSED = "PERMISSION_DENIED ADDRESS_NOT_ALLOWED"
# All tests call from 127.0.0.1.
_HERE, _ELSEWHERE = ["192.0.2.0/24", "127.0.0.1"], ["192.0.2.0/24", "2001:db8::/32"]


class ClientNetworkTests(SystemCase):
    """At the doors of two processes: with TLS, and without."""

    def setUp(self) -> None:
        """Somebody may change alpha's clients; the partner has no address of its own yet."""
        server = environment.plain()
        self.plain = Curl(server.rest)
        self.door = GRPCDoor(server.grpc)
        self.addCleanup(self.door.close)
        self.administrator = str(self.stack.artel.run(
            "token", "mint", ALPHA.name, "olga", "--kind", "administrator", "--signed-in",
            "--scope", "clients:write", "--scope", "clients:read")["access_token"])
        self.partner, self.secret = self.create([])

    def create(self, ranges: list[str]) -> tuple[str, str]:
        """A new partner of alpha and its secret."""
        name = f"net-{uuid.uuid4().hex[:12]}"
        made = self.plain.post(
            f"/v1/clients?clientId={name}",
            {"kind": "PRINCIPAL_KIND_PARTNER", "addressRanges": ranges}, self.administrator)
        self.assertEqual(made.status, 200, made.body)
        return str(made.json()["client"]["clientId"]), str(made.json()["secret"])

    def restrict(self, ranges: list[str]) -> None:
        """Says where the partner may call from."""
        changed = self.plain.send(
            "PATCH", f"/v1/clients/{self.partner}?updateMask=addressRanges",
            json.dumps({"addressRanges": ranges}).encode(), self.administrator,
            {"content-type": "application/json"})
        self.assertEqual(changed.status, 200, changed.body)
        self.assertEqual(changed.json().get("addressRanges", []), ranges)

    def form(self) -> dict[str, Any]:
        """What the partner asks for a token with."""
        return {
            "grant_type": "client_credentials", "client_id": self.partner,
            "client_secret": self.secret}

    def token(self) -> str:
        """A token of the partner."""
        given = self.plain.form("/oauth2/token", urlencode(self.form()))
        self.assertEqual(given.status, 200, given.body)
        return str(given.json()["access_token"])

    def verdicts(self, token: str) -> set[str]:
        """What both doors of one process, and one of another, say of a call."""
        over_rest = self.rest.get("/v1/tenant", token)
        return {
            # One door may know before the other.
            self.verdict(_TENANT, token),
            "OK" if over_rest.status == 200 else f"PERMISSION_DENIED {over_rest.reason}"}

    def verdict(self, call: Call, token: str | None) -> str:
        """What both doors say; nothing where they are of two minds."""
        try:
            return str(try_both(self.plain, self.door, call, token).verdict)
        except AssertionError:
            return ""

    @covers("B07")
    def test_a_token_counts_in_the_partners_networks_alone(self) -> None:
        """refuses a partner's token from other networks than its own at every door soon after they
        were changed, whatever its headers say, and nobody else's"""
        token = self.token()
        neighbour = self.stack.demo.token(ALPHA.console, self.stack.server.rest)
        self.assertEqual(self.verdicts(token), {"OK"})
        self.restrict(_ELSEWHERE)
        until("it is refused", lambda: self.verdicts(token) == {_REFUSED}, 10)
        for field in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
            spoken = self.plain.send(
                "GET", "/v1/tenant", None, token,
                {field: "for=192.0.2.7" if field == "Forwarded" else "192.0.2.7"})
            self.assert_error(spoken, 403, "PERMISSION_DENIED", "ADDRESS_NOT_ALLOWED")
        self.assertEqual(self.verdicts(neighbour), {"OK"})
        self.restrict(_HERE)
        until("it is let in", lambda: self.verdicts(token) == {"OK"}, 10)
        self.restrict(_ELSEWHERE)
        until("it is refused", lambda: self.verdicts(token) == {_REFUSED}, 10)
        self.restrict([])
        until("it is let in", lambda: self.verdicts(token) == {"OK"}, 10)

    @covers("B07")
    def test_no_token_for_another_network(self) -> None:
        """gives a partner no token elsewhere, and tells a right secret from a wrong one by nothing"""
        call = Call(
            _TOKEN, "POST", "/oauth2/token", self.form(), self.form(), stable=False, form=True)
        token = self.token()
        self.assertEqual(self.verdict(call, None), "OK")
        self.restrict(_ELSEWHERE)
        # By its token, since failures to get one are counted.
        until("it is refused", lambda: self.verdict(_TENANT, token) == _REFUSED, 10)
        self.assertEqual(self.verdict(call, None), "UNAUTHENTICATED INVALID_CLIENT")
        wrong = self.form() | {"client_secret": "wrong"}
        answers = [
            self.plain.form("/oauth2/token", urlencode(form)) for form in (self.form(), wrong)]
        self.assertEqual(
            {(one.status, one.body) for one in answers}, {(401, answers[0].body)})
        self.restrict(_HERE)
        until("it is let in", lambda: self.verdict(_TENANT, token) == "OK", 10)
        self.assertEqual(self.verdict(call, None), "OK")

    @covers("B07")
    def test_a_certificate_counts_in_the_partners_networks_alone(self) -> None:
        """refuses a partner's certificate from elsewhere, over the connection that stands too"""
        with tempfile.TemporaryDirectory() as folder:
            self.stack.artel.run(
                "client", "certificate", ALPHA.name, self.partner, "--out", folder)
            door = GRPCDoor(
                self.stack.server.grpc, self.stack.certificates.authority,
                (Path(folder, f"{self.partner}.pem"), Path(folder, f"{self.partner}.key")),
                host_name(ALPHA))
            self.addCleanup(door.close)

            def said() -> str:
                answer = door.call(_TENANT.method, timeout=10)
                return f"{answer.code} {answer.reason if answer.code != 'OK' else ''}".strip()

            self.assertEqual(said(), "OK")
            self.restrict(_ELSEWHERE)
            until("it is refused", lambda: said() == _REFUSED, 10)
            self.restrict(_HERE)
            until("it is let in", lambda: said() == "OK", 10)

    @covers("B07")
    def test_what_is_no_network(self) -> None:
        """refuses ranges that CIDR does not write so, naming each; the ranges before stay"""
        self.restrict(_HERE)
        for bad in ("192.0.2.1/24", "192.0.2.0/33", "2001:db8::/129", "everybody", "10.0.0.0/8/8"):
            changed = self.plain.send(
                "PATCH", f"/v1/clients/{self.partner}?updateMask=addressRanges",
                json.dumps({"addressRanges": ["10.0.0.0/8", bad]}).encode(), self.administrator,
                {"content-type": "application/json"})
            self.assert_error(changed, 400, "INVALID_ARGUMENT")
            self.assertIn("address_ranges[1]", changed.body.decode())
        seen = self.plain.get(f"/v1/clients/{self.partner}", self.administrator).json()
        self.assertEqual(seen["addressRanges"], _HERE)


if __name__ == "__main__":
    unittest.main()
