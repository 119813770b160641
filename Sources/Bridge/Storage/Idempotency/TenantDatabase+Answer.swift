public import SwiftProtobuf

extension TenantDatabase {
  /// Changes, and keeps what is answered in the same transaction where the caller gave its call a
  /// key: a repeated call gets the same answer, whatever became of the first one's.
  ///
  /// What is kept of an answer that tells of a person is sealed by that person's key. Once it is
  /// destroyed, the call is known and its answer is not: the row stays, so that nobody who repeats the
  /// call makes known again who was erased.
  ///
  /// - Parameters: as for `change`; `body` returns the whole response message.
  ///   - subject: whom a response tells of, as a principal's subject; nil for nobody.
  ///   - isOperators: whether an operator changes a tenant that it is no caller of: the answer is kept
  ///     in the caller's own tenant.
  public func answer<Response: Message & Sendable>(
    as actor: Actor, action: String, deadline: ContinuousClock.Instant?,
    of subject: (Response) throws -> String? = { _ in nil }, isOperators: Bool = false,
    _ body: (TenantChange) async throws -> Response
  ) async throws -> Response {
    guard let pending = PendingAnswer.current else {
      return try await change(as: actor, action: action, deadline: deadline, body)
    }
    let response = try await change(as: actor, action: action, deadline: deadline) { change in
      let response = try await body(change)
      try await pending.keep(
        response, of: try subject(response), in: change, isOperators: isOperators)
      return response
    }
    pending.committed()
    return response
  }
}
