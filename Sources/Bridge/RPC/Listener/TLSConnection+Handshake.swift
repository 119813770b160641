internal import COpenSSL

/// The handshake: whom to trust is known, or asked for, before anything of the client is verified.
extension TLSConnection {
  /// Called by libssl when it has read the client's first words: chooses whom to trust, or asks
  /// libssl to come again when that is known.
  func clientHello(_ tls: OpaquePointer, alert: UnsafeMutablePointer<Int32>?) -> Int32 {
    if !asked {
      asked = true
      guard ClientHello.offersProtocols(tls) else {
        refusal = "no application protocol is offered"
        alert?.pointee = SSL_AD_NO_APPLICATION_PROTOCOL
        return SSL_CLIENT_HELLO_ERROR
      }
      serverName = ClientHello.serverName(tls)
      let (loop, place, generation) = (loop, place, generation)
      answer = credentials.trust.trust(for: serverName) { answer in
        loop.send { loop in
          (loop.handler(place: place, generation: generation) as? TLSConnection)?.resume(answer)
        }
      }
    }
    switch answer {
    case nil: return SSL_CLIENT_HELLO_RETRY
    case .trusted(let roots):
      guard artel_tls_verify_with(tls, roots.store) == 1 else { break }
      return SSL_CLIENT_HELLO_SUCCESS
    case .unknown:
      refusal = "unknown name"
      alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
      return SSL_CLIENT_HELLO_ERROR
    case .broken(let reason): refusal = reason
    }
    alert?.pointee = SSL_AD_INTERNAL_ERROR
    return SSL_CLIENT_HELLO_ERROR
  }

  func resume(_ answer: TrustAnswer) {
    guard phase == .handshake, self.answer == nil else { return }
    self.answer = answer
    shakeHands()
  }

  func shakeHands() {
    guard let tls else { return }
    ERR_clear_error()
    let status = SSL_do_handshake(tls)
    guard status != 1 else {
      finishHandshake(tls)
      return
    }
    switch SSL_get_error(tls, status) {
    case SSL_ERROR_WANT_READ: ask(network: .input)
    case SSL_ERROR_WANT_WRITE: ask(network: .output)
    case SSL_ERROR_WANT_CLIENT_HELLO_CB: ask(network: [])
    case SSL_ERROR_SYSCALL: fail("closed in the handshake")
    default:
      let verdict = SSL_get_verify_result(tls)
      let failure = TLSFailure.take()
      if refusal == nil, verdict != Int(X509_V_OK) {
        refusal = String(cString: X509_verify_cert_error_string(verdict))
      }
      refuse(refusal ?? failure)
    }
  }

  private func finishHandshake(_ tls: OpaquePointer) {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(tls, &name, &length)  // Borrowed.
    guard length == 2, let peer = PeerCertificates(of: tls) else {
      refuse("no HTTP/2, or no certificate")
      return
    }
    if case .trusted(let roots) = answer, let leaf = SSL_get0_peer_certificate(tls),
      let reason = roots.refusal(of: leaf)
    {
      refuse(reason)
      return
    }
    connection = Connection(
      ConnectionInfo(
        id: ListenerHost.nextID(), address: remote,
        serverName: serverName.flatMap { $0.isEmpty ? nil : $0 }, subject: peer.subject,
        certificateChainDER: peer.chainDER, certificatePEM: peer.leafPEM, since: .now))
    let allowance = host.allowances.allowance(of: peer.leafHash)
    guard !allowance.isSuspended(now: .now) else {
      host.counters.add(\.refusedForAbuse)
      dismiss("its client was abusive a while ago")
      return
    }
    guard host.admit(serverName: serverName) else {
      host.counters.add(\.refusedByServerName)
      dismiss("there are too many connections under its name")
      return
    }
    isCountedByName = true
    guard host.admit(certificate: peer.leafHash) else {
      host.counters.add(\.refusedByCertificate)
      dismiss("its client has too many connections")
      return
    }
    countedCertificate = peer.leafHash
    self.allowance = allowance
    validUntil = .now + peer.validity
    frames.allowance = allowance
    frames.serverName = serverName.flatMap { $0.isEmpty ? nil : $0 }
    artel_tls_watch_late_messages(tls, lateMessages)
    phase = .preface
    moveToPump()
  }

  /// Goes on where handshakes, which cost much, keep nobody waiting.
  private func moveToPump() {
    loop.unwatch(socket)
    loop.forget(self)
    // Safe: nothing on this loop knows the connection any more, and the letter is the only one that
    // has it until it has arrived.
    nonisolated(unsafe) let moving = self
    if !nextLoop.send({ moving.arrive(on: $0) }) { close() }
  }

  private func arrive(on pump: SocketLoop) {
    loop = pump
    loop.register(self)
    networkInterest = .input
    guard loop.watch(socket, .input, self, .network) else {
      fail("it cannot be watched: \(SystemError.last)")
      return
    }
    if let deadline { loop.schedule(self, after: ContinuousClock.now.duration(to: deadline)) }
    // What changed on the way was told to nobody.
    if let known = credentials.trust.known(for: serverName) {
      reconsider(TrustBook.Change(covers: { _ in true }, answer: known))
      guard phase == .preface else { return }
    }
    // Its first words may have come with the handshake's last.
    pullFromClient()
  }
}
