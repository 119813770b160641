"""Who may call what: the same verdict on both doors."""

from __future__ import annotations

import functools
import unittest
import uuid
from typing import Any

import environment
from case import ACCESS_POINTS, COMMANDS, EVENTS, SystemCase
from covers import covers
from curl import Curl
from grpc_door import GRPCDoor
from residents import Resident
from stack.tenants import ALPHA, BETA, GAMMA
from verdicts import Call, get, list_of, try_both

_DIRECTORY = "artel.residential.v1.DirectoryService"
_PARTNERS = "artel.residential.v1.PartnerService"
_AUDIT = "artel.audit.v1.AuditService"

MISSING, EXPIRED, INVALID = (
    f"UNAUTHENTICATED {reason}"
    for reason in ("CREDENTIAL_MISSING", "TOKEN_EXPIRED", "TOKEN_INVALID"))
SCOPE, PRINCIPAL, KIND = (
    f"PERMISSION_DENIED {reason}"
    for reason in ("SCOPE_MISSING", "PRINCIPAL_NOT_ALLOWED", "TENANT_KIND_NOT_ALLOWED"))
UNKNOWN = "NOT_FOUND RESOURCE_NOT_FOUND"
OK = "OK"

# Credentials: nobody, expired, not a token, a person without scopes, a person of alpha (a member
# of the unit asked for), alpha's service, alpha's partner, a person of beta, a person and a
# service of a bank.
_CREDENTIALS = (
    "nobody", "expired", "garbage", "no scopes", "anna", "service", "partner", "boris",
    "bank's person", "bank's service",
)
_NO_TOKEN = (MISSING, EXPIRED, INVALID)
_VERDICTS: dict[str, tuple[str, ...]] = {
    "GetTenant": (*_NO_TOKEN, OK, OK, OK, OK, OK, OK, OK),
    "GetProperty": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "ListProperties": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, OK, KIND, KIND),
    "GetAccessPoint": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "ListAccessPoints": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "GetUnit": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "ListUnits": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, OK, KIND, KIND),
    "ListMembers": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "GetCommand": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "ListAccessEvents": (*_NO_TOKEN, SCOPE, OK, OK, PRINCIPAL, UNKNOWN, KIND, KIND),
    "ListAuditEntries": (
        *_NO_TOKEN, PRINCIPAL, PRINCIPAL, OK, PRINCIPAL, PRINCIPAL, PRINCIPAL, OK),
    "GetPartner": (*_NO_TOKEN, PRINCIPAL, PRINCIPAL, OK, PRINCIPAL, PRINCIPAL, KIND, KIND),
    "CreateProperty": (*_NO_TOKEN, PRINCIPAL, PRINCIPAL, OK, PRINCIPAL, PRINCIPAL, KIND, KIND),
    "OpenAccessPoint": (*_NO_TOKEN, SCOPE, OK, PRINCIPAL, PRINCIPAL, UNKNOWN, KIND, KIND),
    "ReportCommand": (
        *_NO_TOKEN, PRINCIPAL, PRINCIPAL, PRINCIPAL, OK, PRINCIPAL, KIND, KIND),
}


class VerdictTests(SystemCase):
    """One table of calls and credentials, at the doors of the process without TLS."""

    @classmethod
    def connect(cls) -> None:
        """Talks to the second process: over gRPC without a client certificate."""
        server = environment.plain()
        cls.rest = Curl(server.rest)
        cls.door = GRPCDoor(server.grpc)
        cls.addClassCleanup(cls.door.close)

    @covers("A22", "A23", "B05", "S-A18", "S-D12")
    def test_every_call_gets_the_same_verdict_on_both_doors(self) -> None:
        """gives each call with each credential the table's verdict, the same on gRPC and REST"""
        anna = self.move_in()
        command = self.state(self.opened(anna), "EXECUTED")["name"]
        credentials = self.credentials(anna)
        for call in self.calls(anna, command):
            method = call.method.rpartition("/")[2]
            for name, expected in zip(_CREDENTIALS, _VERDICTS[method], strict=True):
                with self.subTest(call=method, credential=name):
                    seen = try_both(self.rest, self.door, call, credentials[name])
                    self.assertEqual(str(seen.verdict), expected)

    @covers("S-D12", "S-D13")
    def test_foreign_objects_are_as_unknown_ones(self) -> None:
        """answers for another tenant's object byte for byte as for one that does not exist"""
        anna, boris = self.move_in(), self.move_in(BETA)
        command = self.state(self.opened(anna), "EXECUTED")["name"]
        token = boris.token()
        service = self.stack.demo.token(BETA.console, self.stack.server.rest)
        partner = self.stack.demo.token(BETA.partner, self.stack.server.rest)
        for foreign, unknown in self.pairs(anna, command):
            for title, credential in (
                ("person", token), ("service", service), ("partner", partner),
            ):
                with self.subTest(call=foreign.title, credential=title):
                    seen = try_both(self.rest, self.door, foreign, credential)
                    other = try_both(self.rest, self.door, unknown, credential)
                    self.assertIn(seen.verdict.code, ("NOT_FOUND", "PERMISSION_DENIED"))
                    self.assertEqual(seen.verdict, other.verdict)
                    self.assertEqual(seen.rest.body, other.rest.body)
                    self.assertEqual(seen.grpc, other.grpc)

    @covers("S-D13")
    def test_a_header_does_not_choose_the_tenant(self) -> None:
        """refuses a header that names another tenant than the credential, and takes its own"""
        anna = self.move_in()
        path = "/v1/tenant"
        own = self.rest.get(path, anna.token(), **{"x-tenant-id": ALPHA.name})
        self.assertEqual((own.status, own.json()["name"]), (200, f"tenants/{ALPHA.name}"))
        foreign = self.rest.get(path, anna.token(), **{"x-tenant-id": BETA.name})
        self.assert_error(foreign, 403, "PERMISSION_DENIED", "TENANT_MISMATCH")
        answer = self.door.call(
            "artel.tenancy.v1.TenantService/GetTenant", {}, anna.token(),
            metadata=(("x-tenant-id", BETA.name),))
        self.assertEqual((answer.code, answer.reason), ("PERMISSION_DENIED", "TENANT_MISMATCH"))

    @covers("S-A19")
    def test_a_client_named_like_a_person_is_no_person(self) -> None:
        """gives a client whose identifier is a person's subject none of the person's rights"""
        anna = self.move_in()
        self.stack.demo.create_client(
            self.stack.artel, ALPHA.name, anna.subject, "service",
            ("residential.access:open", "residential.access:read"))
        token = self.stack.demo.token(anna.subject, self.stack.server.rest)
        self.assert_error(
            self.open(anna, token=token), 403, "PERMISSION_DENIED", "PRINCIPAL_NOT_ALLOWED")
        self.assertEqual(anna.openings, 0)

    @covers("A20", "A21", "S-D14")
    def test_a_token_of_the_operator_is_a_person_too(self) -> None:
        """takes tokens that the operator mints with the tenant's own key, for 600 seconds"""
        minted = self.stack.artel.run(
            "token", "mint", ALPHA.name, "olga", "--kind", "administrator",
            "--scope", "residential.directory:read", "--scope", "audit:read")
        self.assertEqual(minted["expires_in"], 600)
        token = minted["access_token"]
        for path in ("/v1/properties", "/v1/auditEntries", "/v1/tenant"):
            self.assertEqual(self.rest.get(path, token).status, 200)
        response = self.rest.get(f"/v1/partners/{ALPHA.partner}", token)
        self.assert_error(response, 403, "PERMISSION_DENIED", "SCOPE_MISSING")

    # --- The table's columns and rows -----------------------------------------------------------

    def credentials(self, anna: Resident) -> dict[str, str | None]:
        """The tokens of the columns."""
        stack = self.stack
        client = functools.partial(stack.demo.token, rest=stack.server.rest)
        boris = self.move_in(BETA)
        return {
            "nobody": None,
            "expired": anna.token(offsets={"exp": -60, "iat": -660, "auth_time": -660}),
            "garbage": "not.a.token",
            "no scopes": anna.token(claims={"scope": "openid profile"}),
            "anna": anna.token(),
            "service": client(ALPHA.console),
            "partner": client(ALPHA.partner),
            "boris": boris.token(),
            "bank's person": stack.openid.token(GAMMA.name, username=GAMMA.person),
            "bank's service": client(GAMMA.console),
        }

    def calls(self, anna: Resident, command: str) -> list[Call]:
        """The rows: calls for what belongs to a resident of alpha."""
        new = f"new-{uuid.uuid4().hex[:12]}"
        wish = anna.wish()
        report = f"partners/{ALPHA.partner}/{command}"
        return [
            Call("artel.tenancy.v1.TenantService/GetTenant", "GET", "/v1/tenant"),
            get(f"{_DIRECTORY}/GetProperty", f"properties/{ALPHA.property}"),
            Call(f"{_DIRECTORY}/ListProperties", "GET", "/v1/properties"),
            get(f"{ACCESS_POINTS}/GetAccessPoint", anna.access_point),
            list_of(
                f"{ACCESS_POINTS}/ListAccessPoints", f"properties/{ALPHA.property}",
                "accessPoints"),
            get(f"{_DIRECTORY}/GetUnit", anna.unit),
            Call(f"{_DIRECTORY}/ListUnits", "GET", "/v1/units"),
            list_of(f"{_DIRECTORY}/ListMembers", anna.unit, "members"),
            get(f"{COMMANDS}/GetCommand", command),
            list_of(f"{EVENTS}/ListAccessEvents", anna.unit, "accessEvents"),
            Call(f"{_AUDIT}/ListAuditEntries", "GET", "/v1/auditEntries", stable=False),
            get(f"{_PARTNERS}/GetPartner", f"partners/{ALPHA.partner}"),
            Call(
                f"{_DIRECTORY}/CreateProperty", "POST", f"/v1/properties?propertyId={new}",
                {"propertyId": new, "property": {"displayName": "New"}}, {"displayName": "New"}),
            self.open_call(wish),
            Call(
                f"{COMMANDS}/ReportCommand", "POST", f"/v1/{report}:report",
                {"name": report, "state": "EXECUTED"}, {"state": "EXECUTED"}),
        ]

    def pairs(self, anna: Resident, command: str) -> list[tuple[Call, Call]]:
        """Calls for alpha's objects, each with the same call for one that does not exist."""
        nothing, no_command = "nowhere", f"commands/{uuid.uuid4()}"
        unknown = Resident(
            anna.stack, ALPHA, anna.subject, f"units/{nothing}", "", ALPHA.access_point(nothing))
        elsewhere = f"properties/{nothing}/accessPoints/{nothing}"
        wish, no_wish = anna.wish(), unknown.wish()
        pairs = [
            (get(f"{_DIRECTORY}/GetProperty", name) for name in (
                f"properties/{ALPHA.property}", f"properties/{nothing}")),
            (get(f"{ACCESS_POINTS}/GetAccessPoint", name) for name in (
                anna.access_point, elsewhere)),
            (list_of(f"{ACCESS_POINTS}/ListAccessPoints", name, "accessPoints") for name in (
                f"properties/{ALPHA.property}", f"properties/{nothing}")),
            (get(f"{_DIRECTORY}/GetUnit", name) for name in (anna.unit, unknown.unit)),
            (list_of(f"{_DIRECTORY}/ListMembers", name, "members") for name in (
                anna.unit, unknown.unit)),
            (get(f"{COMMANDS}/GetCommand", name) for name in (command, no_command)),
            (list_of(f"{EVENTS}/ListAccessEvents", name, "accessEvents") for name in (
                anna.unit, unknown.unit)),
            (list_of(f"{EVENTS}/ListAccessEvents", name, "accessEvents") for name in (
                f"properties/{ALPHA.property}", f"properties/{nothing}")),
            (get(f"{_PARTNERS}/GetPartner", name) for name in (
                f"partners/{ALPHA.partner}", f"partners/{nothing}")),
            (self.open_call(each) for each in (wish, no_wish)),
            (self.report_call(f"partners/{partner}/{name}") for partner, name in (
                (ALPHA.partner, command), (nothing, no_command))),
            (self.member_call(name) for name in (anna.unit, unknown.unit)),
        ]
        return [(first, second) for first, second in pairs]

    @staticmethod
    def open_call(wish: dict[str, str]) -> Call:
        """OpenAccessPoint."""
        body = {name: value for name, value in wish.items() if name != "name"}
        return Call(
            f"{ACCESS_POINTS}/OpenAccessPoint", "POST", f"/v1/{wish['name']}:open", wish, body,
            stable=False)

    @staticmethod
    def report_call(name: str) -> Call:
        """ReportCommand."""
        body: dict[str, Any] = {"state": "EXECUTED"}
        return Call(
            f"{COMMANDS}/ReportCommand", "POST", f"/v1/{name}:report", {"name": name, **body},
            body)

    @staticmethod
    def member_call(unit: str) -> Call:
        """CreateMember."""
        member = {"subject": "keycloak:somebody", "role": "INNER"}
        return Call(
            f"{_DIRECTORY}/CreateMember", "POST", f"/v1/{unit}/members?memberId=somebody",
            {"parent": unit, "memberId": "somebody", "member": member}, member)


if __name__ == "__main__":
    unittest.main()
