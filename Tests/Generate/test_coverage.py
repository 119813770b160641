"""tools/coverage: from the records of a run to docs/coverage.md."""

import json
import pathlib
import tempfile
import unittest

import tools

DEMANDS = """
# Words.
[Doors]
A01 A02 A03
A04
[Tokens_x]
S-A1 S-A2
"""


def line(test, *numbers, passed=True, suite="Suite"):
    return json.dumps(
        {"covers": numbers, "passed": passed, "suite": suite, "test": test}) + "\n"


class CoverageTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "demands.txt").write_text(DEMANDS)
        self.output = self.folder / "docs/coverage.md"

    def coverage(self, *records):
        files = []
        for index, record in enumerate(records):
            files.append(self.folder / f"{index}.jsonl")
            files[-1].write_text(record)
        return tools.run(
            "tools/coverage", "--demands", self.folder / "demands.txt", "--output", self.output,
            *files)

    def report(self, *records):
        result = self.coverage(*records)
        self.assertEqual(result.returncode, 0, result.stderr)
        return self.output.read_text()

    def assert_refused(self, message, *records):
        result = self.coverage(*records)
        self.assertEqual(result.returncode, 1)
        self.assertIn(message, result.stderr)
        self.assertFalse(self.output.exists())

    def test_lists_tests_by_number_and_counts_them(self):
        report = self.report(line("opens", "A02", "S-A1") + line("asks", "A02"))
        self.assertIn("| Doors | 4 | 1 |\n| Tokens\\_x | 2 | 1 |\n| **all** | **6** | **2** |", report)
        self.assertIn("- **A02**\n  - asks (Suite)\n  - opens (Suite)\n", report)

    def test_names_what_no_test_proves_in_ranges(self):
        report = self.report(line("opens", "A02"))
        self.assertIn("- Doors (3): A01, A03–A04\n- Tokens\\_x (2): S-A1–S-A2\n", report)

    def test_counts_no_test_of_which_any_case_failed(self):
        report = self.report(
            line("opens", "A01") + line("opens", "A01", passed=False) + line("asks", "A02"))
        self.assertIn("| **all** | **6** | **1** |", report)
        self.assertNotIn("opens", report)
        self.assertIn("1 failed tests prove nothing", self.coverage(
            line("opens", "A01", passed=False)).stderr)

    def test_keeps_tests_of_one_name_in_two_suites_apart(self):
        report = self.report(
            line("opens", "A01", suite="One"), line("opens", "A01", suite="Two", passed=False))
        self.assertIn("- **A01**\n  - opens (One)\n\n", report)

    def test_writes_the_same_for_records_in_any_order(self):
        lines = [line("opens", "A01", "A02"), line("asks", "A02"), line("closes", "S-A2")]
        self.assertEqual(self.report("".join(lines)), self.report(*reversed(lines)))

    def test_shows_sentences_as_they_are(self):
        self.assertIn("- takes '\\*\\*' and \\`\\_\\` (Suite)", self.report(
            line("takes '**' and `_`", "A01")))

    def test_takes_an_empty_record(self):
        self.assertIn("| **all** | **6** | **0** |", self.report(""))

    def test_refuses_numbers_that_do_not_exist(self):
        self.assert_refused("Suite: opens: there is no demand A05", line("opens", "A05"))

    def test_refuses_what_is_no_record(self):
        for text in ("{", "[]", '{"covers": []}', line("opens", "A01", passed="yes")):
            self.assert_refused("0.jsonl:1: not a coverage record", text)

    def test_refuses_a_record_that_is_not_there(self):
        result = tools.run("tools/coverage", "--output", self.output, self.folder / "none.jsonl")
        self.assertEqual(result.returncode, 1)
        self.assertIn("none.jsonl", result.stderr)

    def test_refuses_demands_out_of_order(self):
        for text, message in (("A01\n", ":1: a number before"), ("[a]\nA01\nA01", ":3: A01 is")):
            (self.folder / "demands.txt").write_text(text)
            self.assert_refused(message, "")

    def test_knows_all_demands(self):
        demands = (tools.ROOT / "tools/demands.txt").read_text()
        self.assertEqual(
            tools.run("tools/coverage", "--output", self.output, "/dev/null").returncode, 0)
        self.assertIn("| **all** | **744** | **0** |", self.output.read_text())
        for last in ("A34", "B35", "C151", "D73", "E194", "S-H11", "S-ZK11", "T87"):
            self.assertIn(last, demands.split())


if __name__ == "__main__":
    unittest.main()
