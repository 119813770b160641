"""What survives when processes are killed."""

from __future__ import annotations

import random
import threading
import time
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor

import environment
from case import FINAL, SystemCase
from covers import covers
from curl import Curl
from residents import Resident
from stack.wait import until

_KILLS = 50 if environment.LONG else 3
_DATABASE_KILLS = 20 if environment.LONG else 2


class CrashCase(SystemCase):
    """Tests on a stack of their own, since they break it."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    def try_open(self, resident: Resident, request_id: str, token: str) -> int | None:
        """Asks to open; None where the answer is lost."""
        try:
            return self.open(resident, request_id, token).status
        except ConnectionError:
            return None

    def command_of(self, request_id: str) -> str | None:
        """The command of a request, as the database has it."""
        rows = self.stack.cluster.query(
            f"SELECT command_id FROM artel.command WHERE request_id = '{request_id}'")
        return f"commands/{rows[0][0]}" if rows else None


class KilledProcessTests(CrashCase):
    """kill -9 of `artel serve`."""

    @covers("S-G7", "S-G8")
    def test_a_kill_between_command_and_acknowledgement(self) -> None:
        """brings a command to a final state after a kill between send and acknowledgement, and
        opens the door at most once"""
        for round in range(_KILLS):
            with self.subTest(round=round):
                self.kill_once()

    def kill_once(self) -> None:
        """Kills the process while the partner has a command and has not answered."""
        anna = self.move_in()
        anna.fault("slow", seconds=2, times=1)
        request_id, token = str(uuid.uuid4()), anna.token()
        opening = threading.Thread(target=self.try_open, args=(anna, request_id, token))
        opening.start()
        until("the partner has the command", lambda: self.is_at_partner(request_id))
        self.stack.server.kill()
        opening.join(60)
        self.stack.server.start()
        name = self.command_of(request_id)
        self.assertIsNotNone(name, "SENT is committed before the partner is called")
        command = self.state(name, *FINAL, seconds=90)
        until("the partner is done", lambda: self.is_done(name))
        openings = anna.openings
        self.assertLessEqual(openings, 1)
        if command["state"] == "EXECUTED":
            self.assertEqual(openings, 1)
        # The same wish again, by a phone that had no answer, opens nothing more.
        again = self.open(anna, request_id)
        self.assertIn(again.status, (200, 503, 504), again.body)
        self.assertEqual(anna.openings, openings)

    @covers("S-G7", "S-G8")
    def test_kills_at_any_moment(self) -> None:
        """loses no command that was answered, and opens no door twice, with kills at any moment"""
        for round in range(_KILLS):
            with self.subTest(round=round):
                people = [self.move_in() for _ in range(4)]
                tokens = {person.subject: person.token() for person in people}
                wishes = {str(uuid.uuid4()): person for person in people for _ in range(2)}

                def ask(wish: tuple[str, Resident]) -> tuple[str, int | None]:
                    request_id, person = wish
                    return request_id, self.try_open(person, request_id, tokens[person.subject])

                with ThreadPoolExecutor(8) as pool:
                    results = pool.map(ask, wishes.items())
                    time.sleep(random.Random(round).uniform(0.01, 0.4))
                    self.stack.server.kill()
                    answers = dict(results)
                self.stack.server.start()
                self.assert_consistent(wishes, answers)

    def assert_consistent(
        self, wishes: dict[str, Resident], answers: dict[str, int | None]
    ) -> None:
        """Checks every wish: answered ones are kept, and no door opened more often than asked."""
        expected: dict[str, int] = {}
        for request_id, person in wishes.items():
            name = self.command_of(request_id)
            if answers[request_id] == 200:
                self.assertIsNotNone(name, "an answered command is lost")
            if name is None:
                continue
            command = self.state(name, *FINAL, seconds=90)
            until("the partner is done", lambda: self.is_done(name))
            opened = self.stack.partners.openings(name)
            self.assertLessEqual(opened, 1)
            if command["state"] == "EXECUTED":
                self.assertEqual(opened, 1)
            expected[person.device] = expected.get(person.device, 0) + opened
        for person in set(wishes.values()):
            self.assertEqual(person.openings, expected.get(person.device, 0))

    def is_at_partner(self, request_id: str) -> bool:
        """Whether the partner has taken the command of a request."""
        name = self.command_of(request_id)
        return name is not None and self.stack.partners.command(name) is not None

    def is_done(self, name: str) -> bool:
        """Whether the partner has nothing more to do for a command."""
        command = self.stack.partners.command(name)
        return command is None or command["state"] != "ACKNOWLEDGED"


class KilledDatabaseTests(CrashCase):
    """kill -9 of PostgreSQL, all of it."""

    @covers("S-G8", "S-F16", "B34")
    def test_a_killed_database_under_load(self) -> None:
        """answers 503 while the database is gone, recovers by itself, and loses nothing that was
        answered"""
        people = [self.move_in() for _ in range(8)]
        tokens = [person.token() for person in people]
        for round in range(_DATABASE_KILLS):
            with self.subTest(round=round):
                self.kill_once(people, tokens)
        self.assertIsNone(self.stack.server.process.status, "artel lives on")

    def kill_once(self, people: list[Resident], tokens: list[str]) -> None:
        """Kills the database while people open doors."""
        ended = threading.Event()
        answers: dict[str, int | None] = {}

        def load(number: int) -> None:
            # Below what one person may ask for in a second.
            while not ended.is_set():
                request_id = str(uuid.uuid4())
                answers[request_id] = self.try_open(people[number], request_id, tokens[number])
                ended.wait(0.2)

        with ThreadPoolExecutor(len(people)) as pool:
            loads = [pool.submit(load, number) for number in range(len(people))]
            until("doors open", lambda: list(answers.values()).count(200) >= 8)
            self.stack.cluster.crash()
            try:
                refused = self.while_down(people[0], tokens[0])
                self.assertTrue(set(refused) <= {503, 504}, refused)
                healthy = Curl(self.stack.server.rest, self.stack.certificates.authority)
                self.assertEqual(healthy.get("/healthz").status, 200)
            finally:
                self.stack.cluster.start()
            before = list(answers.values()).count(200)
            until(
                "doors open again", lambda: list(answers.values()).count(200) >= before + 8, 30)
            ended.set()
            for each in loads:
                each.result(60)
        self.assertTrue(set(answers.values()) <= {200, 503, 504}, set(answers.values()))
        for request_id, status in answers.items():
            if status == 200:
                self.assertIsNotNone(self.command_of(request_id), "an answered command is lost")

    def while_down(self, person: Resident, token: str) -> list[int | None]:
        """What calls get while the database is gone."""
        return [self.try_open(person, str(uuid.uuid4()), token) for _ in range(3)]


if __name__ == "__main__":
    unittest.main()
