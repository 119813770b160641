import RPC

/// What a call of the probe asks for, in its metadata.
struct ProbeWish: Sendable {
  /// Where a call waits for its end.
  enum Stage: String {
    /// Before anything is sent.
    case begin
    /// Behind the initial metadata.
    case initial
    /// Behind a message.
    case message
    /// In a read of a request that does not come.
    case reading
    /// In a write of a response that nobody reads.
    case writing
  }

  /// How the call fails; nil where it does not.
  var failure: RPCError?

  /// The name under which the call waits for its end, and where.
  var hold: (id: String, stage: Stage)?

  /// How often calls of a key are UNAVAILABLE before they succeed.
  var unavailable: (key: String, times: Int)?

  /// How many bytes a response has; nil for the request's own.
  var size: Int?

  /// How many responses a stream has.
  var count = 1

  /// What goes back before the messages, and behind them.
  var initial: Metadata = [:]
  var trailing: Metadata = [:]

  /// The largest response.
  private static let sizeLimit = 32 << 20

  /// - Throws: `RPCError` with `.invalidArgument` for a wish that is none.
  init(_ metadata: Metadata) throws {
    for (key, value) in metadata {
      if key.hasPrefix("probe-initial") { initial.add([key: value]) }
      if key.hasPrefix("probe-trailing") { trailing.add([key: value]) }
    }
    if let text = metadata.first("probe-status") {
      guard let number = Int(text), let code = Status.Code(rawValue: number) else {
        throw Self.illegal("probe-status")
      }
      // OK is a wish too: there is no failure then.
      failure = RPCError.Code(code).map {
        RPCError(
          code: $0,
          message: String(decoding: metadata.firstBinary("probe-message-bin") ?? [], as: UTF8.self),
          statusDetails: metadata.firstBinary("probe-details-bin") ?? [], metadata: trailing)
      }
    }
    if let id = metadata.first("probe-hold") {
      guard let stage = Stage(rawValue: metadata.first("probe-stage") ?? "begin") else {
        throw Self.illegal("probe-stage")
      }
      hold = (id, stage)
    }
    if let key = metadata.first("probe-key") {
      unavailable = (key, try Self.number("probe-failures", metadata, 0...100) ?? 0)
    }
    size = try Self.number("probe-size", metadata, 0...Self.sizeLimit)
    count = try Self.number("probe-count", metadata, 0...100_000) ?? 1
  }

  private static func number(
    _ key: String, _ metadata: Metadata, _ range: ClosedRange<Int>
  ) throws -> Int? {
    guard let text = metadata.first(key) else { return nil }
    guard let number = Int(text), range.contains(number) else { throw illegal(key) }
    return number
  }

  private static func illegal(_ key: String) -> RPCError {
    RPCError(code: .invalidArgument, message: "\(key) is none that the probe knows")
  }
}

extension Metadata {
  fileprivate mutating func add(_ pair: [String: Value]) {
    for (key, value) in pair {
      switch value {
      case .string(let text): add(text, for: key)
      case .binary(let bytes): add(binary: bytes, for: key)
      }
    }
  }
}
