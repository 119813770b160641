import Postgres
import Synchronization

@testable import Residential

/// A partner that replies what a test wrote down, and notes what it was asked.
final class ScriptedPartner: PartnerClient {
  enum Call: Sendable, Hashable { case open, state }

  private struct State {
    var opens: [PartnerReply]
    var states: [PartnerReply]
    var calls: [Call] = []
  }

  private let state: Mutex<State>

  /// The last reply of each list repeats.
  init(open: [PartnerReply] = [], state: [PartnerReply] = []) {
    self.state = Mutex(State(opens: open, states: state))
  }

  var calls: [Call] { state.withLock { $0.calls } }

  func open(_ order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    state.withLock { state in
      state.calls.append(.open)
      return Self.next(&state.opens)
    }
  }

  func state(of order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    state.withLock { state in
      state.calls.append(.state)
      return Self.next(&state.states)
    }
  }

  func pause(before route: PartnerRoute) -> Duration? { nil }

  private static func next(_ replies: inout [PartnerReply]) -> PartnerReply {
    guard replies.count > 1 else { return replies.first ?? .unclear(.unreachable) }
    return replies.removeFirst()
  }
}
