import Pipeline

/// A person who has just signed in.
struct SignedInPerson: Sendable, Hashable, Codable {
  /// The last part of its resource name, and `sub` of its tokens.
  let id: String
  let administrator: Bool
  /// The roles that it holds.
  let roles: [String]
  /// The scopes that its roles give; nil for an administrator, whom only the app limits.
  let scopes: Set<String>?
  /// When, in seconds since 1970.
  let authTime: Int64
  /// How (RFC 8176): `pwd`, and `otp` behind it; `pop` and `user` for a passkey.
  let methods: [String]
  /// Which of the person's grants hold: with every end of all of them comes another.
  let epoch: Int64
  /// The session that it began.
  var sessionID: String? = nil

  /// What of these scopes the person may give.
  func granted(_ wanted: [String]) -> [String] {
    wanted.filter { PersonalGrant.everybodys.contains($0) || scopes?.contains($0) ?? true }
  }
}

/// The authorization requests that sign-ins are for (RFC 6749 section 3.1).
protocol AuthorizationRequests: Sendable {
  /// Answers a request in the name of a person.
  ///
  /// - Returns: where the browser goes: to the app, with a code.
  /// - Throws: `RPCError` where there is no such request of the tenant, or it has ended.
  func complete(
    _ request: String, by person: SignedInPerson, of tenant: Tenant,
    deadline: ContinuousClock.Instant
  ) async throws -> String
}
