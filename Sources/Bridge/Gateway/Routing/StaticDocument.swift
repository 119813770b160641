import LibCrypto

/// A document that the door has ready for whoever asks: the description of its methods, and the page
/// that shows it. A path of a contract goes before it.
public final class StaticDocument: Sendable {
  /// Where it is, such as `/openapi.json`.
  public let path: String
  let contentType: String
  let body: [UInt8]
  /// The body in gzip; nil where that is no shorter.
  let compressed: [UInt8]?
  let entityTag: EntityTag
  /// What a page may load and do (`Content-Security-Policy`).
  let contentPolicy: String?

  /// - Parameters:
  ///   - path: Where it is, such as `/openapi.json`.
  ///   - contentType: Its media type.
  ///   - body: Its bytes.
  ///   - contentPolicy: What it may load and do, where it is a page.
  public init(path: String, contentType: String, body: [UInt8], contentPolicy: String? = nil) {
    self.path = path
    self.contentType = contentType
    self.body = body
    self.contentPolicy = contentPolicy
    let hash = body.withUnsafeBytes { SHA256.hash($0) }
    entityTag = EntityTag(isWeak: false, opaque: "\"\(Base64URL.encode(hash.prefix(16)))\"")
    var output: [UInt8] = []
    let isShorter = body.withUnsafeBytes { bytes in
      Deflater(.whole)?.whole(bytes, into: &output) ?? false
    }
    compressed = isShorter ? output : nil
  }
}
