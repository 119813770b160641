import NIOCore

/// Watches how long a connection stays in a phase.
///
/// One timer serves all phases: it is set again when it fires, and earlier only where a phase ends
/// before it. A request that comes and goes at once costs no timer.
struct Watchdog {
  enum Verdict {
    case nothing
    /// A request is not arriving: say so and close.
    case refuse
    case close
  }

  private(set) var phase = Connection.Phase.idle
  private var since = NIODeadline.now()
  private var stalledSince: NIODeadline?
  /// How much the peer had not taken when its time began.
  private var untaken = 0
  /// All that was written has left: what is waited for is the peer's end.
  private var hasSent = false
  /// Bytes of a streamed body since it was last given time.
  private var progress = 0
  private var timer: Scheduled<Void>?
  private var timerDeadline: NIODeadline?
  private let idle: TimeAmount
  private let head: TimeAmount
  private let body: TimeAmount

  /// How many bytes of a streamed body have to come in the time of a whole one.
  static let progressStep = 16 << 10
  /// How many bytes of an answer a peer has to take to have the time of one anew.
  private static let takenStep = 512 << 10
  /// How long a peer may take to close after it was told why.
  private static let linger = TimeAmount.seconds(2)

  init(_ configuration: GatewayConfiguration) {
    idle = TimeAmount(configuration.idleTimeout)
    head = TimeAmount(configuration.headerTimeout)
    body = TimeAmount(configuration.requestTimeout)
  }

  /// Goes to another phase; of one that closes there is none behind.
  mutating func enter(_ next: Connection.Phase) {
    guard phase != .closing else { return }
    phase = next
    // How long an answer takes is its handler's deadline, not this clock's.
    if next != .answering { since = .now() }
  }

  /// A part of a streamed body has come; true where it may have as much time again.
  mutating func received(_ bytes: Int) -> Bool {
    progress += bytes
    guard progress >= Self.progressStep else { return false }
    progress = 0
    return true
  }

  /// The peer has stopped to read: so many bytes wait for it.
  mutating func stalled(untaken bytes: Int) {
    stalledSince = .now()
    untaken = bytes
  }

  /// The peer reads.
  mutating func reads() { stalledSince = nil }

  /// A connection that closes has sent all it had to.
  mutating func sent() {
    hasSent = true
    since = .now()
  }

  mutating func stop() {
    timer?.cancel()
    timer = nil
    timerDeadline = nil
  }

  /// When a timer has to fire that is not set yet.
  func neededWakeUp() -> NIODeadline? {
    guard let limit else { return nil }
    if let timerDeadline, timerDeadline <= limit { return nil }
    return limit
  }

  mutating func armed(_ timer: Scheduled<Void>, at deadline: NIODeadline) {
    self.timer?.cancel()
    self.timer = timer
    timerDeadline = deadline
  }

  /// - Parameter bytes: How many bytes wait for the peer.
  mutating func fired(untaken bytes: Int) -> Verdict {
    timer = nil
    timerDeadline = nil
    guard let limit, limit <= .now() else { return .nothing }
    // A great answer on a thin line takes longer, and is on its way all the same.
    if stalledSince != nil, bytes <= untaken - Self.takenStep {
      stalled(untaken: bytes)
      return .nothing
    }
    switch phase {
    case .receivingHead, .receivingBody: return .refuse
    case .handshaking, .idle, .answering, .closing: return .close
    }
  }

  /// When the phase has lasted too long.
  private var limit: NIODeadline? {
    switch phase {
    case .idle: (stalledSince ?? since) + idle
    case .handshaking, .receivingHead: since + head
    case .receivingBody: since + body
    case .answering: stalledSince.map { $0 + idle }
    case .closing: hasSent ? since + Self.linger : (stalledSince ?? since) + idle
    }
  }
}
