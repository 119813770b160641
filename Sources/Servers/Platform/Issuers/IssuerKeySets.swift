import Logging
import Synchronization

/// Hands out one source of keys for each issuer, so that what it remembers outlives a call.
final class IssuerKeySets: Sendable {
  private struct Remote: Hashable {
    let tenantID: String
    let issuer: String
    let keySetURI: String?
  }

  private struct State {
    var own: [String: LocalKeySet] = [:]
    var remote: [Remote: RemoteKeySet] = [:]
  }

  /// Far more than there are issuers at once: only those that the database knows come here.
  private static let capacity = 20_000

  private let store: DirectoryStore
  private let fetcher: any KeyDocumentFetcher
  private let logger: Logger
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  init(
    store: DirectoryStore, fetcher: any KeyDocumentFetcher, logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.store = store
    self.fetcher = fetcher
    self.logger = logger
    self.now = now
  }

  /// The keys of a tenant's own issuer.
  func own(tenantID: String) -> LocalKeySet {
    state.withLock { state in
      if let known = state.own[tenantID] { return known }
      if state.own.count >= Self.capacity { state.own.removeAll() }
      let source = LocalKeySet(now: now) { [store] in
        try await store.signingKeys(tenantID: tenantID)
      }
      state.own[tenantID] = source
      return source
    }
  }

  /// The keys of an outside issuer.
  func remote(_ record: DirectoryStore.Issuer) -> RemoteKeySet {
    let key = Remote(
      tenantID: record.tenantID, issuer: record.issuer, keySetURI: record.keySetURI)
    return state.withLock { state in
      if let known = state.remote[key] { return known }
      if state.remote.count >= Self.capacity { state.remote.removeAll() }
      let source = RemoteKeySet(
        tenantID: record.tenantID, issuer: record.issuer, keySetURI: record.keySetURI,
        fetcher: fetcher, logger: logger, now: now)
      state.remote[key] = source
      return source
    }
  }
}
