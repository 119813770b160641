public import LibCrypto

/// Who is behind an entry and where that was, as far as it tells of a person. It is sealed for that
/// person: once the person is erased nobody can read it, and the log, which commits to a salted hash of
/// it, still verifies.
public struct AuditOrigin: Sendable, Hashable {
  /// How long the salt is, in bytes.
  public static let saltSize = 16

  /// Random bytes in front, so that nobody can try values against the hash.
  public var salt: [UInt8]
  /// Who; empty where it was not the person, but a job in the person's name.
  public var actor: String
  /// Where the caller was.
  public var address: String

  /// An origin with a salt of its own.
  public init(actor: String, address: String) {
    salt = Random.bytes(Self.saltSize)
    self.actor = actor
    self.address = address
  }

  /// Reads what was sealed; nil for anything else.
  public init?(_ value: [UInt8]) {
    var rest = value.dropFirst(Self.saltSize)
    guard let actor = LeafFields.next(&rest), let address = LeafFields.next(&rest), rest.isEmpty
    else { return nil }
    salt = Array(value.prefix(Self.saltSize))
    self.actor = String(decoding: actor, as: UTF8.self)
    self.address = String(decoding: address, as: UTF8.self)
  }

  /// What is sealed and hashed: the salt, and both texts as fields of a leaf.
  public var value: [UInt8] {
    var fields = LeafFields(salt)
    fields.add(actor.utf8)
    fields.add(address.utf8)
    return fields.bytes
  }

  /// What the log commits to.
  public var digest: [UInt8] { SHA256.hash(value) }

  static func place(of entry: AuditEntry) -> SealedPlace {
    SealedPlace(
      tenant: entry.tenantID, table: "audit_entry", column: "sealed_origin", row: entry.id)
  }
}

extension AuditEntry {
  /// Takes who did it and where that was out of the entry, and seals it for the person.
  ///
  /// - Parameters:
  ///   - subject: the person, as a principal's subject.
  ///   - isActor: whether the person did it; else a job in the person's name did.
  public mutating func sealOrigin(
    for subject: String, isActor: Bool, _ vault: TenantVault
  ) async throws {
    guard isActor || !call.address.isEmpty else { return }
    let origin = AuditOrigin(actor: isActor ? actor : "", address: call.address)
    sealedOrigin = try await vault.seal(
      origin.value, at: AuditOrigin.place(of: self), subject: subject)
    if isActor {
      actorIndex = try await vault.auditIndex(of: subject, tenantID: tenantID)
      actor = ""
    }
    call.address = ""
    originDigest = origin.digest
  }

  /// Takes who did it and where that was out of the entry where nobody can seal it any more: what is
  /// left is the commitment to it.
  ///
  /// - Parameter isActor: whether the person did it; else a job in the person's name did.
  public mutating func dropOrigin(isActor: Bool) {
    originDigest = AuditOrigin(actor: isActor ? actor : "", address: call.address).digest
    if isActor { actor = "" }
    call.address = ""
  }
}

extension TenantVault {
  /// What entries of a person are found by.
  public func auditIndex(of actor: String, tenantID: String) async throws -> [UInt8] {
    try await blindIndex(actor, table: "audit_entry", column: "actor_index", tenantID: tenantID)
  }

  /// Entries as they are shown: with who did it and where that was, all keys fetched together.
  ///
  /// - Returns: each with the salt of what was sealed; without one where it was not, or was erased.
  /// - Throws: where a sealed one belongs to another entry, or is not what the entry commits to.
  public func shown(_ entries: [AuditEntry]) async throws -> [(entry: AuditEntry, salt: [UInt8])] {
    let sealed = entries.filter { !$0.sealedOrigin.isEmpty }
    var values = try await open(
      sealed.map { ($0.sealedOrigin, AuditOrigin.place(of: $0)) }
    ).makeIterator()
    return try entries.map { entry in
      guard !entry.sealedOrigin.isEmpty, let value = values.next() else { return (entry, []) }
      var shown = entry
      guard let value else {
        if !entry.actorIndex.isEmpty { shown.actor = Self.erased }
        shown.call.address = Self.erased
        return (shown, [])
      }
      guard let origin = AuditOrigin(value), origin.digest == entry.originDigest else {
        throw VaultError.malformed
      }
      if !entry.actorIndex.isEmpty { shown.actor = origin.actor }
      shown.call.address = origin.address
      return (shown, origin.salt)
    }
  }
}
