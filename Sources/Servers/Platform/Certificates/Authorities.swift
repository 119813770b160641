import LibCrypto
import Postgres
import RPC
import Storage

/// What is done to a tenant's authorities, by an administrator's call or an operator's command.
struct Authorities: Sendable {
  /// The most that a tenant trusts at a time: each costs at every handshake.
  private static let most = 16
  /// Ten years: replaced by a second authority long before.
  private static let life: Duration = .seconds(3650 * 86_400)

  let vault: TenantVault

  /// What a tenant brings, in PEM.
  struct Bringing: Sendable {
    var certificatePEM: String
    var intermediatesPEM = ""
    var listsPEM = ""
  }

  /// Has the tenant trust an authority more: one that it brings, or one that is made here.
  func add(
    _ brought: Bringing?, tenantName: String, in change: TenantChange
  ) async throws -> StoredAuthority {
    // One behind the other, so that no two are the last.
    _ = try await change.query(TenantStatements.lock(id: change.tenantID))
    let known = try await StoredAuthority.all(in: change)
    guard known.count < Self.most else {
      throw RPCError(
        code: .failedPrecondition, reason: "TOO_MANY_AUTHORITIES",
        message: "a tenant has at most \(Self.most) authorities")
    }
    let id: String
    if let brought {
      id = try await bring(brought, known, change)
    } else {
      let new = try await NewAuthority(
        tenantID: change.tenantID, tenantName: tenantName, validity: Self.life, vault: vault)
      try await change.execute(new.insertion)
      id = new.id
    }
    try await change.record(
      resource: CertificateNames.authority(id),
      change: brought == nil ? "created with a key" : "brought by the tenant")
    guard let stored = try await StoredAuthority.all(in: change).first(where: { $0.id == id })
    else { throw Refusal.notFound }
    return stored
  }

  private func bring(
    _ brought: Bringing, _ known: [StoredAuthority], _ change: TenantChange
  ) async throws -> String {
    let authority = try BroughtAuthority(
      certificatePEM: brought.certificatePEM, intermediatesPEM: brought.intermediatesPEM)
    let lists = try authority.checkedLists(brought.listsPEM)
    let pem = authority.certificate.pem
    guard !known.contains(where: { $0.certificatePEM == pem }) else {
      throw RPCError(
        code: .alreadyExists, reason: "RESOURCE_EXISTS",
        message: "the tenant trusts this authority already")
    }
    let id = UUIDv7.make()
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.tenant_authority
          (tenant_id, authority_id, certificate_pem, intermediates_pem, revocation_lists_pem)
        VALUES ($1, $2, $3, $4, $5)
        """,
        .uuid(change.tenantID), .uuid(id), .text(pem),
        .text(authority.intermediates.map(\.pem).joined(separator: "\n")), .text(lists)))
    return id
  }

  /// Replaces the lists of an authority that was brought. A list older than the one that it replaces
  /// is refused: it would forget revocations.
  func replaceLists(
    of id: String, by pem: String, in change: TenantChange
  ) async throws -> StoredAuthority {
    guard let stored = try await StoredAuthority.all(in: change).first(where: { $0.id == id })
    else { throw Refusal.notFound }
    guard stored.isBrought else { throw CertificateFault.notBrought }
    let authority = try BroughtAuthority(
      certificatePEM: stored.certificatePEM, intermediatesPEM: stored.intermediatesPEM)
    let lists = try authority.checkedLists(pem)
    guard !lists.isEmpty else {
      throw Refusal.invalid("revocation_lists_pem", "has no list")
    }
    try Self.refuseOlder(lists, than: stored.listsPEM)
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant_authority SET revocation_lists_pem = $3
        WHERE tenant_id = $1 AND authority_id = $2
        """, .uuid(change.tenantID), .uuid(id), .text(lists)))
    try await change.record(
      resource: CertificateNames.authority(id), change: "revocation lists replaced")
    guard let updated = try await StoredAuthority.all(in: change).first(where: { $0.id == id })
    else { throw Refusal.notFound }
    return updated
  }

  private static func refuseOlder(_ lists: String, than known: String) throws {
    let new = try CertificateRevocationList.lists(pem: lists)
    for old in try CertificateRevocationList.lists(pem: known) {
      guard
        new.contains(where: { $0.issuerDER == old.issuerDER && $0.thisUpdate >= old.thisUpdate })
      else {
        throw Refusal.invalid(
          "revocation_lists_pem", "miss a list that is known, or have an older one")
      }
    }
  }

  /// Has the tenant trust an authority no more; one that is gone stays gone.
  func remove(_ id: String, force: Bool, in change: TenantChange) async throws {
    // Nobody issues by it meanwhile, and who does is waited for.
    _ = try await change.query(
      Statement(
        """
        SELECT 1 FROM artel.tenant_authority
        WHERE tenant_id = $1 AND authority_id = $2 AND remove_time IS NULL FOR UPDATE
        """, .uuid(change.tenantID), .uuid(id)))
    let rows = try await change.query(
      Statement(
        """
        SELECT EXISTS (
          SELECT FROM artel.tenant_certificate AS c
          WHERE c.tenant_id = a.tenant_id AND c.authority_id = a.authority_id
            AND c.revoke_time IS NULL AND c.not_after > now())
        FROM artel.tenant_authority AS a
        WHERE a.tenant_id = $1 AND a.authority_id = $2 AND a.remove_time IS NULL
        """, .uuid(change.tenantID), .uuid(id)))
    guard let row = rows.first else { throw Refusal.notFound }
    guard try force || !row.bool(0) else { throw CertificateFault.authorityInUse }
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant_authority SET remove_time = now()
        WHERE tenant_id = $1 AND authority_id = $2
        """, .uuid(change.tenantID), .uuid(id)))
    try await change.record(resource: CertificateNames.authority(id), change: "removed")
  }
}
