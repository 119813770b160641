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
    var ignored: [String] = []
    return try wire(
      fromJSON: json, options: ParseOptions(), ignored: &ignored, memoryBudget: memoryBudget)
  }

  /// As `wire(fromJSON:)`, as strictly as the options say.
  ///
  /// - Parameter ignored: gets the paths of the fields and the enum values that are not in the
  ///   contract and were left out; of many, the first.
  public func wire(
    fromJSON json: [UInt8], options: ParseOptions, ignored: inout [String],
    memoryBudget: Int = 64 << 20
  ) throws(TranscodingError) -> [UInt8] {
    try json.withUnsafeBufferPointer { buffer throws(TranscodingError) in
      try JSONBody.wire(
        Bytes(buffer), as: plan.pointer, budget: memoryBudget, options: options,
        ignored: &ignored)
    }
  }

  /// The JSON of a message in wire form: only fields that are set, by their JSON names, unless the
  /// options say otherwise.
  ///
  /// - Throws: `corrupt` if the bytes are no message of this type, or have no JSON form.
  public func json(
    fromWire wire: UnsafeRawBufferPointer, options: PrintOptions = [],
    memoryBudget: Int = 64 << 20
  ) throws(TranscodingError) -> [UInt8] {
    var json: [UInt8] = []
    try JSONBody.print(
      wire, as: plan.pointer, budget: memoryBudget, options: options, into: &json)
    return json
  }
}
