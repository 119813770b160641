"""A repeated request opens once."""

from __future__ import annotations

import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor

from case import ACCESS_POINTS, SystemCase
from covers import covers
from residents import Resident
from stack.tenants import BETA
from stack.wait import until


class IdempotencyTests(SystemCase):
    """OpenAccessPoint by request_id."""

    @covers("S-G2", "S-G7")
    def test_a_repeated_request_returns_the_first_command(self) -> None:
        """returns the first command for a repeated request, over either door, and opens once"""
        anna = self.move_in()
        request_id = str(uuid.uuid4())
        token = anna.token()
        first = self.open(anna, request_id, token)
        self.assertEqual(first.status, 200, first.body)
        name = first.json()["name"]
        self.state(name, "EXECUTED")
        again = self.open(anna, request_id.upper(), token)
        self.assertEqual((again.status, again.json()["name"]), (200, name))
        self.assertEqual(again.json()["state"], "EXECUTED")
        answer = self.grpc().call(
            f"{ACCESS_POINTS}/OpenAccessPoint", anna.wish(request_id), token)
        self.assertEqual((answer.code, answer.json["name"]), ("OK", name))
        self.assertEqual(anna.openings, 1)
        self.assertEqual(len(self.journal(anna)), 1)

    @covers("S-G5")
    def test_twenty_at_once_open_once(self) -> None:
        """opens once for twenty equal requests at once, half of them over gRPC"""
        anna = self.move_in()
        # Slow enough that all of them come before the first one's answer.
        anna.fault("slow", seconds=1, times=1)
        request_id, token = str(uuid.uuid4()), anna.token()
        door = self.grpc()

        def ask(number: int) -> str:
            if number % 2:
                answer = door.call(
                    f"{ACCESS_POINTS}/OpenAccessPoint", anna.wish(request_id), token)
                self.assertEqual(answer.code, "OK", answer)
                return str(answer.json["name"])
            response = self.open(anna, request_id, token)
            self.assertEqual(response.status, 200, response.body)
            return str(response.json()["name"])

        with ThreadPoolExecutor(20) as pool:
            names = set(pool.map(ask, range(20)))
        self.assertEqual(len(names), 1, names)
        self.state(names.pop(), "EXECUTED")
        self.assertEqual(anna.openings, 1)

    @covers("S-G3")
    def test_the_same_id_for_another_door_is_an_error(self) -> None:
        """refuses a request_id that came before with another wish, and opens nothing"""
        anna = self.move_in()
        other = self.move_in()
        request_id = str(uuid.uuid4())
        self.state(self.open(anna, request_id).json()["name"], "EXECUTED")
        self.assert_reused(self.open(other, request_id))
        self.assertEqual((anna.openings, other.openings), (1, 0))

    @covers("S-G6", "S-D16", "S-D17")
    def test_another_tenant_has_request_ids_of_its_own(self) -> None:
        """keeps the request ids of tenants apart: the same one opens a door in each"""
        anna, boris = self.move_in(), self.move_in(BETA)
        request_id = str(uuid.uuid4())
        names = {self.open(each, request_id).json()["name"] for each in (anna, boris)}
        self.assertEqual(len(names), 2)
        self.until_opened(anna)
        self.until_opened(boris)

    @covers("S-G1")
    def test_a_request_needs_an_id(self) -> None:
        """refuses a request without an id, or with one that is no UUID, naming the field"""
        anna = self.move_in()
        for request_id in ("", "12", "00000000-0000-0000-0000-00000000000g"):
            response = self.rest.post(
                f"/v1/{anna.access_point}:open", {"unit": anna.unit, "requestId": request_id},
                anna.token())
            self.assert_error(response, 400, "INVALID_ARGUMENT")
            self.assertIn("request_id", response.body.decode())
        self.assertEqual(anna.openings, 0)

    def assert_reused(self, response) -> None:
        """Checks the refusal of a request_id that came before."""
        self.assert_error(response, 422, "FAILED_PRECONDITION", "REQUEST_ID_REUSED")

    def until_opened(self, resident: Resident) -> None:
        """Waits until the resident's door has opened, once."""
        until("the door opens", lambda: resident.openings == 1)


if __name__ == "__main__":
    unittest.main()
