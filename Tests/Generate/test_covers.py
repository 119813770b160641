"""Tests say which demands they prove: the Swift trait and the Python decorator."""

import json
import os
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import tools

sys.path.insert(0, str(tools.ROOT / "Tests/System"))
from covers import covers  # noqa: E402

MANIFEST = """
// swift-tools-version: 6.2
import PackageDescription
let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let package = Package(
  name: "trial",
  targets: [
    .target(name: "TestSupport", path: "Support", swiftSettings: swift),
    .testTarget(
      name: "TrialTests", dependencies: ["TestSupport"], path: "Tests", swiftSettings: swift),
  ])
"""

TESTS = """
import TestSupport
import Testing

struct Wrong: Error {}

@Test("passes", .covers("A01", "S-ZK1")) func passes() {}
@Test("fails an expectation", .covers("A02")) func expects() { #expect(Bool(false)) }
@Test("throws", .covers("A03")) func throwing() throws { throw Wrong() }
@Test("has a known issue", .covers("A04")) func known() {
  withKnownIssue { Issue.record("known") }
}
@Test("fails in a task", .covers("A05")) func task() async {
  await Task { _ = Issue.record("in a task") }.value
}
@Test("counts every argument", .covers("A06"), arguments: [1, 2]) func arguments(number: Int) {
  #expect(number == 1)
}
@Test("is switched off", .disabled(), .covers("A07")) func disabled() {}
@Test("has a malformed number", .covers("A1")) func malformed() {}
@Suite(.covers("T8")) struct Things {
  @Test func plain() {}
  @Test(.covers("B01")) func more() {}
}
"""


class TraitTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        package = pathlib.Path(folder.name)
        (package / "Package.swift").write_text(MANIFEST.lstrip())
        (package / "Support").symlink_to(tools.ROOT / "Tests/Support")
        (package / "Tests").mkdir()
        (package / "Tests/TrialTests.swift").write_text(TESTS)
        record = package / "record.jsonl"
        cls.package = package
        cls.result = tools.run(
            "swift", "test", cwd=package, environment={"ARTEL_COVERAGE_FILE": str(record)})
        assert record.exists(), cls.result.stdout + cls.result.stderr
        cls.lines = [json.loads(line) for line in record.read_text().splitlines()]

    def outcomes(self, test):
        return [line["passed"] for line in self.lines if line["test"] == test]

    def test_records_a_test_that_passed(self):
        self.assertIn(
            {"covers": ["A01", "S-ZK1"], "passed": True, "suite": "TrialTests/TrialTests",
             "test": "passes"}, self.lines)
        self.assertEqual(self.outcomes("has a known issue"), [True])

    def test_records_a_test_that_failed_as_failed(self):
        for test in ("fails an expectation", "throws", "fails in a task"):
            self.assertEqual(self.outcomes(test), [False], test)

    def test_records_every_argument(self):
        self.assertEqual(sorted(self.outcomes("counts every argument")), [False, True])

    def test_records_no_test_that_did_not_run(self):
        self.assertEqual(self.outcomes("is switched off"), [])

    def test_fails_a_test_with_a_malformed_number(self):
        self.assertEqual(self.outcomes("has a malformed number"), [])
        self.assertIn('no demand has a number like "A1"', self.result.stdout)

    def test_gives_the_numbers_of_a_suite_to_its_tests(self):
        found = {(line["test"], *line["covers"]) for line in self.lines}
        self.assertLessEqual({("plain()", "T8"), ("more()", "T8"), ("more()", "B01")}, found)

    def test_fails_where_the_record_cannot_be_written(self):
        result = tools.run(
            "swift", "test", "--skip-build", "--filter", "passes", cwd=self.package,
            environment={"ARTEL_COVERAGE_FILE": "/nowhere/at/all"})
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("No such file", result.stdout + result.stderr)

    def test_needs_no_record(self):
        result = tools.run(
            "swift", "test", "--skip-build", "--filter", "passes", cwd=self.package,
            environment={"ARTEL_COVERAGE_FILE": ""})
        self.assertEqual(result.returncode, 0, result.stdout)


class DecoratorTests(unittest.TestCase):
    def record(self, function, error=None):
        """The lines that a call of the function adds."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "record.jsonl"
            with mock.patch.dict(os.environ, {"ARTEL_COVERAGE_FILE": str(path)}):
                if error:
                    self.assertRaises(error, function)
                else:
                    function()
            lines = path.read_text().splitlines() if path.exists() else []
            return [json.loads(line) for line in lines]

    def test_records_a_test_that_passed_by_its_first_sentence(self):
        @covers("A03", "S-D1")
        def test_door():
            """opens the door

            More words.
            """

        self.assertEqual(self.record(test_door), [
            {"covers": ["A03", "S-D1"], "passed": True, "suite": "System/test_covers",
             "test": "opens the door"}])

    def test_records_a_test_that_failed_as_failed(self):
        @covers("T1")
        def test_door():
            raise AssertionError

        lines = self.record(test_door, AssertionError)
        self.assertEqual([line["passed"] for line in lines], [False])
        self.assertEqual(lines[0]["test"], "test_door")

    def test_records_no_test_that_was_skipped(self):
        @covers("T1")
        def test_door():
            raise unittest.SkipTest

        self.assertEqual(self.record(test_door, unittest.SkipTest), [])

    def test_records_an_async_test(self):
        import asyncio

        @covers("T1")
        async def test_door():
            await asyncio.sleep(0)

        self.assertEqual(len(self.record(lambda: asyncio.run(test_door()))), 1)

    def test_needs_no_record(self):
        @covers("T1")
        def test_door():
            return 7

        with mock.patch.dict(os.environ):
            os.environ.pop("ARTEL_COVERAGE_FILE", None)
            self.assertEqual(test_door(), 7)

    def test_refuses_malformed_numbers(self):
        for number in ("A1", "F01", "S-I1", "S-A0", "T", "T100", "a01", "", " A01"):
            with self.assertRaises(ValueError):
                covers(number)


if __name__ == "__main__":
    unittest.main()
