import Logging
import Storage

/// From the spool to the database, of entries that have waited for the keys of persons.
extension AuditWriter {
  /// How many of them are sealed beside each other.
  private static let heldBatch = 64

  /// Writes the entries of this process that are held, as far as they can be sealed now.
  func shipHeld(within patience: Duration) async throws {
    try await shipHeld(from: self, within: patience)
  }

  /// The same of a spool.
  func shipHeld(from spool: some DrainedSpool, within patience: Duration) async throws {
    for segment in try await spool.onDisk({ $0.segments() })
    where spool.heldSegments.contains(segment) {
      let (records, _) = try await spool.onDisk { try $0.records(of: segment) }
      let calls: [CallEntry]
      do {
        calls = try records.filter(HeldEntry.isHeld).map(holding.entry)
      } catch {
        // Such as by another signing key, which may come back.
        logger.error(
          "audit entries that were held cannot be opened: they are set aside, in a file of the spool",
          metadata: ["error": "\(error)"])
        let count = records.count(where: HeldEntry.isHeld)
        try await setAside(segment, records, count, of: spool)
        continue
      }
      var pass = ShippingPass()
      for start in stride(from: 0, to: calls.count, by: Self.heldBatch) {
        let some = Array(calls[start..<min(start + Self.heldBatch, calls.count)])
        let sealed = await sealed(some, within: patience)
        // Those that are written already stay as they are when it is tried again.
        guard !sealed.contains(where: \.isHeld) else { return noteKeys(areMissing: true) }
        let rows = sealed.map { SpooledEntry.bytes(of: $0.call, sealed: $0.sealed) }
        for rows in SpooledRows.all(of: rows) { try await insert(rows, &pass) }
      }
      noteKeys(areMissing: false)
      try await end(segment, records, pass, of: spool)
    }
  }

  /// Says it once, and once that it is over.
  private func noteKeys(areMissing: Bool) {
    let wasMissing = waitsForKeys.withLock { waits in
      defer { waits = areMissing }
      return waits
    }
    guard wasMissing != areMissing else { return }
    if areMissing {
      logger.warning("audit entries wait in the spool for the key store")
    } else {
      logger.notice("audit entries that waited for the key store are written")
    }
  }
}
