"""Every screen by the keyboard alone, for a screen reader, on a phone, in the dark, in Russian."""

from __future__ import annotations

import unittest
from typing import Any

import environment  # noqa: F401 (it sets the path of what follows)
from case import Console, ConsoleCase, names
from covers import covers
from stack.tenants import OPERATOR
from tenancy import Tenancy

NAMED = {
    "button", "link", "textbox", "combobox", "checkbox", "spinbutton", "navigation", "dialog",
    "searchbox", "table", "DisclosureTriangle", "InputTime", "DateTime"}
CONTRAST = r"""
(() => {
  const parse = (text) => {
    const found = text.match(/[\d.]+/g).map(Number);
    return text.startsWith("color(srgb") ? [found[0] * 255, found[1] * 255, found[2] * 255,
      found[3] ?? 1] : [found[0], found[1], found[2], found[3] ?? 1];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color[3] > 0.99) return color;
    }
    return [255, 255, 255, 1];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent.trim() || !element.checkVisibility()
      || element.closest(":disabled, noscript, .heard, thead")) continue;
    const [one, other] = [
      light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) bad.push(`${ratio.toFixed(2)} ${text.textContent.trim().slice(0, 40)}`);
  }
  return bad;
})()
"""


class ReadingTests(ConsoleCase):
    """The operating tenant's administrator, who has every screen."""

    tenancy: Tenancy

    @classmethod
    def setUpClass(cls) -> None:
        """Takes the operating tenant."""
        cls.tenancy = Tenancy(name=OPERATOR)

    def settled(self, console: Console, place: str) -> None:
        """Goes to a screen, and waits until it is whole."""
        console.visit(place)
        console.until(
            f"location.hash === '{place}' && document.querySelector('h1') !== null &&"
            " !document.querySelector('main').textContent.match(/Loading|Загрузка/)")

    def places(self, console: Console) -> list[str]:
        """Every screen, and forms of each kind."""
        found = names(console)
        self.assertGreaterEqual(len(found), 12, found)
        return [*found, "#clients/new", "#members/new", "#roles/new", "#tenants/new",
                "#authorities/new", f"#clients/{OPERATOR}.console", "#nowhere"]

    def test_tree(self) -> None:
        """gives each control a role and a name, each screen one heading, each text contrast"""
        for dark in (False, True):
            with self.subTest(dark=dark), Console(self.tenancy) as console:
                console.sign_in()
                self.check_screens(console, dark)

    def check_screens(self, console: Console, dark: bool) -> None:
        """Looks at every screen, in the light or in the dark."""
        console.command("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])
        console.command("Accessibility.enable")
        for place in self.places(console):
            self.settled(console, place)
            self.check_tree(console, place)
            self.assertEqual(console.run(CONTRAST), [], (place, dark))
            self.assertEqual(
                console.run("document.querySelectorAll('h1').length"), 1, place)
            self.assertEqual(
                console.run("[...document.querySelectorAll('[id]')].length -"
                            " new Set([...document.querySelectorAll('[id]')]"
                            ".map((one) => one.id)).size"), 0, place)
        self.assertEqual(console.run(
            "getComputedStyle(document.querySelector('button')).transitionDuration"), "0s")
        self.quiet(console)

    def check_tree(self, console: Console, place: str) -> None:
        """Looks at what the browser tells screen readers."""
        nodes: list[dict[str, Any]] = console.command("Accessibility.getFullAXTree")["nodes"]
        seen = [one for one in nodes if not one.get("ignored")]
        roles = [one["role"]["value"] for one in seen]
        for landmark in ("banner", "main", "navigation"):
            self.assertIn(landmark, roles, place)
        for one in seen:
            role, name = one["role"]["value"], one.get("name", {}).get("value", "")
            if role in NAMED:
                self.assertTrue(name.strip(), (place, one))
            focusable = any(
                part["name"] == "focusable" and part["value"].get("value")
                for part in one.get("properties", []))
            if focusable:
                self.assertNotIn(role, ("generic", "none", "StaticText"), (place, one))
        if "table" in roles:
            self.assertIn("columnheader", roles, place)

    def test_phone(self) -> None:
        """fits 320 pixels without scrolling sideways, with targets that a finger hits"""
        console = self.signed_in(self.tenancy)
        console.command(
            "Emulation.setDeviceMetricsOverride", width=320, height=640, deviceScaleFactor=2,
            mobile=True)
        for place in self.places(console):
            self.settled(console, place)
            self.assertLessEqual(
                console.run("document.documentElement.scrollWidth"), 320, place)
            wide = console.run(
                "[...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() &&"
                " one.getBoundingClientRect().right > 321 && !one.closest('.heard, thead, pre'))"
                ".map((one) => one.outerHTML.slice(0, 80))")
            self.assertEqual(wide, [], place)
            low = console.run(
                "[...document.querySelectorAll('button, .button, input:not([type=checkbox]),"
                " select, textarea')].filter((one) => one.checkVisibility() &&"
                " one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML)")
            self.assertEqual(low, [], place)
        self.assertFalse(console.run("document.getElementById('navigation').checkVisibility()"))
        console.press("Menu")
        self.assertTrue(console.run("document.getElementById('navigation').checkVisibility()"))
        console.press("Clients", "nav a")
        console.heading("Clients")
        self.assertFalse(console.run("document.getElementById('navigation').checkVisibility()"))

    def test_keyboard(self) -> None:
        """goes from the first page to a new role and out again without a mouse"""
        console = self.open(self.tenancy)
        console.heading("Sign in to the console")
        self.keys(console, "Sign in")
        console.prove()
        console.heading("Overview")
        # The reader is at the beginning of what has changed; the way past the navigation is first.
        self.assertEqual(console.run("document.activeElement.tagName"), "H1")
        console.run("document.activeElement.blur(); document.body.focus()")
        console.run("document.getElementById('skip').focus()")
        self.assertGreaterEqual(
            console.run("document.getElementById('skip').getBoundingClientRect().left"), 0)
        self.key(console, "Enter")
        self.assertEqual(console.run("document.activeElement.id"), "main")
        self.keys(console, "Roles", back=True)
        console.heading("Roles")
        self.keys(console, "New role")
        console.heading("New role")
        for text in ("night-watch", "Night watch", "openid"):
            self.key(console, "Tab")
            self.assertNotEqual(console.run(
                "getComputedStyle(document.activeElement).outlineStyle"), "none")
            console.command("Input.insertText", text=text)
        self.keys(console, "New role")
        console.heading("Roles")
        console.has("Night watch", "tbody")
        console.has("New role: done.", "#notice")
        self.keys(console, "Delete the role")
        console.until("document.querySelector('dialog[open]') !== null")
        # Within the dialogue alone, closed by Escape, and back to where it was.
        for _ in range(4):
            self.key(console, "Tab")
            self.assertTrue(console.run(
                "document.activeElement === document.body ||"
                " document.querySelector('dialog').contains(document.activeElement)"))
        self.key(console, "Escape")
        console.until("document.querySelector('dialog') === null")
        self.assertEqual(console.run("document.activeElement.textContent"), "Delete the role")
        self.key(console, "Enter")
        self.keys(console, "Delete the role", "dialog ")
        console.until("!document.querySelector('tbody')?.textContent.includes('Night watch')")
        self.keys(console, "Sign out", back=True)
        console.has("You are signed out")

    def keys(self, console: Console, text: str, within: str = "", back: bool = False) -> None:
        """Tabs to what has these words on it, and presses it."""
        console.until(
            f"[...document.querySelectorAll('{within}button, {within}a')].some((one) =>"
            f" one.textContent.trim() === '{text}' && one.checkVisibility())")
        for _ in range(120):
            here = console.run(
                "document.activeElement.matches('button, a') ?"
                " document.activeElement.textContent.trim() : ''")
            if here == text:
                return self.key(console, "Enter")
            self.key(console, "Tab", 8 if back else 0)
        self.fail(f"the keyboard does not reach {text}")

    @staticmethod
    def key(console: Console, name: str, modifiers: int = 0) -> None:
        """Presses a key."""
        code = {"Tab": 9, "Enter": 13, "Escape": 27}[name]
        more: dict[str, Any] = {"text": "\r"} if name == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            console.command(
                "Input.dispatchKeyEvent", type=kind, key=name, code=name, modifiers=modifiers,
                windowsVirtualKeyCode=code, **(more if kind == "keyDown" else {}))

    def test_russian(self) -> None:
        """speaks Russian where it is asked to, remembers it, and says so to screen readers"""
        console = self.signed_in(self.tenancy)
        console.press("Русский")
        console.heading("Обзор")
        self.assertEqual(console.run("document.documentElement.lang"), "ru")
        for place in self.places(console):
            self.settled(console, place)
            text = console.run("document.querySelector('main').innerText")
            self.assertNotRegex(text, r"\b(field|do|say|screen|about|hint)\.[a-z]\w+", place)
        console.run("window.before = true; location.reload()")
        console.until("window.before === undefined && document.documentElement?.lang === 'ru'")
        console.heading("Такого раздела нет")

    @covers("A12")
    def test_operator(self) -> None:
        """lists tenants, looks at one with a reason, suspends it and serves it again"""
        other = Tenancy("Pharmacy")
        console = self.signed_in(self.tenancy)
        console.visit(f"#tenants/{other.name}")
        console.heading(other.name)
        console.fill("Reason", "ticket 7")
        console.press("Look at the tenant")
        console.heading("Pharmacy")
        console.press("Suspend the tenant")
        console.fill("Type the name to confirm", other.name)
        console.press("Suspend the tenant", "dialog button")
        console.fill("Reason", "unpaid")
        console.press("Suspend the tenant", "dialog button")
        console.press("Serve the tenant again")
        console.fill("Reason", "paid")
        console.press("Serve the tenant again", "dialog button")
        console.has("active", "dl")
        console.visit("#tenants/new")
        console.heading("New tenant")
        console.fill("Identifier", f"n-{other.name}")
        console.fill("Name", "New one")
        console.fill("First administrator: e-mail or phone", "first@example.org")
        console.fill("Reason", "a new customer")
        console.press("New tenant", "form button")
        console.has("Shown this once", "dialog")
        self.assertIn(
            f"https://n-{other.name}.artel.localhost/sign-in#invitation=",
            console.run("document.querySelector('dialog textarea').value"))
        console.press("I have kept it")
        console.heading(f"n-{other.name}")


if __name__ == "__main__":
    unittest.main()
