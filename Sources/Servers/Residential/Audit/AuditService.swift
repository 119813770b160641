import GeneratedResidential
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Serves `artel.residential.v1.AuditService`.
struct AuditService: Artel_Residential_V1_AuditService.SimpleServiceProtocol {
  let database: TenantDatabase

  /// The newest first: identifiers of entries grow with time.
  func listAuditEntries(
    request: Artel_Residential_V1_ListAuditEntriesRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListAuditEntriesResponse {
    let caller = try context.caller
    guard try Viewer(caller) == .everything else {
      throw RPCError(
        code: .permissionDenied, reason: "PRINCIPAL_KIND_REFUSED",
        message: "a person cannot read the audit")
    }
    let resource = try FieldText.storable(request.resource, "resource")
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListAuditEntries \(resource)")
    let rows = try await database.query(
      Statement(
        """
        SELECT audit_entry_id, actor, action, resource, change, create_time
        FROM artel.audit_entry
        WHERE ($1::text IS NULL OR resource = $1) AND ($2::uuid IS NULL OR audit_entry_id < $2)
        ORDER BY audit_entry_id DESC LIMIT $3
        """,
        .text(resource.isEmpty ? nil : resource), .uuid(page.after.first), .int(page.limit + 1)),
      as: caller, deadline: context.deadline)
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.auditEntries = try found.elements.map(Self.entry)
      if found.hasMore, let last = found.elements.last {
        $0.nextPageToken = page.nextToken([try last.uuid(0)])
      }
    }
  }

  private static func entry(_ row: PostgresRow) throws -> Artel_Residential_V1_AuditEntry {
    try .with {
      $0.name = ResourceName.auditEntry(try row.uuid(0))
      $0.actor = try row.text(1)
      $0.action = try row.text(2)
      $0.resource = try row.text(3)
      $0.change = try row.text(4)
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(5))
    }
  }
}
