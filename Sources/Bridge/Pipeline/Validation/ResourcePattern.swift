/// The names of a kind of resource, AIP-122: literal segments and `*` for one identifier.
struct ResourcePattern: Sendable {
  /// As the contract has it, such as `properties/*/accessPoints/*`.
  let text: String
  /// Nil stands for `*`.
  private let segments: [[UInt8]?]

  init(_ text: String, field: String) throws(ValidationRuleError) {
    var segments: [[UInt8]?] = []
    for segment in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if segment.elementsEqual("*".utf8) {
        segments.append(nil)
      } else if !segment.isEmpty, segment.allSatisfy(\.isResourceCharacter) {
        segments.append(Array(segment))
      } else {
        throw ValidationRuleError(field: field, reason: "\(text) is no pattern of resources")
      }
    }
    self.text = text
    self.segments = segments
  }

  /// Whether a name has this form: unreserved characters of RFC 3986 only, no empty segment, and
  /// none that a path would take for "here" or "above".
  func matches(_ name: UnsafeRawBufferPointer) -> Bool {
    let parts = name.split(
      separator: UInt8(ascii: "/"), maxSplits: segments.count, omittingEmptySubsequences: false)
    guard parts.count == segments.count else { return false }
    return zip(parts, segments).allSatisfy { part, segment in
      if let segment { return part.elementsEqual(segment) }
      return !part.isEmpty && part.allSatisfy(\.isResourceCharacter)
        && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
    }
  }
}

extension UInt8 {
  /// The unreserved characters of RFC 3986 section 2.3.
  var isResourceCharacter: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
