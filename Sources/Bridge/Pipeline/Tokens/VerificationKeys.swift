import FoundationEssentials
import JWTKit
import Mutation

/// The keys of an issuer, ready to verify: each bound to one algorithm by the issuer's own words
/// or by its curve, so that a token cannot choose how its signature is read.
struct VerificationKeys: Sendable {
  private let algorithms: [String: any JWTAlgorithm]

  /// Reads a key set. Keys that are not for signatures, or whose algorithm the issuer may not use,
  /// are left out.
  ///
  /// - Throws: `TokenError.malformed` where the set is not a JSON Web Key Set.
  init(json: String, allowed: Set<String>) async throws {
    guard let set = StrictJSON(Array(json.utf8), maxDepth: 16), case .array(let keys)? = set["keys"]
    else { throw TokenError.malformed("the key set is not a JSON Web Key Set") }
    var algorithms: [String: any JWTAlgorithm] = [:]
    for key in keys {
      guard let id = key["kid"]?.string, key["use"]?.string ?? "sig" == "sig" else { continue }
      for (algorithm, jwk) in Self.readings(of: key, id: id)
      where allowed.contains(algorithm) || Mutation.isOn(.takesForeignAlgorithms) {
        // A key that cannot be read is left out, as if the issuer had not published it.
        guard let collection = try? await JWTKeyCollection().add(jwk: jwk),
          let verifier = try? await collection.getKey(
            for: JWKIdentifier(string: id), alg: algorithm)
        else { continue }
        algorithms[Self.entry(id, algorithm)] = verifier
      }
    }
    self.algorithms = algorithms
  }

  /// Whether the set has the key, for the algorithm.
  func contains(_ keyID: String, _ algorithm: String) -> Bool {
    key(keyID, algorithm) != nil || Self.takesUnsigned(algorithm)
  }

  /// Whether the signature is the key's over the input; of a token that names no key, one of the
  /// keys' that are for its algorithm.
  func verify(_ token: CompactToken) -> Bool {
    if Self.takesUnsigned(token.algorithm) { return true }
    guard token.keyID.isEmpty else {
      return verify(token.signature, over: token.signingInput, by: token.keyID, token.algorithm)
    }
    return algorithms.contains { entry in
      entry.key.hasPrefix("\(token.algorithm) ")
        && Self.verify(token.signature, over: token.signingInput, token.algorithm, entry.value)
    }
  }

  /// Whether a signature is a key's over the input.
  func verify(
    _ signature: [UInt8], over input: [UInt8], by keyID: String, _ algorithm: String
  ) -> Bool {
    key(keyID, algorithm).map { Self.verify(signature, over: input, algorithm, $0) } ?? false
  }

  private static func verify(
    _ signature: [UInt8], over input: [UInt8], _ algorithm: String, _ verifier: any JWTAlgorithm
  ) -> Bool {
    // ECDSA's is the fixed-length form of RFC 7518 section 3.4, never DER.
    if algorithm == "ES256" && signature.count != 64 { return false }
    return (try? verifier.verify(signature, signs: input)) ?? false
  }

  private func key(_ keyID: String, _ algorithm: String) -> (any JWTAlgorithm)? {
    if let key = algorithms[Self.entry(keyID, algorithm)] { return key }
    guard Mutation.isOn(.takesUnknownKeys) else { return nil }
    return algorithms.first { $0.key.hasPrefix("\(algorithm) ") }?.value
  }

  /// Whether a token may name an algorithm that its issuer is not registered with.
  static func takes(_ algorithm: String) -> Bool {
    Mutation.isOn(.takesForeignAlgorithms) || takesUnsigned(algorithm)
  }

  private static func takesUnsigned(_ algorithm: String) -> Bool {
    Mutation.isOn(.takesNoSignature) && algorithm.lowercased() == "none"
      || Mutation.isOn(.takesHMAC) && algorithm == "HS256"
  }

  private static func entry(_ keyID: String, _ algorithm: String) -> String {
    "\(algorithm) \(keyID)"
  }

  /// The algorithms that a key may be used with, with the key for each.
  private static func readings(of key: StrictJSON, id: String) -> [(String, JWK)] {
    let named = key["alg"]?.string
    let identifier = JWKIdentifier(string: id)
    switch key["kty"]?.string {
    case "RSA":
      guard let n = key["n"]?.string, let e = key["e"]?.string,
        // 2,048 bits are 342 characters of base64url.
        n.utf8.count >= 342
      else { return [] }
      let all: [(String, JWK.Algorithm)] = [("RS256", .rs256), ("PS256", .ps256)]
      return all.filter { named == nil || named == $0.0 }.map {
        ($0.0, .rsa($0.1, identifier: identifier, modulus: n, exponent: e))
      }
    case "EC":
      guard key["crv"]?.string == "P-256", named ?? "ES256" == "ES256",
        let x = key["x"]?.string, let y = key["y"]?.string
      else { return [] }
      return [("ES256", .ecdsa(.es256, identifier: identifier, x: x, y: y, curve: .p256))]
    case "OKP":
      guard key["crv"]?.string == "Ed25519", named ?? "EdDSA" == "EdDSA",
        let x = key["x"]?.string
      else { return [] }
      return [
        ("EdDSA", .octetKeyPair(.eddsa, identifier: identifier, x: x, y: nil, curve: .ed25519))
      ]
    default: return []
    }
  }
}
