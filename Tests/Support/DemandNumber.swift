/// The forms that a demand's number may have. Which numbers there are, `tools/coverage` knows.
enum DemandNumber {
  /// Whether it is `A01`…`E999`, `S-A1`…`S-H99`, `S-ZK1`… or `T1`….
  static func isWellFormed(_ number: String) -> Bool {
    if number.wholeMatch(of: /[A-E][0-9]{2,3}/) != nil { return true }
    return number.wholeMatch(of: /(S-([A-H]|ZK)|T)[1-9][0-9]?/) != nil
  }
}

/// A test names a demand in a form that no demand has.
public struct MalformedNumber: Error, CustomStringConvertible {
  /// What the test says.
  public let number: String

  /// A sentence for the test's report.
  public var description: String {
    "no demand has a number like \"\(number)\": write A01, S-A1, S-ZK1 or T1"
  }
}
