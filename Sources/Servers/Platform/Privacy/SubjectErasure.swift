import GeneratedPrivacy
import LibCrypto
import Mutation
import Postgres
import Storage
import SwiftProtobuf

/// The erasure of one subject.
struct SubjectErasure: Sendable {
  let subject: String

  /// The member that it is; nil for people whom another issuer knows.
  static func person(_ subject: String) -> String? {
    guard subject.hasPrefix("artel:") else { return nil }
    let id = String(subject.dropFirst("artel:".count))
    return TenantIdentifier.isValid(id) ? id : nil
  }

  /// What the key store has of a subject. To be asked before a transaction begins, which must not wait
  /// for it.
  struct Keys: Sendable {
    /// What it calls the subject.
    let name: [UInt8]
    /// Whether anything was ever sealed for it, or it was erased.
    let isKnown: Bool
  }

  /// Asks the key store.
  func keys(_ vault: TenantVault, tenantID: String) async throws -> Keys {
    Keys(
      name: try await vault.name(ofSubject: subject, tenantID: tenantID),
      isKnown: try await !vault.keyIDs(ofSubject: subject, tenantID: tenantID).isEmpty)
  }

  /// Takes away what the subject can do, and notes that it is to be forgotten.
  ///
  /// - Returns: the erasure, and what the process's own list takes once this is committed. Nil where
  ///   nothing is held of such a subject: then nothing is changed but for the audit.
  func begin(
    reason: String, _ keys: Keys, _ change: TenantChange
  ) async throws -> (id: String, revoked: Revocation?)? {
    let index = Parameter.bytes(try await change.erasureIndex(of: subject))
    let known = try await change.query(
      Statement("SELECT erasure_id FROM artel.erasure WHERE subject_index = $1", index))
    // Whatever came back since, goes again.
    if let row = known.first { return (try row.uuid(0), try await forget(change)) }
    guard try await isHeld(keys, change) || Mutation.isOn(.erasesStrangers) else {
      try await change.record(resource: "subjects", change: "nothing held of one: \(reason)")
      return nil
    }
    let id = UUIDv7.make()
    let count = try await change.execute(
      Statement(
        """
        INSERT INTO artel.erasure (tenant_id, erasure_id, subject_index, reason, key_name)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        """, .uuid(change.tenantID), .uuid(id), index, .text(reason), .bytes(keys.name)))
    guard count == 1 else { throw Refusal.changed }
    try await change.record(resource: "erasures/\(id)", change: "begun")
    return (id, try await forget(change))
  }

  /// Ends what the subject can do, and what it leaves that no key destroys.
  private func forget(_ change: TenantChange) async throws -> Revocation? {
    let revoked = try await change.revoke(.subject, subject)
    if let person = Self.person(subject) { try await forget(person, change) }
    return revoked
  }

  /// Whether there is anything to forget: a row that tells of the subject, or a key of its own.
  private func isHeld(_ keys: Keys, _ change: TenantChange) async throws -> Bool {
    if keys.isKnown { return true }
    return try await !change.query(
      Statement(
        "SELECT table_name FROM artel.subject_page($1, $2, '', '', 1)", .text(subject),
        .uuid(Self.person(subject)))
    ).isEmpty
  }

  /// What a member leaves that no key destroys: ways in, and what it is found by.
  private func forget(_ person: String, _ change: TenantChange) async throws {
    try await change.hold(person: person)
    for statement in [
      Statement(
        """
        DELETE FROM artel.code_send WHERE login_index =
          (SELECT login_index FROM artel.person WHERE person_id = $1)
        """, .uuid(person)),
      Statement("DELETE FROM artel.message WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.invitation WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.recovery_code WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.sign_in WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.passkey WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.passkey_challenge WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.person_address WHERE person_id = $1", .uuid(person)),
      Statement("DELETE FROM artel.person_role WHERE person_id = $1", .uuid(person)),
      // Nobody has a random index: the login is free for somebody else.
      Statement(
        """
        UPDATE artel.person SET disabled = true, administrator = false, password_hash = NULL,
          sealed_authenticator = NULL, login_index = $2
        WHERE person_id = $1
        """, .uuid(person), .bytes(Random.bytes(16))),
    ] { try await change.execute(statement) }
  }

  /// Notes that the keys are destroyed.
  static func end(_ id: String, _ change: TenantChange) async throws -> Artel_Privacy_V1_Erasure {
    let count = try await change.execute(
      Statement(
        """
        UPDATE artel.erasure SET erase_time = now(), key_name = NULL
        WHERE erasure_id = $1 AND erase_time IS NULL
        """, .uuid(id)))
    if count == 1 {
      try await change.record(
        resource: "erasures/\(id)", change: "keys destroyed", event: "privacy.subject.erased")
    }
    guard let row = try await change.query(statement(id)).first else { throw Refusal.notFound }
    return try message(row)
  }

  static func statement(_ id: String) -> Statement {
    Statement(
      """
      SELECT erasure_id, reason, create_time, erase_time FROM artel.erasure WHERE erasure_id = $1
      """, .uuid(id))
  }

  /// Those behind one, the newest first.
  ///
  /// - Parameter isErased: nil for all of them.
  static func statement(behind id: String?, isErased: Bool?, limit: Int) -> Statement {
    Statement(
      """
      SELECT erasure_id, reason, create_time, erase_time FROM artel.erasure
      WHERE ($1::uuid IS NULL OR erasure_id < $1)
        AND ($2::boolean IS NULL OR (erase_time IS NOT NULL) = $2)
      ORDER BY erasure_id DESC LIMIT $3
      """, .uuid(id), .bool(isErased), .int(limit))
  }

  /// The answer of whom nothing is held.
  static func nothingHeld(_ reason: String) -> Artel_Privacy_V1_Erasure {
    .with {
      $0.state = .nothingHeld
      $0.reason = reason
    }
  }

  static func message(_ row: PostgresRow) throws -> Artel_Privacy_V1_Erasure {
    let ended = try row.optionalTimestamp(3)
    return try .with {
      $0.name = "erasures/\(try row.uuid(0))"
      $0.reason = try row.text(1)
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(2))
      $0.state = ended == nil ? .erasing : .erased
      if let ended { $0.eraseTime = Google_Protobuf_Timestamp(ended) }
    }
  }
}
