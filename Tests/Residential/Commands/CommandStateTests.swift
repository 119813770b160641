import TestSupport
import Testing

@testable import Residential

@Suite("The states of a command")
struct CommandStateTests {
  /// Written down a second time, from the requirements.
  static let legal: Set<[CommandState]> = [
    [.created, .authorized], [.created, .denied],
    [.authorized, .sent], [.authorized, .expired], [.authorized, .cancelled],
    [.sent, .acknowledged], [.sent, .failed], [.sent, .timedOut],
    [.acknowledged, .executed], [.acknowledged, .failed], [.acknowledged, .timedOut],
    [.timedOut, .executed],
  ]

  @Test("moves as the requirements draw it, and in no other way", arguments: CommandState.allCases)
  func moves(state: CommandState) {
    for target in CommandState.allCases {
      #expect(state.legalMoves.contains(target) == Self.legal.contains([state, target]))
    }
  }

  @Test("goes by legal moves only, where it takes more than one", arguments: CommandState.allCases)
  func routes(state: CommandState) {
    for target in CommandState.allCases {
      guard let route = state.route(to: target) else { continue }
      #expect(route.last == target)
      for (old, new) in zip([state] + route, route) { #expect(old.legalMoves.contains(new)) }
    }
    #expect(CommandState.sent.route(to: .executed) == [.acknowledged, .executed])
    #expect(CommandState.executed.route(to: .acknowledged) == nil)
    #expect(CommandState.created.route(to: .executed) == nil)
  }

  @Test("has the contract's names")
  func names() {
    for state in CommandState.allCases {
      #expect(
        "\(state.message)".lowercased() == state.rawValue.lowercased().replacing("_", with: ""))
    }
  }
}
