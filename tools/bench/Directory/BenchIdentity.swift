import GeneratedOptions
import JWTKit
import LibCrypto
import Pipeline

/// One tenant with one issuer, whose key is made at start.
struct BenchIdentity: IdentityDirectory {
  private struct Claims: JWTPayload {
    let iss, sub, client_id, scope, jti, artel_kind: String
    let aud: [String]
    let iat, exp: Int64
    func verify(using algorithm: some JWTAlgorithm) throws {}
  }

  private struct Keys: KeySetSource {
    let json: String
    func keySet(refresh: Bool) async throws -> String { json }
  }

  private static let issuer = "https://bench.bench.localhost"
  private let key: ES256PrivateKey
  private let record: TokenIssuerRecord

  init() async throws {
    let pair = try PrivateKey.makeP256()
    guard let point = pair.publicKey.coordinates else {
      preconditionFailure("a P-256 key is a point")
    }
    key = try ES256PrivateKey(pem: try pair.pem)
    let json = """
      {"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"bench",\
      "x":"\(Base64URL.encode(point.x))","y":"\(Base64URL.encode(point.y))"}]}
      """
    record = TokenIssuerRecord(
      tenant: Tenant(
        id: UUIDv7.make(), name: "bench", displayName: "Bench", kind: .residential,
        suspended: false, issuer: Self.issuer, createTime: 0),
      alias: "artel", issuer: Self.issuer, audiences: ["https://bench.localhost"], profile: .artel,
      algorithms: ["ES256"], keys: Keys(json: json))
  }

  /// A token of a day.
  func token() async throws -> String {
    let keys = await JWTKeyCollection().add(ecdsa: key, kid: "bench")
    let now = UnixTime.now()
    return try await keys.sign(
      Claims(
        iss: Self.issuer, sub: "anna", client_id: "app", scope: Secured.scope,
        jti: UUIDv7.make(), artel_kind: "user", aud: record.audiences, iat: now,
        exp: now + 86_400),
      kid: "bench", header: ["typ": "at+jwt"])
  }

  func issuer(_ iss: String) async throws -> TokenIssuerRecord? {
    iss == record.issuer ? record : nil
  }
  func tenant(named name: String) async throws -> Tenant? { nil }
  func tenant(id: String) async throws -> Tenant? { nil }
  func certificateTrust(tenantID: String) async throws -> CertificateTrust {
    CertificateTrust(authorities: [])
  }
  func client(_ clientID: String) async throws -> ClientRecord? { nil }
}
