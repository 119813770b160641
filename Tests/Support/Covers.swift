public import Testing

extension Trait where Self == Covers {
  /// Says which demands a test proves, by the numbers of `tools/demands.txt`.
  ///
  /// ```swift
  /// @Test("refuses a template with two dots", .covers("T8", "S-F13"))
  /// ```
  ///
  /// On a suite it holds for each of its tests. Where the environment names a file as
  /// `ARTEL_COVERAGE_FILE`, every test case adds a line there that says whether it passed;
  /// `tools/coverage` reads such files.
  ///
  /// - Parameter numbers: `A01` to `E999` for a demand of a domain, `S-A1` for one of security,
  ///   `T1` for one of transcoding. A test with anything else fails.
  public static func covers(_ numbers: String...) -> Covers {
    Covers(numbers: numbers)
  }
}

/// The trait of a test that proves demands; made with ``Testing/Trait/covers(_:)``.
public struct Covers: TestTrait, SuiteTrait, TestScoping {
  /// The demands' numbers.
  public let numbers: [String]

  /// True: a suite's tests prove what the suite does.
  public var isRecursive: Bool { true }

  /// - Throws: ``MalformedNumber``, which fails the test.
  public func prepare(for test: Test) async throws {
    if let number = numbers.first(where: { !DemandNumber.isWellFormed($0) }) {
      throw MalformedNumber(number: number)
    }
  }

  /// Runs the test case and records how it went.
  ///
  /// - Throws: what the test throws, or the system's error where the record cannot be written.
  @concurrent public func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard let record = CoverageRecord() else { return try await function() }
    let outcome = Outcome()
    let watch = IssueHandlingTrait.compactMapIssues { issue in
      if issue.isFailure { outcome.fail() }
      return issue
    }
    do {
      try await watch.provideScope(for: test, testCase: testCase, performing: function)
    } catch {
      outcome.fail()
      try record.add(line(for: test, passed: false))
      throw error
    }
    try record.add(line(for: test, passed: outcome.passed))
  }

  private func line(for test: Test, passed: Bool) -> CoverageLine {
    CoverageLine(
      covers: numbers, passed: passed, suite: test.sourceLocation.suite,
      test: test.displayName ?? test.name)
  }
}

extension SourceLocation {
  /// Module and file without its ending, such as `RPCTests/MetadataTests`: a suite to a reader.
  fileprivate var suite: String {
    fileID.hasSuffix(".swift") ? String(fileID.dropLast(6)) : fileID
  }
}
