import Foundation
import GeneratedPeer
import SwiftProtobuf
import Synchronization

/// Makes events at a rate, for all who watch at that rate together.
final class EventClocks: Sendable {
  private struct Clock {
    var readers: [Int: AsyncStream<Peer_V1_Event>.Continuation] = [:]
    var ticking: Task<Void, Never>?
  }

  private struct State {
    var clocks: [Double: Clock] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// The events of a rate from now on. A reader that is slow has them later, none is left out.
  ///
  /// - Parameter rate: Events in a second.
  func events(rate: Double) -> AsyncStream<Peer_V1_Event> {
    let (events, reader) = AsyncStream.makeStream(of: Peer_V1_Event.self)
    let id = state.withLock { state -> Int in
      state.next += 1
      state.clocks[rate, default: Clock()].readers[state.next] = reader
      if state.clocks[rate]?.ticking == nil {
        state.clocks[rate]?.ticking = Task { await self.tick(rate) }
      }
      return state.next
    }
    reader.onTermination = { _ in self.leave(rate, id) }
    return events
  }

  private func leave(_ rate: Double, _ id: Int) {
    state.withLock { state in
      state.clocks[rate]?.readers[id] = nil
      guard state.clocks[rate]?.readers.isEmpty == true else { return }
      state.clocks[rate]?.ticking?.cancel()
      state.clocks[rate] = nil
    }
  }

  private func tick(_ rate: Double) async {
    let clock = ContinuousClock()
    let start = clock.now
    var sequence: Int64 = 0
    while !Task.isCancelled {
      sequence += 1
      let event = Peer_V1_Event.with {
        $0.sequence = sequence
        $0.kind = "GATE_OPENED"
        $0.residentID = "r-1001"
        $0.time = .init(date: .now)
      }
      let readers = state.withLock { $0.clocks[rate].map { Array($0.readers.values) } ?? [] }
      for reader in readers { reader.yield(event) }
      // Cancelled, the loop ends.
      try? await clock.sleep(until: start + .seconds(Double(sequence) / rate))
    }
  }
}
