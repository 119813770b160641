"""A door opens: the whole way, over both doors."""

from __future__ import annotations

import unittest
import uuid

from case import ACCESS_POINTS, COMMANDS, EVENTS, SystemCase
from covers import covers
from stack.tenants import ALPHA, BETA, ISSUER_ALIAS
from stack.wait import until


class OpenDoorTests(SystemCase):
    """OpenAccessPoint, from the phone to the journal."""

    @covers("A03", "A26", "A27", "A28", "B20", "B21", "B22", "B23", "B24", "B25", "B26")
    def test_a_resident_opens_its_door_over_rest(self) -> None:
        """opens a resident's door over REST: acknowledged, executed, in journal and audit"""
        anna = self.move_in()
        response = self.open(anna)
        self.assertEqual(response.status, 200, response.body)
        command = response.json()
        self.assertIn(command["state"], ("ACKNOWLEDGED", "EXECUTED"))
        self.assertEqual(command["accessPoint"], anna.access_point)
        self.assertEqual(command["unit"], anna.unit)
        self.assertEqual(command["requestedBy"], f"{ISSUER_ALIAS}:{anna.subject}")
        self.assertTrue(command["decision"]["allowed"])
        self.assertEqual(
            command["decision"]["reasons"],
            ["member:owner", "unit_has_access_point", "role_opens:door"])
        self.assert_executed(anna, command["name"])

    @covers("A03", "B17", "B20", "B23")
    def test_a_resident_opens_its_door_over_grpc(self) -> None:
        """opens a resident's door over gRPC, and any door tells the same of the command"""
        anna = self.move_in(BETA)
        door = self.grpc(BETA)
        token = anna.token()
        answer = door.call(f"{ACCESS_POINTS}/OpenAccessPoint", anna.wish(), token)
        self.assertEqual(answer.code, "OK", answer)
        name = answer.json["name"]
        until("it is executed", lambda: self.command(name, BETA)["state"] == "EXECUTED")
        over_grpc = door.call(f"{COMMANDS}/GetCommand", {"name": name}, token)
        over_rest = self.rest.get(f"/v1/{name}", token)
        self.assertEqual(over_grpc.json, over_rest.json())
        self.assertEqual(anna.openings, 1)
        events = door.call(f"{EVENTS}/ListAccessEvents", {"parent": anna.unit}, token)
        listed = self.rest.get(f"/v1/{anna.unit}/accessEvents", token)
        self.assertEqual(events.json, listed.json())
        self.assertEqual(events.json["accessEvents"][0]["command"], name)

    @covers("B22", "A23")
    def test_an_outer_member_opens_gates_and_not_doors(self) -> None:
        """lets an outer member through a gate, and not through a door, and says why"""
        guest = self.move_in(kind="GATE", role="OUTER")
        self.opened(guest)
        at_door = self.move_in(kind="DOOR", role="OUTER")
        response = self.open(at_door)
        self.assert_error(response, 403, "PERMISSION_DENIED", "ACCESS_DENIED")
        metadata = response.json()["error"]["details"][0]["metadata"]
        self.assertIn("role_opens_no_doors", metadata["reasons"])
        denied = self.command(metadata["command"])
        self.assertEqual(denied["state"], "DENIED")
        self.assertFalse(denied["decision"].get("allowed", False))
        self.assertEqual(at_door.openings, 0)
        self.assertEqual([e["result"] for e in self.journal(at_door)], ["DENIED"])

    @covers("A23", "S-D12")
    def test_nobody_opens_in_the_right_of_a_unit_of_others(self) -> None:
        """answers a wish in another unit's right as if there were no such unit"""
        anna, other = self.move_in(), self.move_in()
        token = anna.token()
        for unit in (other.unit, "units/nowhere"):
            response = self.rest.post(
                f"/v1/{anna.access_point}:open",
                {"unit": unit, "requestId": str(uuid.uuid4())}, token)
            self.assert_error(response, 404, "NOT_FOUND", "RESOURCE_NOT_FOUND")
        foreign = self.rest.post(
            f"/v1/{other.access_point}:open",
            {"unit": anna.unit, "requestId": str(uuid.uuid4())}, token)
        self.assert_error(foreign, 404, "NOT_FOUND", "RESOURCE_NOT_FOUND")
        self.assertEqual((anna.openings, other.openings), (0, 0))

    @covers("B26")
    def test_a_jammed_device_ends_in_failed(self) -> None:
        """records FAILED where the device reports that it did not open"""
        anna = self.move_in()
        order = {"partner": ALPHA.partner, "device": anna.device}
        self.stack.partners.control.post("/control/devices", order | {"state": "jammed"})
        name = self.opened(anna)
        command = self.state(name, "FAILED")
        self.assertEqual(command["failure"]["code"], "PARTNER_ERROR")
        self.assertEqual(anna.openings, 0)
        self.assertEqual([e["result"] for e in self.journal(anna)], ["FAILED"])

    @covers("A28", "A12")
    def test_only_the_partner_itself_reports(self) -> None:
        """takes reports from the command's own partner alone, and refuses illegal moves"""
        anna = self.move_in()
        name = self.opened(anna)
        self.state(name, "EXECUTED")
        rest = self.stack.server.rest
        path = f"/v1/partners/{ALPHA.partner}/{name}:report"
        own = self.stack.demo.token(ALPHA.partner, rest)
        again = self.rest.post(path, {"state": "EXECUTED"}, own)
        self.assertEqual(again.status, 200, again.body)
        back = self.rest.post(path, {"state": "FAILED"}, own)
        self.assert_error(back, 400, "FAILED_PRECONDITION", "ILLEGAL_MOVE")
        foreign = self.stack.demo.token(BETA.partner, rest)
        self.assert_error(
            self.rest.post(path, {"state": "EXECUTED"}, foreign), 404, "NOT_FOUND",
            "RESOURCE_NOT_FOUND")
        person = self.rest.post(path, {"state": "EXECUTED"}, anna.token())
        self.assert_error(person, 403, "PERMISSION_DENIED", "PRINCIPAL_NOT_ALLOWED")
        self.assertEqual(self.command(name)["state"], "EXECUTED")

    def assert_executed(self, resident, name: str) -> None:
        """Checks what a door that opened once leaves behind."""
        command = self.state(name, "EXECUTED")
        for time in ("createTime", "sentTime", "ackTime", "executedTime", "deadline"):
            self.assertIn(time, command)
        self.assertEqual(resident.openings, 1)
        events = self.journal(resident)
        self.assertEqual(len(events), 1, events)
        event = events[0]
        self.assertEqual(event["command"], name)
        self.assertEqual(event["result"], "GRANTED")
        self.assertEqual(event["method"], "APP")
        self.assertEqual(event["subject"], f"{ISSUER_ALIAS}:{resident.subject}")
        audit = self.console().get(f"/v1/auditEntries?resource={name}")["auditEntries"]
        self.assertEqual(
            [entry["change"] for entry in reversed(audit)],
            [
                "-> CREATED", "CREATED -> AUTHORIZED", "AUTHORIZED -> SENT",
                "SENT -> ACKNOWLEDGED", "ACKNOWLEDGED -> EXECUTED",
            ])
        self.assertEqual(audit[-1]["actor"], f"{ISSUER_ALIAS}:{resident.subject}")
        self.assertEqual(audit[0]["actor"], f"clients/{ALPHA.partner}")


if __name__ == "__main__":
    unittest.main()
