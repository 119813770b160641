"""Partners are looked after over both doors, and the platform proves itself at them in each way."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from case import SystemCase
from covers import covers
from credentials import Credentials
from cryptography.hazmat.primitives import serialization
from curl import Response
from stack.certificates import Identity, issue, make_authority
from stack.tenants import ALPHA

_PARTNERS = "artel.residential.v1.PartnerService"


class PartnerTests(SystemCase):
    """Alpha's partner, which proves itself by its secret again in the end."""

    def setUp(self) -> None:
        """Somebody with a door, and an administrator."""
        self.anna = self.move_in()
        self.token = Credentials(self.stack, self.anna, self.anna).signed_in(ALPHA.name)
        self.name = f"partners/{ALPHA.partner}"
        self.client = f"artel-{ALPHA.name}"
        self.secret = self.stack.demo.secrets.password(f"{ALPHA.partner}-calls")
        self.addCleanup(self.restore)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def restore(self) -> None:
        """As the demo has made it."""
        self.proved_by("client_secret_basic")
        self.change("authentication,clientSecret", {
            "authentication": "CLIENT_SECRET_BASIC", "clientSecret": self.secret})

    def proved_by(self, method: str, **more: str) -> None:
        """What the partner wants from now on; its tokens of before are worth nothing."""
        control = self.stack.partners.control
        control.post("/control/clients", {"client": self.client, "method": method, **more})
        control.post("/control/tokens:revoke", {"partner": ALPHA.partner})

    def patch(self, mask: str, message: dict[str, Any]) -> Response:
        """Changes the partner over REST."""
        return self.rest.send(
            "PATCH", f"/v1/{self.name}?updateMask={mask}", json.dumps(message).encode(), self.token,
            {"content-type": "application/json"})

    def change(self, mask: str, message: dict[str, Any]) -> dict[str, Any]:
        """The same, which must succeed."""
        answer = self.patch(mask, message)
        self.assertEqual(answer.status, 200, answer.body)
        return dict(answer.json())

    def refused(self) -> None:
        """The door stays shut: the platform does not prove itself as the partner wants."""
        self.assert_error(self.open(self.anna), 503, "UNAVAILABLE", "PARTNER_FAILED")
        self.assertEqual(self.anna.openings, 0)

    @covers("A09", "A12")
    def test_assertion(self) -> None:
        """opens by an assertion that a key signs, given over gRPC, and by no other key"""
        pair = self.folder / "key.pem"
        make_authority(self.folder / "unused.pem", pair, "unused")
        text = pair.read_text()
        key = serialization.load_pem_private_key(text.encode(), None)
        self.proved_by("private_key_jwt", key_id="k-1", public_key=key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode())
        self.refused()
        door = self.grpc()
        answer = door.call(f"{_PARTNERS}/UpdatePartner", {
            "partner": {
                "name": self.name, "authentication": "PRIVATE_KEY_JWT", "assertionKey": text,
                "assertionKeyId": "k-1"},
        }, self.token)
        self.assertEqual(answer.code, "OK", answer)
        self.assertNotIn("assertionKey", answer.json or {})
        self.opened(self.anna)
        other = self.folder / "other.pem"
        make_authority(self.folder / "unused.pem", other, "unused")
        answer = door.call(f"{_PARTNERS}/RotatePartnerSecret", {
            "name": self.name, "assertionKey": other.read_text()}, self.token)
        self.assertEqual(answer.code, "OK", answer)
        self.assert_error(self.open(self.anna), 503, "UNAVAILABLE", "PARTNER_FAILED")
        # Nowhere in clear.
        for table in ("partner", "audit_entry", "outbox_event"):
            rows = self.stack.cluster.query(f"SELECT t::text FROM artel.{table} t")
            self.assertNotIn(text.splitlines()[1], str(rows))

    @covers("A09", "A12")
    def test_certificate(self) -> None:
        """opens by a certificate that the platform shows, given over REST"""
        authority, key = self.folder / "authority.pem", self.folder / "authority.key"
        make_authority(authority, key, "Partners")
        identity = Identity(self.folder / "artel.pem", self.folder / "artel.key")
        issue(identity, authority, key, "artel", "extendedKeyUsage = clientAuth\n")
        self.proved_by("tls_client_auth", subject="artel", authority=authority.read_text())
        self.refused()
        changed = self.change("authentication,tlsCertificate,tlsKey", {
            "authentication": "TLS_CLIENT_AUTH", "tlsCertificate": identity.certificate.read_text(),
            "tlsKey": identity.key.read_text()})
        self.assertNotIn("tlsKey", changed)
        self.assertTrue(changed["tlsCertificateExpireTime"])
        self.opened(self.anna)
        self.change("tlsCertificate,tlsKey,authentication,clientSecret", {
            "authentication": "CLIENT_SECRET_BASIC", "clientSecret": self.secret})

    @covers("A12")
    def test_older_page(self) -> None:
        """changes nothing over what somebody else has changed, and moves nothing without a secret"""
        seen = self.rest.get(f"/v1/{self.name}", self.token).json()
        self.change("displayName", {"displayName": "Doors", "etag": seen["etag"]})
        older = self.patch("displayName", {"displayName": "Older", "etag": seen["etag"]})
        self.assert_error(older, 409, "ABORTED", "ETAG_MISMATCH")
        moved = self.patch("tokenUri", {"tokenUri": "https://elsewhere.example/token"})
        self.assert_error(moved, 400, "INVALID_ARGUMENT", "FIELD_INVALID")

    @covers("A33")
    def test_left_alone(self) -> None:
        """opens nothing while the partner is disabled, and again after it"""
        post = self.rest.post
        self.assertEqual(post(f"/v1/{self.name}:disable", {}, self.token).status, 200)
        self.addCleanup(lambda: post(f"/v1/{self.name}:enable", {}, self.token))
        self.assert_error(self.open(self.anna), 400, "FAILED_PRECONDITION", "PARTNER_DISABLED")
        self.assertEqual(post(f"/v1/{self.name}:enable", {}, self.token).status, 200)
        self.opened(self.anna)


if __name__ == "__main__":
    unittest.main()
