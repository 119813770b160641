import Postgres

/// What a viewer is to a unit.
enum UnitView {
  /// Whether the viewer owns the unit, or sees everything; nil where it may not know of it.
  static func ownership(
    _ unit: String, _ viewer: Viewer, in source: some RowSource
  ) async throws -> Bool? {
    try await source.query(
      Statement(
        """
        SELECT CASE WHEN $2::text IS NULL THEN true ELSE (
            SELECT bool_or(m.role = 'OWNER') FROM artel.member m
            WHERE m.tenant_id = u.tenant_id AND m.unit_id = u.unit_id AND m.subject = $2
              AND (m.expire_time IS NULL OR m.expire_time > now())) END
        FROM artel.unit u WHERE u.unit_id = $1
        """,
        .text(unit), .text(viewer.subject))
    ).first?.optionalBool(0)
  }
}
