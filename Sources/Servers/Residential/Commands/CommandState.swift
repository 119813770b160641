import GeneratedResidential

/// Where a command is on its way. The raw values are the contract's names, in the database too.
///
/// ```
/// CREATED ──► AUTHORIZED ──► SENT ──► ACKNOWLEDGED ──► EXECUTED
///    │            │           │             │
///    ▼            ▼           ├─► FAILED ◄──┤
///  DENIED      EXPIRED        └─► TIMED_OUT ◄┘ ──► EXECUTED (a late report of the device)
///           or CANCELLED
/// ```
enum CommandState: String, Sendable, CaseIterable {
  case created = "CREATED"
  case authorized = "AUTHORIZED"
  case denied = "DENIED"
  case sent = "SENT"
  case acknowledged = "ACKNOWLEDGED"
  case executed = "EXECUTED"
  case failed = "FAILED"
  case timedOut = "TIMED_OUT"
  case expired = "EXPIRED"
  case cancelled = "CANCELLED"

  /// The table of transitions: from every state, where it may go.
  private static let moves: [CommandState: [CommandState]] = [
    .created: [.authorized, .denied],
    .authorized: [.sent, .expired, .cancelled],
    .denied: [],
    .sent: [.acknowledged, .failed, .timedOut],
    .acknowledged: [.executed, .failed, .timedOut],
    .executed: [],
    .failed: [],
    .timedOut: [.executed],
    .expired: [],
    .cancelled: [],
  ]

  /// The states that may follow this one.
  var legalMoves: [CommandState] { Self.moves[self] ?? [] }

  /// The moves that lead to `target`, or nil where none do.
  ///
  /// Whoever says that a sent command was executed says too that it was acknowledged: that is two
  /// moves, since a device's report may overtake the partner's answer.
  func route(to target: CommandState) -> [CommandState]? {
    if legalMoves.contains(target) { return [target] }
    if self == .sent, target == .executed { return [.acknowledged, .executed] }
    return nil
  }

  var message: Artel_Residential_V1_Command.State {
    switch self {
    case .created: .created
    case .authorized: .authorized
    case .denied: .denied
    case .sent: .sent
    case .acknowledged: .acknowledged
    case .executed: .executed
    case .failed: .failed
    case .timedOut: .timedOut
    case .expired: .expired
    case .cancelled: .cancelled
    }
  }
}
