internal import CGRPC
internal import Synchronization

/// The port's own listener: accepts, limits, ends TLS, and gives each connection to the core as a
/// connected socket.
///
/// The core's own (libgrpc 1.51.1) knows no server names, cannot end one connection, and stays deaf
/// for good when it has once run out of descriptors (CVE-2023-4785).
///
/// Safe: `sockets`, `acceptors` and `watch` are touched by `start` and by letters on the listening
/// loop, which `start` comes before.
final class PortListener: @unchecked Sendable {
  private let host: ListenerHost
  private let credentials: ServerCredentials?
  private let listening: SocketLoop
  /// Where handshakes are done, which cost the most and need no proof; nil without TLS.
  private let shaking: SocketLoop?
  /// Where TLS goes on; empty without.
  let pumps: [SocketLoop]
  private let nextPump = Atomic<Int>(0)
  private let trustListener = Mutex<UInt64?>(nil)
  private var sockets: ListeningSockets
  private var acceptors: [Acceptor] = []

  /// The port that was bound; 0 for a Unix socket.
  let port: Int

  /// Binds, but does not accept.
  ///
  /// - Parameter handOver: Gives a connected socket to the core, on any thread; not called before
  ///   `start`, nor behind `stopAccepting`.
  /// - Throws: `ServerStartError` where the address cannot be bound or the certificate is bad.
  init(
    configuration: ServerConfiguration, handOver: @escaping @Sendable (Int32) -> Void
  ) throws(ServerStartError) {
    let address = try ListenAddress(configuration.address)
    switch configuration.security {
    case .plaintext: credentials = nil
    case .mutualTLS(let source):
      credentials = source
      do throws(ServerCredentialsError) {
        _ = try source.context()
      } catch {
        throw ServerStartError(description: error.description)
      }
    }
    let most = DescriptorLimit.connections(
      wanted: configuration.maxConnections, each: credentials == nil ? 1 : 3)
    host = ListenerHost(
      limits: .init(
        connections: most, perAddress: configuration.maxConnectionsPerAddress,
        perServerName: configuration.maxConnectionsPerServerName,
        perCertificate: configuration.maxConnectionsPerCertificate,
        ratePerAddress: credentials == nil
          ? nil
          : configuration.connectionRatePerAddress.map {
            .init(burst: min($0, 1_000_000) * 10, perSecond: $0)
          },
        deniesAddress: credentials == nil ? nil : configuration.deniesAddress,
        handshakeTimeout: configuration.handshakeTimeout,
        suspension: configuration.abuseSuspension,
        frames: FrameLimits(
          headerListBytes: configuration.maxMetadataBytes,
          messageBytes: configuration.maxReceiveMessageBytes)),
      handOver: handOver)
    if most < configuration.maxConnections {
      host.log.write("descriptors", GPR_LOG_SEVERITY_INFO) {
        "\(most) connections instead of \(configuration.maxConnections): RLIMIT_NOFILE is too low"
      }
    }
    listening = try SocketLoop(name: "rpc-listener")
    var pumps: [SocketLoop] = []
    if credentials != nil {
      for index in 0..<max(1, configuration.tlsThreads) {
        pumps.append(try SocketLoop(name: "rpc-tls-\(index)"))
      }
    }
    self.pumps = pumps
    shaking = pumps.isEmpty ? nil : try SocketLoop(name: "rpc-handshake")
    // Checked again here: a name may stand for another address than it says.
    sockets = try ListeningSockets(address, loopbackOnly: credentials == nil)
    port = sockets.port
  }

  /// Begins to accept.
  func start() {
    for pump in pumps { pump.start() }
    shaking?.start()
    listening.start()
    if let book = credentials?.trust {
      let pumps = [shaking].compactMap(\.self) + pumps
      let number = book.add { change in
        for pump in pumps {
          pump.send { pump in
            for case let connection as TLSConnection in pump.handlers {
              connection.reconsider(change)
            }
          }
        }
      }
      trustListener.withLock { $0 = number }
    }
    listening.sendAndWait { [self] loop in
      acceptors = sockets.descriptors.map { socket in
        Acceptor(socket: socket, loop: loop, host: host) { [self] accepted, address in
          adopt(accepted, address)
        }
      }
      if credentials == nil { _ = Sweep(loop: loop) }  // The loop keeps it.
      if let book = credentials?.trust, let interval = book.recheckInterval {
        // The loop keeps it.
        _ = TrustWatch(book: book, interval: interval, loop: loop, host: host)
      }
    }
  }

  /// Stops listening and drops connections that the core does not serve yet; behind it, nothing is
  /// handed over.
  func stopAccepting() {
    listening.sendAndWait { [self] loop in
      for acceptor in acceptors { acceptor.stop() }
      acceptors = []
      sockets.close()
      Self.dropUnserved(loop)
    }
    // Behind the letters by which sockets came to the handshakes, and from there to the pumps.
    shaking?.sendAndWait { Self.dropUnserved($0) }
    for pump in pumps { pump.sendAndWait { Self.dropUnserved($0) } }
  }

  /// Waits, a moment at most, for clients to take the last of what the core sent, and ends the
  /// threads. The core has closed its ends before.
  func finish() {
    if let number = trustListener.withLock({ $0 }) { credentials?.trust.remove(number) }
    // Handshakes first: what they send on finds the pumps.
    shaking?.send { Drain.begin($0) }
    shaking?.join()
    for pump in pumps { pump.send { Drain.begin($0) } }
    for pump in pumps { pump.join() }
    listening.send { loop in
      for case let socket as ServedSocket in loop.handlers { socket.close() }
      loop.finish()
    }
    listening.join()
  }

  private static func dropUnserved(_ loop: SocketLoop) {
    for case let socket as ServedSocket in loop.handlers { socket.endUnlessServed() }
  }

  private func adopt(_ socket: Int32, _ address: SocketAddress) {
    let host = host
    guard let credentials, let shaking else {
      // The loop keeps it.
      _ = PlaintextConnection(socket: socket, address: address, loop: listening, host: host)
      return
    }
    let index = nextPump.add(1, ordering: .relaxed).oldValue
    let pump = pumps[index % pumps.count]
    shaking.send { loop in
      _ = TLSConnection(
        socket: socket, address: address, credentials: credentials, loop: loop, pump: pump,
        host: host)
    }
  }

  // MARK: What an operator asks

  var connections: [ConnectionInfo] { host.connections }

  var counts: ListenerCounts { host.counters.snapshot }

  func end(_ id: UInt64) -> Bool { host.end(id, because: "asked to") }
}
