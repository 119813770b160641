import RPC

/// Metadata and statuses as header fields and trailers (gRPC over HTTP/2, "Responses").
enum RPCFields {
  /// Metadata, but for what belongs to the connection, the protocol or this door.
  static func fields(
    _ metadata: Metadata, prefix: String = ""
  ) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    for (key, value) in metadata where isPassed(key) {
      switch value {
      case .string(let text) where text.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E }):
        fields.append((prefix + key, text))
      case .string: continue
      case .binary(let bytes): fields.append((prefix + key, base64(bytes)))
      }
    }
    return fields
  }

  /// Whether a caller sees a key.
  static func isPassed(_ key: String) -> Bool {
    switch key {
    case "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer",
      "transfer-encoding", "upgrade", "date", "host", "set-cookie", "vary", "cache-control",
      "x-content-type-options", "www-authenticate":
      false
    default:
      !key.isEmpty && HeaderField.isKey(key) && !key.hasPrefix("grpc-")
        && !key.hasPrefix("connect-") && !key.hasPrefix("content-")
        && !key.hasPrefix("access-control-") && !ReservedMetadata.isReserved(key)
    }
  }

  /// How a call has ended; nil for well.
  static func status(_ error: RPCError?) -> [(name: String, value: String)] {
    guard let error else { return [("grpc-status", "0")] }
    var fields = [
      (name: "grpc-status", value: "\(error.code.rawValue)"),
      (name: "grpc-message", value: percentEncoded(error.message)),
    ]
    if !error.statusDetails.isEmpty {
      fields.append(("grpc-status-details-bin", base64(error.statusDetails)))
    }
    return fields
  }

  /// The same, as far as a peer takes it for trailers: 8 KiB of a header list by most defaults, beyond
  /// which the call would end without any status.
  static func trailers(_ error: RPCError?) -> [(name: String, value: String)] {
    let fields = status(error)
    guard var error, fields.reduce(0, { $0 + $1.value.utf8.count }) > trailerLimit else {
      return fields
    }
    error.statusDetails = []
    while error.message.utf8.count > trailerLimit / 3 {
      error.message = String(error.message.prefix(error.message.count / 2))
    }
    return status(error)
  }

  private static let trailerLimit = 6 << 10

  /// Without the padding, which nobody needs.
  static func base64(_ bytes: [UInt8]) -> String {
    let text = HeaderField.text(bytes)
    return String(text.prefix { $0 != "=" })
  }

  /// Printable ASCII but the percent sign stays.
  private static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if byte >= 0x20, byte <= 0x7E, byte != 0x25 {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}
