/// What an HTTP/2 client sends first (RFC 9113, section 3.4).
enum Preface {
  static let bytes = [UInt8]("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  enum Verdict: Equatable {
    case complete
    /// What has come fits, and more has to come.
    case incomplete
    case wrong
  }

  /// Looks at the first bytes of a connection.
  static func judge(_ start: UnsafeRawBufferPointer) -> Verdict {
    let known = min(start.count, bytes.count)
    guard start[..<known].elementsEqual(bytes[..<known]) else { return .wrong }
    return known == bytes.count ? .complete : .incomplete
  }
}
