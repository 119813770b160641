import GeneratedResidential
import Postgres
import RPC
import Storage

/// Sends a journal's events as they are committed.
///
/// Events are read in commit order, and only behind the horizon of running transactions: an event
/// that a slower transaction commits later never lies before one that was already sent. So none is
/// skipped and none comes twice, however often the watch is woken.
struct AccessEventWatch: Sendable {
  static let batch = 100
  /// How long a lost wake-up can go unnoticed.
  static let pollInterval: Duration = .milliseconds(500)

  let parent: JournalParent
  let viewer: Viewer
  let reading: Reading

  /// Runs until the task is cancelled, the writer fails, or the viewer loses sight of the parent.
  func run(
    hub: EventHub, from token: String,
    to response: RPCWriter<Artel_Residential_V1_AccessEvent>
  ) async throws {
    // Subscribed before the first read: what is committed in between wakes the watch.
    let subscription = hub.subscribe(tenantID: reading.actor.tenantID)
    defer { subscription.cancel() }
    _ = try await parent.ownership(viewer, in: reading)
    var position = try await JournalPosition.read(token, parent, in: reading)
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      let (wakes, wake) = AsyncStream.makeStream(
        of: Void.self, bufferingPolicy: .bufferingNewest(1))
      group.addTask {
        while let element = await subscription.next() {
          if isNews(element) { wake.yield() }
        }
      }
      group.addTask {
        // Cancelled: the watch is over.
        while (try? await Task.sleep(for: Self.pollInterval)) != nil { wake.yield() }
      }
      wake.yield()
      for await _ in wakes {
        try await catchUp(&position, response)
      }
      // The stream of wake-ups ends with the task alone.
      throw CancellationError()
    }
  }

  private func isNews(_ element: EventSubscription.Element) -> Bool {
    switch element {
    case .missed: true
    case .event(let event): event.type == "residential.access_event.created"
    }
  }

  /// Sends everything behind `position`.
  private func catchUp(
    _ position: inout JournalPosition,
    _ response: RPCWriter<Artel_Residential_V1_AccessEvent>
  ) async throws {
    while true {
      let rows = try await reading.query(statement(behind: position))
      // The parent is in every row: none at all means that the viewer lost sight of it.
      guard let first = rows.first, let isOwner = try first.optionalBool(0) else {
        throw Refusal.notFound
      }
      for row in rows where try !row.isNull(1) {
        let event = try AccessEventRow(row, from: 1)
        try await response.write(
          event.message(
            viewer, isOwner: isOwner, resumeToken: JournalPosition.token(eventID: event.id)))
        position = JournalPosition(transaction: try row.text(9), sequence: try row.int(10))
      }
      guard rows.count == Self.batch else { return }
    }
  }

  /// One statement asks both whether the viewer still sees the parent, and for its events.
  private func statement(behind position: JournalPosition) -> Statement {
    switch parent {
    case .unit(let id):
      Statement(
        """
        SELECT v.is_owner, e.access_event_id, e.property_id, e.access_point_id, e.unit_id,
          e.subject, e.result, e.command_id, e.occur_time, e.xid::text, e.sequence
        FROM artel.unit u
        CROSS JOIN LATERAL (SELECT CASE WHEN $2::text IS NULL THEN true ELSE (
            SELECT bool_or(m.role = 'OWNER') FROM artel.member m
            WHERE m.tenant_id = u.tenant_id AND m.unit_id = u.unit_id AND m.subject = $2
              AND (m.expire_time IS NULL OR m.expire_time > now())) END AS is_owner) v
        LEFT JOIN LATERAL (
          SELECT * FROM artel.access_event a
          WHERE a.tenant_id = u.tenant_id AND a.unit_id = u.unit_id
            AND (a.xid, a.sequence) > ($3::text::xid8, $4)
            AND a.xid < pg_snapshot_xmin(pg_current_snapshot())
          ORDER BY a.xid, a.sequence LIMIT $5) e ON true
        WHERE u.unit_id = $1 AND v.is_owner IS NOT NULL
        ORDER BY e.xid, e.sequence
        """,
        .text(id), .text(viewer.subject), .text(position.transaction), .int(position.sequence),
        .int(Self.batch))
    case .property(let id):
      Statement(
        """
        SELECT true, e.access_event_id, e.property_id, e.access_point_id, e.unit_id,
          e.subject, e.result, e.command_id, e.occur_time, e.xid::text, e.sequence
        FROM artel.property p
        LEFT JOIN LATERAL (
          SELECT * FROM artel.access_event a
          WHERE a.tenant_id = p.tenant_id AND a.property_id = p.property_id
            AND (a.xid, a.sequence) > ($2::text::xid8, $3)
            AND a.xid < pg_snapshot_xmin(pg_current_snapshot())
          ORDER BY a.xid, a.sequence LIMIT $4) e ON true
        WHERE p.property_id = $1
        ORDER BY e.xid, e.sequence
        """,
        .text(id), .text(position.transaction), .int(position.sequence), .int(Self.batch))
    }
  }
}
