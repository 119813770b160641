import CHiredis

/// What a command is answered.
public enum RedisValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case string([UInt8])
  case array([RedisValue])

  /// Copies an answer; an error inside of it is one of the whole.
  init(_ reply: UnsafePointer<redisReply>) throws(RedisError) {
    let value = reply.pointee
    switch value.type {
    case REDIS_REPLY_NIL: self = .null
    case REDIS_REPLY_INTEGER: self = .integer(value.integer)
    case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .string(Self.bytes(value))
    case REDIS_REPLY_ARRAY:
      var elements: [RedisValue] = []
      elements.reserveCapacity(value.elements)
      for index in 0..<value.elements {
        guard let element = value.element[index] else { throw RedisError.protocolBroken }
        elements.append(try RedisValue(element))
      }
      self = .array(elements)
    case REDIS_REPLY_ERROR:
      throw .refused(String(decoding: Self.bytes(value), as: UTF8.self))
    default: throw .protocolBroken
    }
  }

  private static func bytes(_ value: redisReply) -> [UInt8] {
    // `len` bytes belong to the reply, which the caller keeps.
    value.str.map { start in
      UnsafeRawBufferPointer(start: start, count: Int(value.len)).map { $0 }
    } ?? []
  }
}

/// Why a command has no answer.
public enum RedisError: Error, Sendable, Hashable {
  /// Nobody answers there, or not in time.
  case unreachable(String)
  /// The server's certificate or the authorities are not good.
  case tlsFailed
  /// The server said an error.
  case refused(String)
  /// What came is not Redis' protocol.
  case protocolBroken
}
