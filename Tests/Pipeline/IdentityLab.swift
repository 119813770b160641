import GeneratedOptions
import JWTKit
import LibCrypto
import Logging
import Pipeline
import Synchronization

/// A directory in memory: two tenants, each with its own issuer and authority, and one with a
/// Keycloak besides.
final class IdentityLab: IdentityDirectory {
  static let now: Int64 = 1_800_000_000

  struct Claims: JWTPayload {
    var values: [String: Value]
    func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
    init(_ values: [String: Value]) { self.values = values }
    init(from decoder: any Decoder) throws { values = [:] }
    func verify(using algorithm: some JWTAlgorithm) throws {}
  }

  enum Value: Encodable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
  {
    case text(String), number(Int64), list([String]), object([String: String])
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .number(value) }
    init(arrayLiteral elements: String...) { self = .list(elements) }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .object(let value): try container.encode(value)
      }
    }
  }

  final class Keys: KeySetSource {
    let json: Mutex<String>
    let refreshes = Atomic<Int>(0)
    let reads = Atomic<Int>(0)
    init(_ json: String) { self.json = Mutex(json) }
    func keySet(refresh: Bool) async throws -> String {
      reads.add(1, ordering: .relaxed)
      if refresh { refreshes.add(1, ordering: .relaxed) }
      return json.withLock { $0 }
    }
  }

  struct Outage: Error {}

  /// How often the directory was asked.
  let questions = Atomic<Int>(0)

  let key: ES256PrivateKey
  let publicPEM: String
  let alphaKeys: Keys
  let suspended = Mutex<Set<String>>([])
  let away = Mutex(false)
  /// What the tenants' records say.
  let policy = Mutex(TenantPolicy())
  let cell = Mutex(Tenant.defaultCell)
  let quotas = Mutex(TenantQuotas())
  /// A clock that tests may set.
  let clock = Atomic<Int64>(IdentityLab.now)
  /// What the record of the partner `intercom` says.
  let partnerScopes = Mutex<Set<String>>(["things:read"])
  let partnerRanges = Mutex(AddressRanges.any)
  /// Alpha's revocation lists, in PEM.
  let alphaLists = Mutex("")
  /// The thumbprints of certificates that were revoked.
  let revoked = Mutex<Set<String>>([])
  let alphaAuthority: CertificateAuthority
  /// Alpha's authorities, in PEM.
  let alphaRoots: Mutex<[String]>
  let betaAuthority: CertificateAuthority
  private let foreignKey: ES256PrivateKey

  init() throws {
    let pair = try PrivateKey.makeP256()
    key = try ES256PrivateKey(pem: try pair.pem)
    publicPEM = pair.publicKey.pem
    foreignKey = try ES256PrivateKey(pem: try PrivateKey.makeP256().pem)
    guard let point = pair.publicKey.coordinates else { preconditionFailure("P-256 is a point") }
    alphaKeys = Keys(
      """
      {"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"k1",\
      "x":"\(Base64URL.encode(point.x))","y":"\(Base64URL.encode(point.y))"},\
      {"kty":"RSA","use":"enc","alg":"RSA-OAEP","kid":"enc","n":"AQAB","e":"AQAB"}]}
      """)
    alphaAuthority = try CertificateAuthority.make(
      commonName: "alpha", validity: .seconds(86_400), now: Self.now - 3600)
    alphaRoots = Mutex([alphaAuthority.certificate.pem])
    betaAuthority = try CertificateAuthority.make(
      commonName: "beta", validity: .seconds(86_400), now: Self.now - 3600)
  }

  func tenantRecord(_ name: String, _ kind: Artel_Options_V1_TenantKind = .residential) -> Tenant {
    Tenant(
      id: "00000000-0000-0000-0000-00000000000\(name == "alpha" ? "a" : "b")", name: name,
      displayName: name, kind: kind, suspended: suspended.withLock { $0.contains(name) },
      issuer: "https://\(name).artel.test", createTime: 0, cell: cell.withLock { $0 },
      policy: policy.withLock { $0 }, quotas: quotas.withLock { $0 })
  }

  // MARK: IdentityDirectory

  private func checkAway() throws {
    questions.add(1, ordering: .relaxed)
    if away.withLock({ $0 }) { throw Outage() }
  }

  func issuer(_ iss: String) async throws -> TokenIssuerRecord? {
    try checkAway()
    switch iss {
    case "https://alpha.artel.test", "https://beta.artel.test":
      let name = iss.contains("alpha") ? "alpha" : "beta"
      return TokenIssuerRecord(
        tenant: tenantRecord(name), alias: "artel", issuer: iss,
        audiences: ["https://artel.test"], profile: .artel, algorithms: ["ES256"],
        keys: name == "alpha" ? alphaKeys : Keys("{\"keys\":[]}"))
    case "https://keycloak.test/realms/alpha":
      return TokenIssuerRecord(
        tenant: tenantRecord("alpha"), alias: "keycloak", issuer: iss, audiences: ["artel"],
        profile: .keycloak, algorithms: ["ES256"], keys: alphaKeys)
    default: return nil
    }
  }

  func tenant(named name: String) async throws -> Tenant? {
    try checkAway()
    return ["alpha", "beta"].contains(name) ? tenantRecord(name) : nil
  }

  func tenant(id: String) async throws -> Tenant? {
    questions.add(1, ordering: .relaxed)
    return ["alpha", "beta"].map { tenantRecord($0) }.first { $0.id == id }
  }

  func certificateTrust(tenantID: String) async throws -> CertificateTrust {
    questions.add(1, ordering: .relaxed)
    let isAlpha = tenantID.hasSuffix("a")
    let roots = isAlpha ? alphaRoots.withLock { $0 } : [betaAuthority.certificate.pem]
    let lists = isAlpha ? alphaLists.withLock { $0 } : ""
    return CertificateTrust(
      authorities: roots.map { .init(certificatePEM: $0, revocationListsPEM: lists) },
      revoked: revoked.withLock { $0 })
  }

  func client(_ clientID: String) async throws -> ClientRecord? {
    questions.add(1, ordering: .relaxed)
    return switch clientID {
    case "console", "disabled":
      ClientRecord(
        tenantID: tenantRecord("alpha").id, clientID: clientID, kind: .service,
        scopes: ["things:read"], disabled: clientID == "disabled", secretHashes: [])
    case "intercom":
      ClientRecord(
        tenantID: tenantRecord("alpha").id, clientID: clientID, kind: .partner,
        scopes: partnerScopes.withLock { $0 }, disabled: false, secretHashes: [],
        addressRanges: partnerRanges.withLock { $0 })
    case "bound":
      ClientRecord(
        tenantID: tenantRecord("alpha").id, clientID: clientID, kind: .partner,
        scopes: ["things:read"], disabled: false, secretHashes: [], certificateBound: true)
    case "beta-console":
      ClientRecord(
        tenantID: tenantRecord("beta").id, clientID: clientID, kind: .service,
        scopes: ["things:read"], disabled: false, secretHashes: [])
    default: nil
    }
  }

  // MARK: Credentials

  /// The claims of a good token of alpha's own issuer.
  static var claims: [String: Value] {
    [
      "iss": "https://alpha.artel.test", "aud": ["https://artel.test"], "sub": "anna",
      "client_id": "app", "scope": "things:read things:write", "jti": "j1",
      "artel_kind": "user", "iat": .number(now), "exp": .number(now + 600),
    ]
  }

  /// Signs claims as an issuer would.
  func token(
    _ claims: [String: Value] = IdentityLab.claims, kid: String = "k1", typ: String = "at+jwt",
    foreign: Bool = false
  ) async throws -> String {
    let keys = await JWTKeyCollection()
      .add(ecdsa: foreign ? foreignKey : key, kid: JWKIdentifier(string: kid))
    return try await keys.sign(
      Claims(claims), kid: JWKIdentifier(string: kid), header: ["typ": .string(typ)])
  }

  /// Signs a header and claims as they are, whatever they say.
  func sign(header: String, claims: String) async throws -> String {
    let input = [header, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
    let signer = try await JWTKeyCollection().add(ecdsa: key, kid: "k1").getKey(for: "k1")
    return "\(input).\(Base64URL.encode(try signer.sign(Array(input.utf8))))"
  }

  /// A client's certificate in PEM.
  func certificate(
    by authority: CertificateAuthority, naming tenant: String, client: String,
    domain: String = "artel.test"
  ) throws -> [UInt8] {
    Array(
      try authority.issueClient(
        uriSAN: "spiffe://\(domain)/tenants/\(tenant)/clients/\(client)", commonName: client,
        publicKey: try PrivateKey.makeP256().publicKey, validity: .seconds(3600), now: Self.now
      ).pem.utf8)
  }
}
