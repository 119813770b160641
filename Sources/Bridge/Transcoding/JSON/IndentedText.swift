/// JSON with line breaks, for people.
enum IndentedText {
  /// Appends a text that has no white space between its tokens, with each member and each element
  /// on a line of its own. Two spaces stand for each level; empty brackets stay together.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]) {
    json.reserveCapacity(json.count + text.count * 2)
    var depth = 0
    var index = 0
    func line(_ json: inout [UInt8]) {
      json.append(UInt8(ascii: "\n"))
      for _ in 0..<depth { json += "  ".utf8 }
    }
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        json.append(byte)
        var isEnd = false
        while !isEnd {
          let next = text[index]
          json.append(next)
          index += 1
          if next == UInt8(ascii: "\\") {
            json.append(text[index])
            index += 1
          }
          isEnd = next == UInt8(ascii: "\"")
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        json.append(byte)
        // The closing bracket is two further in both.
        if text[index] == byte + 2 {
          json.append(text[index])
          index += 1
        } else {
          depth += 1
          line(&json)
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        line(&json)
        json.append(byte)
      case UInt8(ascii: ","):
        json.append(byte)
        line(&json)
      case UInt8(ascii: ":"):
        json += ": ".utf8
      default: json.append(byte)
      }
    }
  }
}
