import Egress
import GeneratedResidential
import LibCrypto
import RPC

/// What a partner's creation or update asks for, each value checked by itself.
struct PartnerUpdate: Sendable {
  /// The values of the fields that are named.
  private let wanted: Artel_Residential_V1_Partner
  /// The fields to change.
  private(set) var paths: Set<String>

  private static let credentials: Set<String> = [
    "client_secret", "assertion_key", "assertion_key_id", "tls_certificate", "tls_key",
  ]
  private static let changeable = credentials.union([
    "display_name", "base_uri", "token_uri", "client_id", "reporting_client_id", "format",
    "authentication",
  ])

  /// - Parameters:
  ///   - mask: the paths to change; nil takes every field that has a value.
  ///   - addresses: Where partners may be.
  /// - Throws: INVALID_ARGUMENT for a path that nobody can change, or a value that cannot be.
  init(
    _ partner: Artel_Residential_V1_Partner, mask: [String]?, _ addresses: EgressPolicy
  ) throws(RPCError) {
    // What only tells which partner is meant changes nothing.
    paths = Set(mask ?? Self.present(in: partner)).subtracting(["name", "etag"])
    if let path = paths.subtracting(Self.changeable).min() {
      throw Refusal.invalid("update_mask", "has a path that cannot be changed: \(path)")
    }
    wanted = partner
    try checkTexts()
    for (path, uri) in [("base_uri", partner.baseUri), ("token_uri", partner.tokenUri)]
    where paths.contains(path) && (EgressURL(uri).map { addresses.refusal(of: $0) != nil } ?? true)
    {
      throw Refusal.invalid(
        "partner.\(path)",
        "must be an https URI of a machine in the internet, without user, query and fragment")
    }
    if paths.contains("client_id"), partner.clientID.isEmpty {
      throw Refusal.invalid("partner.client_id", "is required")
    }
    if paths.contains("format"), BodyFormat(partner.format) == nil {
      throw Refusal.invalid("partner.format", "is not a format")
    }
    if paths.contains("authentication"), PartnerAuthentication(partner.authentication) == nil {
      throw Refusal.invalid("partner.authentication", "is not a way to authenticate")
    }
    try checkKeys()
  }

  /// Other credentials and nothing else.
  ///
  /// - Throws: INVALID_ARGUMENT where there are none, or one cannot be.
  init(
    _ request: Artel_Residential_V1_RotatePartnerSecretRequest, _ addresses: EgressPolicy
  ) throws(RPCError) {
    let partner = Artel_Residential_V1_Partner.with {
      $0.clientSecret = request.clientSecret
      $0.assertionKey = request.assertionKey
      $0.assertionKeyID = request.assertionKeyID
      $0.tlsCertificate = request.tlsCertificate
      $0.tlsKey = request.tlsKey
    }
    try self.init(partner, mask: nil, addresses)
    guard !paths.isEmpty else {
      throw Refusal.invalid("client_secret", "or another credential is required")
    }
  }

  /// The value of a text field; nil where it is left as it is.
  func text(_ path: String) -> String? { paths.contains(path) ? Self.text(path, wanted) : nil }

  /// Whether the update brings a value of a field.
  func brings(_ path: String) -> Bool { text(path).map { !$0.isEmpty } ?? false }

  /// A partner with what is to be changed of it, credentials aside.
  func applied(to partner: Artel_Residential_V1_Partner) -> Artel_Residential_V1_Partner {
    var partner = partner
    if let text = text("display_name") { partner.displayName = text }
    if let text = text("base_uri") { partner.baseUri = text }
    if let text = text("token_uri") { partner.tokenUri = text }
    if let text = text("client_id") { partner.clientID = text }
    if let text = text("reporting_client_id") { partner.reportingClientID = text }
    if paths.contains("format"), let format = BodyFormat(wanted.format) {
      partner.format = format.message
    }
    if paths.contains("authentication"),
      let authentication = PartnerAuthentication(wanted.authentication)
    {
      partner.authentication = authentication.message
    }
    return partner
  }

  /// Whether it is about credentials.
  var changesCredentials: Bool { !paths.isDisjoint(with: Self.credentials) }

  private func checkTexts() throws(RPCError) {
    for path in paths.sorted() where path != "format" && path != "authentication" {
      _ = try FieldText.storable(Self.text(path, wanted), "partner.\(path)")
    }
  }

  /// Keys that are read now are read when they are needed.
  private func checkKeys() throws(RPCError) {
    if brings("assertion_key") {
      guard (try? PrivateKey(pem: wanted.assertionKey))?.publicKey.kind == .ecdsa(curve: "P-256")
      else {
        throw Refusal.invalid(
          "partner.assertion_key", "must be a private key on P-256, as PEM without a password")
      }
    }
    // A certificate with another's key would be refused by every partner.
    guard brings("tls_certificate") == brings("tls_key"),
      paths.contains("tls_certificate") == paths.contains("tls_key")
    else { throw Refusal.invalid("partner.tls_key", "comes and goes with tls_certificate") }
    guard brings("tls_key") else { return }
    guard let chain = try? Certificate.chain(pem: wanted.tlsCertificate), let leaf = chain.first
    else {
      throw Refusal.invalid("partner.tls_certificate", "must be certificates as PEM")
    }
    // What cannot be loaded, or is over, would be found out by commands.
    guard leaf.publicKey.kind.isAcceptable, leaf.notAfter > UnixTime.now() else {
      throw Refusal.invalid(
        "partner.tls_certificate",
        "must be of a key on P-256, P-384 or P-521, of Ed25519 or of RSA with 2048 bits or more, and "
          + "must not have ended")
    }
    guard let key = try? PrivateKey(pem: wanted.tlsKey), key.publicKey.der == leaf.publicKey.der
    else {
      throw Refusal.invalid(
        "partner.tls_key", "must be the certificate's private key, as PEM without a password")
    }
  }

  private static func present(in partner: Artel_Residential_V1_Partner) -> [String] {
    changeable.filter { path in
      switch path {
      case "format": partner.format != .unspecified
      case "authentication": partner.authentication != .unspecified
      default: !text(path, partner).isEmpty
      }
    }
  }

  private static func text(_ path: String, _ partner: Artel_Residential_V1_Partner) -> String {
    switch path {
    case "display_name": partner.displayName
    case "base_uri": partner.baseUri
    case "token_uri": partner.tokenUri
    case "client_id": partner.clientID
    case "reporting_client_id": partner.reportingClientID
    case "client_secret": partner.clientSecret
    case "assertion_key": partner.assertionKey
    case "assertion_key_id": partner.assertionKeyID
    case "tls_certificate": partner.tlsCertificate
    case "tls_key": partner.tlsKey
    default: ""
    }
  }
}
