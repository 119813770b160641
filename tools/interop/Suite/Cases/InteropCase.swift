public import RPC

/// One of gRPC's interoperability tests, from the client's side.
public struct InteropCase: Sendable {
  /// The name that every implementation knows it by.
  public let name: String

  private let body: @Sendable (InteropClient) async throws -> Void

  init(_ name: String, _ body: @escaping @Sendable (InteropClient) async throws -> Void) {
    self.name = name
    self.body = body
  }

  /// Runs the case.
  ///
  /// - Throws: ``InteropFailure`` where the server does something else than the case says, or
  ///   `RPCError` where a call fails that should not.
  public func run(with client: RPCClient) async throws { try await body(InteropClient(client)) }

  /// Every case.
  public static let all: [InteropCase] =
    unary + compression + streaming + cancellation + metadata + status

  /// The case of a name.
  public static func named(_ name: String) -> InteropCase? { all.first { $0.name == name } }
}

/// What a server did that the case does not allow.
public struct InteropFailure: Error, Sendable, CustomStringConvertible {
  /// What it did.
  public let description: String
}

/// Fails the case where something is not so.
func require(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws {
  guard condition else { throw InteropFailure(description: otherwise()) }
}

/// Fails the case where two values differ.
func require<Value: Equatable>(_ value: Value, is expected: Value, _ what: String) throws {
  try require(value == expected, "\(what): \(value), not \(expected)")
}

/// Fails the case where a call does not end with a status.
@discardableResult
func require(
  _ code: RPCError.Code, _ what: String, of call: () async throws -> Void
) async throws -> RPCError {
  do {
    try await call()
  } catch let error as RPCError where error.code == code {
    return error
  } catch let error as RPCError {
    throw InteropFailure(description: "\(what): \(error), not \(code.name)")
  }
  throw InteropFailure(description: "\(what): OK, not \(code.name)")
}
