import GeneratedResidential
import Pipeline
import Postgres
import RPC
import Storage

/// Serves `artel.residential.v1.AccessEventService`.
struct AccessEventService: Artel_Residential_V1_AccessEventService.SimpleServiceProtocol {
  let database: TenantDatabase
  let hub: EventHub

  func listAccessEvents(
    request: Artel_Residential_V1_ListAccessEventsRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListAccessEventsResponse {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    let parent = try JournalParent(request.parent, viewer)
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListAccessEvents \(request.parent) \(viewer.subject ?? "")")
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    let isOwner = try await parent.ownership(viewer, in: reading)
    let rows = try await reading.query(try Self.statement(parent, page))
    let found = Page(rows, limit: page.limit)
    return try .with {
      $0.accessEvents = try found.elements.map { row in
        try AccessEventRow(row).message(
          viewer, isOwner: isOwner,
          resumeToken: JournalPosition.token(eventID: try row.optionalUUID(8)))
      }
      if found.hasMore, let last = found.elements.last {
        let event = try AccessEventRow(last)
        $0.nextPageToken = page.nextToken([String(event.occurTime.microseconds), event.id])
      }
    }
  }

  func watchAccessEvents(
    request: Artel_Residential_V1_WatchAccessEventsRequest,
    response: RPCWriter<Artel_Residential_V1_AccessEvent>, context: ServerContext
  ) async throws {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    let watch = AccessEventWatch(
      parent: try JournalParent(request.parent, viewer), viewer: viewer,
      // A stream has no end of its own: each of its reads has the pool's limit, not the call's.
      reading: Reading(database: database, actor: .init(caller), deadline: nil))
    try await watch.run(hub: hub, from: request.resumeToken, to: response)
  }

  /// The newest first. An event whose place in the commit order is not settled yet lends the token
  /// of the newest one whose place is: a watch that resumes there may repeat, but never skips.
  private static func statement(
    _ parent: JournalParent, _ page: PageRequest
  ) throws(RPCError) -> Statement {
    var time: Timestamp?
    if let text = page.after.first {
      guard let microseconds = Int64(text), page.after.count == 2 else {
        throw Refusal.invalid("page_token", "is not a token of this list")
      }
      time = Timestamp(microseconds: microseconds)
    }
    let parameters: [Parameter] = [
      .timestamp(time), .uuid(page.after.last), .int(page.limit + 1),
    ]
    switch parent {
    case .unit(let id):
      return Statement(
        """
        SELECT e.access_event_id, e.property_id, e.access_point_id, e.unit_id, e.subject,
          e.result, e.command_id, e.occur_time,
          CASE WHEN e.xid < pg_snapshot_xmin(pg_current_snapshot()) THEN e.access_event_id
            ELSE (SELECT s.access_event_id FROM artel.access_event s
              WHERE s.tenant_id = e.tenant_id AND s.unit_id = e.unit_id
                AND s.xid < pg_snapshot_xmin(pg_current_snapshot())
              ORDER BY s.xid DESC, s.sequence DESC LIMIT 1) END
        FROM artel.access_event e
        WHERE e.unit_id = $4
          AND ($1::timestamptz IS NULL OR (e.occur_time, e.access_event_id) < ($1, $2))
        ORDER BY e.occur_time DESC, e.access_event_id DESC LIMIT $3
        """,
        parameters: parameters + [.text(id)])
    case .property(let id):
      return Statement(
        """
        SELECT e.access_event_id, e.property_id, e.access_point_id, e.unit_id, e.subject,
          e.result, e.command_id, e.occur_time,
          CASE WHEN e.xid < pg_snapshot_xmin(pg_current_snapshot()) THEN e.access_event_id
            ELSE (SELECT s.access_event_id FROM artel.access_event s
              WHERE s.tenant_id = e.tenant_id AND s.property_id = e.property_id
                AND s.xid < pg_snapshot_xmin(pg_current_snapshot())
              ORDER BY s.xid DESC, s.sequence DESC LIMIT 1) END
        FROM artel.access_event e
        WHERE e.property_id = $4
          AND ($1::timestamptz IS NULL OR (e.occur_time, e.access_event_id) < ($1, $2))
        ORDER BY e.occur_time DESC, e.access_event_id DESC LIMIT $3
        """,
        parameters: parameters + [.text(id)])
    }
  }
}
