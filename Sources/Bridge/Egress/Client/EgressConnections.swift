import AsyncHTTPClient
import Mutation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The connections to other systems: for each address that was found good a client of its own.
///
/// AsyncHTTPClient has no hook where an address could be judged before it is dialled, but it can be
/// told which address a name has. A client of ours is told of one name that it has the one address
/// that was judged: it resolves nothing, its pool can dial nothing else, and TLS and the Host field
/// still have the name. Before the first request on a connection, its peer's address is compared.
final class EgressConnections: Sendable {
  /// What a client is for.
  struct Key: Hashable {
    /// Nobody waits for a connection behind another destination's calls, not even at one host.
    let destination: EgressDestination.ID
    let url: EgressURL
    let address: IPAddress
    let identity: EgressIdentity?

    /// - Parameter url: Its path does not count.
    init(_ destination: EgressDestination, url: EgressURL, address: IPAddress) {
      self.destination = destination.id
      self.url = url.root
      self.address = address
      identity = destination.identity
    }
  }

  private struct Entry {
    let client: HTTPClient
    var users = 0
    var lastUse: ContinuousClock.Instant
    /// Whether the last one who tried got no connection.
    var isUnreachable = false
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var retiring: [Int: Task<Void, Never>] = [:]
    var next = 0
    var isClosed = false
  }

  private static let capacity = 512
  private static let idle = Duration.seconds(120)

  /// Which exchanges have begun to send.
  let marks = RequestMarks()
  private let callsAtOnce: Int
  private let roots: [NIOSSLCertificate]
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// - Throws: `EgressConfigurationError` where the roots are not certificates.
  init(
    trustRootsPEM: [String], callsAtOnce: Int,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) throws {
    do {
      roots = try trustRootsPEM.flatMap { try NIOSSLCertificate.fromPEMBytes(Array($0.utf8)) }
    } catch {
      throw EgressConfigurationError("the additional roots are not certificates in PEM")
    }
    self.callsAtOnce = callsAtOnce
    self.now = now
  }

  /// The keys in the order in which they are best tried: first those that have connections, since a
  /// name whose addresses change all the time would be greeted anew each time; last those that
  /// nobody got a connection to.
  func ordered(_ keys: [Key]) -> [Key] {
    guard keys.count > 1 else { return keys }
    let ranks = state.withLock { state in
      keys.map { key in state.entries[key].map { $0.isUnreachable ? 2 : 0 } ?? 1 }
    }
    return zip(keys, ranks).enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
  }

  /// Notes whether a connection could be had.
  func note(_ key: Key, isUnreachable: Bool) {
    state.withLock { $0.entries[key]?.isUnreachable = isUnreachable }
  }

  /// Runs an exchange with the client of a key.
  func with<Value: Sendable>(
    _ key: Key, _ body: (HTTPClient) async throws -> Value
  ) async throws -> Value {
    let client = try lease(key)
    defer { release(key) }
    return try await body(client)
  }

  /// Closes every connection, also those in use.
  func close() async throws {
    let (clients, retiring) = state.withLock { state in
      state.isClosed = true
      defer { state.entries = [:] }
      return (state.entries.values.map(\.client), Array(state.retiring.values))
    }
    // One that fails keeps none of the others open.
    var failure: (any Error)?
    for client in clients {
      do { try await client.shutdown() } catch { failure = failure ?? error }
    }
    for task in retiring { await task.value }
    if let failure { throw failure }
  }

  private func lease(_ key: Key) throws -> HTTPClient {
    let time = now()
    let (client, retired) = try state.withLock { state in
      guard !state.isClosed else { throw EgressError(.closed) }
      let retired = Self.retire(&state, at: time, keeping: key)
      var entry = try state.entries[key] ?? Entry(client: make(key), lastUse: time)
      entry.users += 1
      entry.lastUse = time
      state.entries[key] = entry
      return (entry.client, retired)
    }
    for client in retired { end(client) }
    return client
  }

  private func release(_ key: Key) {
    state.withLock { $0.entries[key]?.users -= 1 }
  }

  /// Takes out what nobody has used for long, and more where there are too many.
  private static func retire(
    _ state: inout State, at time: ContinuousClock.Instant, keeping key: Key
  ) -> [HTTPClient] {
    guard state.entries[key] == nil else { return [] }
    var free = state.entries.filter { $0.value.users == 0 }
      .sorted { $0.value.lastUse < $1.value.lastUse }
    let surplus = max(0, state.entries.count + 1 - capacity)
    free = free.enumerated()
      .filter { $0.offset < surplus || time - $0.element.value.lastUse > idle }.map(\.element)
    for (key, _) in free { state.entries[key] = nil }
    return free.map(\.value.client)
  }

  /// Shuts a client down that nobody uses; `close` waits for it.
  private func end(_ client: HTTPClient) {
    state.withLock { state in
      let number = state.next
      state.next += 1
      state.retiring[number] = Task {
        // It fails only for a client that was shut down before, which this one was not.
        try? await client.shutdown()
        self.state.withLock { $0.retiring[number] = nil }
      }
    }
  }

  private func make(_ key: Key) throws -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.certificateVerification = .fullVerification
    tls.additionalTrustRoots = roots.isEmpty ? [] : [.certificates(roots)]
    if let identity = key.identity {
      tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(
        Array(identity.certificateChainPEM.utf8)
      ).map { .certificate($0) }
      tls.privateKey = .privateKey(
        try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.utf8), format: .pem))
    }
    let (wanted, marks) = (key.address, marks)
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls,
      redirectConfiguration: Mutation.isOn(.followsRedirects)
        ? .follow(max: 5, allowCycles: false) : .disallow,
      timeout: .init(connect: .seconds(2), read: .seconds(10)),
      // What an answer unpacks to is bounded here, and by the request's own limit behind it.
      decompression: .enabled(limit: .size(EgressClient.mostAnswerBytes)),
      http1_1ConnectionDebugInitializer: { channel in
        let peer = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        guard peer == wanted else {
          return channel.close().flatMapThrowing { throw EgressError(.unreachable) }
        }
        return marks.watch(channel)
      })
    // What a failure means is known of one request on one connection.
    configuration.httpVersion = .http1Only
    if key.url.address == nil {
      configuration.dnsOverride = [key.url.host: wanted.description]
    }
    // A failure to connect is told at once: whether to try again is decided above.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = callsAtOnce
    configuration.connectionPool.idleTimeout = .seconds(30)
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }
}

/// What is wrong with the settings of the client.
public struct EgressConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
