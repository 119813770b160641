import GeneratedOperations
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// What administrators see and say of groups.
extension ClientErrorService {
  func listClientErrorGroups(
    request: Artel_Operations_V1_ListClientErrorGroupsRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ListClientErrorGroupsResponse {
    let caller = try context.caller
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListClientErrorGroups \(request.state.rawValue) \(request.app)")
    let (time, fingerprint) = try Self.position(page)
    let rows = try await database.query(
      Statement(
        """
        SELECT g.fingerprint, g.app, g.anonymous, g.kind, g.severity, g.title, g.culprit, g.screen,
          g.count, g.first_seen_time, g.last_seen_time, g.versions, g.platforms, g.state,
          g.resolved_version, g.trace_id
        FROM artel.client_error_group AS g
        WHERE ($1::timestamptz IS NULL OR (g.last_seen_time, g.fingerprint) < ($1, $2))
          AND ($3 = '' OR g.state = $3) AND ($4 = '' OR g.app = $4)
        ORDER BY g.last_seen_time DESC, g.fingerprint DESC LIMIT $5
        """,
        .timestamp(time), .text(fingerprint), .text(request.state.word), .text(request.app),
        .int(page.limit + 1)),
      as: caller, deadline: context.deadline)
    let groups = try rows.prefix(page.limit).map { try ClientErrorGroupRow($0) }
    return .with {
      $0.clientErrorGroups = groups.map(\.message)
      if rows.count > page.limit, let last = groups.last {
        $0.nextPageToken = page.nextToken([
          String(last.lastSeenTime.microseconds), last.fingerprint,
        ])
      }
    }
  }

  func getClientErrorGroup(
    request: Artel_Operations_V1_GetClientErrorGroupRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ClientErrorGroup {
    let rows = try await database.query(
      Statement(
        """
        SELECT g.fingerprint, g.app, g.anonymous, g.kind, g.severity, g.title, g.culprit, g.screen,
          g.count, g.first_seen_time, g.last_seen_time, g.versions, g.platforms, g.state,
          g.resolved_version, g.trace_id
        FROM artel.client_error_group AS g WHERE g.fingerprint = $1
        """, .text(try Self.fingerprint(request.name))),
      as: try context.caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    return try ClientErrorGroupRow(row).message
  }

  func resolveClientErrorGroup(
    request: Artel_Operations_V1_ResolveClientErrorGroupRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ClientErrorGroup {
    try await set("RESOLVED", of: request.name, version: request.version, context)
  }

  func muteClientErrorGroup(
    request: Artel_Operations_V1_MuteClientErrorGroupRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ClientErrorGroup {
    try await set("MUTED", of: request.name, context)
  }

  func reopenClientErrorGroup(
    request: Artel_Operations_V1_ReopenClientErrorGroupRequest, context: ServerContext
  ) async throws -> Artel_Operations_V1_ClientErrorGroup {
    try await set("UNRESOLVED", of: request.name, context)
  }

  /// - Parameter version: the one that has the error no more; empty for the latest that has it.
  private func set(
    _ state: String, of name: String, version: String = "", _ context: ServerContext
  ) async throws -> Artel_Operations_V1_ClientErrorGroup {
    let fingerprint = try Self.fingerprint(name)
    return try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      let rows = try await change.query(
        Statement(
          """
          UPDATE artel.client_error_group AS g
          SET state = $2, resolved_version = CASE WHEN $2 <> 'RESOLVED' THEN ''
            ELSE coalesce(nullif($3, ''), g.versions[1], '') END
          WHERE g.fingerprint = $1
          RETURNING g.fingerprint, g.app, g.anonymous, g.kind, g.severity, g.title, g.culprit,
            g.screen, g.count, g.first_seen_time, g.last_seen_time, g.versions, g.platforms, g.state,
            g.resolved_version, g.trace_id
          """,
          .text(fingerprint), .text(state),
          .text(version.isEmpty ? "" : VersionOrder.entry(version))))
      guard let row = rows.first else { throw Refusal.notFound }
      let group = try ClientErrorGroupRow(row).message
      let fate = state == "RESOLVED" ? "resolved in \(group.resolvedVersion)" : state.lowercased()
      try await change.record(resource: name, change: fate)
      return group
    }
  }

  private static func position(
    _ page: PageRequest
  ) throws(RPCError) -> (time: Timestamp?, fingerprint: String?) {
    guard !page.after.isEmpty else { return (nil, nil) }
    guard page.after.count == 2, let time = Int64(page.after[0]),
      ClientErrorFingerprint.isValid(page.after[1])
    else { throw Refusal.invalid("page_token", "is not a token of this list") }
    return (Timestamp(microseconds: time), page.after[1])
  }

  /// Reads `clientErrorGroups/{fingerprint}`.
  private static func fingerprint(_ name: String) throws(RPCError) -> String {
    let prefix = "clientErrorGroups/"
    guard name.hasPrefix(prefix), ClientErrorFingerprint.isValid(name.dropFirst(prefix.count))
    else {
      throw Refusal.notFound
    }
    return String(name.dropFirst(prefix.count))
  }
}

extension Artel_Operations_V1_ClientErrorGroup.State {
  /// As the table has it; empty for any.
  fileprivate var word: String {
    switch self {
    case .unresolved: "UNRESOLVED"
    case .resolved: "RESOLVED"
    case .muted: "MUTED"
    case .regressed: "REGRESSED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
