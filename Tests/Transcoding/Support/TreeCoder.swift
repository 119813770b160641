@testable import Transcoding

/// The coder through protobuf-c's trees alone, to compare the direct one with.
enum TreeCoder {
  static func wire(
    _ json: [UInt8], as message: MessageSchema, options: ParseOptions = ParseOptions()
  ) throws(TranscodingError) -> [UInt8] {
    let plan = message.plan.pointer
    return try json.withUnsafeBufferPointer { buffer throws(TranscodingError) in
      try Arena.with(budget: 64 << 20) { arena throws(TranscodingError) in
        let root: DynamicMessage
        do throws(Fault) { root = try arena.message(plan) } catch {
          throw error.inRequest(path: "", field: nil)
        }
        try JSONBody.parse(Bytes(buffer), arena, options: options) { parser throws(Fault) in
          try parser.message(plan, into: root)
        }
        return MessageCodec.pack(root)
      }
    }
  }

  static func json(
    _ wire: [UInt8], as message: MessageSchema, _ options: PrintOptions = []
  ) throws(TranscodingError) -> String {
    var json: [UInt8] = []
    try wire.withUnsafeBufferPointer { bytes throws(TranscodingError) in
      try JSONBody.print(
        UnsafeRawBufferPointer(bytes), as: message.plan.pointer, budget: 64 << 20, options: options,
        into: &json
      ) { printer, root throws(Fault) in
        try printer.message(message.plan.pointer, root)
      }
    }
    return String(decoding: json, as: UTF8.self)
  }
}

/// The direct printer alone.
enum DirectText {
  /// Nil where it leaves the message to the tree.
  static func print(
    _ wire: [UInt8], as plan: UnsafePointer<MessagePlan>, _ options: PrintOptions = [],
    budget: Int = 64 << 20
  ) -> String? {
    wire.withUnsafeBufferPointer { buffer in
      Arena.with(budget: budget) { arena in
        var printer = DirectPrinter(
          arena: arena, capacity: 256, options: options, budget: budget)
        do throws(Fault) {
          try printer.message(plan, Bytes(buffer))
        } catch {
          return nil
        }
        return String(decoding: printer.output.buffer, as: UTF8.self)
      }
    }
  }
}
