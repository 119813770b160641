import NIOCore
import RPC

/// Ends connections whose client no longer verifies: when the trust of their name has changed, and
/// now and then because certificates and lists expire.
struct TrustWatch: Sendable {
  /// How often a standing connection is verified again where nothing has changed.
  private static let verificationInterval: Duration = .seconds(30)

  private let book: TrustBook
  private let listener: UInt64
  private let tasks: [RepeatedTask]

  /// Begins to watch the connections of all loops; nil without anything to watch.
  static func begin(_ book: TrustBook?, _ loops: [NIOLoopBoundBox<LoopState>]) -> TrustWatch? {
    guard let book else { return nil }
    let listener = book.add { change in
      for loop in loops { loop.eventLoop.execute { loop.value.reconsider(change) } }
    }
    let interval = book.recheckInterval ?? verificationInterval
    let turns = max(1, Int(verificationInterval / interval))
    let tasks = loops.map { loop in
      // The loop's own number of turns.
      let turn = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: loop.eventLoop)
      return loop.eventLoop.scheduleRepeatedTask(
        initialDelay: TimeAmount(interval), delay: TimeAmount(interval)
      ) { _ in
        turn.value += 1
        loop.value.recheck(book, verifying: turn.value % turns == 0)
      }
    }
    return TrustWatch(book: book, listener: listener, tasks: tasks)
  }

  func end() {
    book.remove(listener)
    for task in tasks { task.cancel() }
  }
}

extension LoopState {
  /// The trust of names has changed: their clients have to verify again.
  fileprivate func reconsider(_ change: TrustBook.Change) {
    for connection in Array(connections.values) {
      guard let client = connection.client, change.covers(connection.serverName) else { continue }
      if case .trusted(let new) = change.answer, new === client.roots { continue }
      if let reason = client.reasonAgainst(change.answer) { connection.revoke(because: reason) }
    }
  }

  /// Has the names asked for again under which clients have shown certificates.
  fileprivate func recheck(_ book: TrustBook, verifying: Bool) {
    var names: Set<String> = []
    for connection in Array(connections.values) {
      guard let client = connection.client else { continue }
      if let name = connection.serverName { names.insert(name) }
      guard verifying else { continue }
      let latest = book.known(for: connection.serverName) ?? .trusted(client.roots)
      if let reason = client.reasonAgainst(latest) {
        connection.revoke(because: reason)
      }
    }
    for name in names { book.refresh(name) }
  }
}
