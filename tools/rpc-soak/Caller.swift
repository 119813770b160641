import RPC

/// Makes one call, and ends it by chance: not at all, by cancellation, by a deadline, by an error of
/// its own on either side.
struct Caller: Sendable {
  let client: RPCClient
  let tally: Tally

  /// How the caller ends a call.
  private enum Ending: CaseIterable {
    case itself
    case cancelled
    case cancelledAtOnce
    case deadline
    case leftWhileWriting
    case leftWhileReading
  }

  private struct Left: Error {}

  /// Makes the call and waits until it is over, however it ends.
  func call() async {
    tally.callsMade.count()
    defer { tally.callsEnded.count() }
    let ending = Ending.allCases.randomElement() ?? .itself
    var options = CallOptions(timeout: .seconds(60), waitForReady: Bool.random())
    if ending == .deadline { options.timeout = .microseconds(Int.random(in: 0...20_000)) }
    if options.waitForReady { options.timeout = min(options.timeout ?? .zero, .seconds(2)) }
    let task = Task { [options] in try await run(ending, options) }
    switch ending {
    case .cancelledAtOnce: task.cancel()
    case .cancelled:
      // The pause ends early only where the soak itself ends.
      try? await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
      task.cancel()
    default: break
    }
    if case .success = await task.result { tally.callsCompleted.count() }
  }

  @Sendable private func run(_ ending: Ending, _ options: CallOptions) async throws {
    let message = MessageBytes(repeating: 7, count: Self.size())
    let metadata: Metadata = ["soak": "asked", "soak-bin": .binary([0, 255])]
    switch Int.random(in: 0..<5) {
    case 0:
      _ = try await client.unary(
        path: Handlers.unary.path, message, metadata: metadata, options: options)
    case 1:
      _ = try await client.unary(
        path: Handlers.unary.path, ClientRequest(metadata: metadata, message: message),
        options: options)
    case 2:
      try await client.serverStreaming(
        path: Handlers.serverStream.path, message, metadata: metadata, options: options
      ) { _ in
        if ending == .leftWhileReading { throw Left() }
      }
    case let kind:
      let path = kind == 3 ? Handlers.clientStream.path : Handlers.bidirectional.path
      try await client.call(
        path: path, metadata: metadata, options: options,
        requests: Requests(
          message: message, count: Int.random(in: 0...20), fails: ending == .leftWhileWriting),
        responses: Responses(fails: ending == .leftWhileReading))
    }
  }

  /// Mostly small; some larger than a window.
  private static func size() -> Int {
    Int.random(in: 0..<20) == 0 ? Int.random(in: 0...(1 << 18)) : Int.random(in: 0...4096)
  }

  private actor Requests: MessageSource {
    let message: MessageBytes
    var count: Int
    let fails: Bool

    init(message: MessageBytes, count: Int, fails: Bool) {
      self.message = message
      self.count = count
      self.fails = fails
    }

    func next() async throws -> MessageBytes? {
      if fails, Int.random(in: 0..<10) == 0 { throw Left() }
      if Int.random(in: 0..<10) == 0 { try await Task.sleep(for: .milliseconds(1)) }
      guard count > 0 else { return nil }
      count -= 1
      return message
    }
  }

  private struct Responses: MessageSink {
    let fails: Bool

    func sendInitialMetadata(_ metadata: Metadata) async throws {}

    func write(_ message: MessageBytes, compressed: Bool?) async throws {
      if fails { throw Left() }
      if Int.random(in: 0..<10) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
  }
}
