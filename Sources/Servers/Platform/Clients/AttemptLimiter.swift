import Mutation
import Pipeline
import RPC
import Synchronization

/// Bounds how often one address may fail to authenticate as one client. Keyed by both, so that
/// nobody can lock a client out from elsewhere (S-C29).
final class AttemptLimiter: Sendable {
  private struct Key: Hashable {
    let clientID: String
    let address: String
  }

  private struct Bucket {
    var failures: Double
    var since: ContinuousClock.Instant
  }

  /// Failures at once, from a clean record, unless it is said otherwise.
  static let burst: Double = 10
  private static let remembered = 50_000

  private let burst: Double
  private let perSecond: Double
  private let now: @Sendable () -> ContinuousClock.Instant
  private let buckets = Mutex<[Key: Bucket]>([:])

  /// - Parameters:
  ///   - burst: failures at once, from a clean record.
  ///   - perSecond: failures forgiven per second.
  init(
    burst: Double = AttemptLimiter.burst, perSecond: Double = 0.2,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.burst = burst
    self.perSecond = perSecond
    self.now = now
  }

  /// Refuses an attempt after too many failures.
  ///
  /// - Throws: `RPCError` with `.resourceExhausted` and how long to wait.
  func admit(clientID: String, peer: Peer) throws(RPCError) {
    let key = Key(clientID: clientID, address: Self.host(of: peer.address))
    let time = now()
    let failures = buckets.withLock { $0[key].map { self.failures(of: $0, at: time) } ?? 0 }
    guard failures > burst - 1, !Mutation.isOn(.forgetsFailedAttempts) else { return }
    let wait = (failures - burst + 1) / perSecond
    throw RPCError(
      code: .resourceExhausted, reason: "TOO_MANY_ATTEMPTS",
      message: "too many failed attempts for this client from this address",
      retryAfter: .seconds(max(1, wait.rounded(.up))))
  }

  /// Counts a failure.
  func failed(clientID: String, peer: Peer) {
    let key = Key(clientID: clientID, address: Self.host(of: peer.address))
    let time = now()
    buckets.withLock { buckets in
      if buckets.count >= Self.remembered {
        // Forgiven entirely is the same as forgotten.
        buckets = buckets.filter { self.failures(of: $0.value, at: time) > 0 }
        if buckets.count >= Self.remembered { buckets.removeAll() }
      }
      let failures = buckets[key].map { self.failures(of: $0, at: time) } ?? 0
      buckets[key] = Bucket(failures: min(failures + 1, 2 * burst), since: time)
    }
  }

  private func failures(of bucket: Bucket, at time: ContinuousClock.Instant) -> Double {
    max(0, bucket.failures - (time - bucket.since) / .seconds(1) * perSecond)
  }

  /// The address without its port, which every new connection changes: of `ipv4:1.2.3.4:5`, the
  /// `ipv4:1.2.3.4`. A Unix socket has none.
  static func host(of address: String) -> String {
    guard !address.hasPrefix("unix"), let colon = address.lastIndex(of: ":"),
      address[address.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return address }
    return String(address[..<colon])
  }
}
