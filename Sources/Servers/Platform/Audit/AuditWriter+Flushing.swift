import Dispatch
import LibCrypto
import Logging
import Pipeline
import Storage

/// From memory to the disk.
extension AuditWriter {
  /// A record as it goes to the spool.
  private struct Outgoing: Sendable {
    var tenantID: String
    var bytes: [UInt8]
    /// How many calls are lost with it.
    var calls: Int

    var size: Int { bytes.count + SpoolFrame.headerSize }
  }

  /// Writes to the spool what waits in memory.
  func flush(isLast: Bool = false) async {
    let waiting = state.withLock { $0.waiting.take() }
    var outgoing: [Outgoing] = []
    var single: [CallRecord] = []
    let now = isLast ? nil : UnixTime.microseconds()
    strangers.withLock { strangers in
      for record in waiting where record.tenantID == nil {
        guard let refusals = strangers.add(record) else { continue }
        outgoing.append(Self.outgoing(refusals))
      }
      outgoing += strangers.ended(by: now).map(Self.outgoing)
    }
    let sums = refusals.withLock { refusals in
      for record in waiting {
        guard let tenantID = record.tenantID else { continue }
        guard !RefusalSums.takes(record) || refusals.add(record, tenantID: tenantID) else {
          continue
        }
        single.append(record)
      }
      return refusals.ended(by: now)
    }
    let calls = sums.map { entries.entry(of: $0) } + (await made(single))
    for made in await sealed(calls, within: pace.sealing) {
      guard let bytes = bytes(of: made) else { continue }
      outgoing.append(
        Outgoing(
          tenantID: made.call.entry.tenantID, bytes: bytes, calls: made.call.count))
    }
    await append(outgoing)
  }

  private func bytes(of made: SealedCall) -> [UInt8]? {
    guard made.isHeld else { return SpooledEntry.bytes(of: made.call, sealed: made.sealed) }
    do {
      return try holding.bytes(of: made.call)
    } catch {
      logger.error("an audit entry cannot be held", metadata: ["error": "\(error)"])
      if made.call.count > 0 {
        state.withLock { $0.lose(made.call.count, of: made.call.entry.tenantID) }
      }
      return nil
    }
  }

  /// Writes what fits into the shares; of the rest the number is kept.
  private func append(_ outgoing: [Outgoing]) async {
    let (batch, losses, wasBroken) = state.withLock { state in
      Self.fitting(outgoing, &state)
    }
    // Nobody's record, to learn whether the disk takes one again.
    let records = batch.map(\.bytes) + losses.map(\.bytes) + (wasBroken ? [[]] : [])
    guard !records.isEmpty else { return }
    do {
      try await onDisk { try $0.append(records) }
      let recovered = state.withLock { state in
        defer { state.isBroken = false }
        return state.isBroken
      }
      if recovered { logger.notice("the audit's spool takes entries again") }
    } catch {
      let known = state.withLock { state in
        for each in batch + losses { state.spooled.forget(each.size, of: each.tenantID) }
        for each in batch where each.calls > 0 { state.lose(each.calls, of: each.tenantID) }
        // These are counted already.
        for each in losses { state.lost[each.tenantID, default: 0] += each.calls }
        defer { state.isBroken = true }
        return state.isBroken
      }
      if !known { logger.error("the audit's spool is broken", metadata: ["error": "\(error)"]) }
    }
  }

  /// Takes from the shares, and tells what goes to the disk: records, and how many there were that
  /// nobody kept.
  private static func fitting(
    _ outgoing: [Outgoing], _ state: inout State
  ) -> (batch: [Outgoing], losses: [Outgoing], wasBroken: Bool) {
    state.overfull = state.overfull.filter { !state.spooled.hasRoom(for: $0) }
    var batch: [Outgoing] = []
    for each in outgoing {
      if !state.overfull.contains(each.tenantID), state.spooled.fits(each.size, of: each.tenantID) {
        state.spooled.take(each.size, of: each.tenantID)
        batch.append(each)
      } else {
        state.overfull.insert(each.tenantID)
        if each.calls > 0 { state.lose(each.calls, of: each.tenantID) }
      }
    }
    var losses: [Outgoing] = []
    for (tenantID, count) in state.lost where !state.overfull.contains(tenantID) {
      let loss = loss(of: count, in: tenantID)
      guard state.spooled.fits(loss.size, of: tenantID) else { continue }
      state.spooled.take(loss.size, of: tenantID)
      state.lost[tenantID] = nil
      losses.append(loss)
    }
    return (batch, losses, state.isBroken)
  }

  /// Makes entries of records, beside the way of calls: on several threads.
  private func made(_ records: [CallRecord]) async -> [CallEntry] {
    guard !records.isEmpty else { return [] }
    let part = 64
    return await withTaskGroup(of: (Int, [CallEntry]).self) { group in
      for start in stride(from: 0, to: records.count, by: part) {
        let some = Array(records[start..<min(start + part, records.count)])
        group.addTask { (start, await self.redacted(some)) }
      }
      var parts: [(Int, [CallEntry])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  private func redacted(_ records: [CallRecord]) async -> [CallEntry] {
    await withCheckedContinuation { continuation in
      redaction.async { [entries] in
        continuation.resume(
          returning: records.compactMap { record in
            record.tenantID.map { entries.entry(of: record, tenantID: $0) }
          })
      }
    }
  }

  private static func outgoing(_ refusals: RefusedCalls) -> Outgoing {
    Outgoing(
      tenantID: SpooledEntry.platform, bytes: SpooledEntry.bytes(of: refusals),
      calls: refusals.count)
  }

  private static func loss(of count: Int, in tenantID: String) -> Outgoing {
    guard tenantID != SpooledEntry.platform else {
      return outgoing(
        RefusedCalls(
          id: UUIDv7.make(), action: "", door: "", network: "*", code: "", reason: "NOT_KEPT",
          count: count, startTime: UnixTime.microseconds()))
    }
    var made = CallEntry(entry: AuditEntry(tenantID: tenantID, id: UUIDv7.make(), kind: .loss))
    made.entry.actor = "services/audit"
    made.entry.action = "audit"
    made.entry.call.requestCount = count
    return Outgoing(
      tenantID: tenantID, bytes: SpooledEntry.bytes(of: made, sealed: nil), calls: count)
  }

  /// Records have left the disk.
  func left(_ records: [[UInt8]]) {
    state.withLock { state in
      for record in records {
        let size = record.count + SpoolFrame.headerSize
        guard state.inherited <= 0 else {
          // The oldest go first: they were there when this process began.
          state.inherited -= size
          continue
        }
        guard let tenantID = SpooledEntry.tenantID(of: record) else { continue }
        state.spooled.forget(size, of: tenantID)
      }
    }
  }
}
