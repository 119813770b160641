internal import CGRPC
internal import COpenSSL
internal import Glibc
internal import Mutation

/// A connection with TLS: the handshake, then a pump between libssl and one end of a socket pair,
/// of which the core has the other.
///
/// ```
/// handshake ──► preface ──► served ──► flushing ──► lingering ──► ended
///     │  (waits for the      (pump)    (the core     (the client
///     │   name's trust)                 has closed)   takes the rest)
///     └──────── a failure ────────────────────────────►
/// ```
final class TLSConnection: ServedSocket {
  enum Phase {
    case handshake
    case preface
    case served
    case flushing
    case lingering
    case ended
  }

  /// How long a client may take to read the last of what the core sent.
  static let flushTimeout: Duration = .seconds(5)
  /// How long a client may take to close behind us.
  static let lingerTimeout: Duration = .seconds(2)
  /// How often a standing connection is verified again: certificates and lists expire.
  static let verificationInterval: Duration = .seconds(60)

  /// The handshakes' until there is a preface to wait for, a pump from then on.
  var loop: SocketLoop
  let host: ListenerHost
  let socket: Int32
  let credentials: ServerCredentials
  let remote: String
  private let remoteHost: UInt64
  let nextLoop: SocketLoop

  var phase = Phase.handshake
  /// What is waited for until a timer counts; nil while nothing is.
  var deadline: ContinuousClock.Instant?
  private(set) var tls: OpaquePointer?

  // The handshake's: TLSConnection+Handshake.swift.
  var serverName: String?
  var asked = false
  var answer: TrustAnswer?
  var refusal: String?
  var connection: Connection?
  var allowance: ClientAllowance?
  var isCountedByName = false
  /// The client by which the connection is counted.
  var countedCertificate: CertificateHash?
  /// When the client's certificate expires.
  var validUntil = ContinuousClock.now
  /// How many messages of the handshake's kind the last read took; libssl writes there.
  let lateMessages: UnsafeMutablePointer<Int32>

  // The pump's: TLSConnection+Pump.swift.
  var coreEnd: Int32 = -1
  var toCore = Backlog()
  var toClient = Backlog()
  var clientEnded = false
  /// libssl has to write before it reads on: an answer to a key update, to a client that reads
  /// nothing.
  var readNeedsWrite = false
  var coreUnwatched = false
  var networkInterest: EventPoll.Events = .input
  var coreInterest: EventPoll.Events = []
  var frames: FrameGuard

  /// Takes over a socket and begins the handshake. On the loop's thread.
  ///
  /// - Parameter pump: Where the connection goes behind the handshake.
  init(
    socket: Int32, address: SocketAddress, credentials: ServerCredentials, loop: SocketLoop,
    pump: SocketLoop, host: ListenerHost
  ) {
    lateMessages = .allocate(capacity: 1)
    lateMessages.initialize(to: 0)
    nextLoop = pump
    self.socket = socket
    self.credentials = credentials
    self.loop = loop
    self.host = host
    remote = address.text
    remoteHost = address.host
    frames = FrameGuard(host.limits.frames)
    super.init()
    loop.register(self)
    do throws(ServerCredentialsError) {
      tls = try credentials.context().makeConnection(on: socket, for: self)
    } catch {
      refusal = error.description
    }
    guard tls != nil, loop.watch(socket, .input, self, .network) else {
      fail(refusal ?? "it cannot be watched or has no memory")
      return
    }
    wait(host.limits.handshakeTimeout)
  }

  deinit { lateMessages.deallocate() }  // `withdraw` has freed the SSL that writes there.

  override func ready(_ side: SocketLoop.Side, _ events: EventPoll.Events) {
    switch phase {
    case .handshake:
      if events.contains(.hangup) { fail("closed in the handshake") } else { shakeHands() }
    case .preface, .served, .flushing: pump(side, events)
    case .lingering: linger(events)
    case .ended: break
    }
  }

  override func timedOut() {
    guard let deadline, deadline <= .now else { return }
    switch phase {
    case .handshake: fail("no handshake in time")
    case .preface: fail("no HTTP/2 preface in time")
    case .served:
      waitForVerification()
      verifyAgain(credentials.trust.known(for: serverName) ?? answer ?? .unknown)
    case .flushing, .lingering: close()
    case .ended: break
    }
  }

  /// Calls `timedOut` when the time has passed, unless something else is waited for then.
  func wait(_ duration: Duration) {
    deadline = .now + duration
    loop.schedule(self, after: duration)
  }

  /// Verifies the client again soon behind its certificate's end, and now and then before.
  func waitForVerification() {
    let left = ContinuousClock.now.duration(to: validUntil) + .seconds(1)
    wait(left > .zero ? min(left, Self.verificationInterval) : Self.verificationInterval)
  }

  // MARK: Trust

  /// The trust of names has changed; where it is this connection's, its client has to verify again.
  func reconsider(_ change: TrustBook.Change) {
    guard asked, change.covers(serverName) else { return }
    if case .trusted(let new) = change.answer, case .trusted(let known) = answer, new === known {
      return  // It waited for this very answer.
    }
    switch phase {
    case .handshake where answer != nil: fail("the name's trust changed in the handshake")
    case .preface, .served, .flushing: verifyAgain(change.answer)
    default: break
    }
  }

  private func verifyAgain(_ answer: TrustAnswer) {
    if Mutation.isOn(.keepsRevokedConnections) { return }
    self.answer = answer
    switch answer {
    case .unknown: end(because: "its name is no longer served")
    case .broken(let reason): end(because: reason)
    case .trusted(let roots):
      // Both are borrowed from the SSL.
      guard let tls, let leaf = SSL_get0_peer_certificate(tls) else { return }
      if let reason = roots.reasonAgainst(leaf: leaf, presented: SSL_get_peer_cert_chain(tls)) {
        end(because: reason)
      }
    }
  }

  // MARK: The end

  override func end(because reason: String) {
    guard phase != .ended else { return }
    host.counters.add(\.ended)
    host.log.write("ended \(serverName ?? "")") {
      "connection of \(remote) under \(serverName ?? "no name") ended: \(reason)"
    }
    close()
  }

  override func endUnlessServed() {
    if [.handshake, .preface, .lingering].contains(phase) { close() }
  }

  /// The client's HTTP/2 is abuse.
  func endAbuse(_ abuse: FrameGuard.Abuse) {
    // Whoever takes one server for another is mistaken; its other connections are as good as before.
    if abuse == .headers(.misdirected) { return end(because: abuse.description) }
    host.counters.add(\.abusive)
    allowance?.strike(now: .now)
    host.log.write("abuse") { "connection of \(remote) ended: \(abuse)" }
    close()
  }

  /// No connection comes about, and the client is not told why.
  func fail(_ reason: String) {
    count(reason)
    close()
  }

  /// No connection comes about; libssl has sent an alert, which the client may still read.
  func refuse(_ reason: String) {
    count(reason)
    sayGoodbye()
  }

  /// The handshake came about, but no connection does.
  func dismiss(_ reason: String) {
    count(reason)
    closeTLS()
  }

  private func count(_ reason: String) {
    host.counters.add(\.failedHandshakes)
    host.log.write("handshake \(serverName ?? "")") {
      "handshake of \(remote) under \(serverName ?? "no name") failed: \(reason)"
    }
  }

  /// Sends nothing more, and waits for the client to close: what it has not read yet would be lost
  /// by closing over what it sent.
  func sayGoodbye() {
    withdraw()
    _ = shutdown(socket, Int32(SHUT_WR))  // Where it fails, the client is gone already.
    phase = .lingering
    ask(network: .input)
    wait(Self.lingerTimeout)
  }

  private func linger(_ events: EventPoll.Events) {
    let count = artel_receive(socket, loop.scratch.baseAddress, loop.scratch.count)
    if count > 0 || (count < 0 && SystemError.last.isTransient && !events.contains(.hangup)) {
      return
    }
    close()
  }

  private func withdraw() {
    if let connection { host.withdraw(connection) }
    if coreEnd >= 0 {
      if !coreUnwatched { loop.unwatch(coreEnd) }
      Glibc.close(coreEnd)
      coreEnd = -1
    }
    if let tls {
      SSL_free(tls)
      self.tls = nil
    }
    ERR_clear_error()  // The thread's queue is empty for the next connection.
  }

  override func close() {
    guard phase != .ended else { return }
    phase = .ended
    withdraw()
    loop.unwatch(socket)
    Glibc.close(socket)
    loop.forget(self)
    if isCountedByName { host.release(serverName: serverName) }
    if let countedCertificate { host.release(certificate: countedCertificate) }
    host.release(remoteHost)
  }

  // MARK: Interest

  /// What is waited for at the client's socket.
  func ask(network interest: EventPoll.Events) {
    guard interest != networkInterest else { return }
    networkInterest = interest
    loop.change(socket, interest, self, .network)
  }

  /// What is waited for at the core's end.
  func ask(core interest: EventPoll.Events) {
    guard interest != coreInterest, !coreUnwatched else { return }
    coreInterest = interest
    loop.change(coreEnd, interest, self, .core)
  }
}
