"""Opening devices, and what the platform hears of it."""

from __future__ import annotations

import json
import threading

from client import Client
from partner_case import DEADLINE, PartnerCase


class Commands(PartnerCase):
    """The partner without faults."""

    def test_opens_and_reports(self) -> None:
        key = self.new_key()
        response = self.open(key, command="commands/c-7")
        self.assertEqual((response.status, response.json()["state"]), (202, "ACKNOWLEDGED"))
        path, body = self.platform.wait(1)[0]
        self.assertEqual(path, "/v1/partners/intercoms/commands/c-7:report")
        self.assertEqual(body["state"], "EXECUTED")
        self.assertRegex(body["occurTime"], r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")
        self.opened(key)
        status = self.status(key).json()
        self.assertEqual((status["state"], status["command"]), ("EXECUTED", "commands/c-7"))
        self.assertEqual(status["id"], response.json()["id"])
        self.until(lambda: self.command(key)["report"]["state"] == "DONE")

    def test_repeats_the_answer_and_opens_once(self) -> None:
        key = self.new_key()
        first = self.open(key)
        self.opened(key)
        again = self.open(key)
        self.assertEqual((again.status, again.body), (202, first.body))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assertEqual(self.open(f'"{key}"').body, first.body)
        self.opened(key)
        doors = [d for d in self.state()["devices"] if d["device"] == "door-1"]
        self.assertEqual([d["openings"] for d in doors], [1, 0])

    def test_opens_once_for_many_at_the_same_moment(self) -> None:
        key, token = self.new_key(), self.token()
        bodies: list[bytes] = []

        def ask() -> None:
            client = Client(str(self.process.ready["address"]), self.certificate)
            body = {"command": "c", "deadline": DEADLINE}
            headers = {"Authorization": f"Bearer {token}", "Idempotency_Key": key}
            bodies.append(client.post("/v1/devices/door-1/open", body, **headers).body)
            client.close()

        threads = [threading.Thread(target=ask) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(bodies), 12)
        self.assertEqual(len(set(bodies)), 1)
        self.opened(key)

    def test_refuses_another_body_under_the_same_key(self) -> None:
        key = self.new_key()
        self.assertEqual(self.open(key).status, 202)
        for response in (
            self.open(key, command="commands/c-2"),
            self.open(key, device="door-2"),
            self.open(key, deadline="2098-01-01T00:00:00Z"),
        ):
            self.assertEqual((response.status, response.code()), (422, "idempotency_key_reused"))

    def test_refuses_what_no_device_can_do(self) -> None:
        cases = [
            ("nowhere", DEADLINE, 404, "device_unknown"),
            ("dark", DEADLINE, 409, "device_offline"),
            ("door-1", "2020-01-01T00:00:00Z", 409, "deadline_passed"),
        ]
        for device, deadline, status, code in cases:
            key = self.new_key()
            response = self.open(key, device, deadline=deadline)
            self.assertEqual((response.status, response.code()), (status, code))
            self.assertEqual(self.status(key).code(), "command_unknown")
        self.assertEqual(self.open(self.new_key(), "gate%2F3").status, 202)

    def test_refuses_malformed_requests(self) -> None:
        token = f"Bearer {self.token()}"
        good = json.dumps({"command": "c", "deadline": DEADLINE}).encode()
        kind = "application/json"
        for body, code in [
            (b"", "bad_json"),
            (b"{", "bad_json"),
            (b"\xff", "bad_json"),
            (b"[" * 100_000, "bad_json"),
            (b'{"command": NaN}', "bad_json"),
            (b"9" * 5000, "bad_json"),
            (b"[]", "object_wanted"),
            (b"{}", "command_bad"),
            (b'{"command": 7}', "command_bad"),
            (b'{"command": "\\ud800"}', "command_bad"),
            (b'{"command": "c"}', "deadline_bad"),
            (b'{"command": "c", "deadline": "soon"}', "deadline_bad"),
            (b'{"command": "c", "deadline": "2099-02-30T00:00:00Z"}', "deadline_bad"),
        ]:
            headers = {"Authorization": token, "Content_Type": kind, "Idempotency_Key": "k"}
            response = self.client.call("POST", "/v1/devices/door-1/open", body, **headers)
            self.assertEqual((response.status, response.code()), (400, code), body[:40])
        for key in ("", "two words", "x" * 256):
            headers = {"Authorization": token, "Content_Type": kind, "Idempotency_Key": key}
            response = self.client.call("POST", "/v1/devices/door-1/open", good, **headers)
            self.assertEqual((response.status, response.code()), (400, "idempotency_key_bad"))
        headers = {"Authorization": token, "Content_Type": kind}
        response = self.client.call("POST", "/v1/devices/door-1/open", good, **headers)
        self.assertEqual(response.code(), "idempotency_key_missing")
        headers = {"Authorization": token, "Idempotency_Key": "k", "Content_Type": "text/plain"}
        response = self.client.call("POST", "/v1/devices/door-1/open", good, **headers)
        self.assertEqual((response.status, response.code()), (415, "json_wanted"))

    def test_reports_a_device_that_is_jammed(self) -> None:
        key = self.new_key()
        self.assertEqual(self.open(key, "stuck").status, 202)
        body = self.platform.wait(1)[0][1]
        self.assertEqual((body["state"], body["failureCode"]), ("FAILED", "device_jammed"))
        self.assertEqual(self.status(key).json()["state"], "FAILED")
        self.assertEqual(self.command(key)["openings"], 0)

    def test_changes_a_device_by_control(self) -> None:
        body = {"partner": "intercoms", "device": "door-2", "state": "offline"}
        self.assertEqual(self.order("/control/devices", body).status, 200)
        self.assertEqual(self.open(self.new_key(), "door-2").code(), "device_offline")
        self.assertEqual(self.order("/control/devices", {**body, "device": "x"}).status, 400)
        self.assertEqual(self.order("/control/devices", {**body, "state": "x"}).status, 400)

    def test_works_without_a_platform_to_report_to(self) -> None:
        token = self.token("artel-beta", "beta-secret")
        key = self.new_key()
        self.assertEqual(self.open(key, token=token).status, 202)
        self.opened(key)
        body = {"partner": "barriers", "base_uri": self.platform.address}
        self.assertEqual(self.order("/control/report", body).status, 400)
