"""How clients prove themselves at the partner's token endpoint."""

from __future__ import annotations

import base64
import json
import time
import unittest
import uuid
from typing import Any

from client import basic
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from partner_case import PartnerCase

CLIENT = "artel: alpha"
GRANT = {"grant_type": "client_credentials", "client_id": CLIENT}
SECRET = "alpha+secret %:"


def coded(data: bytes) -> str:
    """As JOSE has it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Proofs(PartnerCase):
    """Each way, and what is none."""

    def change(self, method: str, **more: str) -> None:
        """Has the client prove itself so."""
        answer = self.control.post(
            "/control/clients", {"client": CLIENT, "method": method, **more},
            Authorization="Bearer control-secret")
        self.assertEqual(answer.status, 200, answer.body)

    def status(self, **more: str) -> int:
        """What the token endpoint says."""
        return self.client.form("/oauth2/token", GRANT | more).status

    def assertion(self, key: ec.EllipticCurvePrivateKey, kid: str = "k-1", **claims: Any) -> str:
        """An assertion of RFC 7523."""
        body = {
            "iss": CLIENT, "sub": CLIENT, "aud": "https://x/oauth2/token", "jti": str(uuid.uuid4()),
            "exp": int(time.time()) + 60, **claims}
        text = ".".join(
            coded(json.dumps(part).encode()) for part in ({"alg": "ES256", "kid": kid}, body))
        r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{text}.{coded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def test_secret_in_the_form(self) -> None:
        """takes it where it is set so, and nothing else then"""
        self.assertEqual(self.status(client_secret=SECRET), 401)
        self.change("client_secret_post")
        self.assertEqual(self.status(client_secret=SECRET), 200)
        self.assertEqual(self.status(client_secret="wrong"), 401)
        self.assertEqual(self.status(), 401)
        header = {"Authorization": basic(CLIENT, SECRET)}
        self.assertEqual(self.client.form("/oauth2/token", GRANT, **header).status, 401)
        self.change("client_secret_basic")
        self.assertEqual(self.client.form("/oauth2/token", GRANT, **header).status, 200)

    def test_assertion(self) -> None:
        """takes one of the key that is known, for itself, in time and once"""
        key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.change("private_key_jwt", key_id="k-1", public_key=key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode())
        kind = {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
        good = self.assertion(key)
        self.assertEqual(self.status(client_assertion=good, **kind), 200)
        for wrong in (
                good, self.assertion(other), self.assertion(key, "k-2"),
                self.assertion(key, iss="x"), self.assertion(key, aud="https://x/"),
                self.assertion(key, exp=int(time.time()) - 1), "", "a.b.c"):
            self.assertEqual(self.status(client_assertion=wrong, **kind), 401, wrong)
        self.assertEqual(self.status(client_assertion=self.assertion(key)), 401)

    def test_certificate(self) -> None:
        """wants one of the authority that is trusted"""
        self.change(
            "tls_client_auth", subject="simulator", authority=self.certificate.read_text())
        self.client.connection.close()
        self.assertEqual(self.status(), 401)
        self.client.connection.close()
        context = self.client.connection._context
        context.load_cert_chain(self.certificate, self.key)
        self.assertEqual(self.status(), 200)
        self.change("tls_client_auth", subject="somebody else")
        self.assertEqual(self.status(), 401)


if __name__ == "__main__":
    unittest.main()
