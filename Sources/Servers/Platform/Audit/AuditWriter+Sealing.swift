import LibCrypto
import Logging
import Storage
import Synchronization

/// A call's entry as it may be written.
struct SealedCall: Sendable {
  var call: CallEntry
  /// The personal data, sealed; nil where there is none.
  var sealed: [UInt8]?
  /// Whether it tells of a person, and is not sealed for that person yet.
  var isHeld = false
}

extension AuditWriter {
  /// The most entries that wait for the key store at once.
  private static let sealingCapacity = 256

  /// Seals what calls tell of people, each for whom it tells of. Where nobody can seal it now, or not
  /// in time, the entry is held.
  func sealed(_ calls: [CallEntry], within patience: Duration) async -> [SealedCall] {
    let wanted = calls.indices.filter { calls[$0].isPersons }
    let unsealed = calls.map { SealedCall(call: $0, isHeld: $0.isPersons) }
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
      try? await Task.sleep(for: patience)
      round.giveUp()
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await round.values()
    } onCancel: {
      round.giveUp()
    }
  }

  /// - Returns: nil where nobody can seal it now.
  private func sealed(_ call: CallEntry) async -> SealedCall? {
    await pace.beforeSealing()
    do {
      return try await sealing(call)
    } catch let error as VaultError where error == .destroyed {
      // Nobody will ever: the tenant's keys are no more.
      var call = call
      call.entry.dropOrigin(isActor: !call.entry.actor.isEmpty)
      return SealedCall(call: call)
    } catch {
      return nil
    }
  }

  private func sealing(_ call: CallEntry) async throws -> SealedCall {
    var made = SealedCall(call: call)
    if let person = call.person {
      try await made.call.entry.sealOrigin(
        for: person, isActor: !call.entry.actor.isEmpty, vault)
    }
    if let personal = call.personal {
      made.sealed = try await vault.seal(
        personal,
        at: SealedPlace(
          tenant: call.entry.tenantID, table: "audit_entry", column: "sealed_personal",
          row: call.entry.id), subject: call.subject)
    }
    return made
  }
}

/// Entries that are sealed beside each other, as far as that is done in time.
private final class SealingRound: Sendable {
  private struct State {
    var values: [SealedCall]
    var left: Int
    var isOver = false
    var waiter: CheckedContinuation<[SealedCall], Never>?
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
  func values() async -> [SealedCall] {
    await withCheckedContinuation { waiter in settle { $0.waiter = waiter } }
  }

  private func settle(_ change: (inout State) -> Void) {
    let (waiter, values) = state.withLock { state in
      change(&state)
      if state.left == 0 { state.isOver = true }
      let waiter = state.isOver ? state.waiter : nil
      if waiter != nil { state.waiter = nil }
      return (waiter, state.values)
    }
    waiter?.resume(returning: values)
  }
}
