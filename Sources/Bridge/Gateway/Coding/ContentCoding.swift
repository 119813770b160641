/// The content codings of this door (RFC 9110 section 8.4.1).
enum ContentCoding: Sendable {
  case gzip
  /// zlib's format (RFC 1950), or without its header, as some clients send it.
  case deflate

  /// What a request's `Content-Encoding` says.
  enum Request: Equatable {
    /// The body is as it is.
    case identity
    case coded(ContentCoding)
    /// Unknown here, or several behind one another: what nobody needs hides what it is.
    case unsupported
  }

  /// Reads `Content-Encoding`; several fields come joined by commas.
  static func request(_ value: String?) -> Request {
    guard let value else { return .identity }
    var found = Request.identity
    for member in value.split(separator: ",") {
      let coding: Request
      switch member.trimmingSpacesAndTabs.lowercased() {
      case "", "identity": continue
      case "gzip", "x-gzip": coding = .coded(.gzip)
      case "deflate": coding = .coded(.deflate)
      default: return .unsupported
      }
      guard found == .identity else { return .unsupported }
      found = coding
    }
    return found
  }

  /// Whether `Accept-Encoding` would rather have gzip than the answer as it is (RFC 9110 section
  /// 12.5.3).
  ///
  /// - Parameter value: The field's members; nil without the field, which asks for nothing.
  static func prefersGzip(_ value: String?) -> Bool {
    guard let value else { return false }
    if value == "gzip" { return true }
    var gzip: Int?
    var identity: Int?
    var any: Int?
    for member in value.split(separator: ",") {
      let parts = member.split(separator: ";", omittingEmptySubsequences: false)
      var quality = 1_000
      for parameter in parts.dropFirst() {
        let text = parameter.trimmingSpacesAndTabs.lowercased()
        if text.hasPrefix("q=") { quality = thousandths(text.dropFirst(2)) }
      }
      switch parts[0].trimmingSpacesAndTabs.lowercased() {
      case "gzip", "x-gzip": gzip = gzip ?? quality
      case "identity": identity = identity ?? quality
      case "*": any = any ?? quality
      default: break
      }
    }
    let wanted = gzip ?? any ?? 0
    // Whatever is not named is as it is, at any quality below the others.
    return wanted > 0 && wanted >= (identity ?? 0)
  }

  /// `0.5` as 500; 0 for what is no weight (RFC 9110 section 12.4.2).
  private static func thousandths(_ text: Substring) -> Int {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, first == 0x30 || first == 0x31, bytes.count <= 5 else {
      return 0
    }
    guard bytes.count > 1 else { return first == 0x31 ? 1_000 : 0 }
    guard bytes[1] == 0x2E else { return 0 }
    var value = 0
    for index in 2..<5 {
      let digit = index < bytes.count ? Int(bytes[index]) - 0x30 : 0
      guard (0...9).contains(digit) else { return 0 }
      value = value * 10 + digit
    }
    return first == 0x31 ? (value == 0 ? 1_000 : 0) : value
  }
}

extension ContentCoding.Request {
  var failure: Failure? {
    guard self == .unsupported else { return nil }
    var failure = Failure(
      415, .invalidArgument, "the request body must be as it is, or be gzip or deflate")
    failure.listsCodings = true
    return failure
  }
}

extension Substring {
  /// Without spaces and tabs at both ends.
  var trimmingSpacesAndTabs: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
