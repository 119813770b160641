import LibCrypto
import Logging
import Storage
import Synchronization

/// A call's entry as it may be written.
struct SealedCall: Sendable {
  let call: CallEntry
  /// The personal data, sealed; nil where it is not kept.
  let sealed: [UInt8]?
}

extension AuditWriter {
  /// The most entries that wait for the key store at once.
  private static let sealingCapacity = 256

  /// Seals the personal data of calls, each for whom it tells of. Where nobody can seal it now, or not
  /// at once, it is not kept: the entry says what it was by its hash alone, and waits for nobody. Who
  /// called and from where stand there in clear then.
  func sealed(_ calls: [CallEntry]) async -> [SealedCall] {
    let wanted = calls.indices.filter { calls[$0].personal != nil || calls[$0].person != nil }
    let unsealed = calls.map { SealedCall(call: $0, sealed: nil) }
    guard !wanted.isEmpty else { return unsealed }
    let round = SealingRound(unsealed, waitsFor: wanted.count)
    for index in wanted {
      let mayBegin = sealings.withLock { count in
        guard count < Self.sealingCapacity else { return false }
        count += 1
        return true
      }
      guard mayBegin else {
        round.end(index, nil)
        continue
      }
      // Not a child: a key store that hangs is left behind.
      Task {
        round.end(index, await self.sealed(calls[index]))
        self.sealings.withLock { $0 -= 1 }
      }
    }
    let timer = Task {
      // Ends early only when cancelled: then all are there.
      try? await Task.sleep(for: self.pace.sealing)
      round.giveUp()
    }
    defer { timer.cancel() }
    let (values, missing) = await round.values()
    if missing > 0 {
      logger.warning(
        "personal data of calls is not kept: the key store does not answer in time",
        metadata: ["calls": "\(missing)"])
    }
    return values
  }

  private func sealed(_ call: CallEntry) async -> SealedCall? {
    await pace.beforeSealing()
    let call = await withoutOrigin(call)
    guard let personal = call.personal else { return SealedCall(call: call, sealed: nil) }
    do {
      let sealed = try await vault.seal(
        personal,
        at: SealedPlace(
          tenant: call.entry.tenantID, table: "audit_entry", column: "sealed_personal",
          row: call.entry.id), subject: call.subject)
      return SealedCall(call: call, sealed: sealed)
    } catch {
      logger.warning("personal data of a call cannot be sealed", metadata: ["error": "\(error)"])
      return SealedCall(call: call, sealed: nil)
    }
  }
}

/// Entries that are sealed beside each other, as far as that is done in time.
private final class SealingRound: Sendable {
  typealias Values = (values: [SealedCall], missing: Int)

  private struct State {
    var values: [SealedCall]
    var left: Int
    var isOver = false
    var waiter: CheckedContinuation<Values, Never>?
  }

  private let state: Mutex<State>

  /// - Parameter values: what each is where it is not sealed.
  init(_ values: [SealedCall], waitsFor left: Int) {
    state = Mutex(State(values: values, left: left))
  }

  func end(_ index: Int, _ value: SealedCall?) {
    settle { state in
      guard !state.isOver else { return }
      if let value { state.values[index] = value }
      state.left -= 1
    }
  }

  func giveUp() { settle { $0.isOver = true } }

  /// All of them, as they are when the time is over.
  func values() async -> Values {
    await withCheckedContinuation { waiter in settle { $0.waiter = waiter } }
  }

  private func settle(_ change: (inout State) -> Void) {
    let (waiter, values) = state.withLock { state in
      change(&state)
      if state.left == 0 { state.isOver = true }
      let waiter = state.isOver ? state.waiter : nil
      if waiter != nil { state.waiter = nil }
      return (waiter, (state.values, state.left))
    }
    waiter?.resume(returning: values)
  }
}
