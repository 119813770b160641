"""Calls from the page at /docs by Connect, and by what it shows for curl."""

from __future__ import annotations

import json
import subprocess

from reading import Reading

_GET = "Atelier_GetThing"


class Protocols(Reading):
    """The same methods in another protocol."""

    def connect(self, name: str, message: str | None = None) -> str:
        """Calls by Connect."""
        self.open(name)
        self.page.run(
            "byId('protocol').value = 'connect';"
            "byId('protocol').dispatchEvent(new Event('change'))")
        if message is not None:
            self.page.run(f"byId('message').value = {json.dumps(message)}")
        return self.send()

    def test_connect(self) -> None:
        """The same method by Connect, with the whole message and the reader's token."""
        self.page.run(
            "window.sent = []; window.own ??= fetch; window.fetch = (url, about) => "
            "{ sent.push([url, Object.fromEntries(about.headers)]); return own(url, about); }")
        self.page.run("byId('token').value = 'secret-token'")
        text = self.connect(_GET, '{"name": "rooms/r/things/t", "count": 7}')
        self.assertEqual((self.status, json.loads(text)["count"]), ("200", 7))
        url, headers = self.page.run("sent.at(-1)")
        self.assertEqual(url, "/atelier.v1.Atelier/GetThing")
        self.assertEqual(headers, {
            "authorization": "Bearer secret-token", "connect-protocol-version": "1",
            "content-type": "application/json"})
        self.page.run("byId('token').value = ''; window.fetch = own")
        self.assertTrue(self.page.run("byId('p-count').closest('div[hidden]') !== null"))
        self.assertIn("nope: no such field", self.connect(_GET, '{"nope": 1}'))
        self.assertEqual(self.status, "400")
        self.assertEqual(self.connect("Atelier_CreateThing") and self.status, "200")

    def test_connect_streams(self) -> None:
        """Streams of each kind, message by message."""
        lines = self.connect(
            "Atelier_WatchThings", '{"name": "rooms/r/things/t", "count": 3}').splitlines()
        self.assertEqual([json.loads(line)["count"] for line in lines], [3, 3])
        text = self.connect("Atelier_GatherThings", json.dumps([
            {"parent": "rooms/r", "thing": {"title": title}} for title in ("é", "b")]))
        self.assertEqual(json.loads(text), {"parent": "rooms/r", "count": 2, "titles": ["é", "b"]})
        messages = [{"name": "rooms/r", "title": title} for title in ("a", "fail")]
        text = self.connect("Atelier_TalkThings", json.dumps(messages))
        self.assertEqual(json.loads(text)["title"], "a")
        self.assertIn(
            "aborted: that was wished for", self.page.run("byId('answer').textContent"))
        self.connect("Atelier_WatchThings", "{nothing")
        self.assertIn("This is no JSON", self.page.run("byId('answer').textContent"))
        self.connect("Atelier_GatherThings", "{}")
        self.assertIn("no JSON array", self.page.run("byId('answer').textContent"))

    def test_commands(self) -> None:
        """What is shown for curl does the same."""
        for name, protocol in (
                ("Atelier_CreateThing", "rest"), ("Atelier_CreateThing", "connect"),
                ("Atelier_GatherThings", "connect"), ("Atelier_WatchThings", "connect")):
            self.open(name)
            self.page.run(
                f"byId('protocol').value = '{protocol}';"
                "byId('protocol').dispatchEvent(new Event('change'));"
                "[...document.querySelectorAll('main button')]"
                ".find((one) => one.textContent === 'curl').click()")
            command = self.page.run("byId('answer').previousSibling.textContent")
            done = subprocess.run(
                ["bash", "-c", command + " -sS -w '%{http_code}'"], capture_output=True,
                timeout=30, check=False)
            self.assertTrue(done.stdout.endswith((b"200", b"201")), (command, done))
            self.assertNotIn(b'"error"', done.stdout)
        self.assertIsNone(self.page.run("window.broken"))
        self.page.complaints.clear()
