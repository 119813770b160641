"""Every method of our contracts with every kind of credential, on both doors.

The expected verdict is derived from the method's policy in the descriptors; a good call of each
method is in fixtures.py.
"""

from __future__ import annotations

import json
import time
import unittest
import uuid
from dataclasses import replace
from typing import Any

import environment
import grpc_door
import policies
from case import SystemCase
from covers import covers
from credentials import Credential, Credentials
from curl import Curl
from fixtures import FIXTURES, PROOFS, ROLE, World
from grpc_door import GRPCDoor
from policies import Method
from stack.tenants import ALPHA, BETA, OPERATOR
from stack.wait import until
from verdicts import Seen, try_both, try_streams

UNKNOWN = "NOT_FOUND RESOURCE_NOT_FOUND"
NO_REFERENCE = "FAILED_PRECONDITION REFERENCE_NOT_FOUND"


def refusal(method: Method, credential: Credential) -> str:
    """Why a credential may not call, whatever it asks for; empty where it may."""
    access = method.policy.access
    if credential.flaw:
        return credential.flaw
    if access.operator and credential.tenant != OPERATOR:
        return "PERMISSION_DENIED NOT_OPERATOR"
    kinds = {policies.tenant_kind(number) for number in access.tenant_kinds}
    if kinds and credential.tenant_kind not in kinds:
        return "PERMISSION_DENIED TENANT_KIND_NOT_ALLOWED"
    principals = {policies.principal(number) for number in access.principals}
    if principals and credential.principal not in principals:
        return "PERMISSION_DENIED PRINCIPAL_NOT_ALLOWED"
    if not credential.scopes.issuperset(access.scopes):
        return "PERMISSION_DENIED SCOPE_MISSING"
    # No credential here has a role.
    if access.roles:
        return "PERMISSION_DENIED ROLE_MISSING"
    # Clients do not sign in.
    is_person = credential.principal in ("user", "administrator")
    if access.step_up_seconds and is_person and credential.signed_in is None:
        return "UNAUTHENTICATED STEP_UP_REQUIRED"
    return ""


def expected(method: Method, credential: Credential) -> str:
    """What a call for alpha's things gets."""
    if method.policy.access.public:
        fixture = FIXTURES[method.name]
        return fixture.with_credential or "OK" if credential.token else "OK"
    refused = refusal(method, credential)
    fixture = FIXTURES[method.name]
    if refused or credential.is_own:
        return refused or fixture.own
    # Who operates the platform has no tenant's things, but the tenants.
    if method.policy.access.operator or fixture.foreign:
        return fixture.foreign or "OK"
    if method.names:
        return UNKNOWN
    return NO_REFERENCE if method.references else "OK"


class MatrixTests(SystemCase):
    """At the doors of the process without TLS, where a gRPC call needs no certificate."""

    made: tuple[World, Credentials] | None = None
    credentials: list[Credential] = []
    # When they were made.
    signed_in = float("-inf")

    @classmethod
    def connect(cls) -> None:
        """Makes the credentials and the things of alpha that they ask for."""
        server = environment.plain()
        cls.rest = Curl(server.rest)
        cls.door = GRPCDoor(server.grpc)
        cls.addClassCleanup(cls.door.close)

    def setUp(self) -> None:
        """Somebody of alpha has opened a door; made once for all tests."""
        if MatrixTests.made is None:
            anna, boris = self.move_in(), self.move_in(BETA)
            command = self.state(self.opened(anna), "EXECUTED")["name"]
            maker = Credentials(self.stack, anna, boris)
            world = World(
                ALPHA.name, f"properties/{ALPHA.property}", anna.unit, anna.access_point,
                f"partners/{ALPHA.partner}", command, ALPHA.console,
                self.stack.demo.secrets.password(ALPHA.console),
                *self.spare_things(maker.signed_in(ALPHA.name)))
            MatrixTests.made = (world, maker)
        self.world, self.maker = MatrixTests.made
        self.renew()

    def renew(self) -> None:
        """Makes the credentials anew before a sign-in among them is too old, or one has ended."""
        if time.monotonic() - MatrixTests.signed_in > 150:
            MatrixTests.credentials = self.maker.all()
            self.maker.settle(MatrixTests.credentials, self.rest)
            MatrixTests.signed_in = time.monotonic()

    def spare_things(self, token: str) -> tuple[str, str, str, str]:
        """A tenant, a client, a member who holds a role and a partner, the last three of alpha."""
        tenant = f"spare-{uuid.uuid4().hex[:12]}"
        self.stack.artel.run(
            "tenant", "create", tenant, "--kind", "store", "--display-name", "Spare")

        def make(path: str, message: dict[str, Any]) -> dict[str, Any]:
            made = self.rest.send(
                "POST", path, json.dumps(message).encode(), token,
                {"content-type": "application/json"})
            self.assertEqual(made.status, 200, made.body)
            return made.json()

        client = make(f"/v1/clients?clientId={tenant}", {"kind": "PRINCIPAL_KIND_PARTNER"})
        make(f"/v1/roles?roleId={ROLE}", {"scopes": ["things:read"]})
        invitation = make(
            "/v1/members", {"login": f"{tenant}@example.org", "roles": [f"roles/{ROLE}"]})
        partner = make(f"/v1/partners?partnerId={tenant}", {
            "baseUri": "https://partner.example/v1", "tokenUri": "https://partner.example/token",
            "clientId": "artel", "clientSecret": "a secret of the matrix"})
        return tenant, client["client"]["clientId"], invitation["member"]["name"], partner["name"]

    def ask(self, method: Method, world: World, credential: Credential) -> Seen:
        """Makes the method's call on both doors, again where that was too fast for its limits."""
        attempt = try_streams if method.streams else try_both

        def admitted() -> Seen | None:
            call = FIXTURES[method.name].call(world)
            seen = attempt(self.rest, self.door, call, credential.token)
            if seen.rest.status != 429 and seen.grpc.code != "RESOURCE_EXHAUSTED":
                return seen
            # Until there is room for both: one door would else always take what the other needs.
            time.sleep(0.3)
            return None

        seen = until(f"{method.title} is admitted", admitted, 30)
        assert seen is not None
        return seen

    def served(self) -> list[Method]:
        """The methods that can be called."""
        return [method for name, method in policies.methods().items() if name in FIXTURES]

    def test_every_method_has_a_fixture(self) -> None:
        """has a fixture for every method of our contracts that is served, and for no other"""
        self.assertLessEqual(set(FIXTURES), set(policies.methods()))
        for name in PROOFS:
            self.assertTrue(policies.methods()[name].policy.access.public, name)
        for name in set(policies.methods()) - set(FIXTURES) - PROOFS:
            with self.subTest(method=name):
                self.assertEqual(
                    self.door.call(name).code, "UNIMPLEMENTED", "it lacks a fixture")

    @covers("A22", "B05", "S-A18", "S-A20", "S-B5", "S-D12", "S-D14", "S-D19")
    def test_every_method_with_every_credential(self) -> None:
        """gives each method with each kind of credential its policy's verdict, on both doors"""
        for method in self.served():
            self.renew()
            for credential in self.credentials:
                with self.subTest(method=method.title, credential=credential.title):
                    seen = self.ask(method, self.world, credential)
                    self.assertEqual(str(seen.verdict), expected(method, credential))

    @covers("S-H6", "A09")
    def test_every_call_is_in_the_audit(self) -> None:
        """has every method's call on both doors in the audit, and how it ended"""
        ((began,),) = self.stack.cluster.query("SELECT now()")
        expected = set()
        none = grpc_door.options("policy").AUDIT_LEVEL_NONE
        for method in self.served():
            if method.policy.audit == none:
                continue
            self.renew()
            own = [one for one in self.credentials if one.is_own]
            # One who may call, and one who may not.
            some = [next((one for one in own if not refusal(method, one)), None),
                    next((one for one in own if refusal(method, one)), None)]
            for credential in some:
                if credential is None or method.policy.access.public and credential is not some[0]:
                    continue
                seen = self.ask(method, self.world, credential)
                expected |= {(method.name, door, seen.verdict.code) for door in ("rest", "grpc")}

        def missing() -> set[tuple[str, ...]]:
            rows = self.stack.cluster.query(
                "SELECT action, door, code FROM artel.audit_entry "
                "WHERE kind IN ('CALL', 'BEGINNING', 'REFUSALS') "
                f"AND create_time >= '{began}' UNION SELECT action, door, code "
                f"FROM artel.platform_audit_entry WHERE create_time >= '{began}'")
            return expected - {tuple(row) for row in rows}

        # What is summed up comes when its minute is over.
        end = time.monotonic() + 90
        until("the audit is written", lambda: not missing() or time.monotonic() > end, 120)
        self.assertEqual(missing(), set())

    @covers("S-D12")
    def test_foreign_things_are_as_unknown_ones(self) -> None:
        """answers every method for another tenant's things as for things that do not exist"""
        unknown = self.world.unknown()
        for method in self.served():
            if not method.names and not method.references or FIXTURES[method.name].foreign == "OK":
                continue
            self.renew()
            for credential in self.credentials:
                if credential.tenant != BETA.name:
                    continue
                with self.subTest(method=method.title, credential=credential.title):
                    foreign = self.ask(method, self.world, credential)
                    other = self.ask(method, unknown, credential)
                    self.assertEqual(foreign.verdict, other.verdict)
                    self.assertEqual(foreign.rest.body, other.rest.body)
                    self.assertEqual(foreign.grpc, other.grpc)

    @covers("A23", "S-D12")
    def test_what_is_not_a_persons_own_is_as_unknown(self) -> None:
        """answers people for others' things as for things that do not exist, on both doors"""
        unknown = self.world.unknown()
        policy = grpc_door.options("policy")
        # One has no unit at all; of the other one's complex is the property, and nothing else here.
        for person, own in (
                (self.maker.resident(str(uuid.uuid4()), "stranger"), ()),
                (self.maker.resident(self.move_in().subject, "neighbour"), (self.world.property,))):
            for method in self.served():
                if method.policy.access.public or refusal(method, person):
                    continue
                # A request that came before would be known by its identifier.
                world = replace(self.world, request_id=str(uuid.uuid4()))
                request = FIXTURES[method.name].call(world).request
                about = request.get("name") or request.get("parent")
                verdict = FIXTURES[method.name].own
                is_own = about in own or method.policy.access.rows == policy.ROWS_TENANT
                if verdict == "OK" and not is_own:
                    verdict = UNKNOWN if method.names else (
                        NO_REFERENCE if method.references else FIXTURES[method.name].own)
                with self.subTest(method=method.title, person=person.title):
                    seen = self.ask(method, world, person)
                    self.assertEqual(str(seen.verdict), verdict)
                    if verdict == UNKNOWN:
                        # Another request, of another identifier.
                        other = self.ask(
                            method, replace(unknown, request_id=str(uuid.uuid4())), person)
                        self.assertEqual(seen.rest.body, other.rest.body)
                        self.assertEqual(seen.grpc, other.grpc)

    @covers("S-D13")
    def test_no_header_chooses_the_tenant(self) -> None:
        """refuses every method whose call has a header with another tenant than the credential"""
        user = next(one for one in self.credentials if one.title == f"user of {ALPHA.name}")
        for method in self.served():
            if method.policy.access.public or method.streams:
                continue
            with self.subTest(method=method.title):
                seen = try_both(
                    self.rest, self.door, FIXTURES[method.name].call(self.world), user.token,
                    {"x-tenant-id": BETA.name})
                self.assertEqual(str(seen.verdict), "PERMISSION_DENIED TENANT_MISMATCH")

    @covers("S-D22")
    def test_no_caller_sets_what_the_service_sets(self) -> None:
        """refuses in every method fields that only the service sets, and unknown ones"""
        for method in self.served():
            self.renew()
            allowed = [
                one for one in self.credentials if one.is_own and not refusal(method, one)]
            call = FIXTURES[method.name].call(self.world)
            if method.policy.access.public or call.body is None or not allowed:
                continue
            for resource, name, value in method.outputs:
                with self.subTest(method=method.title, field=name):
                    inner = {**call.request[resource], name: value}
                    seen = try_both(
                        self.rest, self.door, replace(
                            call, request={**call.request, resource: inner},
                            body={**call.body, name: value}), allowed[0].token)
                    self.assertEqual(
                        (seen.rest.status, seen.grpc.code), (400, "INVALID_ARGUMENT"))
            for name in ("tenantId", "roles", "balance", "isAdministrator"):
                with self.subTest(method=method.title, field=name):
                    response = self.rest.send(
                        call.http, call.path, json.dumps({**call.body, name: "x"}).encode(),
                        allowed[0].token, {"content-type": "application/json"})
                    self.assertEqual(response.status, 400, response.body)


if __name__ == "__main__":
    unittest.main()
