"""How a client gets its first certificate, renews it, and loses it."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tempfile
import time
import unittest
import uuid
from pathlib import Path
from typing import Any

from case import SystemCase
from covers import covers
from curl import Response
from grpc_door import GRPCDoor
from http2_connection import HTTP2Connection
from rest_door import NamedDoor
from stack.artel import host_name
from stack.tenants import ALPHA, BETA, Tenant
from stack.wait import until
from test_rest_certificates import KeptConnection

_TENANT = "artel.tenancy.v1.TenantService/GetTenant"
_SERVICE = "artel.certificates.v1.CertificateService"


class Key:
    """A client's key, with a request for a certificate of it."""

    def __init__(self, folder: Path, kind: str = "ec") -> None:
        """Makes both."""
        base = folder / uuid.uuid4().hex
        self.file, self.certificate = base.with_suffix(".key"), base.with_suffix(".pem")
        request = base.with_suffix(".csr")
        options = {
            "ec": ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            "weak": ("-newkey", "rsa:1024"),
        }[kind]
        subprocess.run(
            ["openssl", "req", "-new", *options, "-nodes", "-keyout", self.file, "-out", request,
             "-subj", "/CN=ignored/O=beta"], check=True, capture_output=True)
        self.request = request.read_text()

    def identity(self, pem: str) -> tuple[Path, Path]:
        """The certificate and the key, as files."""
        self.certificate.write_text(pem)
        return self.certificate, self.file


class EnrollmentTests(SystemCase):
    """Certificates on demand."""

    def setUp(self) -> None:
        """Makes a client with every scope that certificates ask for."""
        folder = tempfile.TemporaryDirectory(prefix="artel-enrollment-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.client = f"client-{uuid.uuid4().hex[:12]}"
        self.secret = self.make_client(
            self.client, "platform.certificates:enroll", "platform.certificates:read")
        self.administrator = self.stack.artel.run(
            "token", "mint", ALPHA.name, "boss", "--kind", "administrator", "--scope",
            "platform.certificates:read", "--scope", "platform.certificates:write",
            "--signed-in")["access_token"]

    def make_client(self, name: str, *scopes: str, tenant: Tenant = ALPHA) -> str:
        """Registers a partner; returns its secret."""
        options = [part for scope in scopes for part in ("--scope", scope)]
        made = self.stack.artel.run(
            "client", "create", tenant.name, name, "--kind", "partner", *options)
        return str(made["client_secret"])

    def token(self, scope: str = "") -> str:
        """The client's token."""
        form = f"grant_type=client_credentials&client_id={self.client}"
        form += f"&client_secret={self.secret}" + (f"&scope={scope}" if scope else "")
        answer = self.rest.form("/oauth2/token", form)
        self.assertEqual(answer.status, 200, answer.body)
        return str(answer.json()["access_token"])

    def post(self, path: str, body: Any, token: str | None = None) -> Response:
        """Posts under alpha's name."""
        return NamedDoor(self.stack, ALPHA).post(path, json.dumps(body).encode(), token)

    def enroll(self, **more: Any) -> tuple[Path, Path]:
        """A first certificate, by the client's token."""
        key = Key(self.folder)
        answer = self.post(
            "/v1/certificates", {"signingRequestPem": key.request} | more, self.token())
        self.assertEqual(answer.status, 200, answer.body)
        return key.identity(answer.json()["certificatePem"])

    def code(self) -> str:
        """A code of the administrator."""
        answer = self.post(
            f"/v1/clients/{self.client}/enrollmentCodes", {}, self.administrator)
        self.assertEqual(answer.status, 200, answer.body)
        return str(answer.json()["code"])

    def name_of(self, identity: tuple[Path, Path]) -> str:
        """The resource name of a certificate."""
        der = subprocess.run(
            ["openssl", "x509", "-in", identity[0], "-outform", "DER"], check=True,
            capture_output=True).stdout
        digest = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")
        return f"certificates/{digest}"

    def grpc_as(self, identity: tuple[Path, Path]) -> GRPCDoor:
        """The gRPC door with a certificate."""
        door = GRPCDoor(
            self.stack.server.grpc, self.stack.certificates.authority, identity,
            host_name(ALPHA))
        self.addCleanup(door.close)
        return door

    @covers("S-B9")
    def test_enroll_and_renew(self) -> None:
        """issues a day's certificate for a token, and renews it by the certificate, on both
        doors; nothing but the key is taken from the request"""
        identity = self.enroll()
        text = subprocess.run(
            ["openssl", "x509", "-in", identity[0], "-noout", "-text"], check=True,
            capture_output=True, text=True).stdout
        self.assertIn(
            f"URI:spiffe://artel.localhost/tenants/{ALPHA.name}/clients/{self.client}", text)
        self.assertNotIn("ignored", text)
        # Where whoever verifies it elsewhere finds what was revoked.
        lists = f"https://{host_name(ALPHA)}/v1/tenants/{ALPHA.name}/revocationLists/"
        self.assertIn(f"URI:{lists}", text)
        for seconds, fresh in ((86_000, 0), (86_500, 1)):
            checked = subprocess.run(
                ["openssl", "x509", "-in", identity[0], "-noout", "-checkend", str(seconds)],
                check=False, capture_output=True)
            self.assertEqual(checked.returncode, fresh)
        self.assertEqual(NamedDoor(self.stack, ALPHA, identity).verdict(), "200")
        self.assertEqual(self.grpc_as(identity).call(_TENANT).code, "OK")
        second = Key(self.folder)
        renewed = NamedDoor(self.stack, ALPHA, identity).post(
            "/v1/certificates:renew",
            json.dumps({"signingRequestPem": second.request, "lifetime": "600s"}).encode())
        self.assertEqual(renewed.status, 200, renewed.body)
        newer = second.identity(renewed.json()["certificatePem"])
        self.assertEqual(renewed.json()["name"], self.name_of(newer))
        third = Key(self.folder)
        again = self.grpc_as(newer).call(
            f"{_SERVICE}/RenewCertificate", {"signing_request_pem": third.request})
        self.assertEqual(again.code, "OK", again)
        assert again.json is not None
        self.assertEqual(
            NamedDoor(self.stack, ALPHA, third.identity(again.json["certificatePem"])).verdict(),
            "200")
        # Neither a token alone nor a stranger renews.
        for token, status in ((self.token(), 401), (None, 401)):
            refused = self.post(
                "/v1/certificates:renew", {"signingRequestPem": second.request}, token)
            self.assertEqual(refused.status, status, refused.body)

    def test_what_is_refused(self) -> None:
        """refuses keys that are weak, requests that are none, times out of bounds, and tokens
        without the scope"""
        token = self.token()
        for body, field in (
            ({"signingRequestPem": Key(self.folder, "weak").request}, "signing_request_pem"),
            ({"signingRequestPem": "-----BEGIN CERTIFICATE REQUEST-----\n"}, "signing_request_pem"),
            ({"signingRequestPem": Key(self.folder).request, "lifetime": "59s"}, "lifetime"),
            ({"signingRequestPem": Key(self.folder).request, "lifetime": "7776001s"}, "lifetime"),
            ({"signingRequestPem": Key(self.folder).request, "lifetime": "60.5s"}, "lifetime"),
        ):
            with self.subTest(field=field):
                answer = self.post("/v1/certificates", body, token)
                self.assert_error(answer, 400, "INVALID_ARGUMENT", "FIELD_INVALID")
                self.assertIn(field, answer.json()["error"]["message"])
        narrow = self.token("platform.certificates:read")
        answer = self.post("/v1/certificates", {"signingRequestPem": "x"}, narrow)
        self.assert_error(answer, 403, "PERMISSION_DENIED")

    def test_the_tenants_bound(self) -> None:
        """issues nothing that is valid longer than the tenant allows"""
        self.bound(3_600)
        self.addCleanup(self.bound, 7_776_000)
        identity = self.enroll()
        checked = subprocess.run(
            ["openssl", "x509", "-in", identity[0], "-noout", "-checkend", "3700"], check=False,
            capture_output=True)
        self.assertEqual(checked.returncode, 1)
        answer = self.post(
            "/v1/certificates", {"signingRequestPem": Key(self.folder).request,
                                 "lifetime": "3601s"}, self.token())
        self.assert_error(answer, 400, "INVALID_ARGUMENT", "FIELD_INVALID")

    def bound(self, seconds: int) -> None:
        """Bounds alpha's certificates, as the operator's service would."""
        self.stack.cluster.query(
            f"UPDATE artel.tenant SET max_certificate_seconds = {seconds},"
            f" certificate_seconds = least(86400, {seconds}) WHERE name = '{ALPHA.name}'")

    def test_a_code_counts_once(self) -> None:
        """enrolls by a code once, for its client alone, and not for one that is disabled"""
        key = Key(self.folder)
        code = self.code()

        def enroll(client: str, code: str, request: str) -> Response:
            return self.post("/v1/certificates:enroll", {
                "clientId": client, "code": code, "signingRequestPem": request})

        other = f"other-{uuid.uuid4().hex[:12]}"
        self.make_client(other, "a")
        for client, wrong in ((other, code), (self.client, "aec_" + "A" * 43), ("nobody", code)):
            answer = enroll(client, wrong, key.request)
            self.assert_error(answer, 401, "UNAUTHENTICATED", "ENROLLMENT_CODE_INVALID")
        # What could not be certified has not used the code up.
        self.assertEqual(enroll(self.client, code, "no request").status, 400)
        answer = enroll(self.client, code, key.request)
        self.assertEqual(answer.status, 200, answer.body)
        identity = key.identity(answer.json()["certificatePem"])
        self.assertEqual(NamedDoor(self.stack, ALPHA, identity).verdict(), "200")
        again = enroll(self.client, code, key.request)
        self.assert_error(again, 401, "UNAUTHENTICATED", "ENROLLMENT_CODE_INVALID")
        made = self.stack.artel.run("certificate", "code", ALPHA.name, self.client)
        self.assertEqual(enroll(self.client, made["code"], key.request).status, 200)

    @covers("S-D12")
    def test_what_a_client_sees(self) -> None:
        """shows a partner its own certificates, an administrator all of the tenant, and another
        tenant none"""
        identity = self.enroll()
        name = self.name_of(identity)
        door = NamedDoor(self.stack, ALPHA)
        own = door.get("/v1/certificates", self.token()).json()
        self.assertEqual([each["name"] for each in own["certificates"]], [name])
        self.assertEqual(door.get(f"/v1/{name}", self.token()).status, 200)
        first = door.get("/v1/certificates?pageSize=1", self.administrator).json()
        self.assertEqual(len(first["certificates"]), 1)
        token = first["nextPageToken"]
        second = door.get(f"/v1/certificates?pageSize=1&pageToken={token}", self.administrator)
        self.assertNotEqual(second.json()["certificates"], first["certificates"])
        listed = door.get(f"/v1/certificates?client=clients/{self.client}", self.administrator)
        self.assertEqual([each["name"] for each in listed.json()["certificates"]], [name])
        foreign = self.stack.artel.run(
            "token", "mint", BETA.name, "boss", "--kind", "administrator", "--scope",
            "platform.certificates:read", "--scope", "platform.certificates:write",
            "--signed-in")["access_token"]
        beta = NamedDoor(self.stack, BETA)
        unknown = beta.get("/v1/certificates/" + "A" * 43, foreign)
        seen = beta.get(f"/v1/{name}", foreign)
        self.assertEqual((seen.status, seen.json()), (404, unknown.json()))
        revoked = beta.post(f"/v1/{name}:revoke", b"{}", foreign)
        self.assertEqual((revoked.status, revoked.json()), (404, unknown.json()))
        self.assertEqual(NamedDoor(self.stack, ALPHA, identity).verdict(), "200")

    @covers("S-B19", "S-B20")
    def test_a_revoked_certificate(self) -> None:
        """lets nobody in with a revoked certificate within five seconds, ends connections that
        stand on both doors, and says so in the authority's list"""
        identity, kept = self.enroll(), self.enroll()
        name = self.name_of(identity)
        grpc = self.grpc_as(identity)
        self.assertEqual(grpc.call(_TENANT).code, "OK")
        rest = KeptConnection(
            self.stack.server.rest, self.stack.certificates.authority, ALPHA, identity)
        self.addCleanup(rest.close)
        self.assertEqual(rest.get(), 200)
        http2 = HTTP2Connection(
            self.stack.server.rest, self.stack.certificates.authority, ALPHA, identity)
        self.addCleanup(http2.close)
        self.assertEqual(http2.get(), 200)
        before = self.list_of(name)
        answer = self.post(f"/v1/{name}:revoke", {"reason": "KEY_COMPROMISE"}, self.administrator)
        self.assertEqual(answer.status, 200, answer.body)
        revoked = time.monotonic()
        self.assertEqual(answer.json()["revocationReason"], "KEY_COMPROMISE")
        until("gRPC refuses", lambda: grpc.call(_TENANT).code != "OK", 5)
        until("the REST connection is gone", lambda: rest.get() is None, 5)
        # Over HTTP/2 the client is told to go: no request of its own is lost without a word.
        self.assertEqual(http2.last_words().error_code, 0)
        until("gRPC's is gone", lambda: grpc.call(_TENANT).code == "UNAVAILABLE", 5)
        self.assertEqual(NamedDoor(self.stack, ALPHA, identity).verdict(), "refused")
        self.assertLess(time.monotonic() - revoked, 5)
        self.assertEqual(NamedDoor(self.stack, ALPHA, kept).verdict(), "200")
        # Once more is no other thing.
        self.assertEqual(
            self.post(f"/v1/{name}:revoke", {}, self.administrator).json(), answer.json())
        until("the list names it", lambda: self.serial(name) in self.list_of(name), 5)
        self.assertNotIn(self.serial(name), before)
        self.assertIn("Key Compromise", self.list_of(name))

    def serial(self, name: str) -> str:
        """A certificate's serial number as openssl writes it."""
        found = NamedDoor(self.stack, ALPHA).get(f"/v1/{name}", self.administrator).json()
        return str(found["serialNumber"]).upper()

    def list_of(self, name: str) -> str:
        """The published list of a certificate's authority, verified and printed by openssl."""
        door = NamedDoor(self.stack, ALPHA)
        found = door.get(f"/v1/{name}", self.administrator).json()
        authorities = door.get("/v1/authorities", self.administrator).json()["authorities"]
        authority = next(each for each in authorities if each["name"] == found["authority"])
        answer = door.get(f"/v1/{authority['revocationList']}")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.header("content-type"), "application/pkix-crl")
        etag = answer.header("etag")
        assert etag is not None
        same = NamedDoor(self.stack, ALPHA, None, "--http1.1").get(
            f"/v1/{authority['revocationList']}", **{"if-none-match": etag})
        self.assertEqual(same.status, 304)
        root = self.folder / "root.pem"
        root.write_text(authority["certificatePem"])
        done = subprocess.run(
            ["openssl", "crl", "-inform", "DER", "-noout", "-text", "-CAfile", root],
            input=answer.body, capture_output=True, check=True)
        self.assertIn(b"verify OK", done.stderr)
        return done.stdout.decode()

    @covers("S-A20", "S-B19")
    def test_a_disabled_client(self) -> None:
        """ends the connections of a client that is disabled, on both doors"""
        identity = self.enroll()
        rest = KeptConnection(
            self.stack.server.rest, self.stack.certificates.authority, ALPHA, identity)
        self.addCleanup(rest.close)
        self.assertEqual(rest.get(), 200)
        grpc = self.grpc_as(identity)
        self.assertEqual(grpc.call(_TENANT).code, "OK")
        self.stack.cluster.query(
            f"UPDATE artel.tenant_client SET disabled = true WHERE client_id = '{self.client}'")
        until("the REST connection is gone", lambda: rest.get() is None, 5)
        until("gRPC's is gone", lambda: grpc.call(_TENANT).code == "UNAVAILABLE", 5)
        self.assertEqual(NamedDoor(self.stack, ALPHA, identity).verdict(), "refused")


if __name__ == "__main__":
    unittest.main()
