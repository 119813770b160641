import LibCrypto
import Mutation
import Postgres
import Storage

/// A sign-in that is under way, with the person whom it is about, if its login is somebody's.
struct SignInRow: Sendable {
  let personID: String?
  /// What failures are counted under, whether the login is somebody's or not.
  let attemptKey: String
  let authorizationRequest: String
  let administrator: Bool
  let passwordHash: String?
  let sealedAuthenticator: [UInt8]?
  let authenticatorStep: Int64
  /// The authenticator that is about to be enrolled.
  let sealedNewAuthenticator: [UInt8]?
  /// Whether the person has signed in from this address before.
  let isFamiliar: Bool
  /// What was proved before a second factor (RFC 8176): `pwd`, or `otp` for a code that was sent.
  let firstFactor: String

  private init(_ row: PostgresRow) throws {
    personID = try row.optionalUUID(0)
    authorizationRequest = try row.text(1)
    administrator = try row.optionalBool(2) ?? false
    passwordHash = try row.optionalText(3)
    sealedAuthenticator = try row.optionalBytes(4)
    authenticatorStep = Int64(try row.optionalInt(5) ?? 0)
    sealedNewAuthenticator = try row.optionalBytes(6)
    isFamiliar = try row.bool(7)
    firstFactor = try row.text(9)
    attemptKey = Hexadecimal.encode(try row.bytes(8))
  }

  /// Wrong answers that one sign-in takes.
  static let attempts = 5

  /// Counts an attempt, before anything is compared: however many come at once, no more than five
  /// are.
  ///
  /// - Throws: `SignInRefusal.ended` unless it is in this state.
  static func attempt(
    _ token: OpaqueToken, in state: String, address: String, _ change: TenantChange
  ) async throws -> SignInRow {
    let count = try await change.execute(
      Statement(
        """
        UPDATE artel.sign_in SET attempts = attempts + 1
        WHERE sign_in_hash = $1 AND state = $2 AND attempts < $3 AND expire_time > now()
        """, .bytes(token.hash), .text(state),
        .int4(Mutation.isOn(.keepsFailedSignIns) ? .max : Int32(attempts))))
    guard count == 1 else { throw SignInRefusal.ended }
    let rows = try await change.query(
      Statement(
        """
        SELECT s.person_id, s.authorization_request, p.administrator,
          CASE WHEN NOT p.disabled THEN p.password_hash END, p.sealed_authenticator,
          p.authenticator_step, s.sealed_authenticator,
          EXISTS (SELECT FROM artel.person_address AS a WHERE a.tenant_id = s.tenant_id
            AND a.person_id = s.person_id AND a.address_index = $2),
          s.login_index, s.first_factor
        FROM artel.sign_in AS s LEFT JOIN artel.person AS p USING (tenant_id, person_id)
        WHERE s.sign_in_hash = $1
        """, .bytes(token.hash), try await change.address(address)))
    guard let row = rows.first else { throw SignInRefusal.ended }
    return try SignInRow(row)
  }
}

extension TenantChange {
  /// What `person_address.address_index` has for an address: nobody reads where a person was, it is
  /// only recognised.
  func address(_ address: String) async throws -> Parameter {
    .bytes(
      try await vault.blindIndex(
        address, table: "person_address", column: "address_index", tenantID: tenantID))
  }
}
