import Logging
import Pipeline
import Postgres
import RPC

/// Asks the database, without a memory.
struct DirectoryStore: Sendable {
  /// An outside issuer, as it is stored.
  struct Issuer: Sendable, Hashable {
    let tenantID: String
    let alias: String
    let issuer: String
    let keySetURI: String?
    let audiences: [String]
    let profile: TokenProfile
    let algorithms: Set<String>
  }

  let pool: PostgresPool
  let baseDomain: BaseDomain
  let patience: Duration
  let logger: Logger

  func tenant(named name: String) async throws -> Tenant? {
    try await rows(TenantStatements.tenant(named: name)).first.map {
      try TenantRow($0, baseDomain).tenant
    }
  }

  func tenant(id: String) async throws -> Tenant? {
    try await rows(TenantStatements.tenant(id: id)).first.map {
      try TenantRow($0, baseDomain).tenant
    }
  }

  func issuer(_ issuer: String) async throws -> Issuer? {
    try await rows(DirectoryStatements.issuer(issuer)).first.map { row in
      Issuer(
        tenantID: try row.uuid(0), alias: try row.text(1), issuer: try row.text(2),
        keySetURI: try row.optionalText(3), audiences: try row.textArray(4),
        profile: try TokenProfile(stored: try row.text(5)),
        algorithms: Set(try row.textArray(6)))
    }
  }

  func client(_ clientID: String) async throws -> ClientRecord? {
    try await rows(DirectoryStatements.client(clientID)).first.map { row in
      ClientRecord(
        tenantID: try row.uuid(0), clientID: try row.text(1),
        kind: try .init(storedClient: try row.text(2)), scopes: Set(try row.textArray(3)),
        disabled: try row.bool(4), secretHashes: [],
        addressRanges: try Self.ranges(try row.textArray(5)), certificateBound: try row.bool(6))
    }
  }

  /// What cannot be read lets nobody in.
  private static func ranges(_ texts: [String]) throws(PostgresError) -> AddressRanges {
    guard let ranges = AddressRanges(texts) else {
      throw PostgresError(code: .decoding, diagnostic: "a client's address range is malformed")
    }
    return ranges
  }

  /// A page of tenants behind a name.
  func tenants(after name: String?, limit: Int) async throws -> [TenantRow] {
    try await rows(TenantStatements.tenants(after: name, limit: limit)).map {
      try TenantRow($0, baseDomain)
    }
  }

  /// A published revocation list, in DER, and until when it is young enough, Unix seconds; without
  /// DER where there is none now, nil where there is no such authority.
  func publishedList(
    tenantID: String, authorityID: String
  ) async throws -> PlatformDirectory.PublishedList? {
    let rows = try await rows(
      DirectoryStatements.publishedList(tenantID: tenantID, authorityID: authorityID))
    guard let row = rows.first else { return nil }
    return (try row.optionalBytes(0), try row.optionalTimestamp(1)?.seconds ?? 0)
  }

  /// One question for all of it: it is asked every few seconds of each tenant with a connection.
  func certificateTrust(tenantID: String) async throws -> CertificateTrust {
    var trust = CertificateTrust(authorities: [])
    for row in try await rows(DirectoryStatements.certificateTrust(tenantID: tenantID)) {
      let text = try row.text(1)
      switch try row.text(0) {
      case "AUTHORITY":
        trust.authorities.append(
          .init(
            certificatePEM: text, intermediatesPEM: try row.text(2),
            revocationListsPEM: try row.text(3)))
      case "REVOKED": trust.revoked.insert(text)
      case "DISABLED": trust.disabledClients.insert(text)
      case "SELF_SIGNED": trust.selfSigned.insert(text)
      case let kind:
        throw PostgresError(code: .decoding, diagnostic: "a kind of trust is unknown: \(kind)")
      }
    }
    return trust
  }

  func signingKeys(tenantID: String) async throws -> [PublicSigningKey] {
    try await rows(DirectoryStatements.signingKeys(tenantID: tenantID)).map { row in
      PublicSigningKey(kid: try row.text(0), x: try row.text(1), y: try row.text(2))
    }
  }

  func activeTenantIDs(of cell: String) async throws -> [String] {
    try await rows(DirectoryStatements.activeTenants(of: cell)).map { try $0.uuid(0) }
  }

  /// Whatever the reason is why the database gives no answer, nobody is let in and everybody may
  /// come again.
  private func rows(_ statement: Statement) async throws(RPCError) -> [PostgresRow] {
    do {
      return try await pool.read(statement, in: nil, deadline: .now + patience)
    } catch {
      logger.error("the directory does not answer", metadata: ["error": "\(error)"])
      throw RPCError(
        code: .unavailable, reason: "DIRECTORY_UNAVAILABLE",
        message: "tenants cannot be looked up now", retryAfter: .seconds(1))
    }
  }
}
