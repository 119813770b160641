import GeneratedPeople
import Sealing
import Storage

extension ResealedColumn {
  /// The platform's own.
  static let platform: [ResealedColumn] = [
    ResealedColumn(
      Artel_People_V1_Member.Sealed.login,
      """
      SELECT person_id::text, person_id::text, sealed_login FROM artel.person
      WHERE $1::text IS NULL OR person_id > $1::uuid ORDER BY person_id LIMIT $2
      """,
      """
      UPDATE artel.person SET sealed_login = $3
      WHERE person_id = $1::text::uuid AND sealed_login = $2
      """),
    ResealedColumn(
      Artel_People_V1_Member.Sealed.displayName,
      """
      SELECT person_id::text, person_id::text, sealed_display_name FROM artel.person
      WHERE $1::text IS NULL OR person_id > $1::uuid ORDER BY person_id LIMIT $2
      """,
      """
      UPDATE artel.person SET sealed_display_name = $3
      WHERE person_id = $1::text::uuid AND sealed_display_name = $2
      """),
    ResealedColumn(
      table: "person", name: "sealed_authenticator",
      """
      SELECT person_id::text, person_id::text, sealed_authenticator FROM artel.person
      WHERE $1::text IS NULL OR person_id > $1::uuid ORDER BY person_id LIMIT $2
      """,
      """
      UPDATE artel.person SET sealed_authenticator = $3
      WHERE person_id = $1::text::uuid AND sealed_authenticator = $2
      """),
    ResealedColumn(
      Artel_People_V1_Session.Sealed.device,
      """
      SELECT session_id::text, person_id::text, sealed_device FROM artel.session
      WHERE $1::text IS NULL OR session_id > $1::uuid ORDER BY session_id LIMIT $2
      """,
      """
      UPDATE artel.session SET sealed_device = $3
      WHERE session_id = $1::text::uuid AND sealed_device = $2
      """),
    ResealedColumn(
      Artel_People_V1_Session.Sealed.address,
      """
      SELECT session_id::text, person_id::text, sealed_address FROM artel.session
      WHERE $1::text IS NULL OR session_id > $1::uuid ORDER BY session_id LIMIT $2
      """,
      """
      UPDATE artel.session SET sealed_address = $3
      WHERE session_id = $1::text::uuid AND sealed_address = $2
      """),
    ResealedColumn(
      Artel_People_V1_Passkey.Sealed.displayName,
      """
      SELECT passkey_id::text, person_id::text, sealed_display_name FROM artel.passkey
      WHERE $1::text IS NULL OR passkey_id > $1::uuid ORDER BY passkey_id LIMIT $2
      """,
      """
      UPDATE artel.passkey SET sealed_display_name = $3
      WHERE passkey_id = $1::text::uuid AND sealed_display_name = $2
      """),
    ResealedColumn(
      table: "refresh_family", name: "sealed_secret",
      """
      SELECT family_id::text, NULL::text, sealed_secret FROM artel.refresh_family
      WHERE $1::text IS NULL OR family_id > $1::uuid ORDER BY family_id LIMIT $2
      """,
      """
      UPDATE artel.refresh_family SET sealed_secret = $3
      WHERE family_id = $1::text::uuid AND sealed_secret = $2
      """),
    ResealedColumn(
      table: "tenant_authority", name: "sealed_key",
      """
      SELECT authority_id::text, NULL::text, sealed_key FROM artel.tenant_authority
      WHERE $1::text IS NULL OR authority_id > $1::uuid ORDER BY authority_id LIMIT $2
      """,
      """
      UPDATE artel.tenant_authority SET sealed_key = $3
      WHERE authority_id = $1::text::uuid AND sealed_key = $2
      """),
    ResealedColumn(
      table: "tenant_signing_key", name: "sealed_private_key",
      """
      SELECT kid, NULL::text, sealed_private_key FROM artel.tenant_signing_key
      WHERE $1::text IS NULL OR kid > $1 ORDER BY kid LIMIT $2
      """,
      """
      UPDATE artel.tenant_signing_key SET sealed_private_key = $3
      WHERE kid = $1 AND sealed_private_key = $2
      """),
  ]
}
