import GeneratedPeople
import Postgres
import Storage
import SwiftProtobuf

/// Makes invitations: by one, somebody becomes the person whom it is for.
enum Invitations {
  private static let life: Duration = .seconds(7 * 86_400)

  /// A new invitation; the person's others end.
  static func make(
    for person: Artel_People_V1_Member, tenantName: String, _ change: TenantChange,
    _ baseDomain: BaseDomain
  ) async throws -> Artel_People_V1_Invitation {
    let id = try PersonRow.identifier(person.name)
    // One at a time: of two that are made at once the later one counts.
    try await change.hold(person: id)
    try await change.execute(
      Statement("DELETE FROM artel.invitation WHERE person_id = $1", .uuid(id)))
    let token = OpaqueToken(tenantName: tenantName)
    let rows = try await change.query(
      Statement(
        """
        INSERT INTO artel.invitation (tenant_id, invitation_hash, person_id, expire_time)
        VALUES ($1, $2, $3, now() + make_interval(secs => $4)) RETURNING expire_time
        """,
        .uuid(change.tenantID), .bytes(token.hash), .uuid(id), .double(life / .seconds(1))))
    guard let row = rows.first else { throw Refusal.notFound }
    let expiry = try row.timestamp(0)
    return .with {
      $0.member = person
      // Behind `#`, it reaches no server and no log on its way. It does not say whose login it is for:
      // not everybody who may invite may see that.
      $0.uri = "\(baseDomain.issuer(of: tenantName))/sign-in#invitation=\(token.text)"
      $0.expireTime = Google_Protobuf_Timestamp(expiry)
    }
  }
}
