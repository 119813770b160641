internal import COpenSSL

/// What a client says first.
enum ClientHello {
  /// The name that the client asks for, in lower case and without a dot at its end.
  ///
  /// - Returns: nil without one; an empty name for one that no host can have.
  static func serverName(_ tls: OpaquePointer) -> String? {
    guard let bytes = field(tls, artel_ext_server_name) else { return nil }
    return parse(bytes)
  }

  /// Whether the client offers any application protocol (RFC 7301).
  static func offersProtocols(_ tls: OpaquePointer) -> Bool {
    field(tls, artel_ext_alpn) != nil
  }

  /// Reads the extension of RFC 6066, section 3: one name of the type host_name, whose lengths all
  /// agree.
  static func parse(_ bytes: [UInt8]) -> String {
    guard bytes.count > 5, Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count - 2, bytes[2] == 0,
      Int(bytes[3]) << 8 | Int(bytes[4]) == bytes.count - 5
    else { return "" }
    var name = bytes[5...]
    if name.last == UInt8(ascii: ".") { name = name.dropLast() }
    let isHost =
      (1...253).contains(name.count)
      && name.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
    return isHost ? String(decoding: name, as: UTF8.self).lowercased() : ""
  }

  private static func field(_ tls: OpaquePointer, _ type: Int) -> [UInt8]? {
    var start: UnsafePointer<UInt8>?
    var count = 0
    // Points into the hello, which lives while its callback runs: copied at once.
    guard SSL_client_hello_get0_ext(tls, UInt32(type), &start, &count) == 1 else { return nil }
    return [UInt8](UnsafeBufferPointer(start: start, count: count))
  }
}
