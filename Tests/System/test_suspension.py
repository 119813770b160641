"""A tenant that is suspended."""

from __future__ import annotations

import time
import unittest
from collections.abc import Callable

import environment
from case import EVENTS, SystemCase
from covers import covers
from curl import Curl, Response
from grpc_door import GRPCDoor
from stack.tenants import ALPHA, BETA
from stack.wait import until
from verdicts import Call, try_both

_TENANT = Call("artel.tenancy.v1.TenantService/GetTenant", "GET", "/v1/tenant")


class SuspensionTests(SystemCase):
    """Suspending takes effect within a second, in every process, though tokens are still good."""

    @covers("A17", "A18", "S-A20", "S-D19")
    def test_a_suspended_tenant_is_refused_at_once(self) -> None:
        """refuses every call of a suspended tenant within about a second, on both doors of every
        process, and serves it again when it is resumed"""
        plain = environment.plain()
        door = GRPCDoor(plain.grpc)
        self.addCleanup(door.close)
        boris, anna = self.move_in(BETA), self.move_in(ALPHA)
        token = boris.token()
        service = self.stack.demo.token(BETA.console, self.stack.server.rest)

        def verdict(credential: str) -> str:
            """What both doors say; they are asked one after the other, and the tenant may be
            suspended or resumed in between."""
            try:
                return str(try_both(Curl(plain.rest), door, _TENANT, credential).verdict)
            except AssertionError:
                return "one door before the other"

        def verdicts() -> set[str]:
            """What both processes say of both credentials."""
            return {verdict(each) for each in (token, service)} | {
                str(self.rest.get("/v1/tenant", each).status) for each in (token, service)
            }

        self.assertEqual(verdicts(), {"OK", "200"})
        self.stack.artel.run("tenant", "suspend", BETA.name)
        suspended = time.monotonic()
        self.addCleanup(self.resume, verdicts)
        refused = {"PERMISSION_DENIED TENANT_SUSPENDED", "403"}
        until("every call is refused", lambda: verdicts() == refused, 5)
        # A second, and the time that it takes to look.
        self.assertLess(time.monotonic() - suspended, 2)
        self.assert_error(self.open(boris, token=token), 403, "PERMISSION_DENIED")
        self.assert_no_token()
        # By its certificate neither, over a new connection or an old one.
        by_certificate = self.grpc(BETA).call(
            f"{EVENTS}/ListAccessEvents", {"parent": boris.unit})
        self.assertIn(
            by_certificate.code, ("PERMISSION_DENIED", "UNAUTHENTICATED", "UNAVAILABLE"))
        self.assertEqual(self.rest.get("/v1/tenant", anna.token()).status, 200)
        self.resume(verdicts)
        self.assertEqual(boris.openings, 0)
        self.assertEqual(self.open(boris).status, 200)

    def resume(self, verdicts: Callable[[], set[str]]) -> None:
        """Resumes the tenant, and waits until every process serves it."""
        self.stack.artel.run("tenant", "resume", BETA.name)
        until("it is served again", lambda: verdicts() == {"OK", "200"}, 5)

    def assert_no_token(self) -> None:
        """Checks that clients of the tenant get no tokens."""

        def ask() -> Response:
            secret = self.stack.demo.secrets.password(BETA.console)
            return self.rest.form(
                "/oauth2/token",
                f"grant_type=client_credentials&client_id={BETA.console}&client_secret={secret}")

        until("no token is issued", lambda: ask().status != 200, 5)
        self.assertIn(ask().status, (400, 401, 403))


if __name__ == "__main__":
    unittest.main()
