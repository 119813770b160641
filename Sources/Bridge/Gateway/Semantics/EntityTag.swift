import LibCrypto
import RPC

/// The name of one state of a resource (RFC 9110 section 8.8.3).
struct EntityTag: Equatable, Sendable {
  var isWeak: Bool
  /// With its quotes.
  var opaque: String

  init(isWeak: Bool, opaque: String) {
    self.isWeak = isWeak
    self.opaque = opaque
  }

  /// Nil where the text is not one entity tag.
  init?(_ text: String) {
    guard let tags = Self.list(text), tags.count == 1, !text.hasPrefix(","), !text.hasSuffix(",")
    else { return nil }
    self = tags[0]
  }

  /// A weak one that names the bytes of a message: equal bytes, equal tags.
  init(hashing message: MessageBytes) {
    let hash = message.withUnsafeBytes { SHA256.hash($0) }
    isWeak = true
    opaque = "\"\(Base64URL.encode(hash.prefix(16)))\""
  }

  /// As a field has it.
  var text: String { isWeak ? "W/\(opaque)" : opaque }

  /// Weak comparison (section 8.8.3.2).
  func matches(_ other: EntityTag) -> Bool { opaque == other.opaque }

  /// Strong comparison: a weak tag equals nothing.
  func isStrongly(_ other: EntityTag) -> Bool {
    !isWeak && !other.isWeak && opaque == other.opaque
  }

  // MARK: Codings

  /// What a strong tag of a compressed answer ends in: other bytes have another tag, and whoever
  /// sends it back in `If-Match` still names the same state. A weak tag would never match there.
  private static let codingMark = ";gzip\""

  /// The tag of the same state, compressed.
  var compressed: EntityTag {
    guard !isWeak else { return self }
    return EntityTag(isWeak: false, opaque: opaque.dropLast() + Self.codingMark)
  }

  var isOfCompressed: Bool { !isWeak && opaque.hasSuffix(Self.codingMark) }

  /// The tag that the resource itself has.
  var withoutCoding: EntityTag {
    guard opaque.hasSuffix(Self.codingMark) else { return self }
    return EntityTag(
      isWeak: isWeak, opaque: opaque.dropLast(Self.codingMark.utf8.count) + "\"")
  }

  // MARK: Lists

  /// The members of `If-Match` or `If-None-Match`; nil where the value is no list of entity tags.
  static func list(_ value: String) -> [EntityTag]? {
    var tags: [EntityTag] = []
    var rest = value.utf8[...]
    var needsComma = false
    while let byte = rest.first {
      switch byte {
      case 0x20, 0x09: rest.removeFirst()
      case 0x2C:
        needsComma = false
        rest.removeFirst()
      default:
        guard !needsComma, let tag = take(&rest) else { return nil }
        tags.append(tag)
        needsComma = true
      }
    }
    return tags.isEmpty ? nil : tags
  }

  private static func take(_ rest: inout Substring.UTF8View) -> EntityTag? {
    var isWeak = false
    if rest.starts(with: "W/".utf8) {
      isWeak = true
      rest = rest.dropFirst(2)
    }
    guard rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) else { return nil }
    let opaque = rest[...end]
    guard opaque.dropFirst().dropLast().allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    rest = rest[rest.index(after: end)...]
    return EntityTag(isWeak: isWeak, opaque: String(Substring(opaque)))
  }
}
