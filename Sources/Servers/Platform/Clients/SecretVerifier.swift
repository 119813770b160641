import LibCrypto
import Synchronization

/// Tells whether a secret is one of a client's, at the price of two derivations for every wrong
/// one: as many as a client may have live secrets, whether the client exists or not (S-C2).
///
/// A secret that was right is remembered for ten minutes, so that a partner's next token costs a
/// hash. It is remembered beside the stored hash that it fits: once that is gone from the database,
/// so is what was remembered. And only as an HMAC under a key that this process made for itself.
final class SecretVerifier: Sendable {
  /// The most secrets of one client that are live at the same time.
  static let liveSecrets = 2
  private static let life: Duration = .seconds(600)
  private static let capacity = 10_000

  private struct Memory {
    let code: [UInt8]
    let until: ContinuousClock.Instant
  }

  private let queue: DerivationQueue
  private let now: @Sendable () -> ContinuousClock.Instant
  private let key = Random.bytes(32)
  private let memory = Mutex<[String: Memory]>([:])

  init(
    queue: DerivationQueue = DerivationQueue(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.queue = queue
    self.now = now
  }

  /// Whether a secret is remembered as fitting one of the stored hashes: costs microseconds.
  func remembers(_ secret: String, among hashes: [String]) -> Bool {
    let code = HMACSHA256.code(of: Array(secret.utf8), key: key)
    let time = now()
    let known = memory.withLock { memory in hashes.map { memory[$0] } }
    // No shortcut: which of the two fits, if any, is not to be told from the time.
    return known.reduce(false) { found, entry in
      guard let entry, entry.until > time else { return found }
      return constantTimeEqual(entry.code, code) || found
    }
  }

  /// Whether a secret fits one of the stored hashes.
  ///
  /// - Parameters:
  ///   - hashes: the client's live ones; none where there is no client that may have one.
  ///   - origin: where it comes from, for its turn among others.
  /// - Throws: `RPCError` where there is no room or no time for it, `CryptoError` for a stored hash
  ///   that is not one.
  func verify(
    _ secret: String, among hashes: [String], from origin: String,
    deadline: ContinuousClock.Instant
  ) async throws -> Bool {
    let stored = try hashes.prefix(Self.liveSecrets).map {
      (text: $0, hash: try SecretHash(parsing: $0))
    }
    let fitting = try await queue.run(for: origin, deadline: deadline) { () throws -> String? in
      for candidate in stored where try candidate.hash.verify(secret) { return candidate.text }
      for _ in stored.count..<Self.liveSecrets { _ = try SecretHash.decoy.verify(secret) }
      return nil
    }
    guard let fitting else { return false }
    remember(secret, fitting)
    return true
  }

  private func remember(_ secret: String, _ hash: String) {
    let entry = Memory(
      code: HMACSHA256.code(of: Array(secret.utf8), key: key), until: now() + Self.life)
    memory.withLock { memory in
      if memory.count >= Self.capacity {
        let time = now()
        memory = memory.filter { $0.value.until > time }
        // Forgetting costs its clients one derivation each.
        if memory.count >= Self.capacity { memory.removeAll() }
      }
      memory[hash] = entry
    }
  }
}
