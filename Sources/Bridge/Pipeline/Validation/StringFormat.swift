import GeneratedOptions

/// The formats of `artel.options.v1.StringFormat`.
enum StringFormat: Sendable {
  case uuid, httpsURI, dnsLabel, token

  /// Nil where the contract names none.
  init?(
    _ format: Artel_Options_V1_StringFormat, field: String
  ) throws(ValidationRuleError) {
    switch format {
    case .unspecified: return nil
    case .uuid: self = .uuid
    case .httpsUri: self = .httpsURI
    case .dnsLabel: self = .dnsLabel
    case .token: self = .token
    case .UNRECOGNIZED(let number):
      throw ValidationRuleError(field: field, reason: "format \(number) is unknown")
    }
  }

  /// What to tell a caller whose value has not this format.
  var fault: String {
    switch self {
    case .uuid: "is not a UUID"
    case .httpsURI: "is not an https URI"
    case .dnsLabel:
      "is not a label of lower-case letters, digits and hyphens that begins with a letter"
    case .token: "is not printable ASCII without spaces"
    }
  }

  func matches(_ value: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .uuid: Self.isUUID(value)
    case .httpsURI: HTTPSURI.isValid(value)
    case .dnsLabel: Self.isDNSLabel(value)
    case .token: !value.isEmpty && value.allSatisfy { (0x21...0x7e).contains($0) }
    }
  }

  /// 8-4-4-4-12 hexadecimal digits, RFC 9562 section 4.
  private static func isUUID(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count == 36 else { return false }
    return value.indices.allSatisfy { index in
      switch index {
      case 8, 13, 18, 23: value[index] == UInt8(ascii: "-")
      default: value[index].isHexadecimalDigit
      }
    }
  }

  /// RFC 1035 section 2.3.1, in lower case.
  private static func isDNSLabel(_ value: UnsafeRawBufferPointer) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard (1...63).contains(value.count), letters.contains(value[0]) else { return false }
    return value[value.count - 1] != UInt8(ascii: "-")
      && value.allSatisfy {
        letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}

extension UInt8 {
  /// 0–9, A–F, a–f.
  var isHexadecimalDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
      UInt8(ascii: "a")...UInt8(ascii: "f"):
      true
    default: false
    }
  }
}
