/// A client's assertion of itself (RFC 7523 section 3), whose signature was verified with the
/// client's own keys. What it says is for who asked to judge.
public struct ClientAssertion: Sendable {
  /// The algorithms that clients may sign with: nothing symmetric, no PKCS #1 padding (FAPI 2.0
  /// Security Profile section 5.4.1).
  public static let algorithms = ["ES256", "EdDSA", "PS256"]

  /// `iss`.
  public let issuer: String
  /// `sub`.
  public let subject: String
  /// `aud`.
  public let audience: [String]
  /// `exp`, in seconds since 1970.
  public let expiresAt: Int64
  /// `nbf` or `iat`, whichever is later; nil where it has neither.
  public let notBefore: Int64?
  /// `iat`; nil where it has none.
  public let issuedAt: Int64?
  /// `jti`.
  public let identifier: String

  /// The client that an assertion claims to be of, before anything is verified: to find its keys by.
  public static func claimedSubject(_ text: String) -> String? {
    (try? CompactToken(text, needsKeyID: false))?.payload["sub"]?.string
  }

  /// Verifies the signature.
  ///
  /// - Parameter keySet: The client's keys, a JSON Web Key Set.
  /// - Returns: nil where the assertion is malformed, lacks a claim, or was not signed with one of
  ///   the keys.
  public init?(_ text: String, keySet: String) async {
    guard let token = try? CompactToken(text, needsKeyID: false),
      Self.algorithms.contains(token.algorithm),
      let keys = try? await VerificationKeys(json: keySet, allowed: Set(Self.algorithms)),
      keys.verify(token), let issuer = token.payload["iss"]?.string,
      let subject = token.payload["sub"]?.string, let audience = token.payload["aud"]?.strings,
      let expiresAt = Self.time(token, "exp"), let identifier = token.payload["jti"]?.string,
      (1...255).contains(identifier.utf8.count)
    else { return nil }
    // A time that is no time is not the same as none.
    for name in ["iat", "nbf"] where token.payload[name] != nil && Self.time(token, name) == nil {
      return nil
    }
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
    self.expiresAt = expiresAt
    self.identifier = identifier
    issuedAt = Self.time(token, "iat")
    notBefore = [issuedAt, Self.time(token, "nbf")].compactMap { $0 }.max()
  }

  /// Whether a text is a set of public keys that assertions can be verified with: 1 to 10, each with
  /// an identifier of its own and no private member.
  public static func isKeySet(_ json: String) async -> Bool {
    guard json.utf8.count <= 64 << 10, let set = StrictJSON(Array(json.utf8), maxDepth: 8),
      case .array(let keys)? = set["keys"], (1...10).contains(keys.count),
      let readable = try? await VerificationKeys(json: json, allowed: Set(algorithms))
    else { return false }
    let ids = Set(keys.compactMap { $0["kid"]?.string })
    guard ids.count == keys.count else { return false }
    let secret = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]
    return keys.allSatisfy { key in
      secret.allSatisfy { key[$0] == nil }
        && algorithms.contains { readable.contains(key["kid"]?.string ?? "", $0) }
    }
  }

  private static func time(_ token: CompactToken, _ name: String) -> Int64? {
    guard let seconds = token.payload[name]?.seconds, (0...9_000_000_000).contains(seconds) else {
      return nil
    }
    return seconds
  }
}
