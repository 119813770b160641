"""docs/a-service-in-30-lines.md shows the example as it is, and the example runs."""

import re
import unittest

import tools

PAGE = tools.ROOT / "docs/a-service-in-30-lines.md"


class GreeterTests(unittest.TestCase):
    def test_the_page_shows_the_files_as_they_are(self):
        shown = dict(re.findall(
            r"^`(tools/\S+)`\n\n```\w+\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL))
        self.assertEqual(set(shown), {
            "tools/examples/greeter/main.swift",
            "tools/examples/greeter/proto/greeter/v1/greeter.proto"})
        for file, text in shown.items():
            self.assertEqual(text, (tools.ROOT / file).read_text(), file)

    def test_the_page_shows_every_file(self):
        folder = tools.ROOT / "tools/examples/greeter"
        files = {str(path.relative_to(tools.ROOT)) for path in folder.rglob("*") if path.is_file()}
        for file in files:
            self.assertIn(f"`{file}`", PAGE.read_text())

    def test_the_program_has_about_thirty_lines(self):
        lines = (tools.ROOT / "tools/examples/greeter/main.swift").read_text().splitlines()
        self.assertLessEqual(len(lines), 32)

    def test_the_program_greets(self):
        build = tools.run("swift", "build", "--product", "greeter")
        self.assertEqual(build.returncode, 0, build.stdout + build.stderr)
        binaries = tools.run("swift", "build", "--show-bin-path").stdout.strip()
        result = tools.run(f"{binaries}/greeter")
        self.assertEqual((result.returncode, result.stdout), (0, "Hello, Anna!\n"), result.stderr)

    def test_the_page_links_to_what_is_there(self):
        for link in re.findall(r"\]\(([^)#]+)", PAGE.read_text()):
            self.assertTrue((PAGE.parent / link).exists(), link)


if __name__ == "__main__":
    unittest.main()
