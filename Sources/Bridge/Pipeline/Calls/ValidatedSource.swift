import RPC

/// The messages of a stream, each valid as its contract says.
struct ValidatedSource: MessageSource {
  private let source: any MessageSource
  private let stage: Stage

  init(_ source: any MessageSource, stage: Stage) {
    self.source = source
    self.stage = stage
  }

  func next() async throws -> MessageBytes? {
    guard let message = try await source.next() else { return nil }
    try stage.validate(message)
    return message
  }
}
