import GeneratedResidential
import LibCrypto
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// The outside systems that run devices. A partner's secret goes in, sealed, and never comes out.
struct Partners: Sendable {
  let database: TenantDatabase
  let secrets: PartnerSecrets
  let addresses: PartnerAddressPolicy

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

  func create(
    _ request: Artel_Residential_V1_CreatePartnerRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    let wanted = try checked(request)
    let secret = request.partner.clientSecret
    guard !secret.isEmpty else { throw Refusal.invalid("partner.client_secret", "is required") }
    let partnerID = request.partnerID
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      let sealed = try secrets.seal(secret, tenantID: change.tenantID, partnerID: partnerID)
      let inserted = try await change.execute(
        Statement(
          """
          INSERT INTO artel.partner (tenant_id, partner_id, display_name, base_uri, token_uri,
            client_id, client_secret, reporting_client_id)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
          ON CONFLICT (tenant_id, partner_id) DO NOTHING
          """,
          .uuid(change.tenantID), .text(partnerID), .text(wanted.displayName),
          .text(wanted.baseUri), .text(wanted.tokenUri), .text(wanted.clientID), .bytes(sealed),
          .text(wanted.reportingClientID.isEmpty ? nil : wanted.reportingClientID)))
      if inserted > 0 { try await change.record(resource: wanted.name, change: "created") }
      guard let stored = try await Self.find(partnerID, in: change),
        stored.partner.isRepeated(wanted),
        constantTimeEqual(
          Array(
            try secrets.open(
              stored.sealedSecret, tenantID: change.tenantID, partnerID: partnerID
            ).utf8), Array(secret.utf8))
      else { throw Refusal.exists(wanted.name) }
      return stored.partner
    }
  }

  /// What is to be stored, without the secret.
  private func checked(
    _ request: Artel_Residential_V1_CreatePartnerRequest
  ) throws(RPCError) -> Artel_Residential_V1_Partner {
    let partner = request.partner
    for (field, uri) in [
      ("partner.base_uri", partner.baseUri), ("partner.token_uri", partner.tokenUri),
    ] where !addresses.accepts(uri) {
      throw Refusal.invalid(
        field, "must be an https URI of another machine, without user, query and fragment")
    }
    var wanted = Artel_Residential_V1_Partner()
    wanted.name = ResourceName.partner(request.partnerID)
    wanted.displayName = try FieldText.storable(partner.displayName, "partner.display_name")
    wanted.baseUri = partner.baseUri
    wanted.tokenUri = partner.tokenUri
    wanted.clientID = try FieldText.storable(partner.clientID, "partner.client_id")
    wanted.reportingClientID = try FieldText.storable(
      partner.reportingClientID, "partner.reporting_client_id")
    return wanted
  }

  /// A partner as it is stored.
  struct Stored {
    var partner: Artel_Residential_V1_Partner
    var sealedSecret: [UInt8]
  }

  static func find(_ id: String, in source: some RowSource) async throws -> Stored? {
    try await source.query(
      Statement(
        """
        SELECT partner_id, display_name, base_uri, token_uri, client_id, reporting_client_id,
          create_time, client_secret
        FROM artel.partner WHERE partner_id = $1
        """,
        .text(id))
    ).first.map(stored)
  }

  private static func stored(_ row: PostgresRow) throws -> Stored {
    var partner = Artel_Residential_V1_Partner()
    partner.name = ResourceName.partner(try row.text(0))
    partner.displayName = try row.text(1)
    partner.baseUri = try row.text(2)
    partner.tokenUri = try row.text(3)
    partner.clientID = try row.text(4)
    partner.reportingClientID = try row.optionalText(5) ?? ""
    partner.createTime = Google_Protobuf_Timestamp(try row.timestamp(6))
    return Stored(partner: partner, sealedSecret: try row.bytes(7))
  }
}

extension Artel_Residential_V1_Partner {
  /// Whether a repeated creation asks for what is there, the secret aside.
  fileprivate func isRepeated(_ wanted: Self) -> Bool {
    var same = self
    same.clearCreateTime()
    return same == wanted
  }
}
