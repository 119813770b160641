/// Between the JSON of bodies and messages: the direct coder where it can, else the tree.
enum JSONBody {
  /// Reads a text that is one JSON value into a tree, and turns faults into errors with their path.
  ///
  /// - Returns: the paths of what the options let pass, a bounded number of them.
  @discardableResult
  static func parse(
    _ text: Bytes, _ arena: Arena, options: ParseOptions = ParseOptions(),
    _ body: (inout MessageParser) throws(Fault) -> Void
  ) throws(TranscodingError) -> [String] {
    var parser: MessageParser
    do { parser = try MessageParser(text, arena: arena, options: options) } catch {
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
    return parser.ignored
  }

  /// The wire form of a text that is a whole message.
  ///
  /// - Parameter ignored: gets the paths of what the options let pass.
  static func wire(
    _ text: Bytes, as plan: UnsafePointer<MessagePlan>, budget: Int, options: ParseOptions,
    ignored: inout [String]
  ) throws(TranscodingError) -> [UInt8] {
    if let wire = direct(text, as: plan, budget: budget) { return wire }
    return try Arena.with(budget: budget) { arena throws(TranscodingError) in
      let message: DynamicMessage
      do throws(Fault) { message = try arena.message(plan) } catch {
        throw error.inRequest(path: "", field: nil)
      }
      ignored += try parse(text, arena, options: options) { parser throws(Fault) in
        try parser.message(plan, into: message)
      }
      return MessageCodec.pack(message)
    }
  }

  /// The wire form of a text, without a tree; nil for whatever is not plain, of which only the tree
  /// can say whether and where it is wrong. The bytes are those that the tree would give.
  ///
  /// - Parameter field: the field whose value the text is; nil if it is the whole message.
  static func direct(
    _ text: Bytes, as plan: UnsafePointer<MessagePlan>, field: UnsafePointer<FieldPlan>? = nil,
    budget: Int
  ) -> [UInt8]? {
    Arena.with(budget: budget) { arena -> [UInt8]? in
      do throws(Fault) {
        var parser = DirectParser(
          text, arena: arena, slot: try arena.take(8), budget: budget)
        try parser.body(plan, field)
        return Array(parser.output.buffer)
      } catch {
        // Whatever is wrong, the tree finds it again and names it.
        return nil
      }
    }
  }

  /// Prints a whole message and appends the JSON.
  static func print(
    _ wire: UnsafeRawBufferPointer, as plan: UnsafePointer<MessagePlan>, budget: Int,
    options: PrintOptions, into json: inout [UInt8]
  ) throws(TranscodingError) {
    let isDone = Arena.with(budget: budget) { arena -> Bool in
      var printer = DirectPrinter(
        arena: arena, capacity: wire.count * 2 + 256, options: options, budget: budget)
      do throws(Fault) {
        try printer.message(plan, Bytes(wire.bindMemory(to: UInt8.self)))
      } catch {
        // What is not plain, and what is wrong: the tree merges the one and names the other.
        return false
      }
      append(printer.output.buffer, options, to: &json)
      return true
    }
    if isDone { return }
    try print(
      wire, as: plan, budget: budget, options: options, into: &json
    ) { printer, message throws(Fault) in
      try printer.message(plan, message)
    }
  }

  /// Unpacks a message into a tree, prints of it what a closure says and appends the JSON.
  static func print(
    _ wire: UnsafeRawBufferPointer, as plan: UnsafePointer<MessagePlan>, budget: Int,
    options: PrintOptions = [], keepsCorruptAny: Bool = false, into json: inout [UInt8],
    _ body: (inout MessagePrinter, DynamicMessage) throws(Fault) -> Void
  ) throws(TranscodingError) {
    try Arena.with(budget: budget) { arena throws(TranscodingError) in
      var printer = MessagePrinter(
        arena: arena, capacity: wire.count * 2 + 256, options: options, limit: budget,
        keepsCorruptAny: keepsCorruptAny)
      do throws(Fault) {
        let bytes = Bytes(wire.bindMemory(to: UInt8.self))
        try body(&printer, try MessageCodec.unpack(bytes, as: plan, in: arena))
      } catch {
        throw error.inResponse(type: plan.pointee.fullName.text, field: printer.field)
      }
      append(printer.output.buffer, options, to: &json)
    }
  }

  private static func append(
    _ text: UnsafeBufferPointer<UInt8>, _ options: PrintOptions, to json: inout [UInt8]
  ) {
    if options.contains(.pretty) {
      IndentedText.append(text, to: &json)
    } else {
      json.append(contentsOf: text)
    }
  }
}
