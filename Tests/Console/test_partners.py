"""An administrator looks after the complex's partners, in two windows at once."""

from __future__ import annotations

import unittest

import environment  # noqa: F401 (it sets the path of what follows)
from case import ConsoleCase, names
from covers import covers
from tenancy import Tenancy


class PartnerTests(ConsoleCase):
    """A complex, and a shop that has no partners."""

    @covers("A09", "A12", "A17")
    def test_a_partner(self) -> None:
        """makes a partner whose secret is never shown, changes what was changed alone, rotates,
        disables and deletes it"""
        tenancy = Tenancy("Двор", "residential")
        console = self.signed_in(tenancy)
        console.press("Partners", "nav a")
        console.heading("Partners")
        console.press("New partner")
        console.heading("New partner")
        console.fill("Identifier", "intercoms")
        console.fill("Name", "ACTIVE")
        console.fill("Address of the interface", "https://partner.example/v1")
        console.fill("Address of the token endpoint", "https://partner.example/token")
        console.fill("Identifier of the platform there", "artel")
        console.fill("Client secret", "a secret of the yard")
        console.press("New partner", "form button")
        # What somebody has called it is no word of ours.
        console.heading("ACTIVE")
        self.assertNotIn("a secret of the yard", console.run("document.documentElement.outerHTML"))
        console.has("secret in HTTP Basic", "main")
        # Another session narrows what this page has not seen.
        tenancy.sql(
            "UPDATE artel.partner SET reporting_client_id = 'other', revision = revision + 1"
            " WHERE partner_id = 'intercoms' RETURNING 1")
        console.press("Change the partner")
        console.until("[...document.querySelectorAll('dialog input')].some("
                      "(one) => one.value === 'other')")
        console.fill("Name", "Intercoms")
        console.press("Change the partner", "form button")
        console.heading("Intercoms")
        self.assertEqual(
            tenancy.sql("SELECT display_name, reporting_client_id, revision FROM artel.partner"
                        " WHERE partner_id = 'intercoms'"), [["Intercoms", "other", "3"]])
        # Nor is anything written over what is newer than the dialogue.
        console.press("Change the partner")
        console.fill("Name", "Mine")
        tenancy.sql("UPDATE artel.partner SET revision = revision + 1"
                    " WHERE partner_id = 'intercoms' RETURNING 1")
        console.press("Change the partner", "form button")
        console.has("It has changed meanwhile", "dialog")
        console.press("Cancel")
        console.until("!document.querySelector('dialog')")
        console.press("Change the partner")
        console.until("[...document.querySelectorAll('dialog input')].some("
                      "(one) => one.value === 'Intercoms')")
        console.press("Change the partner", "form button")
        console.has("Nothing was changed.", "#notice")
        console.press("Other credentials")
        console.fill("Client secret", "another secret")
        console.press("Other credentials", "form button")
        console.has("Other credentials: done.", "#notice")
        console.press("Leave the partner alone")
        console.press("Leave the partner alone", "dialog button")
        console.press("Use the partner again")
        console.has("Leave the partner alone", "main")
        console.press("Delete the partner")
        console.press("Delete the partner", "dialog button")
        console.heading("Partners")
        console.has("There is nothing here yet.", "main")
        self.quiet(console)

    def test_a_shop(self) -> None:
        """has no screen of partners"""
        console = self.signed_in(Tenancy())
        self.assertNotIn("#partners", names(console))


if __name__ == "__main__":
    unittest.main()
