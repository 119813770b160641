"""What the system tests have in common."""

from __future__ import annotations

import unittest
from typing import Any

import environment
from curl import Curl, Response
from grpc_door import GRPCDoor
from residents import Resident, console, move_in
from stack.artel import host_name
from stack.rest import Rest
from stack.stack import Stack
from stack.tenants import ALPHA, Complex
from stack.wait import until

ACCESS_POINTS = "artel.residential.v1.AccessPointService"
COMMANDS = "artel.residential.v1.CommandService"
EVENTS = "artel.residential.v1.AccessEventService"
FINAL = ("EXECUTED", "FAILED", "TIMED_OUT", "DENIED", "EXPIRED")


class SystemCase(unittest.TestCase):
    """Tests on the shared stack."""

    maxDiff = None
    stack: Stack
    rest: Curl

    @classmethod
    def setUpClass(cls) -> None:
        """Finds the shared stack, or starts it."""
        cls.stack = environment.stack()
        cls.connect()

    @classmethod
    def connect(cls) -> None:
        """Makes the clients of both doors; that of gRPC has alpha's certificate."""
        cls.rest = Curl(cls.stack.server.rest, cls.stack.certificates.authority)

    def grpc(self, tenant: Complex = ALPHA) -> GRPCDoor:
        """The gRPC door, through a channel with a tenant's certificate."""
        door = GRPCDoor(
            self.stack.server.grpc, self.stack.certificates.authority,
            self.stack.demo.certificate(tenant), host_name(tenant))
        self.addCleanup(door.close)
        return door

    def move_in(self, complex: Complex = ALPHA, **more: str) -> Resident:
        """Somebody with a unit and an access point."""
        return move_in(self.stack, complex, **more)

    def console(self, complex: Complex = ALPHA) -> Rest:
        """REST as the complex's service."""
        return console(self.stack, complex)

    # --- Opening --------------------------------------------------------------------------------

    def open(
        self, resident: Resident, request_id: str | None = None, token: str | None = None
    ) -> Response:
        """Asks to open the resident's access point, over REST."""
        wish = resident.wish(request_id)
        name = wish.pop("name")
        return self.rest.post(f"/v1/{name}:open", wish, token or resident.token())

    def opened(self, resident: Resident) -> str:
        """Opens, which must succeed; returns the command's name."""
        response = self.open(resident)
        self.assertEqual(response.status, 200, response.body)
        return str(response.json()["name"])

    def command(self, name: str, complex: Complex = ALPHA) -> dict[str, Any]:
        """The command as the complex's service sees it."""
        return self.console(complex).get(f"/v1/{name}")

    def state(self, name: str, *states: str, seconds: float = 30) -> dict[str, Any]:
        """Waits for one of these states, and returns the command."""
        rest = self.console()

        def reached() -> dict[str, Any] | None:
            command = rest.get(f"/v1/{name}")
            return command if command["state"] in states else None

        return until(f"{name} becomes {' or '.join(states)}", reached, seconds) or {}

    def only_command(self, resident: Resident) -> str:
        """The one command of the resident's unit, found by the audit of the database."""
        unit = resident.unit.removeprefix("units/")
        rows = self.stack.cluster.query(
            f"SELECT command_id FROM artel.command WHERE unit_id = '{unit}'")
        self.assertEqual(len(rows), 1, rows)
        return f"commands/{rows[0][0]}"

    def journal(self, resident: Resident) -> list[dict[str, Any]]:
        """The journal of the resident's unit, the newest first."""
        page = self.console(resident.complex).get(f"/v1/{resident.unit}/accessEvents")
        return page.get("accessEvents", [])

    def assert_error(self, response: Response, status: int, name: str, reason: str = "") -> None:
        """Checks an AIP-193 error: HTTP status, code's name, and the reason where one is given."""
        self.assertEqual(response.status, status, response.body)
        error = response.json()["error"]
        self.assertEqual((error["code"], error["status"]), (status, name), error)
        self.assertIn("application/json", response.header("content-type") or "")
        if reason:
            self.assertEqual(response.reason, reason, error)
