/// The header fields of one part while they come (RFC 7578 section 4).
struct PartHeader {
  private let limit: Int
  private var line: [UInt8] = []
  private var count = 0
  private var disposition: Disposition?
  private var contentType: String?
  private var encoding: String?

  init(limit: Int) { self.limit = limit }

  /// Takes the next byte; true after the empty line that ends the header.
  mutating func take(_ byte: UInt8) throws(TranscodingError) -> Bool {
    count += 1
    guard count <= limit else {
      throw MultipartReader.tooLarge("the header of a part has more than \(limit) bytes")
    }
    guard byte == UInt8(ascii: "\n") else {
      if line.last == UInt8(ascii: "\r") || byte == 0 {
        throw MultipartReader.malformed("a line of a part's header must end with CRLF")
      }
      line.append(byte)
      return false
    }
    guard line.popLast() == UInt8(ascii: "\r") else {
      throw MultipartReader.malformed("a line of a part's header must end with CRLF")
    }
    if line.isEmpty { return true }
    try read()
    line.removeAll(keepingCapacity: true)
    return false
  }

  /// What the header says.
  func finish() throws(TranscodingError) -> MultipartPart {
    guard let disposition else {
      throw MultipartReader.malformed("a part needs Content-Disposition")
    }
    if let encoding, !["7bit", "8bit", "binary"].contains(encoding.lowercased()) {
      throw MultipartReader.malformed(
        "Content-Transfer-Encoding is not for forms (RFC 7578 section 4.7)")
    }
    return MultipartPart(
      name: disposition.name, fileName: disposition.fileName.flatMap(PartHeader.plainName),
      isFile: disposition.fileName != nil, contentType: contentType)
  }

  private mutating func read() throws(TranscodingError) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      line[..<colon].allSatisfy(Disposition.isToken)
    else { throw MultipartReader.malformed("a line of a part's header is no header field") }
    guard let text = String(validating: line[(colon + 1)...], as: UTF8.self) else {
      throw MultipartReader.malformed("the header of a part is not UTF-8")
    }
    let value = text.trimmed
    switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
    case "content-disposition":
      guard disposition == nil else { throw twice("Content-Disposition") }
      disposition = try Disposition(value)
    case "content-type":
      guard contentType == nil else { throw twice("Content-Type") }
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
        throw MultipartReader.malformed("the Content-Type of a part has a control character")
      }
      contentType = value.isEmpty ? nil : value
    case "content-transfer-encoding":
      guard encoding == nil else { throw twice("Content-Transfer-Encoding") }
      encoding = value
    default: break  // RFC 7578 section 4.8: others are ignored.
    }
  }

  private func twice(_ name: String) -> TranscodingError {
    MultipartReader.malformed("a part has \(name) twice")
  }

  /// The last component of a name that may be a path of any system, without control characters.
  /// RFC 7578 section 4.2: nobody may be led to write elsewhere by it.
  private static func plainName(_ name: String) -> String? {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "/", "\\": scalars.removeAll()
      default:
        if scalar.properties.generalCategory != .control { scalars.append(scalar) }
      }
    }
    let plain = String(scalars).trimmed
    return plain.isEmpty || plain == "." || plain == ".." ? nil : plain
  }
}

extension StringProtocol {
  /// Without the spaces and tabs around it.
  var trimmed: String {
    var text = Substring(self).utf8
    while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return String(Substring(text))
  }
}

/// The value of a part's `Content-Disposition` (RFC 7578 section 4.2, RFC 6266 section 4.1).
struct Disposition {
  private(set) var name = ""
  private(set) var fileName: String?

  init(_ value: String) throws(TranscodingError) {
    var rest = value.unicodeScalars[...]
    guard Disposition.token(&rest).lowercased() == "form-data" else {
      throw MultipartReader.malformed("the Content-Disposition of a part must be form-data")
    }
    var hasName = false
    while true {
      Disposition.skipSpace(&rest)
      guard let next = rest.popFirst() else { break }
      guard next == ";" else { throw Disposition.malformed }
      Disposition.skipSpace(&rest)
      if rest.isEmpty { break }
      let attribute = Disposition.token(&rest).lowercased()
      guard !attribute.isEmpty, rest.popFirst() == "=" else { throw Disposition.malformed }
      let text = try Disposition.value(&rest)
      switch attribute {
      case "name":
        guard !hasName, !text.isEmpty else { throw Disposition.malformed }
        hasName = true
        name = text
      case "filename":
        guard fileName == nil else { throw Disposition.malformed }
        fileName = text
      default: break  // `filename*` too, which RFC 7578 section 4.2 forbids here.
      }
    }
    guard hasName else { throw MultipartReader.malformed("a part needs a name") }
  }

  private static let malformed = MultipartReader.malformed(
    "the Content-Disposition of a part is malformed")

  private static func skipSpace(_ rest: inout String.UnicodeScalarView.SubSequence) {
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
  }

  private static func token(_ rest: inout String.UnicodeScalarView.SubSequence) -> String {
    var text = String.UnicodeScalarView()
    while let next = rest.first, next.isASCII, isToken(UInt8(next.value)) {
      text.append(next)
      rest.removeFirst()
    }
    return String(text)
  }

  /// A token or a quoted string. Some browsers send a path with single backslashes, so only `\"` and
  /// `\\` are escapes.
  private static func value(
    _ rest: inout String.UnicodeScalarView.SubSequence
  ) throws(TranscodingError) -> String {
    guard rest.first == "\"" else {
      let text = token(&rest)
      guard !text.isEmpty else { throw malformed }
      return text
    }
    rest.removeFirst()
    var text = String.UnicodeScalarView()
    while let next = rest.popFirst() {
      if next == "\"" { return String(text) }
      if next == "\\", let escaped = rest.first, escaped == "\"" || escaped == "\\" {
        text.append(escaped)
        rest.removeFirst()
        continue
      }
      guard next.value >= 0x20, next.value != 0x7f else { throw malformed }
      text.append(next)
    }
    throw malformed
  }

  /// `tchar` of RFC 9110 section 5.6.2.
  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// A character of a token of RFC 8941 section 3.3.4.
  static func isTokenOrSlash(_ byte: UInt8) -> Bool {
    isToken(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
  }
}
