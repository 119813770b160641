/// What is the same of a text from one event to the next: without numbers, identifiers and what
/// stands in quotes. It is what groups are told apart by, and all that is stored of a text.
enum GroupedText {
  /// The most of it, in bytes.
  static let longest = 200

  /// The first line of a message.
  static func title(_ redacted: String) -> String {
    plain(lines(redacted).first ?? [])
  }

  /// A route without what it is about: `/units/42?x=1` is `/units/#`.
  static func screen(_ redacted: String) -> String {
    let line = lines(redacted).first ?? []
    return plain(line.prefix { $0 != UInt8(ascii: "?") })
  }

  /// The frames on top of a stack: their functions and files, without hosts, lines and addresses.
  static func frames(_ redacted: String, most: Int = 5) -> [String] {
    var frames: [String] = []
    for line in lines(redacted).lazy.filter(isFrame) {
      let frame = self.frame(line)
      if !frame.isEmpty { frames.append(frame) }
      if frames.count == most { break }
    }
    return frames
  }

  private static func lines(_ text: String) -> [ArraySlice<UInt8>] {
    Array(text.utf8).split { $0 == 0x0A || $0 == 0x0D }.map(trimmed).filter { !$0.isEmpty }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let first = line.first, first <= 0x20 { line.removeFirst() }
    while let last = line.last, last <= 0x20 { line.removeLast() }
    return line
  }

  /// Whether a line of a stack is a frame, as JavaScript, the JVM, Python and Apple write them, rather than
  /// the message before them.
  private static func isFrame(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "at ".utf8) || line.starts(with: "File ".utf8) || line.first?.isDigit == true
      || line.starts(with: "#".utf8) || line.contains(UInt8(ascii: "@"))
  }

  private static func frame(_ line: ArraySlice<UInt8>) -> String {
    var words = line.split(separator: UInt8(ascii: " "))
    // `at`, and the number of a frame.
    if let first = words.first,
      first.elementsEqual("at".utf8)
        || first.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "#") })
    {
      words.removeFirst()
    }
    // What comes behind an address in memory is how far into the function it is.
    if let address = words.firstIndex(where: { $0.starts(with: "0x".utf8) }) {
      words.remove(at: address)
      if words.count >= 2, words[words.count - 2].elementsEqual("+".utf8) { words.removeLast(2) }
    }
    let joined = withoutHosts(Array(words.joined(separator: [UInt8(ascii: " ")])))
    return plain(joined[...]).replacing(":#", with: "")
  }

  /// `https://host/path` is `/path`: the same app comes from more than one host.
  private static func withoutHosts(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    var index = 0
    while index < line.count {
      guard line[index...].starts(with: "://".utf8) else {
        result.append(line[index])
        index += 1
        continue
      }
      while let last = result.last, last.isLetter { result.removeLast() }
      index += 3
      while index < line.count, line[index] != UInt8(ascii: "/"), line[index] > 0x20 { index += 1 }
    }
    return result
  }

  private static func plain(_ text: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = text.startIndex
    // What follows cannot be in the result any more.
    while index < text.endIndex, result.count < longest + 4 {
      let byte = text[index]
      if let close = closing(byte, before: result.last),
        let end = text[(index + 1)...].prefix(longest).firstIndex(of: close), end > index + 1
      {
        result += [byte] + Array("…".utf8) + [close]
        index = end + 1
      } else if byte.isWord {
        let end = text[index...].firstIndex { !$0.isWord } ?? text.endIndex
        result += self.word(text[index..<end])
        index = end
      } else {
        // Spaces and what a terminal obeys are one space.
        if byte > 0x20 && byte != 0x7F {
          result.append(byte)
        } else if result.last != 0x20 {
          result.append(0x20)
        }
        index += 1
      }
    }
    return cut(result)
  }

  /// What ends a quotation; an apostrophe within a word begins none.
  private static func closing(_ byte: UInt8, before last: UInt8?) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "`"): byte
    case UInt8(ascii: "'"): last?.isLetter == true ? nil : byte
    default: nil
    }
  }

  private static func word(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard word.contains(where: \.isDigit) else { return Array(word.prefix(longest)) }
    let isHexadecimal = word.count >= 8 && word.allSatisfy { $0.isHexadecimal || $0 == 0x2D }
    if isHexadecimal || word.count > 64 { return [UInt8(ascii: "#")] }
    var result: [UInt8] = []
    for byte in word {
      if !byte.isDigit { result.append(byte) } else if result.last != 0x23 { result.append(0x23) }
    }
    return result
  }

  /// At the end of a character.
  private static func cut(_ bytes: [UInt8]) -> String {
    var end = min(bytes.count, longest)
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    var text = String(decoding: bytes[..<end], as: UTF8.self)
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
