import Mutation
import NIOCore
import NIOPosix
import NIOTLS
import RPC
import Synchronization

/// What is needed to listen, read and checked once.
struct ListenerSetup: Sendable {
  let configuration: GatewayConfiguration
  let identity: ServerIdentity?

  init(_ configuration: GatewayConfiguration) throws(GatewayError) {
    self.configuration = configuration
    identity = try configuration.tls.map { pem throws(GatewayError) in try ServerIdentity(pem) }
  }

  /// The address to bind: checked, so that plain HTTP never leaves the machine.
  func address() throws(GatewayError) -> SocketAddress {
    let host = configuration.host
    let address: SocketAddress
    do {
      address = try .makeAddressResolvingHost(host, port: configuration.port)
    } catch {
      throw GatewayError(code: .cannotListen, message: "'\(host)' cannot be resolved: \(error)")
    }
    let ip = address.ipAddress ?? ""
    guard identity != nil || ip.hasPrefix("127.") || ip == "::1" else {
      throw GatewayError(
        code: .plainTextExposed,
        message: "without TLS the REST door listens on loopback only, not on '\(host)'")
    }
    return address
  }
}

/// The listening socket with the threads that serve its connections.
struct Listener: Sendable {
  let address: BoundAddress
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup
  private let loops: [NIOLoopBoundBox<LoopState>]
  private let handlers: [HandlerCount]
  private let trustWatch: TrustWatch?

  static func open(_ setup: ListenerSetup, _ core: GatewayCore) async throws -> Listener {
    let address = try setup.address()
    let threads = setup.configuration.eventLoopThreads
    let group = MultiThreadedEventLoopGroup(
      numberOfThreads: threads > 0 ? threads : System.coreCount)
    var states: [ObjectIdentifier: NIOLoopBoundBox<LoopState>] = [:]
    var handlers: [HandlerCount] = []
    for eventLoop in group.makeIterator() {
      let configuration = setup.configuration
      let state = LoopState(
        eventLoop: eventLoop, snapshot: core.snapshot,
        // Without TLS it would mean nothing (RFC 6797 section 7.2).
        strictTransport: configuration.tls == nil ? nil : configuration.strictTransport)
      handlers.append(state.handlers)
      states[ObjectIdentifier(eventLoop)] = .makeBoxSendingValue(state, eventLoop: eventLoop)
    }
    let most = DescriptorLimit.connections(wanted: setup.configuration.maxConnections, each: 1)
    if most < setup.configuration.maxConnections {
      core.logger.warning(
        "RLIMIT_NOFILE is too low for all connections", metadata: ["connections": "\(most)"])
    }
    let loops = states
    let counts = handlers
    do {
      let channel = try await ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 1_024)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .serverChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(AcceptPause())
          }
        }
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .childChannelInitializer { channel in
          accept(channel, setup, core, loops[ObjectIdentifier(channel.eventLoop)], most)
        }
        .bind(to: address).get()
      let bound = channel.localAddress
      return Listener(
        address: BoundAddress(host: bound?.ipAddress ?? "", port: bound?.port ?? 0),
        channel: channel, group: group, loops: Array(loops.values), handlers: counts,
        trustWatch: TrustWatch.begin(setup.configuration.clientTrust, Array(loops.values)))
    } catch {
      try await group.shutdownGracefully()
      throw GatewayError(code: .cannotListen, message: "\(address) cannot be bound: \(error)")
    }
  }

  /// Sets up a connection that was accepted.
  private static func accept(
    _ channel: any Channel, _ setup: ListenerSetup, _ core: GatewayCore,
    _ loop: NIOLoopBoundBox<LoopState>?, _ most: Int
  ) -> EventLoopFuture<Void> {
    guard let loop else {
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    let count = core.connections.add(1, ordering: .relaxed).newValue
    channel.closeFuture.whenComplete { _ in core.connections.subtract(1, ordering: .releasing) }
    core.counts.accepted.increment()
    // The last ones may be accepted just before the socket is closed.
    guard count <= most, !loop.value.isDraining else {
      core.counts.refused.increment()
      // A failed initializer closes the connection.
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    let peer = channel.remoteAddress
    let isShared = setup.configuration.isShared?(peer?.ipAddress ?? "") == true
    if setup.identity != nil, !isShared, let denies = setup.configuration.deniesAddress,
      denies(peer?.ipAddress ?? ""), !Mutation.isOn(.greetsDeniedNetworks)
    {
      core.counts.denied.increment()
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    if let most = setup.configuration.maxConnectionsPerAddress, !isShared {
      let address = AddressCounts.name(peer)
      guard core.addresses.enter(address, most: most) else {
        core.counts.refused.increment()
        return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
      }
      channel.closeFuture.whenComplete { _ in core.addresses.leave(address) }
    }
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let connection = Connection(core: core, loop: loop.value)
      if let identity = setup.identity {
        connection.isSecure = true
        let handshake = Handshake(
          connection, identity: identity, clientTrust: setup.configuration.clientTrust)
        let bound = NIOLoopBound(handshake, eventLoop: channel.eventLoop)
        let hello = SNIHandler { name in bound.value.begin(name, channel) }
        try pipeline.addHandler(ByteToMessageHandler(hello))
      }
      try pipeline.addHandler(connection)
    }
  }

  /// Closes the socket, then the connections: those that wait now, those that answer when they
  /// have, all of them when the grace is over.
  func close(_ core: GatewayCore) async {
    let clock = ContinuousClock()
    let end = clock.now + core.configuration.shutdownGrace
    // Already closed is as good.
    try? await channel.close()
    trustWatch?.end()
    onEachLoop { $0.drain() }
    await wait(until: end) { core.connections.load(ordering: .acquiring) == 0 }
    onEachLoop { $0.closeAll() }
    await wait(until: clock.now + .seconds(2)) {
      core.connections.load(ordering: .acquiring) == 0
        && handlers.allSatisfy(\.isZero)
    }
    guard handlers.allSatisfy(\.isZero) else {
      // A task that still runs needs its loop to run on; the process is about to end anyway.
      core.logger.error("handlers ignore their cancellation: their threads are left behind")
      return
    }
    do {
      try await group.shutdownGracefully()
    } catch {
      core.logger.error("the REST door's threads do not end", metadata: ["error": "\(error)"])
    }
  }

  /// Gives every loop other contracts. Requests that begin after it returns have them.
  func replace(_ core: GatewayCore) async {
    for loop in loops {
      // A loop that has ended serves nobody. Of two replacements at once the later one counts on
      // every loop, whichever of them comes here last.
      try? await loop.eventLoop.submit { loop.value.snapshot = core.snapshot }.get()
    }
  }

  private func onEachLoop(_ body: @escaping @Sendable (LoopState) -> Void) {
    for loop in loops { loop.eventLoop.execute { body(loop.value) } }
  }

  /// Looks again every few milliseconds: shutting down is no hot path.
  private func wait(until end: ContinuousClock.Instant, _ condition: () -> Bool) async {
    while !condition(), ContinuousClock.now < end {
      // Cancelled, the loop only turns faster.
      try? await Task.sleep(for: .milliseconds(5))
    }
  }
}
