import Foundation
import LibCrypto
import Synchronization

/// When doors' certificates end, from the files that renewals are written to. The key beside a
/// certificate is never read for it, and a certificate only when its file has changed.
final class CertificateEnds: Sendable {
  private struct Known {
    let modified: Date?
    let end: Int64?
  }

  private let known = Mutex<[String: Known]>([:])

  /// The end of a file's chain in Unix seconds: that of its first certificate to end.
  func end(of file: String) -> Int64? {
    let modified =
      (try? FileManager.default.attributesOfItem(atPath: file))?[.modificationDate] as? Date
    if let known = known.withLock({ $0[file] }), known.modified == modified { return known.end }
    let end = (try? String(contentsOfFile: file, encoding: .utf8))
      .flatMap { try? Certificate.chain(pem: $0).map(\.notAfter).min() }
    known.withLock { $0[file] = Known(modified: modified, end: end) }
    return end
  }
}
