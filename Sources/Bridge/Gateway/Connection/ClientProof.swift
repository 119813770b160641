import Foundation
import RPC

/// The certificate that a client has proved to hold in a handshake.
final class ClientProof {
  /// It, then what the client presented besides, in DER.
  let chain: [[UInt8]]
  /// It, as PEM.
  let pem: [UInt8]
  /// What it verified with last.
  var roots: TrustedRoots

  /// - Parameter chain: At least its own certificate.
  init(chain: [[UInt8]], roots: TrustedRoots) {
    self.chain = chain
    pem = Self.pem(chain[0])
    self.roots = roots
  }

  /// Why it no longer verifies; nil where it does.
  func reasonAgainst(_ answer: TrustAnswer) -> String? {
    switch answer {
    case .unknown: return "its name is no longer served"
    case .broken(let reason): return reason
    case .trusted(let new):
      roots = new
      return new.reasonAgainst(chain: chain)
    }
  }

  private static func pem(_ der: [UInt8]) -> [UInt8] {
    let body = Data(der).base64EncodedString(options: [
      .lineLength64Characters, .endLineWithLineFeed,
    ])
    return Array("-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n".utf8)
  }
}
