import Foundation

/// The SQL in Swift sources, as far as it can pass the wall between tenants.
struct StatementText {
  /// What is wrong with the SQL of a file; each says which line.
  ///
  /// What is set has to be set for the transaction: a pooled connection, or a pooler's, hands the
  /// session to the next tenant (S-D10).
  static func faults(in source: String) -> [String] {
    literals(in: source).flatMap { literal in
      statements(in: literal.text).compactMap { statement in
        fault(statement).map { "line \(literal.line): \($0): \(statement.prefix(60))" }
      }
    }
  }

  private static func fault(_ statement: String) -> String? {
    let words = statement.split(whereSeparator: \.isWhitespace).prefix(2).map { $0.uppercased() }
    switch words.first {
    case "SET" where words.last != "LOCAL": return "sets something for the session"
    case "RESET", "DISCARD", "PREPARE", "DEALLOCATE":
      return words.count > 1 ? "changes the session" : nil
    default: break
    }
    for call in statement.matches(of: /set_config\(([^()]*(?:\([^()]*\)[^()]*)*)\)/) {
      let last = call.output.1.split(separator: ",").last?.trimmingCharacters(in: .whitespaces)
      if last != "true" { return "sets something for the session" }
    }
    return nil
  }

  private static func statements(in text: String) -> [String] {
    text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  /// The string literals, without those of a deliberate bug.
  private static func literals(in source: String) -> [(text: String, line: Int)] {
    let code = source.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " }.hasPrefix("//") ? "" : $0 }.joined(separator: "\n")
    return code.matches(of: /"""\n([\s\S]*?)"""|"((?:[^"\\\n]|\\.)*)"/).compactMap { match in
      let before = code[..<match.range.lowerBound]
      let head = before.split(separator: "\n").suffix(2).joined()
      guard !head.contains("Mutation.isOn") else { return nil }
      let text = match.output.1 ?? match.output.2 ?? ""
      return (String(text), before.count { $0 == "\n" } + 1)
    }
  }
}
