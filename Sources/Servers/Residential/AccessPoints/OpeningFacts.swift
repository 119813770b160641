import Postgres

/// What the database knows about a wish to open: the facts of the decision, and the way to the
/// device.
struct OpeningFacts: Sendable {
  let access: AccessFacts
  let route: PartnerRoute

  /// Reads the facts; nil where the person may not know of the access point or the unit: it must
  /// be, or have been, a member of the unit, and one of its units must have the access point.
  static func read(
    _ point: AccessPointName, unit: String, subject: String, tenantID: String,
    in source: some RowSource
  ) async throws -> OpeningFacts? {
    let row = try await source.query(
      Statement(
        """
        SELECT p.partner_id, p.base_uri, p.token_uri, p.client_id, p.client_secret, a.device_ref,
          a.kind,
          EXISTS (SELECT FROM artel.unit_access_point l
            WHERE l.tenant_id = a.tenant_id AND l.unit_id = $3
              AND l.property_id = a.property_id AND l.access_point_id = a.access_point_id),
          (SELECT m.role FROM artel.member m
            WHERE m.tenant_id = a.tenant_id AND m.unit_id = $3 AND m.subject = $4
              AND (m.expire_time IS NULL OR m.expire_time > now())
            ORDER BY array_position(ARRAY['OWNER', 'INNER', 'OUTER'], m.role) LIMIT 1),
          p.format, p.authentication, p.sealed_assertion_key, p.assertion_key_id,
          p.tls_certificate, p.sealed_tls_key, p.disabled
        FROM artel.access_point a
        JOIN artel.partner p ON p.tenant_id = a.tenant_id AND p.partner_id = a.partner_id
        WHERE a.property_id = $1 AND a.access_point_id = $2
          AND EXISTS (SELECT FROM artel.member m
            WHERE m.tenant_id = a.tenant_id AND m.unit_id = $3 AND m.subject = $4)
          AND EXISTS (
            SELECT FROM artel.unit_access_point l JOIN artel.member m USING (tenant_id, unit_id)
            WHERE l.tenant_id = a.tenant_id AND l.property_id = a.property_id
              AND l.access_point_id = a.access_point_id AND m.subject = $4)
        """,
        .text(point.property), .text(point.point), .text(unit), .text(subject))
    ).first
    guard let row else { return nil }
    guard let kind = AccessPointKind(rawValue: try row.text(6)) else {
      throw PostgresError(code: .decoding, diagnostic: "the kind of an access point is not known")
    }
    let role = try row.optionalText(8).flatMap(MemberRole.init(rawValue:))
    return OpeningFacts(
      access: AccessFacts(
        membership: role.map { .live($0) } ?? .expired, unitHasAccessPoint: try row.bool(7),
        kind: kind),
      route: try PartnerRoute(row, tenantID: tenantID, formatAt: 9))
  }
}
