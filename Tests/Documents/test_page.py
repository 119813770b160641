"""The page at /docs, in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from reading import Reading
from test_bridge import bridge

_GET = "Atelier_GetThing"


class Pages(Reading):
    """What a reader does with it."""

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
        self.assertIn(f'content="{policy.partition("; frame-ancestors")[0]}"', text)
        # Even a script of the page may make no markup of a text, nor a script.
        for attempt in ("document.body.innerHTML = '<p>'",
                        "document.body.append(Object.assign(document.createElement('script'), "
                        "{textContent: 'window.broken = 1'}))"):
            self.assertTrue(self.page.run(
                "new Promise((done) => { document.addEventListener('securitypolicyviolation', "
                f"() => done(true), {{once: true}}); try {{ {attempt} }} catch {{ }} }})"), attempt)
        self.assertIsNone(self.page.run("window.broken"))
        self.page.complaints.clear()

    def test_hostile(self) -> None:
        """A contract whose author means harm gets no script into the page."""
        self.open("Atelier_CreateThing")
        self.page.run(
            "document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        self.page.until("byId('content').textContent.includes('means harm: </script>')")
        self.assertIsNone(self.page.run("window.evil"))
        self.assertEqual(self.page.run("document.querySelectorAll('main img').length"), 0)

    def test_hash(self) -> None:
        """An address that is none shows the beginning."""
        self.page.run("location.hash = '#%'; 1")
        self.page.until("document.title === api.info.title")
        self.assertIn("atelier.v1", self.page.run("byId('content').textContent"))

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

    def test_form(self) -> None:
        """A form begins as its example, too."""
        self.open("Atelier_ShapeThing")
        self.page.run(
            "byId('body-type').value = 'application/x-www-form-urlencoded';"
            "byId('body-type').dispatchEvent(new Event('change'))")
        self.assertIn("title=title&", self.page.run("byId('body').value"))
        text = self.send()
        self.assertEqual(self.status, "200", text)
        self.assertIn('"title": "title"', text)

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
            "[...byId('accept').options].map((one) => one.value)")
        self.assertEqual(
            set(forms), {"application/x-ndjson", "text/event-stream", "application/json"})
        for form in forms:
            self.page.run(f"byId('accept').value = '{form}'")
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
