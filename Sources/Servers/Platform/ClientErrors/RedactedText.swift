/// What strangers write, without what may be a credential or tell who somebody is: passwords, tokens,
/// query strings, addresses of mail and of networks, phone numbers and cards.
///
/// It errs on the side of too much, as what it lets through is in the log for good. One pass over the
/// bytes, whatever they are: an app in a loop must not cost the process its time.
struct RedactedText {
  /// What stands in the place of a credential.
  static let secret = "[secret]"

  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var position = 0

  /// Redacts a text.
  static func of(_ text: String) -> String {
    var redaction = RedactedText(text)
    while redaction.position < redaction.bytes.count { redaction.step() }
    return String(decoding: redaction.output, as: UTF8.self)
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    output.reserveCapacity(bytes.count)
  }

  private mutating func step() {
    let byte = bytes[position]
    let isStart = position == 0 || !bytes[position - 1].isWord
    if isStart, byte.isDigit || byte == UInt8(ascii: "+"), takeNumber() { return }
    if isStart, byte.isWord { return takeWord() }
    switch byte {
    case UInt8(ascii: "?"), UInt8(ascii: "#"): if takeQuery() { return }
    case UInt8(ascii: "@"): if takeMailAddress() { return }
    case UInt8(ascii: ":"): if takeUserInformation() { return }
    default: break
    }
    output.append(byte)
    position += 1
  }

  private mutating func replace(upTo end: Int, with text: String) {
    output.append(contentsOf: text.utf8)
    position = end
  }

  private mutating func copy(upTo end: Int) {
    output.append(contentsOf: bytes[position..<end])
    position = end
  }

  private func end(from start: Int, while holds: (UInt8) -> Bool) -> Int {
    var end = start
    while end < bytes.count, holds(bytes[end]) { end += 1 }
    return end
  }

  private func at(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  // MARK: - Words

  private mutating func takeWord() {
    let end = end(from: position) { $0.isWord }
    let word = bytes[position..<end]
    if let value = SecretName.value(behind: word, at: end, in: bytes) {
      copy(upTo: value.lowerBound)
      return replace(upTo: value.upperBound, with: Self.secret)
    }
    if SecretName.isScheme(word), let token = tokenBehindScheme(end) {
      copy(upTo: token.lowerBound)
      return replace(upTo: token.upperBound, with: Self.secret)
    }
    if word.count >= 12, word.starts(with: "eyJ".utf8), at(end) == UInt8(ascii: ".") {
      let last = self.end(from: end) { $0.isWord || $0 == UInt8(ascii: ".") }
      return replace(upTo: last, with: Self.secret)
    }
    if isOpaque(word) { return replace(upTo: end, with: "[opaque]") }
    copy(upTo: end)
  }

  /// What stands behind `Bearer`, where it may be a token.
  private func tokenBehindScheme(_ end: Int) -> Range<Int>? {
    guard at(end) == UInt8(ascii: " ") else { return nil }
    let start = self.end(from: end) { $0 == UInt8(ascii: " ") }
    let last = self.end(from: start) { $0.isToken }
    let token = bytes[start..<last]
    guard token.count >= 8, token.count >= 20 || token.contains(where: \.isDigit) else {
      return nil
    }
    return start..<last
  }

  /// Whether a word is long and random, as tokens, keys and hashes are. UUIDs name things, and mangled
  /// names say where in the code something is.
  private func isOpaque(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 32, !isUUID(word) else { return false }
    if position > 0, bytes[position - 1] == UInt8(ascii: "$") { return false }
    guard !word.starts(with: "_T".utf8), !word.starts(with: "_Z".utf8) else { return false }
    let digits = word.lazy.filter(\.isDigit).count
    return digits >= 4 && word.count - digits >= 4
  }

  private func isUUID(_ word: ArraySlice<UInt8>) -> Bool {
    word.count == 36
      && word.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : byte.isHexadecimal
      }
  }

  // MARK: - Numbers

  /// Phone numbers, cards and the like, however they are grouped; and addresses of IPv4.
  private mutating func takeNumber() -> Bool {
    let hasPlus = bytes[position] == UInt8(ascii: "+")
    if isDate(at: position) {
      copy(upTo: position + 10)
      return true
    }
    if let end = addressEnd() {
      replace(upTo: end, with: "[address]")
      return true
    }
    var digits = 0
    var separators = 0
    var last = position
    var index = hasPlus ? position + 1 : position
    while let byte = at(index), index - position < 40 {
      if byte.isDigit {
        digits += 1
        separators = 0
        last = index + 1
      } else {
        separators += 1
        guard separators <= 2, " ()-".utf8.contains(byte) else { break }
      }
      index += 1
    }
    // Behind it a letter: an identifier.
    guard digits >= (hasPlus ? 7 : 10),
      at(last).map({ !$0.isWord || $0.isDigit }) ?? true || hasPlus
    else { return false }
    replace(upTo: end(from: last) { $0.isDigit }, with: "[number]")
    return true
  }

  private func isDate(at start: Int) -> Bool {
    guard start + 10 <= bytes.count else { return false }
    return (0..<10).allSatisfy { index in
      let byte = bytes[start + index]
      return index == 4 || index == 7 ? byte == UInt8(ascii: "-") : byte.isDigit
    }
  }

  private func addressEnd() -> Int? {
    // The end of a longer one.
    if position > 1, bytes[position - 1] == UInt8(ascii: "."), bytes[position - 2].isDigit {
      return nil
    }
    var index = position
    for part in 0..<4 {
      if part > 0 {
        guard at(index) == UInt8(ascii: ".") else { return nil }
        index += 1
      }
      let next = end(from: index) { $0.isDigit }
      guard (1...3).contains(next - index) else { return nil }
      index = next
    }
    // Five parts are a version of something.
    if at(index) == UInt8(ascii: "."), at(index + 1)?.isDigit == true { return nil }
    return at(index)?.isWord == true ? nil : index
  }

  // MARK: - Addresses

  /// A query or a fragment with parameters; the line and column that stack traces write behind stay.
  private mutating func takeQuery() -> Bool {
    let keyEnd = end(from: position + 1) { $0.isWord || $0 == UInt8(ascii: ".") }
    guard keyEnd > position + 1, at(keyEnd) == UInt8(ascii: "=") else { return false }
    let last = end(from: keyEnd) { $0 > 0x20 && !"\"'<>()[]{}|\\`".utf8.contains($0) }
    var tail = last
    var colons = 0
    while tail > keyEnd + 1, colons < 2 {
      var start = tail
      while start > keyEnd + 1, bytes[start - 1].isDigit { start -= 1 }
      guard start < tail, start > keyEnd + 1, bytes[start - 1] == UInt8(ascii: ":") else { break }
      tail = start - 1
      colons += 1
    }
    output.append(bytes[position])
    replace(upTo: tail, with: "…")
    copy(upTo: last)
    return true
  }

  private mutating func takeMailAddress() -> Bool {
    func isPart(_ byte: UInt8) -> Bool {
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte >= 0x80
    }
    var last = end(from: position + 1, while: isPart)
    var labels = last > position + 1 ? 1 : 0
    while labels > 0, at(last) == UInt8(ascii: ".") {
      let next = end(from: last + 1, while: isPart)
      guard next > last + 1 else { break }
      labels += 1
      last = next
    }
    guard labels > 1 else { return false }
    let before = output.count
    while let byte = output.last, isPart(byte) || "._%+".utf8.contains(byte) { output.removeLast() }
    guard output.count < before else { return false }
    replace(upTo: last, with: "[email]")
    return true
  }

  /// `https://user:password@host`.
  private mutating func takeUserInformation() -> Bool {
    guard at(position + 1) == UInt8(ascii: "/"), at(position + 2) == UInt8(ascii: "/") else {
      return false
    }
    let start = position + 3
    let last = end(from: start) { $0 > 0x20 && !"/?#\"'<>".utf8.contains($0) }
    guard let sign = bytes[start..<last].lastIndex(of: UInt8(ascii: "@")) else {
      copy(upTo: start)
      return true
    }
    copy(upTo: start)
    replace(upTo: sign, with: Self.secret)
    // So that it is not taken for an address of mail.
    copy(upTo: sign + 1)
    return true
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) && self < 0x80 }
  var isHexadecimal: Bool { isDigit || (0x41...0x46).contains(self & 0xDF) && self < 0x80 }
  /// Of identifiers, and of base64url.
  var isWord: Bool { isLetter || isDigit || self == 0x5F || self == 0x2D }
  fileprivate var isToken: Bool { isWord || "._~+/=".utf8.contains(self) }
}
