import Postgres
import RPC
import SwiftProtobuf

extension Google_Protobuf_Timestamp {
  /// A time of the database.
  init(_ time: Timestamp) {
    self.init(seconds: time.seconds, nanos: time.nanoseconds)
  }
}

extension Timestamp {
  /// A time that a request brings, below a microsecond cut off.
  ///
  /// - Throws: INVALID_ARGUMENT outside of the years 1 to 9999, which is all that a
  ///   `google.protobuf.Timestamp` may say.
  init(_ time: Google_Protobuf_Timestamp, field: String) throws(RPCError) {
    guard -62_135_596_800...253_402_300_799 ~= time.seconds, 0..<1_000_000_000 ~= time.nanos else {
      throw Refusal.invalid(field, "must lie between the years 1 and 9999")
    }
    self.init(seconds: time.seconds, nanoseconds: time.nanos)
  }

  /// RFC 3339 in UTC.
  var rfc3339: String {
    // The library writes every time of these years; it refuses others, which a database of ours
    // does not hold.
    guard let quoted = try? Google_Protobuf_Timestamp(self).jsonString() else { return "" }
    return String(quoted.dropFirst().dropLast())
  }

  /// Reads RFC 3339; nil for anything else.
  init?(rfc3339 text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") }),
      let time = try? Google_Protobuf_Timestamp(jsonString: "\"\(text)\"")
    else { return nil }
    self.init(seconds: time.seconds, nanoseconds: time.nanos)
  }
}

extension Duration {
  /// Seconds, as `make_interval` takes them.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
