import Storage

extension AuditWriter {
  /// A call's entry with who called and from where sealed for the person. Where nobody can seal it now,
  /// the entry says both: a log that does not tell who called would be worth nothing.
  func withoutOrigin(_ call: CallEntry) async -> CallEntry {
    guard let person = call.person else { return call }
    var sealed = call
    do {
      try await sealed.entry.sealOrigin(
        for: person, isActor: !call.entry.actor.isEmpty, vault)
    } catch {
      logger.warning("a caller's address cannot be sealed", metadata: ["error": "\(error)"])
      return call
    }
    return sealed
  }
}
