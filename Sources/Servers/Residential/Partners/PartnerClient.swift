import Postgres

/// What a partner is asked to do.
struct PartnerOrder: Sendable, Hashable {
  let commandID: String
  let route: PartnerRoute
  /// The idempotency key: one for all sends of a command.
  let key: String
  /// When the command must be acknowledged at the latest; part of what is sent, and equal in every
  /// send.
  let deadline: Timestamp
}

/// What is known after one attempt to reach a partner.
enum PartnerReply: Sendable, Hashable {
  /// The partner has the command, in this state.
  case state(PartnerState)
  /// The partner refused, and did nothing.
  case refused(code: String)
  /// The partner never saw the command.
  case unknownCommand
  /// Nothing of the command had an effect at the partner.
  ///
  /// - Parameter retryAfter: When it may be tried again, where the partner says so.
  case notSent(PartnerProblem, retryAfter: Duration? = nil)
  /// It may have reached the partner, or not.
  case unclear(PartnerProblem)
}

/// A command's state, as the partner says.
enum PartnerState: Sendable, Hashable {
  case acknowledged
  case executed(at: Timestamp?)
  case failed(code: String)
}

/// What kept the partner from answering.
enum PartnerProblem: Sendable, Hashable {
  /// It answered, but not with an answer to this.
  case error(code: String)
  /// There was no connection, or it broke.
  case unreachable
  /// Time was over.
  case timedOut
}

/// Talks to partners. An attempt always ends with a reply, at `expiry` at the latest.
protocol PartnerClient: Sendable {
  /// Sends the command, under its key.
  func open(_ order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply

  /// Asks for the command's state.
  func state(of order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply

  /// How long nothing is sent to the partner, because it is broken; nil where it may be tried.
  func pause(before route: PartnerRoute) -> Duration?
}
