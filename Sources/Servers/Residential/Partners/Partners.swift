import Egress
import GeneratedResidential
import LibCrypto
import Postgres
import RPC
import Storage

/// The outside systems that run devices. A partner's secrets go in, sealed, and never come out.
struct Partners: Sendable {
  let database: TenantDatabase
  let secrets: PartnerSecrets
  let addresses: EgressPolicy

  func get(
    _ request: Artel_Residential_V1_GetPartnerRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    let caller = try context.caller
    guard let id = ResourceName.identifier(request.name, "partners"),
      try Viewer(caller) == .everything,
      let stored = try await Self.find(
        id, in: Reading(database: database, actor: .init(caller), deadline: context.deadline))
    else { throw Refusal.notFound }
    return stored.partner
  }

  func list(
    _ request: Artel_Residential_V1_ListPartnersRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_ListPartnersResponse {
    let caller = try context.caller
    guard try Viewer(caller) == .everything else { throw Refusal.notFound }
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller, method: "ListPartners")
    let rows = try await database.query(
      PartnerStatements.partners(after: page.after.first, limit: page.limit + 1), as: caller,
      deadline: context.deadline)
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.partners = try found.elements.map { try StoredPartner($0).partner }
      if found.hasMore, let last = found.elements.last {
        $0.nextPageToken = page.nextToken([try last.text(0)])
      }
    }
  }

  func create(
    _ request: Artel_Residential_V1_CreatePartnerRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    guard request.partner.name.isEmpty else {
      throw Refusal.invalid("partner.name", "is made from partner_id")
    }
    let update = try PartnerUpdate(request.partner, mask: nil, addresses)
    for path in ["base_uri", "token_uri", "client_id"] where !update.brings(path) {
      throw Refusal.invalid("partner.\(path)", "is required")
    }
    var empty = Artel_Residential_V1_Partner()
    empty.name = ResourceName.partner(request.partnerID)
    empty.format = .json
    empty.authentication = .clientSecretBasic
    let wanted = update.applied(to: empty)
    try update.checkWhole(wanted, over: PartnerCredentials())
    let partnerID = request.partnerID
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      let credentials = try await sealed(update, wanted, over: .init(), partnerID, change)
      let inserted = try await change.execute(
        Statement(
          """
          INSERT INTO artel.partner (tenant_id, partner_id, display_name, base_uri, token_uri,
            client_id, reporting_client_id, format, authentication, client_secret,
            sealed_assertion_key, assertion_key_id, tls_certificate, sealed_tls_key)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
          ON CONFLICT (tenant_id, partner_id) DO NOTHING
          """,
          .uuid(change.tenantID), .text(partnerID), .text(wanted.displayName),
          .text(wanted.baseUri), .text(wanted.tokenUri), .text(wanted.clientID),
          .text(wanted.reportingClientID.orNil), .text(BodyFormat(wanted.format)?.rawValue),
          .text(credentials.authentication.rawValue), .bytes(credentials.sealedSecret),
          .bytes(credentials.sealedAssertionKey), .text(credentials.assertionKeyID.orNil),
          .text(credentials.tlsCertificate.orNil), .bytes(credentials.sealedTLSKey)))
      if inserted > 0 { try await change.record(resource: wanted.name, change: "created") }
      guard let stored = try await Self.find(partnerID, in: change),
        stored.partner.isRepeated(wanted), try await isKnown(update, stored, partnerID, change)
      else { throw Refusal.exists(wanted.name) }
      return stored.partner
    }
  }

  static func find(_ id: String, in source: some RowSource) async throws -> StoredPartner? {
    try await source.query(PartnerStatements.partner(id)).first.map(StoredPartner.init)
  }

  /// Whether a repeated creation brings the credentials that are there.
  private func isKnown(
    _ update: PartnerUpdate, _ stored: StoredPartner, _ partnerID: String, _ change: TenantChange
  ) async throws -> Bool {
    let credentials = stored.credentials
    guard credentials.assertionKeyID == update.text("assertion_key_id") ?? "",
      credentials.tlsCertificate == update.text("tls_certificate") ?? ""
    else { return false }
    for (path, column, sealed) in [
      ("client_secret", PartnerSecrets.Sealed.clientSecret, credentials.sealedSecret),
      ("assertion_key", PartnerSecrets.Sealed.assertionKey, credentials.sealedAssertionKey),
      ("tls_key", PartnerSecrets.Sealed.tlsKey, credentials.sealedTLSKey),
    ] {
      guard let sealed, let brought = update.text(path) else {
        guard sealed == nil, update.text(path) == nil else { return false }
        continue
      }
      let known = try await secrets.open(
        sealed, of: column, tenantID: change.tenantID, partnerID: partnerID)
      guard constantTimeEqual(Array(known.utf8), Array(brought.utf8)) else { return false }
    }
    return true
  }
}

extension Artel_Residential_V1_Partner {
  /// Whether a repeated creation asks for what is there, credentials aside.
  fileprivate func isRepeated(_ wanted: Self) -> Bool {
    (displayName, baseUri, tokenUri, clientID, reportingClientID) == (
      wanted.displayName, wanted.baseUri, wanted.tokenUri, wanted.clientID,
      wanted.reportingClientID
    ) && (format, authentication) == (wanted.format, wanted.authentication)
  }
}

extension String {
  /// Nil in place of the empty one, as rows have what is not there.
  var orNil: String? { isEmpty ? nil : self }
}
