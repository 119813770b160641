import LibCrypto
import Mutation
import Pipeline
import RPC
import Synchronization

/// Bounds how often one network may fail to authenticate: as one client, and as whomever. Keyed by
/// where it comes from, so that nobody can lock a client out from elsewhere (S-C29).
///
final class AttemptLimiter: Sendable {
  /// How many failures, and how fast they are forgiven.
  struct Rate: Sendable {
    /// Failures at once, from a clean record.
    var burst: Double
    /// Failures forgiven per second.
    var perSecond: Double
  }

  private struct Bucket {
    var failures: Double
    var since: ContinuousClock.Instant
    let rate: Rate
  }

  private static let remembered = 50_000

  private let rate: Rate
  private let ofNetwork: Rate?
  private let now: @Sendable () -> ContinuousClock.Instant
  private let buckets = Mutex<[[UInt8]: Bucket]>([:])

  /// - Parameters:
  ///   - rate: of one network about one client.
  ///   - ofNetwork: of one network about all clients; nil for no such bound.
  init(
    rate: Rate = Rate(burst: 10, perSecond: 0.2), ofNetwork: Rate? = Rate(burst: 60, perSecond: 1),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.rate = rate
    self.ofNetwork = ofNetwork
    self.now = now
  }

  /// Runs an attempt, unless too many have failed.
  ///
  /// - Parameters:
  ///   - isReserved: whether it counts as failed from its beginning until it is known to be none, so
  ///     that a thousand at once are no more than one behind the other. For what one person does, not
  ///     for a client whose many calls all authenticate.
  ///   - attempt: returns nil for a failure. What it throws is none.
  /// - Throws: what the attempt throws, or `RPCError` with `.resourceExhausted` and how long to wait.
  func attempt<R>(
    clientID: String, peer: Peer, isReserved: Bool = true, _ attempt: () async throws -> R?
  ) async throws -> R? {
    try admit(clientID: clientID, peer: peer, counts: isReserved)
    guard isReserved else {
      guard let result = try await attempt() else {
        count(clientID: clientID, peer: peer)
        return nil
      }
      return result
    }
    do {
      guard let result = try await attempt() else { return nil }
      forgive(clientID: clientID, peer: peer)
      return result
    } catch {
      forgive(clientID: clientID, peer: peer)
      throw error
    }
  }

  /// Asks for an attempt.
  ///
  /// - Parameter counts: whether it counts as failed until it is forgiven.
  /// - Throws: `RPCError` with `.resourceExhausted` and how long to wait, after too many failures.
  func admit(clientID: String, peer: Peer, counts: Bool = true) throws(RPCError) {
    let time = now()
    let wait = buckets.withLock { buckets -> Double in
      let present = keys(clientID, peer).map { key, rate in
        let failures = buckets[key].map { self.failures(of: $0, at: time) } ?? 0
        return (key: key, rate: rate, failures: failures)
      }
      let wait = present.map { ($0.failures - $0.rate.burst + 1) / $0.rate.perSecond }.max() ?? 0
      guard wait <= 0 || Mutation.isOn(.forgetsFailedAttempts) else { return wait }
      if counts { count(clientID, peer, in: &buckets, at: time) }
      return 0
    }
    guard wait > 0 else { return }
    throw RPCError(
      code: .resourceExhausted, reason: "TOO_MANY_ATTEMPTS",
      message: "too many failed attempts from this address",
      retryAfter: .seconds(max(1, wait.rounded(.up))))
  }

  private func count(clientID: String, peer: Peer) {
    let time = now()
    buckets.withLock { count(clientID, peer, in: &$0, at: time) }
  }

  private func count(
    _ clientID: String, _ peer: Peer, in buckets: inout [[UInt8]: Bucket],
    at time: ContinuousClock.Instant
  ) {
    if buckets.count >= Self.remembered { makeRoom(in: &buckets, at: time) }
    for (key, rate) in keys(clientID, peer) {
      let failures = buckets[key].map { self.failures(of: $0, at: time) } ?? 0
      buckets[key] = Bucket(
        failures: min(failures + 1, 2 * rate.burst), since: time, rate: rate)
    }
  }

  /// An attempt that was admitted was no failure.
  func forgive(clientID: String, peer: Peer) {
    let time = now()
    buckets.withLock { buckets in
      for (key, rate) in keys(clientID, peer) {
        guard let bucket = buckets[key] else { continue }
        let failures = failures(of: bucket, at: time) - 1
        buckets[key] = failures > 0 ? Bucket(failures: failures, since: time, rate: rate) : nil
      }
    }
  }

  /// Hashes: the client's name is a stranger's text, of any length.
  private func keys(_ clientID: String, _ peer: Peer) -> [([UInt8], Rate)] {
    let network = NetworkName.of(peer.address)
    let ofClient = SHA256.hash(Array("\(network) \(clientID)".utf8))
    guard let ofNetwork else { return [(ofClient, rate)] }
    return [(ofClient, rate), (SHA256.hash(Array(network.utf8)), ofNetwork)]
  }

  private func makeRoom(in buckets: inout [[UInt8]: Bucket], at time: ContinuousClock.Instant) {
    // Forgiven entirely is the same as forgotten.
    buckets = buckets.filter { self.failures(of: $0.value, at: time) > 0 }
    guard buckets.count >= Self.remembered else { return }
    // Then those who have failed least; all, where everybody failed a lot.
    buckets = buckets.filter { self.failures(of: $0.value, at: time) > 2 }
    if buckets.count >= Self.remembered { buckets.removeAll() }
  }

  private func failures(of bucket: Bucket, at time: ContinuousClock.Instant) -> Double {
    max(0, bucket.failures - (time - bucket.since) / .seconds(1) * bucket.rate.perSecond)
  }
}
