import Egress
import GeneratedResidential
import Mutation
import Postgres
import RPC
import Storage
import SwiftProtobuf

extension Partners {
  func update(
    _ request: Artel_Residential_V1_UpdatePartnerRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    let update = try PartnerUpdate(
      request.partner, mask: request.hasUpdateMask ? request.updateMask.paths : nil, addresses)
    return try await change(request.partner.name, request.partner.etag, context) {
      id, stored, change in
      try await apply(update, to: stored, id, change, as: "updated")
    }
  }

  func rotate(
    _ request: Artel_Residential_V1_RotatePartnerSecretRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    let update = try PartnerUpdate(request, addresses)
    return try await change(request.name, request.etag, context) { id, stored, change in
      try await apply(update, to: stored, id, change, as: "rotated")
    }
  }

  func setDisabled(
    _ disabled: Bool, _ name: String, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await change(name, "", context) { id, stored, change in
      guard stored.partner.disabled != disabled else { return stored.partner }
      try await change.execute(
        Statement(
          """
          UPDATE artel.partner SET disabled = $2, revision = revision + 1 WHERE partner_id = $1
          """, .text(id), .bool(disabled)))
      return try await written(id, disabled ? "disabled" : "enabled", change)
    }
  }

  func delete(
    _ request: Artel_Residential_V1_DeletePartnerRequest, _ context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    try await change(request.name, request.etag, context) { id, stored, change in
      do {
        try await change.execute(
          Statement("DELETE FROM artel.partner WHERE partner_id = $1", .text(id)))
      } catch let error as PostgresError where error.code == .foreignKeyViolation {
        throw RPCError(
          code: .failedPrecondition, reason: "PARTNER_IN_USE",
          message: "devices or commands name the partner; disable it instead",
          metadata: ["partner": stored.partner.name])
      }
      try await change.record(resource: stored.partner.name, change: "deleted")
      return Google_Protobuf_Empty()
    }
  }

  /// The credentials that a partner has after an update, sealed.
  func sealed(
    _ update: PartnerUpdate, _ wanted: Artel_Residential_V1_Partner, over old: PartnerCredentials,
    _ partnerID: String, _ change: TenantChange
  ) async throws -> PartnerCredentials {
    func seal(
      _ path: String, _ column: PartnerSecrets.Column, over old: [UInt8]?
    ) async throws -> [UInt8]? {
      guard let value = update.text(path) else { return old }
      guard !value.isEmpty else { return nil }
      return try await secrets.seal(
        value, in: column, tenantID: change.tenantID, partnerID: partnerID)
    }
    return PartnerCredentials(
      authentication: PartnerAuthentication(wanted.authentication) ?? old.authentication,
      sealedSecret: try await seal(
        "client_secret", PartnerSecrets.Sealed.clientSecret, over: old.sealedSecret),
      sealedAssertionKey: try await seal(
        "assertion_key", PartnerSecrets.Sealed.assertionKey, over: old.sealedAssertionKey),
      assertionKeyID: update.text("assertion_key_id") ?? old.assertionKeyID,
      tlsCertificate: update.text("tls_certificate") ?? old.tlsCertificate,
      sealedTLSKey: try await seal("tls_key", PartnerSecrets.Sealed.tlsKey, over: old.sealedTLSKey))
  }

  private func apply(
    _ update: PartnerUpdate, to stored: StoredPartner, _ id: String, _ change: TenantChange,
    as verb: String
  ) async throws -> Artel_Residential_V1_Partner {
    let wanted = update.applied(to: stored.partner)
    let isElsewhere = update.moves(from: stored.partner, to: wanted)
    if isElsewhere { try update.checkMove(to: wanted) }
    // What was entrusted for one host ends with it, whatever way to authenticate it is for: a later
    // change of the way would else take it to the other host.
    let entrusted = isElsewhere ? PartnerCredentials() : stored.credentials
    try update.checkWhole(wanted, over: entrusted)
    guard wanted != stored.partner || update.changesCredentials else { return stored.partner }
    let credentials = try await sealed(update, wanted, over: entrusted, id, change)
    try await change.execute(
      Statement(
        """
        UPDATE artel.partner SET revision = revision + 1, display_name = $2, base_uri = $3,
          token_uri = $4, client_id = $5, reporting_client_id = $6, format = $7,
          authentication = $8, client_secret = $9, sealed_assertion_key = $10,
          assertion_key_id = $11, tls_certificate = $12, sealed_tls_key = $13
        WHERE partner_id = $1
        """,
        .text(id), .text(wanted.displayName), .text(wanted.baseUri), .text(wanted.tokenUri),
        .text(wanted.clientID), .text(wanted.reportingClientID.orNil),
        .text(BodyFormat(wanted.format)?.rawValue), .text(credentials.authentication.rawValue),
        .bytes(credentials.sealedSecret), .bytes(credentials.sealedAssertionKey),
        .text(credentials.assertionKeyID.orNil), .text(credentials.tlsCertificate.orNil),
        .bytes(credentials.sealedTLSKey)))
    return try await written(id, "\(verb) \(update.paths.sorted().joined(separator: " "))", change)
  }

  /// Writes the change down, and returns the partner as it is now.
  private func written(
    _ id: String, _ what: String, _ change: TenantChange
  ) async throws -> Artel_Residential_V1_Partner {
    try await change.record(resource: ResourceName.partner(id), change: what)
    guard let stored = try await Self.find(id, in: change) else { throw Refusal.notFound }
    return stored.partner
  }

  /// Changes a partner that nobody else changes meanwhile.
  private func change<R: Sendable>(
    _ name: String, _ etag: String, _ context: ServerContext,
    _ body: (String, StoredPartner, TenantChange) async throws -> R
  ) async throws -> R {
    let caller = try context.caller
    guard let id = ResourceName.identifier(name, "partners"), try Viewer(caller) == .everything
    else { throw Refusal.notFound }
    return try await database.change(
      as: .init(caller), action: context.action, deadline: context.deadline
    ) { change in
      guard let row = try await change.query(PartnerStatements.locked(id)).first else {
        throw Refusal.notFound
      }
      let stored = try StoredPartner(row)
      guard etag.isEmpty || etag == stored.partner.etag else { throw Refusal.changed }
      return try await body(id, stored, change)
    }
  }
}

extension PartnerUpdate {
  /// - Throws: INVALID_ARGUMENT where the partner would lack a credential that it needs.
  func checkWhole(
    _ wanted: Artel_Residential_V1_Partner, over old: PartnerCredentials
  ) throws(RPCError) {
    let has = [
      "client_secret": old.sealedSecret != nil, "assertion_key": old.sealedAssertionKey != nil,
      "assertion_key_id": !old.assertionKeyID.isEmpty,
      "tls_certificate": !old.tlsCertificate.isEmpty, "tls_key": old.sealedTLSKey != nil,
    ]
    for path in PartnerAuthentication(wanted.authentication)?.needs ?? []
    where !(text(path).map { !$0.isEmpty } ?? has[path] ?? false) {
      throw Refusal.invalid("partner.\(path)", "is required by the way to authenticate")
    }
  }

  /// Whether the partner is at another host or port than before: whoever may move a partner could else
  /// have what was entrusted for one host sent to another.
  func moves(
    from old: Artel_Residential_V1_Partner, to wanted: Artel_Residential_V1_Partner
  ) -> Bool {
    !Mutation.isOn(.sendsSecretsElsewhere)
      && [(old.baseUri, wanted.baseUri), (old.tokenUri, wanted.tokenUri)].contains {
        EgressURL($0)?.authority != EgressURL($1)?.authority
      }
  }

  /// - Throws: INVALID_ARGUMENT where the partner moves without its secret.
  func checkMove(to wanted: Artel_Residential_V1_Partner) throws(RPCError) {
    guard let secret = PartnerAuthentication(wanted.authentication)?.secret, !brings(secret)
    else { return }
    throw Refusal.invalid(
      "partner.\(secret)", "the partner moves to another host: \(secret) has to come along")
  }
}
