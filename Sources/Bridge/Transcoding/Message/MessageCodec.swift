import CProtobufC

/// Between wire bytes and messages in an arena, by protobuf-c.
enum MessageCodec {
  /// How many messages may be open inside each other below the outermost, as SwiftProtobuf and
  /// protobuf's own parsers limit it.
  static let depthLimit = 100

  /// How many bytes of memory one message may take unless its owner says otherwise. A megabyte of
  /// empty submessages is a hundred megabytes of structs; this is where that ends.
  static let memoryBudget = 64 << 20

  /// Unpacks wire bytes.
  ///
  /// - Parameter depth: how many messages are open around this one.
  /// - Throws: `corrupt`, `tooDeep` or `overBudget`.
  static func unpack(
    _ bytes: Bytes, as plan: UnsafePointer<MessagePlan>, in arena: Arena, depth: Int = 0
  ) throws(Fault) -> DynamicMessage {
    let isRegular = try WireScan.isRegular(bytes, as: plan, depth: depth)
    guard isRegular else { return try unpackIrregular(bytes, as: plan, in: arena, depth: depth) }
    return try unpackRegular(bytes, as: plan, in: arena)
  }

  /// The wire bytes of a message, in one array of exactly their size.
  static func pack(_ message: DynamicMessage) -> [UInt8] {
    let raw = message.raw.assumingMemoryBound(to: ProtobufCMessage.self)
    let size = protobuf_c_message_get_packed_size(raw)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      if let base = buffer.baseAddress, size > 0 {
        count = protobuf_c_message_pack(raw, base)
      }
    }
  }

  /// The wire bytes of a message, in the arena.
  static func pack(_ message: DynamicMessage, in arena: Arena) throws(Fault) -> Bytes {
    let raw = message.raw.assumingMemoryBound(to: ProtobufCMessage.self)
    let memory = try arena.bytes(protobuf_c_message_get_packed_size(raw))
    return Bytes(base: UnsafePointer(memory), count: protobuf_c_message_pack(raw, memory))
  }

  /// What protobuf-c would refuse or get wrong although protobuf allows it is rewritten first. The
  /// result is nested no deeper than what has been scanned.
  @inline(never)
  private static func unpackIrregular(
    _ bytes: Bytes, as plan: UnsafePointer<MessagePlan>, in arena: Arena, depth: Int
  ) throws(Fault) -> DynamicMessage {
    let rewritten = try WireNormalizer.normalize(bytes, as: plan)
    let copy = try rewritten.withUnsafeBufferPointer { buffer throws(Fault) in
      try arena.copy(Bytes(buffer))
    }
    return try unpackRegular(copy, as: plan, in: arena)
  }

  private static func unpackRegular(
    _ bytes: Bytes, as plan: UnsafePointer<MessagePlan>, in arena: Arena
  ) throws(Fault) -> DynamicMessage {
    guard
      let message = artel_message_unpack(
        arena.raw, plan.pointee.descriptor, bytes.base, bytes.count)
    else {
      // The scan has found nothing wrong, so what is left is the budget, or a packed list with an
      // element cut in half.
      throw Fault(artel_arena_is_spent(arena.raw) ? .overBudget : .corrupt)
    }
    return DynamicMessage(UnsafeMutableRawPointer(message))
  }
}
