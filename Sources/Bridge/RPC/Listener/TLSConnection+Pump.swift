internal import CGRPC
internal import COpenSSL
internal import Glibc

/// Between libssl and the core's end of the socket pair, level-triggered, through the loop's
/// scratch memory: what one side does not take at once stays in its backlog, and the other side is
/// not read until it is empty. So a backlog is never longer than the scratch memory.
extension TLSConnection {
  private enum Reading {
    case gotAll
    case hasMore
    /// libssl has to write first.
    case needsWrite
    case ended
    case broken
  }

  /// How often a client is read before others get their turn.
  private static let turns = 4

  func pump(_ side: SocketLoop.Side, _ events: EventPoll.Events) {
    switch side {
    case .network:
      if !events.isDisjoint(with: [.hangup, .error]) {
        close()
        return
      }
      if events.contains(.output) {
        flushToClient()
        if readNeedsWrite {
          readNeedsWrite = false
          pullFromClient()
        }
      }
      if events.contains(.input), phase != .ended { pullFromClient() }
    case .core:
      if events.contains(.output) { flushToCore() }
      guard phase == .served else { return }
      if events.contains(.hangup), !toClient.isEmpty {
        // It would be told of again and again; the rest is read when the client has taken this.
        loop.unwatch(coreEnd)
        coreUnwatched = true
      } else if !events.isDisjoint(with: [.input, .hangup, .error]) {
        pullFromCore()
      }
    }
  }

  /// Asks both sides for what the backlogs allow.
  private func askAgain() {
    switch phase {
    case .served:
      var network: EventPoll.Events =
        toCore.isEmpty && !clientEnded && !readNeedsWrite ? .input : []
      if !toClient.isEmpty || readNeedsWrite { network.insert(.output) }
      ask(network: network)
      var core: EventPoll.Events = toClient.isEmpty ? .input : []
      if !toCore.isEmpty { core.insert(.output) }
      ask(core: core)
    case .flushing: ask(network: .output)
    case .handshake, .preface, .lingering, .ended: break
    }
  }

  // MARK: From the client to the core

  func pullFromClient() {
    guard let tls else { return }
    for _ in 0..<Self.turns {
      guard phase == .preface || phase == .served, !readNeedsWrite else { return }
      guard phase == .preface || (toCore.isEmpty && !clientEnded) else {
        // The core does not take it all now: it is asked for when the core has.
        askAgain()
        return
      }
      let (count, reading) = read(tls)
      if count > 0 {
        take(UnsafeMutableRawBufferPointer(rebasing: loop.scratch[..<count]))
        guard phase == .preface || phase == .served else { return }
      }
      if lateMessages.pointee > 0, let abuse = countLateMessages() {
        endAbuse(abuse)
        return
      }
      switch reading {
      case .hasMore: continue
      case .gotAll: break
      case .needsWrite:
        readNeedsWrite = true
        if phase == .preface { ask(network: .output) }
      case .ended where phase == .served:
        clientEnded = true
        if toCore.isEmpty { _ = shutdown(coreEnd, Int32(SHUT_WR)) }
      case .ended, .broken:
        if phase == .preface { fail("closed before its HTTP/2 preface") } else { close() }
        return
      }
      askAgain()
      return
    }
    askAgain()
    // libssl may hold what epoll will not tell of.
    loop.repeatSoon(self)
  }

  /// Counts what the last reads took besides data.
  private func countLateMessages() -> FrameGuard.Abuse? {
    let count = Int(lateMessages.pointee)
    lateMessages.pointee = 0
    return frames.countLateMessages(count)
  }

  /// Fills the scratch memory with what has come.
  private func read(_ tls: OpaquePointer) -> (Int, Reading) {
    var filled = 0
    while filled < loop.scratch.count {
      ERR_clear_error()
      var count = 0
      let status = SSL_read_ex(
        tls, loop.scratch.baseAddress! + filled, loop.scratch.count - filled, &count)
      guard status == 1 else {
        switch SSL_get_error(tls, status) {
        case SSL_ERROR_WANT_READ: return (filled, .gotAll)
        case SSL_ERROR_WANT_WRITE: return (filled, .needsWrite)
        case SSL_ERROR_ZERO_RETURN: return (filled, .ended)
        default: return (filled, .broken)
        }
      }
      filled += count
      if SSL_has_pending(tls) == 0 { return (filled, .gotAll) }
    }
    return (filled, .hasMore)
  }

  /// Passes on what the client sent.
  private func take(_ bytes: UnsafeMutableRawBufferPointer) {
    guard phase == .preface else {
      if let abuse = frames.inspect(bytes) {
        endAbuse(abuse)
      } else {
        sendToCore(UnsafeRawBufferPointer(bytes))
      }
      return
    }
    toCore.append(UnsafeRawBufferPointer(bytes))
    switch toCore.withBytes(Preface.judge) {
    case .incomplete: return
    case .wrong: fail("no HTTP/2 preface")
    case .complete:
      let rest = toCore.withMutableBytes {
        frames.inspect(UnsafeMutableRawBufferPointer(rebasing: $0[Preface.bytes.count...]))
      }
      if let rest { endAbuse(rest) } else { openCore() }
    }
  }

  /// The client speaks HTTP/2: the core gets its end, and what has come.
  private func openCore() {
    var theirs: Int32 = -1
    guard artel_socket_pair(&coreEnd, &theirs) == 0 else {
      host.counters.add(\.refusedForDescriptors)
      fail("no descriptor: \(SystemError.last)")
      return
    }
    guard let connection, loop.watch(coreEnd, .input, self, .core) else {
      Glibc.close(theirs)
      coreUnwatched = true
      fail("it cannot be watched: \(SystemError.last)")
      return
    }
    coreInterest = .input
    phase = .served
    waitForVerification()
    host.establish(connection, descriptor: theirs, self, loop)
    host.handOver(theirs)  // The core closes it.
    flushToCore()
  }

  private func sendToCore(_ bytes: UnsafeRawBufferPointer) {
    let sent = artel_send(coreEnd, bytes.baseAddress, bytes.count)
    if sent < 0, !SystemError.last.isTransient {
      // The core has closed: what it said last is still read; what comes for it is dropped.
      clientEnded = true
      return
    }
    if sent < bytes.count {
      toCore.append(UnsafeRawBufferPointer(rebasing: bytes[max(0, sent)...]))
    }
  }

  private func flushToCore() {
    guard !toCore.isEmpty else { return }
    let sent = toCore.withBytes { artel_send(coreEnd, $0.baseAddress, $0.count) }
    if sent >= 0 {
      toCore.consume(sent)
    } else if !SystemError.last.isTransient {
      toCore.consume(toCore.count)
      clientEnded = true
    }
    if toCore.isEmpty {
      if clientEnded { _ = shutdown(coreEnd, Int32(SHUT_WR)) } else { pullFromClient() }
    }
    guard phase == .served else { return }
    askAgain()
  }

  // MARK: From the core to the client

  private func pullFromCore() {
    let count = artel_receive(coreEnd, loop.scratch.baseAddress, loop.scratch.count)
    if count > 0 {
      sendToClient(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
      guard phase == .served else { return }
      askAgain()
    } else if count == 0 || !SystemError.last.isTransient {
      coreClosed()
    }
  }

  private func coreClosed() {
    phase = .flushing
    if toClient.isEmpty {
      closeTLS()
    } else {
      wait(Self.flushTimeout)
      if !coreUnwatched { loop.unwatch(coreEnd) }
      coreUnwatched = true
      askAgain()
    }
  }

  private func sendToClient(_ bytes: UnsafeRawBufferPointer) {
    guard let tls else { return }
    var sent = 0
    while sent < bytes.count {
      switch write(tls, UnsafeRawBufferPointer(rebasing: bytes[sent...])) {
      case .none:
        close()
        return
      case .some(0):
        toClient.append(UnsafeRawBufferPointer(rebasing: bytes[sent...]))
        return
      case .some(let count): sent += count
      }
    }
  }

  private func flushToClient() {
    guard let tls else { return }
    while !toClient.isEmpty {
      let written = toClient.withBytes { write(tls, $0) }
      guard let written else {
        close()
        return
      }
      guard written > 0 else { return }
      toClient.consume(written)
    }
    if phase == .flushing {
      closeTLS()
      return
    }
    if coreUnwatched {
      while phase == .served, toClient.isEmpty { pullFromCore() }
    }
    askAgain()
  }

  /// Writes one record; 0 where the client does not take it now, nil where it is gone.
  private func write(_ tls: OpaquePointer, _ bytes: UnsafeRawBufferPointer) -> Int? {
    ERR_clear_error()
    var count = 0
    let status = SSL_write_ex(tls, bytes.baseAddress, bytes.count, &count)
    if status == 1 { return count }
    switch SSL_get_error(tls, status) {
    case SSL_ERROR_WANT_WRITE, SSL_ERROR_WANT_READ: return 0
    default: return nil
    }
  }

  /// Says that nothing follows, so that the client can tell the end from a cut.
  func closeTLS() {
    if let tls {
      ERR_clear_error()
      // One try: a client that does not take so little gets the end of the socket alone.
      _ = SSL_shutdown(tls)
    }
    sayGoodbye()
  }
}
