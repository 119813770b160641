/// Names of values that are credentials: in settings, headers, forms and JSON.
enum SecretName {
  /// What such names end in, without hyphens and underscores.
  private static let endings = [
    "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey",
    "privatekey",
    "authorization", "cookie", "session", "sessionid", "assertion", "verifier", "credential",
    "credentials", "signature", "jwt", "csrf", "xsrf",
  ].map { Array($0.utf8) }
  /// What only whole names are: words end in it that mean something else.
  private static let wholes = ["pin", "otp", "sid", "cvv", "cvc", "bearer"].map { Array($0.utf8) }
  /// Headers whose values have spaces.
  private static let lines = ["authorization", "cookie"].map { Array($0.utf8) }
  private static let code = Array("code".utf8)
  private static let schemes = ["bearer", "basic", "dpop"].map { Array($0.utf8) }
  private static let longest = 48

  /// Whether values of this name are credentials.
  static func matches(_ name: String) -> Bool { matches(plain(Array(name.utf8)[...])) }

  /// Whether it is a scheme of `Authorization`.
  static func isScheme(_ word: ArraySlice<UInt8>) -> Bool {
    (4...6).contains(word.count) && schemes.contains(plain(word))
  }

  /// Where the value is that a name has been given: `name=value`, `name: value`, `"name": "value"`.
  ///
  /// - Parameter end: where the name ends.
  static func value(
    behind name: ArraySlice<UInt8>, at end: Int, in bytes: [UInt8]
  ) -> Range<Int>? {
    guard (3...longest).contains(name.count) else { return nil }
    var index = end
    func byte() -> UInt8? { index < bytes.count ? bytes[index] : nil }
    func skipSpaces() {
      let last = index + 2
      while index < last, byte() == UInt8(ascii: " ") { index += 1 }
    }
    func skipQuote() -> UInt8? {
      let begin = index
      if byte() == UInt8(ascii: "\\") { index += 1 }
      guard let quote = byte(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
        index = begin
        return nil
      }
      index += 1
      return quote
    }
    _ = skipQuote()
    skipSpaces()
    guard byte() == UInt8(ascii: ":") || byte() == UInt8(ascii: "=") else { return nil }
    // Few words come so far.
    let plain = plain(name)
    let isCode = plain == code
    guard isCode || matches(plain) else { return nil }
    index += 1
    if byte() == UInt8(ascii: ">") { index += 1 }
    skipSpaces()
    let quote = skipQuote()
    let start = index
    let isLine = lines.contains { plain.suffix($0.count).elementsEqual($0) }
    func ends(_ byte: UInt8) -> Bool {
      if byte == 0x0A || byte == 0x0D { return true }
      if let quote { return byte == quote }
      return !isLine && (byte <= 0x20 || ",;&)}]\"'<>".utf8.contains(byte))
    }
    while let next = byte(), !ends(next) { index += 1 }
    // `token: Bearer abc`.
    if quote == nil, isScheme(bytes[start..<index]), byte() == UInt8(ascii: " ") {
      index += 1
      while let next = byte(), !ends(next) { index += 1 }
    }
    guard index > start else { return nil }
    if isCode, !(6...10).contains(index - start) || !bytes[start..<index].allSatisfy(\.isDigit) {
      return nil
    }
    return start..<index
  }

  private static func matches(_ plain: [UInt8]) -> Bool {
    wholes.contains(plain) || endings.contains { plain.suffix($0.count).elementsEqual($0) }
  }

  private static func plain(_ name: ArraySlice<UInt8>) -> [UInt8] {
    name.lazy.filter { $0 != 0x2D && $0 != 0x5F }.map { $0.isLetter ? $0 | 0x20 : $0 }
  }
}
