"""The console's files: what they hold, and how they are served."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import environment
from covers import covers
from curl import Curl
from vectors import vectors

_HERE = Path(__file__).parent


class ModuleTests(unittest.TestCase):
    """Without a browser."""

    def test_in_node(self) -> None:
        """the modules that need no page do what their tests say"""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "pages"
            shutil.copytree(environment.PAGES, place)
            shutil.copy(_HERE / "modules.test.mjs", place)
            (place / "package.json").write_text('{"type": "module"}')
            (place / "vectors.json").write_text(
                json.dumps(vectors(70 if environment.LONG else 24)))
            done = subprocess.run(
                ["node", "--test", "modules.test.mjs"], cwd=place, capture_output=True, text=True,
                timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-2000:])

    def test_words(self) -> None:
        """every word that a module asks for is there, and none is left over"""
        text = {path.name: path.read_text() for path in environment.PAGES.glob("*.js")}
        known = set(re.findall(r'"([a-z]\w*(?:\.\w+)*)":', text.pop("words-en.js")))
        text.pop("words-ru.js")
        whole = "\n".join(text.values())
        asked = set(re.findall(r'say\(\s*"([^"]+)"', whole))
        self.assertEqual(asked - known, set())
        prefixes = (
            "field.", "hint.", "value.", "reason.", "do.", "about.", "screen.", "again.", "proof.")
        left = {one for one in known - asked
                if not one.startswith(prefixes) and f'"{one}"' not in whole}
        self.assertEqual(left, set())
        ids = set(re.findall(r'\bid: "(\w+)"', whole))
        for action in ids:
            if f"do.{action}" in known:
                continue
            self.assertIn(f"screen.{action}", known, action)

    @covers("S-F15")
    def test_served(self) -> None:
        """each file is served by its type, the page with a policy that lets in nothing else"""
        rest = Curl(environment.plain().rest)
        page = rest.get("/console")
        self.assertEqual(page.status, 200)
        policy = page.header("content-security-policy") or ""
        self.assertTrue(policy.startswith("default-src 'none'; script-src 'self';"), policy)
        for word in ("unsafe", "http", "*", "data:;script"):
            self.assertNotIn(word, policy)
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertEqual(page.header("cross-origin-opener-policy"), "same-origin")
        self.assertEqual(page.header("x-content-type-options"), "nosniff")
        self.assertNotIn("<script>", page.body.decode())
        self.assertNotIn("style=", page.body.decode())
        for path in sorted(environment.PAGES.iterdir()):
            if path.name == "index.html":
                continue
            answer = rest.get(f"/console/{path.name}")
            self.assertEqual(answer.status, 200, path.name)
            self.assertEqual(answer.body, path.read_bytes(), path.name)
            kind = "css" if path.suffix == ".css" else "javascript"
            self.assertEqual(answer.header("content-type"), f"text/{kind}; charset=utf-8")
            self.assertEqual(answer.header("cache-control"), "no-cache")
            same = rest.get(
                f"/console/{path.name}", **{"if-none-match": answer.header("etag") or ""})
            self.assertEqual(same.status, 304, path.name)
        self.assertEqual(rest.get("/console/../console").status, 404)

    def test_no_markup(self) -> None:
        """makes nothing of text: has neither innerHTML nor eval, nor anything of elsewhere"""
        for path in environment.PAGES.glob("*.js"):
            text = path.read_text()
            for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(",
                         "new Function", "setAttribute(\"on", "javascript:"):
                self.assertNotIn(word, text, path.name)
            self.assertEqual(re.findall(r"https?://(?!\{)\S+", text), [], path.name)
            for name in re.findall(r'from "([^"]+)"', text):
                self.assertTrue((environment.PAGES / name).is_file(), f"{path.name}: {name}")
            self.assertLess(len(text.splitlines()), 400, path.name)
            self.assertEqual([one for one in text.splitlines() if len(one) > 100], [], path.name)


if __name__ == "__main__":
    unittest.main()
