"""The page at /docs, in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
import unittest
from typing import Any, ClassVar

from page import Page
from test_bridge import bridge

_GET = "Atelier_GetThing"


class Reading(unittest.TestCase):
    """What a reader does with it."""

    maxDiff = None
    page: ClassVar[Page]

    @classmethod
    def setUpClass(cls) -> None:
        """Opens the page once."""
        cls.page = Page(bridge().address + "/docs")
        cls.addClassCleanup(cls.page.close)

    def open(self, name: str) -> None:
        """Goes to an operation."""
        self.page.run(f"location.hash = '#{name}'")
        self.page.until(f"document.title.startsWith('{name} ')")

    def send(self) -> str:
        """Sends what the form has, and waits for the answer's end; returns its body."""
        self.page.run("byId('answer').dataset.done = ''; byId('send').click()")
        self.page.until("byId('answer').dataset.done === '1'")
        text: str = self.page.run("byId('answer').querySelector('.answer')?.textContent || ''")
        return text

    @property
    def status(self) -> str:
        """The status of the answer that is shown."""
        text: str = self.page.run("byId('answer').querySelector('.status').textContent")
        return text

    def press(self, key: str, target: str = "document.body") -> None:
        """Presses a key."""
        self.page.run(
            f"{target}.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: '{key}', bubbles: true, cancelable: true}}))")

    def tearDown(self) -> None:
        """Nothing that a test does makes the page complain, but of failed requests."""
        serious = [one for one in self.page.complaints if "status of 4" not in one]
        self.assertEqual(serious, [])

    def test_policy(self) -> None:
        """Nothing but its own script and style runs, and nothing comes from elsewhere."""
        answer = bridge().curl.get("/docs")
        text = answer.body.decode()
        policy = answer.header("content-security-policy") or ""
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        for tag, directive in (("<script>", "script-src"), ("<style>", "style-src")):
            content = text.partition(tag)[2].partition(tag.replace("<", "</"))[0]
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            self.assertIn(f"{directive} 'sha256-{digest}'", policy)
        shown = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)
        self.assertNotRegex(shown, r"(src|href)=.?(https?:)?//")
        self.assertEqual(answer.header("referrer-policy"), "no-referrer")
        self.assertTrue(self.page.run(
            "new Promise((done) => { document.addEventListener('securitypolicyviolation', "
            "() => done(true)); document.body.append(Object.assign("
            "document.createElement('script'), {textContent: 'window.broken = 1'})); })"))
        self.assertIsNone(self.page.run("window.broken"))
        self.page.complaints.clear()

    def test_list(self) -> None:
        """Every operation is in the list, and words narrow it."""
        count = "document.querySelectorAll('#list a').length"
        self.page.run("byId('search').value = ''; showList()")
        everything = self.page.run(count)
        self.assertEqual(everything, self.page.run("operations.length"))
        self.page.run("byId('search').value = 'picture put'; showList()")
        self.assertEqual(self.page.run(count), 1)
        self.page.run("byId('search').value = 'nobody says this'; showList()")
        self.assertEqual(self.page.run(count), 0)
        self.page.run("byId('search').value = ''; showList()")

    def test_keys(self) -> None:
        """The keyboard is enough."""
        self.press("/")
        self.assertEqual(self.page.run("document.activeElement.id"), "search")
        self.press("Escape", "byId('search')")
        self.assertNotEqual(self.page.run("document.activeElement.id"), "search")
        self.open(_GET)
        self.press("j")
        self.page.until(f"current() !== '{_GET}'")
        self.press("k")
        self.page.until(f"current() === '{_GET}'")
        before = self.page.run("getComputedStyle(document.body).backgroundColor")
        self.press("t")
        self.assertNotEqual(
            self.page.run("getComputedStyle(document.body).backgroundColor"), before)

    def test_request(self) -> None:
        """A request goes out as the form says, with the reader's token, and is shown."""
        self.open(_GET)
        self.page.run("byId('p-count').value = '7'; byId('p-tags').value = 'a,b\\nc d'")
        self.page.run("byId('token').value = 'secret-token'")
        text = self.send()
        self.assertEqual(self.status, "200", text)
        for part in ('"count": 7', '"a,b"', '"c d"', '"serial"'):
            self.assertIn(part, text) if part != '"serial"' else None
        self.page.run(
            "[...document.querySelectorAll('main button')]"
            ".find((one) => one.textContent === 'curl').click()")
        shown = self.page.run("document.querySelector('main').textContent")
        self.assertIn("authorization: Bearer $TOKEN", shown)
        self.assertNotIn("secret-token", shown)
        self.page.run("byId('token').value = ''")

    def test_body(self) -> None:
        """A body begins as its example, which is valid."""
        self.open("Atelier_CreateThing")
        text = self.send()
        self.assertEqual(self.status, "201", text)
        self.assertIn('"title"', text)

    def test_failure(self) -> None:
        """An error is shown like any other answer."""
        self.open("Atelier_CreateThing")
        self.page.run("document.querySelector('main textarea').value = '{\"nope\": 1}'")
        self.assertIn("UNKNOWN_FIELD", self.send())
        self.assertEqual(self.status, "400")

    def test_stream(self) -> None:
        """A stream is shown in each of its forms."""
        self.open("Atelier_WatchThings")
        forms: Any = self.page.run(
            "[...document.querySelectorAll('[aria-label=\"Form of the answer\"] option')]"
            ".map((one) => one.value)")
        self.assertEqual(
            set(forms), {"application/x-ndjson", "text/event-stream", "application/json"})
        for form in forms:
            self.page.run(
                f"document.querySelector('[aria-label=\"Form of the answer\"]').value = '{form}'")
            text = self.send()
            self.assertEqual(text.count("rooms/room-1/things/thing-1"), 2, form)
            self.assertEqual(text.startswith("data:"), form == "text/event-stream", text)

    def test_every_operation(self) -> None:
        """Nothing is shown as what a script calls an object, or as nothing."""
        for name in self.page.run("operations.map((one) => one.operationId)"):
            self.open(name)
            text = self.page.run("byId('content').textContent")
            for wrong in ("[object", "undefined", "NaN"):
                self.assertNotIn(wrong, text, name)

    def test_binary(self) -> None:
        """Bytes are counted, not printed."""
        self.open("Atelier_GetPicture")
        self.assertEqual(self.send(), "6 bytes of image/gif")

    def test_markup(self) -> None:
        """What a contract says is text, whatever it looks like."""
        self.assertTrue(self.page.run(
            "make('p', {}, ...prose('<b id=\"evil\">x</b> `<i>`')).textContent.includes('<b id')"))
        self.assertEqual(
            self.page.run("make('p', {}, ...prose('<b>x</b>')).querySelectorAll('b').length"), 0)
