/// Field names between their two spellings: `page_token` in contracts, `pageToken` in JSON.
enum FieldMaskText {
  /// The JSON name of a contract's name, as protoc makes it.
  static func jsonName(of name: String) -> String {
    var result = ""
    var raise = false
    for character in name {
      if character == "_" {
        raise = true
      } else {
        result += raise ? character.uppercased() : String(character)
        raise = false
      }
    }
    return result
  }

  /// Writes one path of a mask as the contract spells it, from its JSON spelling.
  ///
  /// - Parameters:
  ///   - path: the JSON spelling, such as `displayName.fooBar`.
  ///   - target: room for twice the length of the path.
  /// - Returns: the length, or nil if the path has a character that no such path has.
  static func decode(_ path: Bytes, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    guard path.count > 0 else { return nil }
    // Every field, as AIP-134 and AIP-157 have it.
    if path.count == 1, path[0] == UInt8(ascii: "*") {
      target[0] = path[0]
      return 1
    }
    var length = 0
    for index in 0..<path.count {
      let byte = path[index]
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        target[length] = UInt8(ascii: "_")
        target[length + 1] = byte | 0x20
        length += 2
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."):
        target[length] = byte
        length += 1
      default: return nil
      }
    }
    return length
  }

  /// Writes one path of a mask in its JSON spelling.
  ///
  /// - Parameter target: room for the length of the path.
  /// - Returns: the length, or nil if the path would not come back the same.
  static func encode(_ path: Bytes, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    if path.count == 1, path[0] == UInt8(ascii: "*") {
      target[0] = path[0]
      return 1
    }
    var length = 0
    var raise = false
    for index in 0..<path.count {
      let byte = path[index]
      switch byte {
      case UInt8(ascii: "_"):
        if raise { return nil }
        raise = true
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        target[length] = raise ? byte & 0xdf : byte
        length += 1
        raise = false
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
        if raise { return nil }
        target[length] = byte
        length += 1
      default: return nil
      }
    }
    return raise ? nil : length
  }
}
