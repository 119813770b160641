import LibCrypto
import Logging
public import Pipeline
public import RPC
public import ServiceLifecycle
import Synchronization

/// The list of revocations in this process, kept up with the database: a look four times a second,
/// and none of what this process itself revokes, which counts at once.
///
/// Without a look that succeeded within five seconds nobody is let in (S-C30).
public final class RevocationFeed: RevocationList, Service {
  /// How often things happen.
  struct Pace: Sendable {
    /// Between looks.
    var poll: Duration = .milliseconds(200)
    /// How old the last good look may be.
    var freshness: Duration = .seconds(5)
    /// Between looks for what has ended.
    var cleanup: Duration = .seconds(60)
  }

  private struct State {
    var table = RevocationTable()
    var horizon: UInt64 = 0
    var current: ContinuousClock.Instant?
    var cleaned: ContinuousClock.Instant?
    var actions: [@Sendable () -> Void] = []
  }

  private let source: any RevocationSource
  private let pace: Pace
  private let logger: Logger
  private let clock: @Sendable () -> ContinuousClock.Instant
  private let now: @Sendable () -> Int64
  private let state = Mutex(State())

  init(
    source: any RevocationSource, pace: Pace = Pace(), logger: Logger,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    now: @escaping @Sendable () -> Int64 = { UnixTime.now() }
  ) {
    self.source = source
    self.pace = pace
    self.logger = logger
    self.clock = clock
    self.now = now
  }

  public func check(_ principal: Principal, tenantID: String) throws(RPCError) {
    let time = clock()
    let verdict = state.withLock { state -> Verdict in
      guard let current = state.current, time - current <= pace.freshness else { return .unknown }
      return state.table.revokes(principal, tenantID: tenantID) ? .revoked : .good
    }
    switch verdict {
    case .good: return
    case .revoked: throw .credentialRevoked
    case .unknown: throw .revocationsUnknown
    }
  }

  private enum Verdict { case good, revoked, unknown }

  /// How old what is known of revocations is; nil before it is known.
  var age: Duration? { state.withLock { $0.current }.map { $0.duration(to: clock()) } }

  public func onChange(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.actions.append(action) }
  }

  /// Whether something was revoked, as far as is known.
  func contains(
    _ kind: Revocation.Kind, _ id: String, tenantID: String, issuedAt: Int64 = 0
  ) -> Bool {
    state.withLock { $0.table.contains(kind, id, tenantID: tenantID, issuedAt: issuedAt) }
  }

  /// Takes what this process has just committed, without waiting for the next look.
  func add(_ revocations: [Revocation]) {
    let actions = state.withLock { state in
      revocations.map { state.table.add($0) }.contains(true) ? state.actions : []
    }
    for action in actions { action() }
  }

  /// Looks once. Before the first look that succeeds nobody is let in: do it before doors open.
  ///
  /// - Throws: what the database throws.
  public func refresh() async throws {
    // From before the question: the list is as old as the moment when it may have been read.
    let asked = clock()
    let from = state.withLock { $0.horizon }
    let page = try await source.page(from: from)
    let now = now()
    let actions = state.withLock { state -> [@Sendable () -> Void] in
      // Numbers that went back are another database's, such as a restored backup: read all of it,
      // and keep what is known.
      state.horizon = page.horizon < from ? 0 : page.horizon
      if page.horizon >= from { state.current = max(asked, state.current ?? asked) }
      var isChanged = false
      for revocation in page.revocations where state.table.add(revocation) { isChanged = true }
      if state.cleaned.map({ asked - $0 >= pace.cleanup }) ?? true {
        state.table.removeExpired(now: now)
        state.cleaned = asked
      }
      return isChanged ? state.actions : []
    }
    for action in actions { action() }
  }

  /// Runs until the service group shuts down or the task is cancelled.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await self.refresh()
        } catch {
          if Task.isCancelled { return }
          self.logger.warning(
            "revocations cannot be read", metadata: ["error": "\(error)"])
        }
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: self.pace.poll)
      }
    }
  }
}
