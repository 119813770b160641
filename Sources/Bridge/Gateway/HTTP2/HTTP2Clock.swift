import NIOCore

/// What an HTTP/2 connection waits for, and how long: one timer serves the connection and all of
/// its streams.
struct HTTP2Clock {
  enum Verdict {
    case nothing
    /// Nothing has come for long, and somebody waits: ask whether the peer is there.
    case ping
    /// Nobody needs the connection.
    case retire
    case close
  }

  private var since = NIODeadline.now()
  private var lastHeard = NIODeadline.now()
  private var pingedAt: NIODeadline?
  private var stalledSince: NIODeadline?
  private var nextStream: NIODeadline?
  private var timer: Scheduled<Void>?
  private var timerDeadline: NIODeadline?
  private let idleTimeout: TimeAmount
  private let opening: TimeAmount

  init(_ configuration: GatewayConfiguration) {
    idleTimeout = TimeAmount(configuration.idleTimeout)
    opening = TimeAmount(configuration.headerTimeout)
  }

  mutating func heard() {
    lastHeard = .now()
    pingedAt = nil
  }

  /// The last stream has ended.
  mutating func idle() { since = .now() }

  mutating func closing() { since = .now() }

  /// The peer has stopped or begun to read.
  mutating func stalled(_ isStalled: Bool) { stalledSince = isStalled ? .now() : nil }

  mutating func streamDue(_ deadline: NIODeadline) {
    nextStream = nextStream.map { min($0, deadline) } ?? deadline
  }

  /// The earliest deadline of all streams that are left.
  mutating func streamsDue(_ deadline: NIODeadline?) { nextStream = deadline }

  mutating func stop() {
    timer?.cancel()
    timer = nil
    timerDeadline = nil
  }

  /// When a timer has to fire that is not set yet.
  func neededWakeUp(hasStreams: Bool, _ phase: HTTP2Connection.Phase) -> NIODeadline? {
    let own = limit(hasStreams, phase)
    let next = nextStream.map { min($0, own) } ?? own
    if let timerDeadline, timerDeadline <= next { return nil }
    return next
  }

  mutating func armed(_ timer: Scheduled<Void>, at deadline: NIODeadline) {
    self.timer?.cancel()
    self.timer = timer
    timerDeadline = deadline
  }

  mutating func fired(
    hasStreams: Bool, _ phase: HTTP2Connection.Phase, _ now: NIODeadline
  ) -> Verdict {
    timer = nil
    timerDeadline = nil
    guard limit(hasStreams, phase) <= now else { return .nothing }
    if phase == .opening || phase == .closing { return .close }
    if let stalledSince, stalledSince + idleTimeout <= now { return .close }
    guard hasStreams else { return .retire }
    if pingedAt != nil { return .close }
    pingedAt = now
    return .ping
  }

  /// When the connection has waited too long.
  private func limit(_ hasStreams: Bool, _ phase: HTTP2Connection.Phase) -> NIODeadline {
    let own: NIODeadline
    switch phase {
    case .opening: own = since + opening
    case .closing: own = since + HTTP2Limits.linger
    case .serving, .draining:
      if let pingedAt {
        own = pingedAt + HTTP2Limits.pingPatience
      } else {
        own = (hasStreams ? lastHeard : since) + idleTimeout
      }
    }
    return stalledSince.map { min($0 + idleTimeout, own) } ?? own
  }
}
