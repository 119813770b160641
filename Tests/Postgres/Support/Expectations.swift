import Logging
import Postgres
import Testing

extension Logger {
  /// For failures that a test provokes.
  static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// The database error that `body` throws.
func failure(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async throws -> PostgresError {
  do {
    try await body()
  } catch let error as PostgresError {
    return error
  }
  Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  return PostgresError(code: .server, diagnostic: "nothing was thrown")
}

/// Waits until a condition holds, at most ten seconds.
func eventually(
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  for _ in 0..<500 {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  Issue.record("the condition never held", sourceLocation: sourceLocation)
}

/// Cancels the task that calls.
func cancelCurrentTask() {
  withUnsafeCurrentTask { task in task?.cancel() }
}
