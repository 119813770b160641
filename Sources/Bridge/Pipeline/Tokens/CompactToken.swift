import LibCrypto
import Mutation

/// A JSON Web Token in its compact form, taken apart but not verified (RFC 7515 section 7.1).
///
/// Parsing refuses what no honest issuer sends, before any key is looked at: more than 8 KiB, other
/// than three parts, padding or other characters outside base64url, JSON with duplicate keys or
/// deeper than 16, `crit`, and keys that the token brings itself.
struct CompactToken: Sendable {
  static let maxBytes = 8 << 10

  let header: StrictJSON
  let payload: StrictJSON
  let algorithm: String
  let keyID: String
  /// What the signature covers: the first two parts with their dot.
  let signingInput: [UInt8]
  let signature: [UInt8]

  /// - Parameter needsKeyID: Whether the header has to name the key; without it, `keyID` may be empty.
  init(_ text: String, needsKeyID: Bool = true) throws(TokenError) {
    guard text.utf8.count <= Self.maxBytes || Mutation.isOn(.takesLongTokens) else {
      throw .malformed("the token is too long")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformed("the token has not three parts") }
    guard let headerBytes = Base64URL.decode(parts[0]), !headerBytes.isEmpty,
      let payloadBytes = Base64URL.decode(parts[1]), !payloadBytes.isEmpty,
      let signature = Base64URL.decode(Self.signature(parts[2])),
      !signature.isEmpty || Mutation.isOn(.takesNoSignature)
    else { throw .malformed("a part of the token is not base64url") }
    let depth = Mutation.isOn(.takesDeepTokens) ? 1000 : 16
    guard let header = StrictJSON(headerBytes, maxDepth: depth), case .object(let fields) = header,
      let payload = StrictJSON(payloadBytes, maxDepth: depth), case .object = payload
    else { throw .malformed("a part of the token is not strict JSON") }
    for name in Self.refusedMembers where fields[name] != nil {
      throw .malformed("the token's header has '\(name)'")
    }
    guard let algorithm = fields["alg"]?.string,
      let keyID = fields["kid"].map({ $0.string }) ?? (needsKeyID ? nil : ""),
      !keyID.isEmpty || fields["kid"] == nil, keyID.utf8.count <= 200
    else { throw .malformed("the token's header names no algorithm or no key") }
    self.header = header
    self.payload = payload
    self.algorithm = algorithm
    self.keyID = keyID
    self.signature = signature
    signingInput = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
  }

  /// What no honest issuer's header has: extensions that would have to be understood, and keys.
  private static var refusedMembers: [String] {
    (Mutation.isOn(.ignoresCriticalHeaders) ? [] : ["crit", "b64"])
      + (Mutation.isOn(.takesKeysInHeaders) ? [] : ["jwk", "jku", "x5u", "x5c"])
  }

  private static func signature(_ part: Substring) -> Substring {
    Mutation.isOn(.takesOtherSignatures) ? part.prefix(86) : part
  }
}

/// Why a token is refused. The caller learns only that it is invalid or expired; the log learns
/// the rest.
enum TokenError: Error, Sendable, Equatable {
  case malformed(String)
  case unknownIssuer
  case algorithmNotAllowed
  case unknownKey
  case badSignature
  case claim(String)
  case expired
}
