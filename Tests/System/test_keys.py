"""Calls that are repeated with an Idempotency-Key."""

from __future__ import annotations

import json
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import environment
from case import SystemCase
from covers import covers
from curl import Curl, Response
from grpc_door import Answer, GRPCDoor
from stack.artel import Doors
from stack.stack import Stack
from stack.tenants import ALPHA, BETA, OPERATOR
from stack.wait import until

_CREATE = "artel.tenancy.v1.ClientService/CreateClient"
_ROTATE = "artel.tenancy.v1.ClientService/RotateClientSecret"
_KIND = "PRINCIPAL_KIND_PARTNER"


def administrator(stack: Stack, tenant: str = ALPHA.name, who: str = "olga") -> str:
    """The token of somebody who has just signed in, and may create clients."""
    return str(stack.artel.run(
        "token", "mint", tenant, who, "--kind", "administrator", "--signed-in",
        "--scope", "clients:write", "--scope", "clients:read")["access_token"])


def create(
    rest: Curl, token: str, client: str, key: str | None, **more: Any
) -> Response:
    """Creates a client over REST."""
    headers = {"content-type": "application/json"} | ({} if key is None else {
        "idempotency-key": key})
    return rest.send(
        "POST", f"/v1/clients?clientId={client}", json.dumps({"kind": _KIND, **more}).encode(),
        token, headers)


def name() -> str:
    """A client that nobody has."""
    return f"key-{uuid.uuid4().hex[:12]}"


class KeyTests(SystemCase):
    """CreateClient with a key; its answer has a secret that nobody can get again otherwise."""

    def setUp(self) -> None:
        """Somebody may create clients."""
        self.server = environment.plain()
        self.plain = Curl(self.server.rest)
        self.door = GRPCDoor(self.server.grpc)
        self.addCleanup(self.door.close)
        self.token = administrator(self.stack)

    def grpc_create(self, client: str, key: str, **more: Any) -> Answer:
        """Creates a client over gRPC."""
        return self.door.call(
            _CREATE, {"clientId": client, "client": {"kind": _KIND, **more}}, self.token,
            metadata=(("idempotency-key", key),))

    @covers("S-G2", "B09")
    def test_the_first_answer_comes_again(self) -> None:
        """returns the first answer to a repeated call, with its status and its secret, on either
        door"""
        client, key = name(), str(uuid.uuid4())
        first = create(self.plain, self.token, client, f'"{key}"')
        self.assertEqual(first.status, 200, first.body)
        self.assertIsNone(first.header("idempotent-replayed"))
        # Another process has never seen the call; a key need not have quotes.
        for rest in (self.plain, self.rest):
            again = create(rest, self.token, client, key)
            self.assertEqual((again.status, again.body), (first.status, first.body))
            self.assertEqual(again.header("idempotent-replayed"), "true")
        other, key = name(), str(uuid.uuid4())
        answers = [self.grpc_create(other, key) for _ in range(2)]
        self.assertEqual([one.code for one in answers], ["OK", "OK"])
        self.assertEqual(answers[0].json, answers[1].json)

    @covers("S-G1")
    def test_a_key_that_is_required(self) -> None:
        """refuses on both doors to replace a secret without a key: 400; with one the secret in use
        goes on, however often the call is repeated"""
        client = name()
        first = create(self.plain, self.token, client, str(uuid.uuid4())).json()["secret"]
        resource, overlap = f"clients/{ALPHA.name}.{client}", {"overlap": "3600s"}

        def rotate(headers: dict[str, str]) -> Response:
            return self.plain.send(
                "POST", f"/v1/{resource}:rotateSecret", json.dumps(overlap).encode(), self.token,
                {"content-type": "application/json"} | headers)

        self.assert_error(rotate({}), 400, "INVALID_ARGUMENT", "IDEMPOTENCY_KEY_REQUIRED")
        answer = self.door.call(_ROTATE, {"name": resource, **overlap}, self.token)
        self.assertEqual(
            (answer.code, answer.reason), ("INVALID_ARGUMENT", "IDEMPOTENCY_KEY_REQUIRED"))
        key = {"idempotency-key": str(uuid.uuid4())}
        answers = [rotate(key) for _ in range(3)]
        self.assertEqual({one.status for one in answers}, {200}, answers[0].body)
        second = {one.json()["secret"] for one in answers}
        self.assertEqual(len(second), 1)
        for secret in (first, *second):
            given = self.plain.form(
                "/oauth2/token",
                f"grant_type=client_credentials&client_id={ALPHA.name}.{client}"
                f"&client_secret={secret}")
            self.assertEqual(given.status, 200, given.body)

    @covers("S-G2", "S-G6")
    def test_a_tenant_is_created_once(self) -> None:
        """returns the invitation of a tenant's first administrator again to the operator who repeats
        the call, at any process, and to nobody else"""
        tokens = [
            str(self.stack.artel.run(
                "token", "mint", OPERATOR, who, "--kind", "administrator", "--signed-in",
                "--scope", "platform.tenants:write")["access_token"])
            for who in ("olga", "boris")]
        tenant, key = name(), {"idempotency-key": str(uuid.uuid4())}
        body = json.dumps({
            "displayName": "New", "firstAdministrator": {"login": f"{tenant}@example.org"}})
        path = f"/v1/tenants?tenantId={tenant}&kind=TENANT_KIND_BANK&reason=test"

        def ask(rest: Curl, token: str) -> Response:
            return rest.send(
                "POST", path, body.encode(), token, {"content-type": "application/json"} | key)

        made = ask(self.plain, tokens[0])
        self.assertEqual(made.status, 200, made.body)
        self.assertIn("#invitation=", made.json()["firstAdministrator"]["invitationUri"])
        again = ask(self.rest, tokens[0])
        self.assertEqual((again.status, again.body), (200, made.body))
        self.assertEqual(again.header("idempotent-replayed"), "true")
        self.assert_error(ask(self.plain, tokens[1]), 409, "ALREADY_EXISTS")
        # What is kept is the operator's, not the new tenant's.
        rows = self.stack.cluster.query(
            "SELECT name FROM artel.idempotency_key JOIN artel.tenant USING (tenant_id)"
            f" WHERE name IN ('{tenant}', '{OPERATOR}') GROUP BY name")
        self.assertEqual(rows, [[OPERATOR]])

    @covers("S-G3")
    def test_another_request_is_refused(self) -> None:
        """refuses a key that came before with another request or for another method: 422"""
        client, key = name(), str(uuid.uuid4())
        self.assertEqual(create(self.plain, self.token, client, key).status, 200)
        other = create(self.plain, self.token, name(), key)
        self.assert_error(other, 422, "FAILED_PRECONDITION", "IDEMPOTENCY_KEY_REUSED")
        changed = create(self.plain, self.token, client, key, displayName="Other")
        self.assert_error(changed, 422, "FAILED_PRECONDITION", "IDEMPOTENCY_KEY_REUSED")
        rotated = self.plain.send(
            "POST", f"/v1/clients/{ALPHA.name}.{client}:rotateSecret", b"{}", self.token,
            {"content-type": "application/json", "idempotency-key": key})
        self.assert_error(rotated, 422, "FAILED_PRECONDITION", "IDEMPOTENCY_KEY_REUSED")
        answer = self.grpc_create(name(), key)
        self.assertEqual(
            (answer.code, answer.reason), ("FAILED_PRECONDITION", "IDEMPOTENCY_KEY_REUSED"))

    @covers("S-G4", "S-G5")
    def test_twenty_at_once(self) -> None:
        """creates one client for twenty equal calls at once at two processes: the others get its
        answer, or 409 with Retry-After"""
        client, key = name(), str(uuid.uuid4())
        doors = (self.plain, self.rest)
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(
                lambda number: create(doors[number % 2], self.token, client, key), range(20)))
        good = {one.body for one in answers if one.status == 200}
        self.assertEqual(len(good), 1, [one.status for one in answers])
        for one in answers:
            if one.status != 200:
                self.assert_error(one, 409, "ABORTED", "IDEMPOTENCY_KEY_RUNNING")
                self.assertGreaterEqual(int(one.header("retry-after") or 0), 1)
        self.assertEqual({create(self.plain, self.token, client, key).body}, good)
        rows = self.stack.cluster.query(
            "SELECT count(*) FROM artel.audit_entry"
            f" WHERE resource = 'clients/{ALPHA.name}.{client}'")
        self.assertEqual(rows, [["1"]])

    @covers("S-G6", "S-D16")
    def test_keys_of_others(self) -> None:
        """keeps the keys of tenants and of callers apart"""
        key = str(uuid.uuid4())
        tokens = (
            self.token, administrator(self.stack, who="boris"),
            administrator(self.stack, BETA.name))
        for token in tokens:
            made = create(self.plain, token, name(), key)
            self.assertEqual(made.status, 200, made.body)
            self.assertIsNone(made.header("idempotent-replayed"))

    @covers("S-G7")
    def test_failures_are_not_kept(self) -> None:
        """keeps nothing of a call that was refused: the key is good for another try"""
        client, key = name(), str(uuid.uuid4())
        bad = create(self.plain, self.token, client, key, scopes=["two words"])
        self.assertEqual(bad.status, 400, bad.body)
        self.assertEqual(create(self.plain, "no.good.token", client, key).status, 401)
        good = create(self.plain, self.token, client, key)
        self.assertEqual(good.status, 200, good.body)

    @covers("S-H5", "S-G6")
    def test_what_scopes_hide(self) -> None:
        """shows no more of a kept answer than the scopes of who repeats the call do"""
        login = f"{name()}@example.org"
        tokens = [
            str(self.stack.artel.run(
                "token", "mint", ALPHA.name, "olga", "--kind", "administrator", "--signed-in",
                "--scope", "people:write", *more)["access_token"])
            for more in ((), ("--scope", "people.contacts:read"))]
        key = str(uuid.uuid4())
        for index, token in enumerate((tokens[0], tokens[0], tokens[1])):
            response = self.plain.send(
                "POST", "/v1/members", json.dumps({"login": login}).encode(), token,
                {"content-type": "application/json", "idempotency-key": key})
            self.assertEqual(response.status, 200, response.body)
            self.assertEqual(
                response.header("idempotent-replayed"), "true" if index else None)
            member = response.json()["member"]
            self.assertEqual(member.get("login"), login if index == 2 else None)
            if index < 2:
                # Nor is it in the link, or anywhere else.
                self.assertNotIn(login.partition("@")[0].encode(), response.body)
        metadata = (("idempotency-key", key),)
        answer = self.door.call(
            "artel.people.v1.MemberService/CreateMember", {"member": {"login": login}},
            tokens[0], metadata=metadata)
        # Over the other door it may be another message, never one that shows more.
        self.assertNotIn(login, f"{answer.message} {answer.json}")

    def test_a_key_that_is_none(self) -> None:
        """refuses a key that is no string, or too long"""
        for key in ('"', '"a', "a b", "k" * 256):
            response = create(self.plain, self.token, name(), key)
            self.assert_error(response, 400, "INVALID_ARGUMENT")


class KilledKeyTests(SystemCase):
    """On a stack of its own, whose process is killed."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    @covers("S-G7")
    def test_a_kill_between_commit_and_answer(self) -> None:
        """replays the answer of a call whose process was killed behind its commit, before anybody
        had heard of it"""
        server = self.stack.artel.serve(Doors(tls=False), "killed")
        self.addCleanup(server.stop)
        client, key = name(), str(uuid.uuid4())
        token = administrator(self.stack)
        # Commits wait for a copy of the database that does not exist: they are made, and nobody is
        # told so.
        self.wait_for_copies("nobody")
        with ThreadPoolExecutor(1) as pool:
            lost = pool.submit(self.try_create, server.rest, token, client, key)
            # The audit commits as well: this one's transaction has a client in it.
            until("the commit waits", lambda: self.stack.cluster.query(
                "SELECT 1 FROM pg_stat_activity AS a JOIN pg_locks AS l USING (pid) "
                "WHERE a.wait_event = 'SyncRep' AND l.mode = 'RowExclusiveLock' "
                "AND l.relation = 'artel.tenant_client'::regclass") or None)
            server.kill()
            self.assertIsNone(lost.result())
        self.wait_for_copies("")
        server.start()
        again = create(Curl(server.rest), token, client, key)
        self.assertEqual(again.status, 200, again.body)
        self.assertEqual(again.header("idempotent-replayed"), "true")
        # Its secret is the one that was committed.
        answer = again.json()
        form = (
            f"grant_type=client_credentials&client_id={answer['client']['clientId']}"
            f"&client_secret={answer['secret']}")
        given = Curl(server.rest).send(
            "POST", "/oauth2/token", form.encode(),
            headers={"content-type": "application/x-www-form-urlencoded"})
        self.assertEqual(given.status, 200, given.body)

    def wait_for_copies(self, names: str) -> None:
        """Says for whom commits wait."""
        query = self.stack.cluster.query
        # A setting of the cluster, so not in a transaction; and not for what this commits.
        query(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        query("SELECT pg_reload_conf()")

    def try_create(self, rest: str, token: str, client: str, key: str) -> Response | None:
        """Creates; None where no answer comes."""
        try:
            return create(Curl(rest), token, client, key)
        except ConnectionError:
            return None


if __name__ == "__main__":
    unittest.main()
