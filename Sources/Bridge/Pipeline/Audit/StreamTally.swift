import LibCrypto
import RPC
import Synchronization

/// What passed of the messages of a stream: how many, and a hash of all of them in their order, H(0)
/// being 32 bytes of zero and H(n) the SHA-256 of H(n-1) and the SHA-256 of message n.
public final class StreamTally: Sendable {
  /// One direction.
  public struct Passed: Sendable {
    /// How many messages.
    public var count = 0
    /// The hash of them.
    public var digest = [UInt8](repeating: 0, count: SHA256.size)

    mutating func add(_ message: MessageBytes) {
      count += 1
      let hash = message.withUnsafeBytes { SHA256.hash(Array($0)) }
      digest = SHA256.hash(digest + hash)
    }
  }

  private let state = Mutex((requests: Passed(), responses: Passed()))

  /// What came.
  public var requests: Passed { state.withLock { $0.requests } }
  /// What went.
  public var responses: Passed { state.withLock { $0.responses } }

  init() {}

  func addRequest(_ message: MessageBytes) { state.withLock { $0.requests.add(message) } }
  func addResponse(_ message: MessageBytes) { state.withLock { $0.responses.add(message) } }
}

/// A stream's messages, counted as they come.
struct TalliedSource: MessageSource {
  let source: any MessageSource
  let tally: StreamTally

  /// The source itself where nobody counts.
  static func of(_ source: any MessageSource, _ tally: StreamTally?) -> any MessageSource {
    tally.map { TalliedSource(source: source, tally: $0) } ?? source
  }

  func next() async throws -> MessageBytes? {
    guard let message = try await source.next() else { return nil }
    tally.addRequest(message)
    return message
  }
}

/// A stream's messages, counted as they go.
struct TalliedSink: MessageSink {
  let sink: any MessageSink
  let tally: StreamTally

  /// The sink itself where nobody counts.
  static func of(_ sink: any MessageSink, _ tally: StreamTally?) -> any MessageSink {
    tally.map { TalliedSink(sink: sink, tally: $0) } ?? sink
  }

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try await sink.sendInitialMetadata(metadata)
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await sink.write(message, compressed: compressed)
    tally.addResponse(message)
  }
}
