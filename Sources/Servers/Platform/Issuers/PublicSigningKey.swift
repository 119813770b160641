import FoundationEssentials
import Mutation

/// The public half of a tenant's signing key: a point on P-256 (RFC 7518 section 6.2.1).
struct PublicSigningKey: Sendable, Hashable {
  /// The key's identifier.
  let kid: String
  /// The point's coordinates, base64url.
  let x: String
  let y: String

  /// The members of the key in a key set, and none of the private half's.
  private struct Member: Encodable {
    let kty = "EC"
    let use = "sig"
    let alg = "ES256"
    let crv = "P-256"
    let kid: String
    let x: String
    let y: String
    var d = Mutation.isOn(.publishesPrivateKeys) ? "private" : nil
  }

  private struct KeySet: Encodable {
    let keys: [Member]
  }

  /// A JSON Web Key Set (RFC 7517 section 5).
  static func keySet(of keys: [PublicSigningKey]) throws -> String {
    let members = keys.map { Member(kid: $0.kid, x: $0.x, y: $0.y) }
    // In one order: what was verified by these keys is remembered beside this text.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(KeySet(keys: members)), as: UTF8.self)
  }
}
