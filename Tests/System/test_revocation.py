"""Tokens and clients that are ended before their time."""

from __future__ import annotations

import time
import unittest
import uuid
from urllib.parse import quote_plus

import environment
from case import SystemCase
from covers import covers
from curl import Curl, Response
from grpc_door import GRPCDoor
from stack.tenants import ALPHA, BETA
from stack.wait import until
from streams import CurlStream, GRPCStream
from tokens import claims_of
from verdicts import Call, try_both
from websocket import WebSocket

_TENANT = Call("artel.tenancy.v1.TenantService/GetTenant", "GET", "/v1/tenant")
_SCOPES = ("residential.access:read", "residential.directory:read")


class RevocationCase(SystemCase):
    """A client of the test's own."""

    def client(self, tenant=ALPHA, kind: str = "service") -> str:
        """Makes a client, and returns its identifier."""
        name = f"client-{uuid.uuid4().hex[:12]}"
        self.stack.demo.create_client(self.stack.artel, tenant.name, name, kind, _SCOPES)
        return name

    def token_of(self, client: str) -> str:
        """An access token of the client."""
        return self.stack.demo.token(client, self.stack.server.rest)

    def form(self, path: str, client: str, token: str) -> Response:
        """Sends a token in a form, with the client's secret."""
        secret = quote_plus(self.stack.demo.secrets.password(client))
        return self.rest.form(
            path, f"token={quote_plus(token)}&client_id={client}&client_secret={secret}")

    def introspected(self, client: str, token: str) -> dict[str, object]:
        """What introspection says."""
        response = self.form("/oauth2/introspect", client, token)
        self.assertEqual(response.status, 200, response.body)
        return response.json()


class RevocationTests(RevocationCase):
    """Revocation of tokens and of clients, at both doors of both processes."""

    @covers("S-C23", "S-C26")
    def test_revocation_and_introspection(self) -> None:
        """ends a token for its client alone, and tells it from then on apart from no other"""
        mine, other, foreign = self.client(), self.client(), self.client(BETA)
        token = self.token_of(mine)
        said = self.introspected(mine, token)
        self.assertEqual(
            (said["active"], said["client_id"], said["token_type"]), (True, mine, "Bearer"))
        self.assertEqual(said["jti"], claims_of(token)["jti"])
        self.assertEqual(said["exp"], claims_of(token)["exp"])
        for stranger in (foreign,):
            answer = self.form("/oauth2/introspect", stranger, token)
            self.assertEqual((answer.status, answer.body), (200, b'{"active":false}'))
        refused = self.form("/oauth2/revoke", other, token)
        self.assertEqual(refused.status, 400, refused.body)
        self.assertTrue(self.introspected(mine, token)["active"])
        for garbage in ("garbage", "a.b.c", "x" * 4000):
            self.assertEqual(self.form("/oauth2/revoke", mine, garbage).status, 200)
        unknown = self.rest.form("/oauth2/introspect", f"token={token}&client_id=x&client_secret=y")
        self.assertEqual((unknown.status, unknown.json()["error"]), (401, "invalid_client"))
        self.assertEqual(self.form("/oauth2/revoke", mine, token).status, 200)
        answer = self.form("/oauth2/introspect", mine, token)
        self.assertEqual((answer.status, answer.body), (200, b'{"active":false}'))
        self.assert_error(
            self.rest.get("/v1/tenant", token), 401, "UNAUTHENTICATED", "TOKEN_REVOKED")

    @covers("S-C24", "S-A20")
    def test_a_revoked_token_ends_everywhere(self) -> None:
        """refuses a revoked token at both doors of both processes within a second, and ends the
        streams that it opened, by SSE, NDJSON, WebSocket and gRPC"""
        client = self.client()
        token, spared = self.token_of(client), self.token_of(client)
        plain = environment.plain()
        other = Curl(plain.rest)
        door = GRPCDoor(plain.grpc)
        self.addCleanup(door.close)
        parent = f"properties/{ALPHA.property}"
        streams = [
            CurlStream(self.rest, parent, token, "text/event-stream").opened(),
            CurlStream(other, parent, token, "text/event-stream").opened(),
            CurlStream(other, parent, token, "application/x-ndjson").opened(),
        ]
        socket = WebSocket(plain.rest, f"/v1/{parent}/accessEvents:watch", token)
        self.addCleanup(socket.close)
        over_grpc = GRPCStream(door, parent, token)
        spared_stream = GRPCStream(door, parent, spared)
        for stream in (*streams, over_grpc, spared_stream):
            self.addCleanup(stream.close)
        self.assertEqual(str(try_both(other, door, _TENANT, token).verdict), "OK")
        self.assertEqual(self.form("/oauth2/revoke", client, token).status, 200)
        revoked = time.monotonic()
        # One door after the other: between two questions the answer may change.
        until("REST refuses", lambda: other.get("/v1/tenant", token).status == 401, 5)
        until(
            "gRPC refuses",
            lambda: door.call(_TENANT.method, token=token).code == "UNAUTHENTICATED", 5)
        self.assertLess(time.monotonic() - revoked, 1)
        self.assertEqual(
            str(try_both(other, door, _TENANT, token).verdict), "UNAUTHENTICATED TOKEN_REVOKED")
        ended = over_grpc.failed(5)
        self.assertEqual((ended.code, ended.reason), ("UNAUTHENTICATED", "TOKEN_REVOKED"))
        for stream in streams:
            stream.wait(5)
            self.assertIn("TOKEN_REVOKED", "".join(stream.last_lines))
        # 4000 and the code UNAUTHENTICATED.
        texts, code = socket.messages()
        self.assertEqual(code, 4016)
        self.assertIn("TOKEN_REVOKED", texts[-1])
        self.assertLess(time.monotonic() - revoked, 1.5)
        self.assertEqual(str(try_both(other, door, _TENANT, spared).verdict), "OK")
        self.assertIsNone(spared_stream.error)

    @covers("S-C25", "S-A20")
    def test_a_revoked_client_ends_everywhere(self) -> None:
        """ends a client's secret, tokens and streams with one command"""
        client = self.client(kind="partner")
        token = self.token_of(client)
        plain = environment.plain()
        other = Curl(plain.rest)
        door = GRPCDoor(plain.grpc)
        self.addCleanup(door.close)
        self.assertEqual(other.get("/v1/tenant", token).status, 200)
        service = self.client()
        parent = f"properties/{ALPHA.property}"
        streams = [
            GRPCStream(door, parent, self.token_of(service)),
            CurlStream(self.rest, parent, self.token_of(service), "text/event-stream").opened(),
        ]
        for stream in streams:
            self.addCleanup(stream.close)
        self.stack.artel.run("client", "revoke", ALPHA.name, service)
        self.assertEqual(streams[0].failed(2).reason, "TOKEN_REVOKED")
        streams[1].wait(2)
        self.stack.artel.run("client", "revoke", ALPHA.name, client)
        revoked = time.monotonic()
        for door in (self.rest, other):
            until("it is refused", lambda: door.get("/v1/tenant", token).status == 401, 5)
        self.assertLess(time.monotonic() - revoked, 1)
        secret = self.stack.demo.secrets.password(client)
        refused = self.rest.form(
            "/oauth2/token",
            f"grant_type=client_credentials&client_id={client}&client_secret={secret}")
        self.assertEqual((refused.status, refused.json()["error"]), (401, "invalid_client"))

    @covers("S-A20", "S-C24")
    def test_a_person_is_ended_by_the_operator(self) -> None:
        """ends a person's tokens by the subject, and not those of others"""
        anna, other = self.move_in(), self.move_in()
        token, spared = anna.token(), other.token()
        self.assertEqual(self.rest.get("/v1/tenant", token).status, 200)
        self.stack.artel.run(
            "token", "revoke", ALPHA.name, "--subject", f"keycloak:{anna.subject}")
        until("it is refused", lambda: self.rest.get("/v1/tenant", token).status == 401, 2)
        self.assertEqual(self.rest.get("/v1/tenant", spared).status, 200)


class RestartTests(RevocationCase):
    """A stack that is killed."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()

    @covers("S-C24", "S-C30")
    def test_a_revoked_token_stays_revoked(self) -> None:
        """refuses a revoked token after kill -9 from the first answer on, and everybody while
        revocations cannot be known"""
        client = self.client()
        token, spared = self.token_of(client), self.token_of(client)
        self.assertEqual(self.form("/oauth2/revoke", client, token).status, 200)
        self.stack.server.kill()
        self.stack.server.start()
        self.connect()
        self.assert_error(
            self.rest.get("/v1/tenant", token), 401, "UNAUTHENTICATED", "TOKEN_REVOKED")
        self.assertEqual(self.rest.get("/v1/tenant", spared).status, 200)
        self.assertEqual(self.introspected(client, token), {"active": False})
        self.stack.cluster.query("ALTER ROLE artel_directory NOLOGIN")
        self.stack.cluster.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = 'artel_directory'")
        self.addCleanup(self.stack.cluster.query, "ALTER ROLE artel_directory LOGIN")
        until("nobody comes in", lambda: self.rest.get("/v1/tenant", spared).status == 503, 15)
        self.stack.cluster.query("ALTER ROLE artel_directory LOGIN")
        until("it is served again", lambda: self.rest.get("/v1/tenant", spared).status == 200, 30)
        self.assertEqual(self.rest.get("/v1/tenant", token).status, 401)


if __name__ == "__main__":
    unittest.main()
