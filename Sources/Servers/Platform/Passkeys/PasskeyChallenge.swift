import LibCrypto
import Mutation
import Postgres
import Storage

/// What a passkey is asked with. It is good once, and stored as its SHA-256.
struct PasskeyChallenge: Sendable {
  /// What it is for.
  enum Purpose: String, Sendable {
    case creation = "CREATION"
    case proof = "PROOF"
  }

  /// How long it is good, in seconds.
  static let life: Int32 = 300

  /// Whose passkey it is for; nil where no login was given, or one that nobody has.
  let personID: String?
  /// The authorization request that the sign-in is for.
  let authorization: String

  /// Makes one.
  static func make(
    for purpose: Purpose, personID: String?, authorization: String = "", _ change: TenantChange
  ) async throws -> [UInt8] {
    // Those that have ended go as new ones come: some of them, so that nobody waits for many.
    try await change.execute(
      Statement(
        """
        DELETE FROM artel.passkey_challenge WHERE (tenant_id, challenge_hash) IN (
          SELECT tenant_id, challenge_hash FROM artel.passkey_challenge WHERE expire_time < now()
          LIMIT 20 FOR UPDATE SKIP LOCKED)
        """))
    let challenge = Random.bytes(32)
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.passkey_challenge
          (tenant_id, challenge_hash, purpose, person_id, authorization_request, expire_time)
        VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
        """,
        .uuid(change.tenantID), .bytes(SHA256.hash(challenge)), .text(purpose.rawValue),
        .uuid(personID), .text(authorization), .double(Double(life))))
    return challenge
  }

  /// Takes one, which nobody else can take then; nil where there is none. The change is to be
  /// committed before the answer is checked: a wrong one counts as well.
  ///
  /// - Parameter personID: Whose it must be, where that is known.
  static func take(
    _ challenge: [UInt8], for purpose: Purpose, personID: String? = nil, _ change: TenantChange
  ) async throws -> PasskeyChallenge? {
    let hash = SHA256.hash(challenge)
    let rows = try await change.query(
      Mutation.isOn(.repeatsChallenges)
        ? Statement(
          """
          SELECT person_id, authorization_request FROM artel.passkey_challenge
          WHERE challenge_hash = $1 AND purpose = $2 AND ($3::uuid IS NULL OR person_id = $3)
          """, .bytes(hash), .text(purpose.rawValue), .uuid(personID))
        : Statement(
          """
          DELETE FROM artel.passkey_challenge
          WHERE challenge_hash = $1 AND purpose = $2 AND expire_time > now()
            AND ($3::uuid IS NULL OR person_id = $3)
          RETURNING person_id, authorization_request
          """, .bytes(hash), .text(purpose.rawValue), .uuid(personID)))
    return try rows.first.map {
      PasskeyChallenge(personID: try $0.optionalUUID(0), authorization: try $0.text(1))
    }
  }
}
