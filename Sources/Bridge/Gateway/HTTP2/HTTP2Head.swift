import NIOHPACK

/// The head of a request as HTTP/2 has it (RFC 9113 section 8.3), read into the form that both
/// versions share.
///
/// The connection below has looked at names, pseudo-fields and connection-specific fields already.
enum HTTP2Head {
  enum Fault: Error {
    /// No request of HTTP/2: only its stream ends.
    case malformed
    case tooLarge(RequestHead)
  }

  /// - Parameters:
  ///   - limit: The most bytes of the header list (section 6.5.2).
  ///   - isWhole: No body follows.
  static func read(
    _ fields: HPACKHeaders, limit: Int, isWhole: Bool
  ) throws(Fault) -> RequestHead {
    var head = RequestHead(
      method: .GET, uri: "", version: .http2, headers: [],
      framing: isWhole ? .length(0) : .chunked, isKeepAlive: true)
    var authority: String?
    var host: String?
    var length: Int?
    var size = 0
    var count = 0
    head.headers.reserveCapacity(fields.count)
    for (name, value, _) in fields {
      size += name.utf8.count + value.utf8.count + 32
      guard name.utf8.first != 0x3A else {
        switch name {
        case ":method": head.method = try method(value)
        case ":path": head.uri = value
        case ":authority": authority = value
        case ":scheme": guard value == "http" || value == "https" else { throw .malformed }
        default: throw .malformed
        }
        continue
      }
      count += 1
      guard isContent(value) else { throw .malformed }
      switch name {
      case "host":
        guard host == nil else { throw .malformed }
        host = value
        continue
      case "content-length":
        guard let number = number(value), length == nil || length == number else {
          throw .malformed
        }
        length = number
      default: break
      }
      head.headers.append((name, value))
    }
    guard isTarget(head) else { throw .malformed }
    // They are one thing in two places (section 8.3.1).
    if let authority, let host, authority != host { throw .malformed }
    guard var name = authority ?? host, !name.isEmpty,
      name.withUTF8({ HostField.isValid(UnsafeRawBufferPointer($0)) })
    else { throw .malformed }
    head.headers.append(("host", name))
    if let length {
      guard !isWhole || length == 0 else { throw .malformed }
      if !isWhole { head.framing = .length(length) }
    }
    guard size <= limit, count <= HeadParser.maxFields else { throw .tooLarge(head) }
    return head
  }

  private static func method(_ name: String) throws(Fault) -> RequestHead.Method {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isToken), name != "CONNECT" else {
      throw .malformed
    }
    return RequestHead.Method(rawValue: name)
  }

  /// A path, or the asterisk of OPTIONS; nothing that has to be percent-encoded and is not.
  private static func isTarget(_ head: RequestHead) -> Bool {
    guard head.uri.utf8.first == 0x2F || (head.uri == "*" && head.method == .OPTIONS) else {
      return false
    }
    return head.uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// No controls but the tab, no space at either end (section 8.2.1).
  private static func isContent(_ value: String) -> Bool {
    let bytes = value.utf8
    guard bytes.first?.isSpaceOrTab != true, bytes.last?.isSpaceOrTab != true else { return false }
    return bytes.allSatisfy(\.isFieldContent)
  }

  private static func number(_ text: String) -> Int? {
    guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }
}
