import Logging
public import RPC
public import ServiceLifecycle

/// The errors of apps: what takes them, and what writes down how often they happened.
public struct ClientErrors: Sendable {
  /// Takes reports and shows groups.
  public let service: any RegistrableRPCService
  /// Writes groups down; nil where nothing may. To be run by the service group.
  public let keeper: (any Service)?
}

/// Writes down every few seconds, and at the end, what was reported.
struct ClientErrorKeeper: Service {
  /// How long counts of this process alone may be: so much is forgotten when it is killed.
  static let interval: Duration = .seconds(2)

  let book: ClientErrorBook
  let store: StoredClientErrors
  let logger: Logger

  /// Runs until the service group shuts down or the task is cancelled.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
        if !Task.isCancelled { await flush() }
      }
    }
    // The doors are closed: nothing is reported any more. Not cancelled itself, it may still write.
    await Task { await flush() }.value
  }

  func flush() async {
    let waiting = book.take()
    guard !waiting.isEmpty else { return }
    let (left, error) = await store.add(waiting)
    book.giveBack(left)
    if let error {
      logger.warning(
        "errors of apps cannot be written",
        metadata: ["error": "\(error)", "left": "\(left.count)"])
    }
  }
}
