/// `Content-Disposition` of an answer that is a file (RFC 6266).
enum ContentDisposition {
  /// What a browser saves an answer as.
  ///
  /// - Parameter name: A file's name in any script; what stands before its last slash is left out.
  /// - Returns: The field's value, with the name as ASCII for clients that know no other and as UTF-8
  ///   (RFC 8187); nil where nothing of a name is left.
  static func attachment(_ name: String) -> String? {
    guard let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else {
      return nil
    }
    let name = String(String.UnicodeScalarView(last.unicodeScalars.filter(isPrintable)))
    guard !name.isEmpty, name != ".", name != ".." else { return nil }
    let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x25 }
    if isPlain { return "attachment; filename=\"\(name)\"" }
    // A percent sign in the plain form is decoded by some browsers: it goes into the other only.
    let plain = String(
      decoding: name.unicodeScalars.map { scalar -> UInt8 in
        scalar.isASCII && scalar != "\"" && scalar != "%" ? UInt8(scalar.value) : 0x5F
      }, as: UTF8.self)
    var text = "attachment; filename=\"\(plain)\"; filename*=UTF-8''"
    PercentCoding.append(name, to: &text, keeping: isAttributeCharacter)
    return text
  }

  /// Controls could end the line; marks of direction could hide what kind of file it is.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
    default: true
    }
  }

  /// `attr-char` of RFC 8187 section 3.2.1.
  private static func isAttributeCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x23, 0x24, 0x26, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
    default: false
    }
  }
}
