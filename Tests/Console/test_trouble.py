"""What others have written is text; what goes wrong is said kindly."""

from __future__ import annotations

import unittest
from urllib.parse import quote

import environment  # noqa: F401 (it sets the path of what follows)
from case import ConsoleCase
from stack.wait import until
from tenancy import Tenancy

MARKUP = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>"
OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{LEFT-TO-RIGHT ISOLATE}"
LONG = "W" * 200
ARABIC = "شركة المصاعد {0} %s"


class HostileTests(ConsoleCase):
    """A tenant whose people and clients have names that are meant to harm."""

    @classmethod
    def setUpClass(cls) -> None:
        """Makes it."""
        cls.tenancy = Tenancy(MARKUP)
        name = cls.tenancy.name
        tenant = f"(SELECT tenant_id FROM artel.tenant WHERE name = '{name}')"
        for index, text in enumerate((MARKUP, OVERRIDE, LONG, ARABIC)):
            cls.tenancy.sql(
                "INSERT INTO artel.tenant_client (tenant_id, client_id, kind, display_name, scopes,"
                f" secret_hashes) VALUES ({tenant}, '{name}.c{index}', 'SERVICE', '{text}', "
                "'{}', '{}') RETURNING 1")
            cls.tenancy.sql(
                "INSERT INTO artel.role (tenant_id, role_id, display_name, scopes) VALUES "
                f"({tenant}, 'r{index}', '{text}', '{{openid}}') RETURNING 1")

    def test_names(self) -> None:
        """shows markup, overrides of direction and long names as text, on every screen"""
        console = self.signed_in(self.tenancy)
        console.visit("#members")
        console.heading("Members")
        console.press("Invite somebody")
        console.fill("E-mail or phone", "ivan@example.org")
        console.fill("Name", MARKUP)
        console.press("Invite somebody", "form button")
        console.has("Shown this once", "dialog")
        console.press("I have kept it")
        console.heading(MARKUP)
        console.command(
            "Emulation.setDeviceMetricsOverride", width=320, height=640, deviceScaleFactor=1,
            mobile=True)
        for place, heading in (("overview", "Overview"), ("clients", "Clients"),
                               (f"clients/{self.tenancy.name}.c0", MARKUP),
                               (f"clients/{self.tenancy.name}.c1", OVERRIDE),
                               (f"clients/{self.tenancy.name}.c2", LONG),
                               ("roles", "Roles"), ("members", "Members"), ("tenant", "Tenant"),
                               ("sessions", "My sessions"),
                               (f"clients/{quote(MARKUP, '')}", MARKUP),
                               ("clients/..", "..")):
            console.visit(f"#{place}")
            console.heading(heading)
            console.until("!document.querySelector('main').textContent.includes('Loading')")
            self.assertLessEqual(
                console.run("document.documentElement.scrollWidth"), 320, place)
        self.assertEqual(console.run("typeof window.hurt"), "undefined")
        self.assertEqual(
            console.run("document.querySelectorAll('main img, main script').length"), 0)
        console.visit("#roles")
        console.has(ARABIC, "tbody")
        self.assertTrue(console.run(
            "[...document.querySelectorAll('tbody th')].every((one) => one.querySelector('bdi'))"))
        console.press("Delete the role")
        console.has("<img src=x", "dialog")
        console.press("Cancel")
        self.assertEqual(console.run("typeof window.hurt"), "undefined")
        self.quiet(console)


class TroubleTests(ConsoleCase):
    """A server that fails, as the browser sees it."""

    @classmethod
    def setUpClass(cls) -> None:
        """Makes the tenant."""
        cls.tenancy = Tenancy()

    def test_failures(self) -> None:
        """says what to do where the server is away, busy or broken, and goes on when it is back"""
        console = self.signed_in(self.tenancy)
        for answer, text in (
                ("Promise.reject(new TypeError('offline'))", "The server cannot be reached"),
                ("Promise.resolve(new Response('{}', {status: 429,"
                 " headers: {'retry-after': '7'}}))",
                 "Try again in 7 s"),
                ("Promise.resolve(new Response('<html>', {status: 502}))",
                 "The server cannot do this now"),
                ("Promise.resolve(new Response('{}', {status: 403}))", "You may not do this")):
            console.run(f"window.real ||= window.fetch; window.fetch = () => {answer}")
            console.visit("#members")
            console.has(text)
            self.assertEqual(
                console.run("document.querySelector('main [role=alert]') !== null"), True)
            console.run("window.fetch = window.real")
            console.press("Try again")
            console.has(self.tenancy.login, "tbody")
            console.visit("#overview")
            console.heading("Overview")

    def test_refused_form(self) -> None:
        """puts the server's complaint at the field, the reader there, and keeps what was typed"""
        console = self.signed_in(self.tenancy)
        console.visit("#clients/new")
        console.heading("New client")
        console.fill("Identifier", "Not A Label")
        console.fill("Name", "Lifts")
        console.fill("Addresses", "203.0.113.0/24 nonsense")
        console.press("New client", "form button")
        console.until("document.activeElement.getAttribute('aria-invalid') === 'true'")
        described = console.run(
            "document.getElementById(document.activeElement.getAttribute('aria-describedby')"
            ".split(' ')[0]).textContent")
        self.assertIn("This was not taken.", described)
        self.assertEqual(
            console.run("document.querySelector('main input').value"), "Not A Label")

    def test_not_an_administrator(self) -> None:
        """shows who is no administrator what is their own, and nothing else"""
        name = self.tenancy.name
        self.tenancy.sql(
            "UPDATE artel.person SET administrator = false WHERE tenant_id = (SELECT tenant_id FROM"
            f" artel.tenant WHERE name = '{name}') RETURNING 1")
        try:
            console = self.open(self.tenancy)
            console.heading("Sign in to the console")
            console.press("Sign in")
            console.prove()
            console.heading("Overview")
            screens = console.run(
                "[...document.querySelectorAll('nav a')].map((one) => one.hash)")
            for hidden in ("#clients", "#members", "#tenants", "#certificates", "#audit"):
                self.assertNotIn(hidden, screens)
            self.assertIn("#sessions", screens)
            console.visit("#clients")
            console.heading("There is no such screen")
        finally:
            self.tenancy.sql(
                "UPDATE artel.person SET administrator = true WHERE tenant_id = (SELECT tenant_id "
                f"FROM artel.tenant WHERE name = '{name}') RETURNING 1")

    def test_nobodys_host(self) -> None:
        """says so where there is no tenant, and where the tenant has no console"""
        console = self.open(self.tenancy)
        console.heading("Sign in to the console")
        console.go("https://nobody.artel.localhost/console")
        console.heading("This is nobody's console")
        bare = f"b-{self.tenancy.name}"
        self.tenancy.stack.artel.run(
            "tenant", "create", bare, "--kind", "store", "--display-name", "Bare")
        console.go(f"https://{bare}.artel.localhost/console")
        console.heading("The console is not open here")
        console.has(f"artel tenant console {bare}")
        made = self.tenancy.stack.artel.run("tenant", "console", bare)
        self.assertEqual(made["client_id"], f"{bare}.console")

        def opened() -> bool:
            console.go(f"https://{bare}.artel.localhost/console")
            console.until("document.querySelector('h1')?.textContent.match(/not open|Sign in to/)")
            return "Sign in" in console.text("h1")

        # That there was none is remembered for a moment.
        until("the console is open", opened, 30)
        self.assertEqual(made["tenant"], f"tenants/{bare}")


if __name__ == "__main__":
    unittest.main()
