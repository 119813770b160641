import Postgres

/// What became of a command at the partner.
enum CommandOutcome: Sendable, Hashable {
  case acknowledged
  /// - Parameter at: When, by the partner's clock.
  case executed(at: Timestamp?)
  case failed(CommandFailure)
  case timedOut

  var state: CommandState {
    switch self {
    case .acknowledged: .acknowledged
    case .executed: .executed
    case .failed: .failed
    case .timedOut: .timedOut
    }
  }

  var occurTime: Timestamp? {
    if case .executed(let time) = self { return time }
    return nil
  }

  var failure: CommandFailure? {
    switch self {
    case .acknowledged, .executed: nil
    case .failed(let failure): failure
    case .timedOut: CommandFailure(code: .timedOut)
    }
  }
}

/// Why a command failed.
struct CommandFailure: Sendable, Hashable {
  /// The platform's names.
  enum Code: String, Sendable, CaseIterable {
    case refused = "PARTNER_REFUSED"
    case error = "PARTNER_ERROR"
    case unreachable = "PARTNER_UNREACHABLE"
    case timedOut = "PARTNER_TIMED_OUT"
  }

  let code: Code
  /// The partner's name.
  var partnerCode: String?

  init(code: Code, partnerCode: String? = nil) {
    self.code = code
    self.partnerCode = partnerCode
  }

  init(_ problem: PartnerProblem) {
    switch problem {
    case .error(let code): self.init(code: .error, partnerCode: code)
    case .unreachable: self.init(code: .unreachable)
    case .timedOut: self.init(code: .timedOut)
    }
  }
}
