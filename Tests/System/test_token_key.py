"""The key encryption key in a token of PKCS #11: SoftHSM's."""

from __future__ import annotations

import os
import subprocess
import unittest
from pathlib import Path

import environment
from case import SystemCase
from covers import covers
from curl import Curl
from environment import Doors
from stack.wait import until

_MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
_PIN = "1234"


@unittest.skipUnless(_MODULE.exists(), "SoftHSM is not installed")
class TokenKeyTests(SystemCase):
    """On a stack of their own, whose keys move into a token."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the stack, and makes a token."""
        cls.stack = cls.enterClassContext(environment.own_stack())
        cls.connect()
        folder = cls.stack.artel._home.folder / "token"
        (folder / "tokens").mkdir(parents=True)
        cls.configuration = folder / "softhsm2.conf"
        cls.configuration.write_text(
            f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
        os.environ["SOFTHSM2_CONF"] = str(cls.configuration)
        cls.addClassCleanup(os.environ.pop, "SOFTHSM2_CONF")
        for command in (
            ["softhsm2-util", "--init-token", "--free", "--label", "artel", "--so-pin", "5678",
             "--pin", _PIN],
            ["pkcs11-tool", "--module", str(_MODULE), "--token-label", "artel", "--login", "--pin",
             _PIN, "--keygen", "--key-type", "AES:32", "--label", "kek", "--sensitive"],
        ):
            subprocess.run(command, check=True, capture_output=True)

    def settings(self, **more: str) -> dict[str, str]:
        """What a process with the token is told."""
        return {
            "SOFTHSM2_CONF": str(self.configuration), "ARTEL_PKCS11_MODULE": str(_MODULE),
            "ARTEL_PKCS11_TOKEN": "artel", "ARTEL_PKCS11_KEY": "kek"} | more

    @covers("A10", "A11", "S-H2")
    def test_takes_over(self) -> None:
        """takes the place of the key in the file, which is then not needed any more"""
        secrets = Path(self.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])
        (secrets / "pkcs11-pin").write_text(_PIN)
        run = self.stack.artel.try_run
        rolled = run("vault", "roll", **self.settings())
        self.assertEqual(rolled.returncode, 0, rolled.stderr)
        self.assertNotIn('"wrapped" : 0', rolled.stdout)
        (secrets / "key-encryption-key").rename(secrets.parent / "key-that-was")
        self.addCleanup(
            (secrets.parent / "key-that-was").rename, secrets / "key-encryption-key")
        made = run(
            "tenant", "create", "hsm", "--kind", "bank", "--display-name", "HSM",
            **self.settings())
        self.assertEqual(made.returncode, 0, made.stderr)
        rotated = run("vault", "rotate", "hsm", **self.settings())
        self.assertEqual(rotated.returncode, 0, rotated.stderr)

    @covers("A10")
    def test_refusals(self) -> None:
        """keeps the process from starting where it cannot be used, and says why"""
        secrets = Path(self.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])
        (secrets / "pkcs11-pin").write_text(_PIN)
        for words, settings in (
            ("no token", {"ARTEL_PKCS11_TOKEN": "none"}),
            ("no AES key", {"ARTEL_PKCS11_KEY": "none"}),
            ("cannot be loaded", {"ARTEL_PKCS11_MODULE": "/nowhere.so"}),
        ):
            refused = self.stack.artel.try_run("serve", **self.settings(**settings))
            self.assertEqual(refused.returncode, 78, refused.stderr)
            self.assertIn(words, refused.stderr)
        (secrets / "pkcs11-pin").write_text("0000")
        refused = self.stack.artel.try_run("serve", **self.settings())
        (secrets / "pkcs11-pin").write_text(_PIN)
        self.assertEqual(refused.returncode, 78, refused.stderr)
        self.assertIn("PIN is wrong", refused.stderr)
        self.assertNotIn("0000", refused.stderr)
        alone = self.settings()
        del alone["ARTEL_PKCS11_KEY"]
        self.assertIn("belong together", self.stack.artel.try_run("serve", **alone).stderr)

    @covers("A10", "S-F16")
    def test_token_away(self) -> None:
        """makes the process unready while it is away, though keys are still held"""
        secrets = Path(self.stack.artel.settings["ARTEL_SECRETS_DIRECTORY"])
        (secrets / "pkcs11-pin").write_text(_PIN)
        rolled = self.stack.artel.try_run("vault", "roll", **self.settings())
        self.assertEqual(rolled.returncode, 0, rolled.stderr)
        server = self.stack.artel.serve(Doors(tls=False, more=self.settings()), "token")
        self.addCleanup(server.kill)
        rest = Curl(server.rest)

        def is_ready(wanted: bool) -> bool:
            return (rest.get("/readyz").status == 200) == wanted

        until("it is ready", lambda: is_ready(True), 30)
        tokens = self.configuration.parent / "tokens"
        away = tokens.rename(tokens.with_name("away"))
        try:
            until("it is not ready", lambda: is_ready(False), 30)
            self.assertEqual(rest.get("/healthz").status, 200)
        finally:
            away.rename(tokens)
        until("it is ready again", lambda: is_ready(True), 30)


if __name__ == "__main__":
    unittest.main()
