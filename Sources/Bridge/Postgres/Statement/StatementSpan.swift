import Telemetry

/// A round trip as a span: what was asked for, as it was written at build time, and never a value.
enum StatementSpan {
  static func begin(in parent: Span, _ statements: [Statement], _ role: Trip.Role) -> Span {
    let name = statements.first.map { StatementName.of($0.sql) } ?? role.name
    let span = parent.child(name, .client)
    span.set("db.system.name", "postgresql")
    if let first = statements.first { span.set("db.query.text", "\(first.sql)") }
    if statements.count > 1 { span.set("db.operation.batch.size", .number(statements.count)) }
    return span
  }
}

extension Span {
  /// The trip is over, as its reply says.
  func end(with reply: TripReply) {
    if case .failure(let error) = reply.outcome { fail("\(error.code)") }
    end()
  }
}

extension Trip.Role {
  fileprivate var name: String {
    switch self {
    case .commit: "COMMIT"
    case .rollback: "ROLLBACK"
    case .unit, .first, .middle: "BEGIN"
    }
  }
}

/// What a statement is called: its verb and its table, such as `SELECT artel.access_point`.
enum StatementName {
  static func of(_ sql: StaticString) -> String {
    let words = "\(sql)".split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == "," })
    guard let verb = words.first?.uppercased() else { return "SQL" }
    let marks: Set<String> = verb == "UPDATE" ? ["UPDATE"] : ["FROM", "INTO"]
    let table = words.indices.dropLast().first { marks.contains(words[$0].uppercased()) }
      .map { words[$0 + 1] }
    return table.map { "\(verb) \($0)" } ?? verb
  }
}
