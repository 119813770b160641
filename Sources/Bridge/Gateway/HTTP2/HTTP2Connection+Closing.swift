import NIOCore
import NIOHTTP2

extension HTTP2Connection: LoopConnection {
  /// Takes no new requests; those that run end, streams of messages at once.
  func drain() {
    guard phase == .opening || phase == .serving else { return }
    phase = .draining
    goAway(.noError)
    for stream in Array(streams.values) { stream.exchange?.drain() }
    if streams.isEmpty { close() }
  }

  func abort() { context?.close(promise: nil) }

  /// The peer does what it must not: says so and ends the connection.
  func fault(_ code: HTTP2ErrorCode) {
    guard phase != .closing else { return }
    goAway(code)
    close()
  }

  func revoke(because reason: String) {
    guard phase != .closing else { return }
    Connection.tellRevoked(core, serverName, peer, reason)
    goAway(.noError)
    close()
  }

  private func goAway(_ code: HTTP2ErrorCode) {
    send(.rootStream, .goAway(lastStreamID: lastStream, errorCode: code, opaqueData: nil))
    flush(now: true)
  }

  /// Reads nothing more, and gives the peer a moment to read what was said: with input unread the
  /// kernel would reset the connection, and the last words with it.
  func close() {
    guard phase != .closing, let context else { return }
    phase = .closing
    clock.closing()
    flush(now: true)
    endStreams()
    context.close(mode: .output, promise: nil)
    rearm()
  }

  // MARK: Time

  /// Sets the timer, where something is due before it fires.
  func rearm() {
    guard let context, let deadline = clock.neededWakeUp(hasStreams: !streams.isEmpty, phase)
    else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    clock.armed(
      context.eventLoop.scheduleTask(deadline: deadline) { bound.value.timeIsUp() }, at: deadline)
  }

  /// A stream has a deadline.
  func due(_ deadline: NIODeadline) {
    clock.streamDue(deadline)
    rearm()
  }

  private func timeIsUp() {
    guard let context else { return }
    let now = NIODeadline.now()
    switch clock.fired(hasStreams: !streams.isEmpty, phase, now) {
    case .nothing: break
    case .ping:
      send(.rootStream, .ping(HTTP2PingData(withInteger: 0), ack: false))
      flush(now: true)
    case .retire:
      goAway(.noError)
      close()
    case .close: return context.close(promise: nil)
    }
    for stream in Array(streams.values) where stream.deadline.map({ $0 <= now }) == true {
      stream.timeIsUp()
    }
    clock.streamsDue(streams.values.compactMap(\.deadline).min())
    rearm()
  }
}
