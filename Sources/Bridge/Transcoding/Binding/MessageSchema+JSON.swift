extension MessageSchema {
  /// The wire form of a message that is written as JSON (proto3 JSON mapping, strictly).
  ///
  /// - Parameters:
  ///   - json: one JSON value in UTF-8, and nothing else.
  ///   - memoryBudget: how many bytes of memory the message may take.
  /// - Throws: `invalidArgument` with the path of the field that is wrong, or `tooLarge`.
  public func wire(
    fromJSON json: [UInt8], memoryBudget: Int = 64 << 20
  ) throws(TranscodingError) -> [UInt8] {
    try json.withUnsafeBufferPointer { buffer throws(TranscodingError) in
      let text = Bytes(buffer)
      return try Arena.with(budget: memoryBudget) { arena throws(TranscodingError) in
        let message: DynamicMessage
        do throws(Fault) { message = try arena.message(plan.pointer) } catch {
          throw error.inRequest(path: "", field: nil)
        }
        try JSONBody.parse(text, arena) { parser throws(Fault) in
          try parser.message(plan.pointer, into: message)
        }
        return MessageCodec.pack(message)
      }
    }
  }

  /// The JSON of a message in wire form: only fields that are set, by their JSON names.
  ///
  /// - Throws: `corrupt` if the bytes are no message of this type, or have no JSON form.
  public func json(
    fromWire wire: UnsafeRawBufferPointer, memoryBudget: Int = 64 << 20
  ) throws(TranscodingError) -> [UInt8] {
    var json: [UInt8] = []
    try JSONBody.print(
      wire, as: plan.pointer, budget: memoryBudget, into: &json
    ) { printer, message throws(Fault) in
      try printer.message(plan.pointer, message)
    }
    return json
  }
}

/// What the bodies of requests and responses have in common.
enum JSONBody {
  /// Reads a text that is one JSON value, and turns faults into errors with their path.
  static func parse(
    _ text: Bytes, _ arena: Arena, _ body: (inout MessageParser) throws(Fault) -> Void
  ) throws(TranscodingError) {
    var parser: MessageParser
    do { parser = try MessageParser(text, arena: arena) } catch {
      throw error.inRequest(path: "", field: nil)
    }
    do {
      try body(&parser)
      try parser.reader.finish()
    } catch {
      let offset = error.offset >= 0 ? error.offset : parser.reader.offset
      throw error.inRequest(
        path: parser.path.text, field: parser.path.field, place: text.place(of: offset))
    }
  }

  /// Unpacks a message, prints it and appends the JSON.
  static func print(
    _ wire: UnsafeRawBufferPointer, as plan: UnsafePointer<MessagePlan>, budget: Int,
    keepsCorruptAny: Bool = false, into json: inout [UInt8],
    _ body: (inout MessagePrinter, DynamicMessage) throws(Fault) -> Void
  ) throws(TranscodingError) {
    try Arena.with(budget: budget) { arena throws(TranscodingError) in
      var printer = MessagePrinter(
        arena: arena, capacity: wire.count * 2 + 256, keepsCorruptAny: keepsCorruptAny)
      do throws(Fault) {
        let bytes = Bytes(wire.bindMemory(to: UInt8.self))
        try body(&printer, try MessageCodec.unpack(bytes, as: plan, in: arena))
      } catch {
        throw error.inResponse(type: plan.pointee.fullName.text, field: printer.field)
      }
      json.append(contentsOf: printer.output.buffer)
    }
  }
}
