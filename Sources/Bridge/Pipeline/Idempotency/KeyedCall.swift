import LibCrypto
public import RPC

/// A call that its caller may repeat, as what is kept of it knows it.
public struct KeyedCall: Sendable, Hashable {
  /// The tenant whose call it is.
  public let tenantID: String
  /// Whose call it is in the tenant.
  public let subject: String
  /// The hash of the caller and its key, 32 bytes: another caller's same key is another.
  public let key: [UInt8]
  /// The hash of the method and the request, 32 bytes.
  public let fingerprint: [UInt8]

  init(_ key: String, _ message: MessageBytes, path: String, of caller: Caller) {
    tenantID = caller.tenant.id
    subject = caller.principal.subject
    self.key = SHA256.hash(Array("\(subject.utf8.count) \(subject)\(key)".utf8))
    fingerprint = SHA256.hash(
      Array("\(path)\u{0}".utf8) + message.withUnsafeBytes { Array($0) })
  }
}

/// What was answered to a call.
public struct KeptAnswer: Sendable {
  /// The fingerprint of the call that it answers.
  public var fingerprint: [UInt8]
  /// The response message, serialized.
  public var message: [UInt8]

  /// Creates an answer.
  public init(fingerprint: [UInt8], message: [UInt8]) {
    self.fingerprint = fingerprint
    self.message = message
  }
}

/// Keeps the answers of calls that may be repeated, each in the transaction of its effect.
public protocol AnswerStore: Sendable {
  /// What was answered to the caller's call of this key; nil where there was none.
  func answer(
    to call: KeyedCall, of caller: Caller, deadline: ContinuousClock.Instant?
  ) async throws -> KeptAnswer?

  /// Runs a call whose change keeps its answer.
  ///
  /// - Throws: what `body` throws; and an error where it changed something and kept no answer.
  func keeping(
    _ call: KeyedCall, _ body: () async throws -> UnaryReply
  ) async throws -> UnaryReply
}
