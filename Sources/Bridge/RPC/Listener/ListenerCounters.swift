internal import Synchronization

/// What a server's port has done since the start.
public struct ListenerCounts: Sendable, Equatable {
  /// Connections that were accepted, also those that were closed again.
  public var accepted = 0
  /// Closed at once: there were `maxConnections`.
  public var refusedByLimit = 0
  /// Closed at once: the remote address had `maxConnectionsPerAddress`.
  public var refusedByAddress = 0
  /// Closed at once: the remote address connected too often, by `connectionRatePerAddress`.
  public var refusedByRate = 0
  /// Closed at once: nobody may come from the remote address, by `deniesAddress`.
  public var refusedByNetwork = 0
  /// Closed behind the handshake: the server name had `maxConnectionsPerServerName`.
  public var refusedByServerName = 0
  /// Closed behind the handshake: the client had `maxConnectionsPerCertificate`.
  public var refusedByCertificate = 0
  /// Closed behind the handshake: the client was abusive a while ago.
  public var refusedForAbuse = 0
  /// Closed at once, because the process had no descriptor left.
  public var refusedForDescriptors = 0
  /// Accepted, but no TLS handshake or HTTP/2 preface came about in time or at all.
  public var failedHandshakes = 0
  /// Ended by the server: `endConnection`, a trust that was withdrawn.
  public var ended = 0
  /// Ended because the caller's HTTP/2 was abuse.
  public var abusive = 0
}

/// Counts from several threads.
final class ListenerCounters: Sendable {
  private let counts = Mutex(ListenerCounts())

  var snapshot: ListenerCounts { counts.withLock { $0 } }

  func add(_ counter: any WritableKeyPath<ListenerCounts, Int> & Sendable) {
    counts.withLock { $0[keyPath: counter] += 1 }
  }
}
