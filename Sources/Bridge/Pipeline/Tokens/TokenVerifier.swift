import GeneratedOptions
import LibCrypto
import Mutation
import Synchronization

/// Verifies bearer tokens: the one verifier for every door.
///
/// A verified token is remembered under its SHA-256 hash until it expires, so that the next call
/// with it costs a hash and a look-up. The tenant's state is asked anew for every call.
final class TokenVerifier: Sendable {
  /// What a verified token says.
  struct Verified: Sendable {
    let issuer: String
    let principal: Principal
    let notBefore: Int64
  }

  /// Clocks may differ by this much, in seconds.
  static let leeway: Int64 = 10
  /// No token lives longer than a revocation is remembered: 90 days.
  static let longestLife: Int64 = 90 * 86_400
  private static let remembered = 20_000

  /// What a remembered verdict rests on: with another issuer's terms or another key set, the token
  /// is verified anew.
  private struct Terms: Equatable {
    let tenantID, alias: String
    let audiences: [String]
    let profile: TokenProfile
    let algorithms: Set<String>
    let keySet: String
  }

  private struct Memory {
    var tokens: [[UInt8]: (verified: Verified, terms: Terms)] = [:]
    var keys: [String: (json: String, allowed: Set<String>, keys: VerificationKeys)] = [:]
  }

  private let directory: any IdentityDirectory
  private let limiter: RateLimiter?
  private let now: @Sendable () -> Int64
  private let memory = Mutex(Memory())

  /// Creates a verifier.
  ///
  /// - Parameters:
  ///   - limiter: What bounds the work for tokens that are worth nothing; nil for no bound.
  ///   - now: The clock, in seconds since 1970.
  init(
    directory: any IdentityDirectory, limiter: RateLimiter? = nil,
    now: @escaping @Sendable () -> Int64
  ) {
    self.directory = directory
    self.limiter = limiter
    self.now = now
  }

  /// Verifies a token.
  ///
  /// - Parameter address: Where it came from.
  /// - Throws: `TokenError`; `RPCError` with RATE_LIMITED where too many that are worth nothing came
  ///   from there; or what the directory throws when it cannot answer.
  func verify(
    _ token: String, from address: String = "", _ rows: Artel_Options_V1_Rows = .own
  ) async throws -> Caller {
    let hash = SHA256.hash(Array(token.utf8))
    if let (known, terms) = memory.withLock({ $0.tokens[hash] }) {
      try check(times: known.principal.expiresAt, known.notBefore)
      guard let issuer = try await directory.issuer(known.issuer) else {
        throw TokenError.unknownIssuer
      }
      if try await self.terms(issuer) == terms || Mutation.isOn(.keepsWithdrawnKeys) {
        return try await caller(issuer.tenant, known.principal, rows)
      }
    }
    try limiter?.admitUnknownCredential(from: address)
    do {
      return try await verifyUnknown(token, hash, rows)
    } catch let error as TokenError {
      limiter?.refused(from: address)
      throw error
    }
  }

  /// Verifies a token that is not remembered.
  private func verifyUnknown(
    _ token: String, _ hash: [UInt8], _ rows: Artel_Options_V1_Rows
  ) async throws -> Caller {
    let parsed = try CompactToken(token)
    guard let iss = parsed.payload["iss"]?.string, let issuer = try await directory.issuer(iss)
    else { throw TokenError.unknownIssuer }
    guard issuer.algorithms.contains(parsed.algorithm) || VerificationKeys.takes(parsed.algorithm)
    else {
      throw TokenError.algorithmNotAllowed
    }
    let keys = try await keys(of: issuer, for: parsed)
    let terms = try await terms(issuer)
    guard keys.verify(parsed) else { throw TokenError.badSignature }
    let verified = try TokenClaims.read(parsed, issuer: issuer)
    try check(times: verified.principal.expiresAt, verified.notBefore)
    remember(verified, terms, hash)
    return try await caller(issuer.tenant, verified.principal, rows)
  }

  /// A person's token ends with the app that got it, and is good for what the app is good for. An
  /// operator's has none that is registered, and another issuer's apps are not ours to know.
  private func person(
    _ tenant: Tenant, _ principal: Principal, _ rows: Artel_Options_V1_Rows
  ) async throws -> Caller {
    guard principal.subject.hasPrefix("artel:"), let id = principal.clientID,
      let app = try await directory.client(id)
    else { return Caller(tenant: tenant, principal: principal, rows: rows) }
    guard app.tenantID == tenant.id, !app.disabled,
      !app.certificateBound || principal.certificateThumbprint != nil
    else { throw TokenError.claim("the app is not live") }
    var principal = principal
    if !principal.scopes.isSubset(of: app.scopes) { principal.scopes.formIntersection(app.scopes) }
    return Caller(
      tenant: tenant, principal: principal, addressRanges: app.addressRanges, rows: rows)
  }

  /// A client that was shut out is refused although its token is good for a while yet.
  func caller(
    _ tenant: Tenant, _ principal: Principal, _ rows: Artel_Options_V1_Rows
  ) async throws -> Caller {
    guard principal.isClient else { return try await person(tenant, principal, rows) }
    guard let id = principal.clientID, let client = try await directory.client(id),
      client.tenantID == tenant.id, client.kind == principal.kind,
      !client.disabled || Mutation.isOn(.servesShutOutClients)
        || Mutation.isOn(.keepsRevokedClients)
    else { throw TokenError.claim("the client is not live") }
    guard
      !client.certificateBound || principal.certificateThumbprint != nil
        || Mutation.isOn(.takesUnboundTokens)
    else {
      throw TokenError.claim("the client's tokens are bound, and this one is not")
    }
    var principal = principal
    // A scope that was taken from the client counts no more in tokens that are out already.
    if !principal.scopes.isSubset(of: client.scopes) {
      principal.scopes.formIntersection(client.scopes)
    }
    return Caller(tenant: tenant, principal: principal, addressRanges: client.addressRanges)
  }

  private func terms(_ issuer: TokenIssuerRecord) async throws -> Terms {
    Terms(
      tenantID: issuer.tenant.id, alias: issuer.alias, audiences: issuer.audiences,
      profile: issuer.profile, algorithms: issuer.algorithms,
      keySet: try await issuer.keys.keySet(refresh: false))
  }

  private func check(times expiresAt: Int64?, _ notBefore: Int64) throws(TokenError) {
    let now = now()
    guard let expiresAt, now < expiresAt + Self.leeway || Mutation.isOn(.takesExpiredTokens)
    else { throw .expired }
    // What lives longer than revocations are remembered would be good again one day.
    guard expiresAt <= now + Self.longestLife else { throw .claim("the token lives too long") }
    guard notBefore <= now + Self.leeway || Mutation.isOn(.takesTokensOfTheFuture) else {
      throw .claim("the token is not valid yet")
    }
  }

  private func keys(of issuer: TokenIssuerRecord, for token: CompactToken) async throws
    -> VerificationKeys
  {
    let known = try await keys(of: issuer, refresh: false)
    if known.contains(token.keyID, token.algorithm) { return known }
    let newer = try await keys(of: issuer, refresh: true)
    guard newer.contains(token.keyID, token.algorithm) else { throw TokenError.unknownKey }
    return newer
  }

  private func keys(of issuer: TokenIssuerRecord, refresh: Bool) async throws -> VerificationKeys {
    let json = try await issuer.keys.keySet(refresh: refresh)
    if let known = memory.withLock({ $0.keys[issuer.issuer] }), known.json == json,
      known.allowed == issuer.algorithms
    {
      return known.keys
    }
    let keys = try await VerificationKeys(json: json, allowed: issuer.algorithms)
    memory.withLock { $0.keys[issuer.issuer] = (json, issuer.algorithms, keys) }
    return keys
  }

  private func remember(_ verified: Verified, _ terms: Terms, _ hash: [UInt8]) {
    memory.withLock { memory in
      if memory.tokens.count >= Self.remembered {
        let now = now()
        memory.tokens = memory.tokens.filter { ($0.value.verified.principal.expiresAt ?? 0) > now }
        // All alive: forget them, which only costs signatures.
        if memory.tokens.count >= Self.remembered { memory.tokens.removeAll() }
      }
      memory.tokens[hash] = (verified, terms)
    }
  }
}
