/// Why nothing is generated; protoc prints it.
struct Refusal: Error, CustomStringConvertible {
  /// One line for each problem.
  let description: String

  init(_ description: String) {
    self.description = description
  }

  /// All problems at once, or nothing where there are none.
  init?(_ problems: [String]) {
    guard !problems.isEmpty else { return nil }
    description = problems.joined(separator: "\n")
  }
}
