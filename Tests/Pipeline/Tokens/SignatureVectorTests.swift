import Foundation
import LibCrypto
import TestSupport
import Testing

@testable import Pipeline

/// A file of vectors, and what our algorithm makes of it.
private struct VectorFile: Sendable, CustomTestStringConvertible {
  let name: String
  let algorithm: String
  /// How many vectors the pinned package has: fewer would prove less than is said.
  let count: Int
  /// Where the file's parameters are not those of the algorithm (RFC 7518 section 3.5: PS256 has
  /// MGF1 with SHA-256 and a salt of 32 bytes): the vectors that have ours, which are all that is
  /// valid for us.
  var valid: Set<Int>?

  var testDescription: String { name }

  static let all = [
    VectorFile(name: "ecdsa_secp256r1_sha256_p1363", algorithm: "ES256", count: 250),
    VectorFile(name: "ecdsa_secp256r1_sha512_p1363", algorithm: "ES256", count: 250, valid: []),
    VectorFile(name: "ed25519", algorithm: "EdDSA", count: 140),
    VectorFile(name: "rsa_signature_2048_sha256", algorithm: "RS256", count: 259),
    VectorFile(name: "rsa_signature_3072_sha256", algorithm: "RS256", count: 259),
    VectorFile(name: "rsa_signature_4096_sha256", algorithm: "RS256", count: 258),
    VectorFile(name: "rsa_signature_2048_sha512", algorithm: "RS256", count: 259, valid: [221]),
    VectorFile(name: "rsa_pss_2048_sha256_mgf1_32", algorithm: "PS256", count: 108),
    VectorFile(name: "rsa_pss_3072_sha256_mgf1_32", algorithm: "PS256", count: 108),
    VectorFile(name: "rsa_pss_4096_sha256_mgf1_32", algorithm: "PS256", count: 108),
    VectorFile(name: "rsa_pss_2048_sha256_mgf1_0", algorithm: "PS256", count: 103, valid: [69]),
    VectorFile(
      name: "rsa_pss_2048_sha256_mgf1sha1_20", algorithm: "PS256", count: 108, valid: []),
  ]
}

@Suite(
  "A signature and Wycheproof's vectors", .covers("S-A21"),
  .enabled(if: Wycheproof.folder != nil, "ARTEL_WYCHEPROOF names no folder"))
struct SignatureVectorTests {
  private struct Group: Decodable {
    var publicKey: Key
    var tests: [Vector]
  }

  /// The members of all kinds of keys.
  private struct Key: Decodable {
    var modulus, publicExponent, wx, wy, pk: HexadecimalBytes?
  }

  private struct Vector: Decodable {
    var tcId: Int
    var comment: String
    var msg, sig: HexadecimalBytes
    var result: Wycheproof.Verdict
  }

  @Test("is taken where it is valid, and nowhere else", arguments: VectorFile.all)
  private func vectors(_ file: VectorFile) async throws {
    var seen = 0
    for group in try Wycheproof.groups("Signature/wycheproof/\(file.name)", of: Group.self) {
      let keys = try await VerificationKeys(
        json: #"{"keys":[\#(try Self.jwk(group.publicKey, file.algorithm))]}"#,
        allowed: [file.algorithm])
      #expect(keys.contains("k", file.algorithm))
      for vector in group.tests {
        seen += 1
        let isTaken = keys.verify(
          vector.sig.bytes, over: vector.msg.bytes, by: "k", file.algorithm)
        guard file.valid != nil || vector.result != .acceptable else { continue }
        let isValid = file.valid?.contains(vector.tcId) ?? (vector.result == .valid)
        #expect(isTaken == isValid, "\(vector.tcId) \(vector.comment)")
      }
    }
    #expect(seen >= file.count)
  }

  /// The key as an issuer publishes it.
  private static func jwk(_ key: Key, _ algorithm: String) throws -> String {
    let members: [(String, [UInt8])] =
      switch algorithm {
      case "ES256":
        [("x", try coordinate(key.wx)), ("y", try coordinate(key.wy))]
      case "EdDSA": [("x", try #require(key.pk).bytes)]
      default:
        [
          ("n", Array(try #require(key.modulus).bytes.drop { $0 == 0 })),
          ("e", Array(try #require(key.publicExponent).bytes.drop { $0 == 0 })),
        ]
      }
    let kind =
      switch algorithm {
      case "ES256": #""kty":"EC","crv":"P-256""#
      case "EdDSA": #""kty":"OKP","crv":"Ed25519""#
      default: #""kty":"RSA""#
      }
    let values = members.map { #""\#($0)":"\#(Base64URL.encode($1))""# }.joined(separator: ",")
    return #"{\#(kind),"alg":"\#(algorithm)","use":"sig","kid":"k",\#(values)}"#
  }

  /// A coordinate of P-256 has 32 bytes (RFC 7518 section 6.2.1.2), whatever its value.
  private static func coordinate(_ value: HexadecimalBytes?) throws -> [UInt8] {
    let digits = Array(try #require(value).bytes.drop { $0 == 0 })
    return [UInt8](repeating: 0, count: 32 - digits.count) + digits
  }
}
