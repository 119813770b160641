internal import CGRPC

/// Collects arguments of a channel or a server, and keeps their strings while the core copies them.
struct ChannelArguments {
  private enum Value {
    case integer(Int)
    case string(String)
    case quota(OpaquePointer)
  }

  private var pairs: [(key: String, value: Value)] = []

  mutating func set(_ key: String, _ value: Int) { pairs.append((key, .integer(value))) }

  mutating func set(_ key: String, _ value: String) { pairs.append((key, .string(value))) }

  /// The quota stays the caller's; the core takes its own reference.
  mutating func set(quota: OpaquePointer) { pairs.append(("", .quota(quota))) }

  /// Calls `body` with arguments that are valid until it returns; the core copies them.
  func withCore<R>(_ body: (UnsafePointer<grpc_channel_args>) -> R) -> R {
    var owned: [UnsafeMutablePointer<CChar>] = []
    defer { owned.forEach { $0.deallocate() } }
    func copy(_ text: String) -> UnsafePointer<CChar> {
      let bytes = text.utf8CString
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
      bytes.withUnsafeBufferPointer { copy.initialize(from: $0.baseAddress!, count: bytes.count) }
      owned.append(copy)
      return UnsafePointer(copy)
    }
    var args = pairs.map { pair in
      switch pair.value {
      case .integer(let value):
        artel_arg_integer(copy(pair.key), Int32(clamping: value))
      case .string(let value): artel_arg_string(copy(pair.key), copy(value))
      case .quota(let quota): artel_arg_quota(quota)
      }
    }
    return args.withUnsafeMutableBufferPointer { buffer in
      var core = grpc_channel_args(num_args: buffer.count, args: buffer.baseAddress)
      return body(&core)
    }
  }
}
