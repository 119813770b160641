import GeneratedTesting
import RPC

/// What a caller wants to see again: one pair before the messages, one behind them.
struct EchoedMetadata: Sendable {
  /// The key of what comes back before the messages.
  static let initialKey = "x-grpc-test-echo-initial"

  /// The key of what comes back behind them.
  static let trailingKey = "x-grpc-test-echo-trailing-bin"

  private(set) var initial: Metadata = [:]
  private(set) var trailing: Metadata = [:]

  init(_ metadata: Metadata) {
    if let value = metadata.first(Self.initialKey) { initial.add(value, for: Self.initialKey) }
    if let value = metadata.firstBinary(Self.trailingKey) {
      trailing.add(binary: value, for: Self.trailingKey)
    }
  }

  /// Sends what goes before the messages of a stream, at once.
  func send(_ writer: RPCWriter<Grpc_Testing_StreamingOutputCallResponse>) async throws {
    if !initial.isEmpty { try await writer.sendMetadata(initial) }
  }
}
