import CProtobufC

/// Turns the drafts of a schema into plans, and into the descriptors that protobuf-c reads.
enum PlanBuilder {
  static func plans(
    messages: [MessageDraft], enums: [EnumSchema], in region: SchemaRegion
  ) throws(SchemaError) -> [Permanent<MessagePlan>] {
    let plans = region.allocate(MessagePlan.self, capacity: messages.count)
    let descriptors = region.allocate(
      ProtobufCMessageDescriptor.self, capacity: messages.count)
    let typeNames = try table(
      messages.enumerated().map { ($0.element.fullName, $0.offset) }, of: "", in: region)
    let types = region.copy(TypeTable(names: typeNames, plans: plans)).pointer

    for (index, message) in messages.enumerated() {
      let layout = MessageLayout(message)
      let wellKnown = try WellKnownType.of(message)
      (descriptors + index).initialize(
        to: descriptor(message, layout: layout, descriptors: descriptors, in: region))
      let fields = fieldPlans(message, layout: layout, plans: plans, messages, enums, in: region)
      let jsonNames = message.fields.enumerated().map { ($0.element.jsonName, $0.offset) }
      // protoc lets a field have the name of another as its JSON name, where that other has one of
      // its own: in JSON the name is then the former's alone.
      let taken = Set(jsonNames.map(\.0))
      let names =
        jsonNames
        + message.fields.enumerated().map { ($0.element.name, $0.offset) }
        .filter { !taken.contains($0.0) }
      let denseCount = min((message.fields.last?.number ?? -1) + 1, 4 * fields.count + 64)
      var dense = [Int32](repeating: -1, count: denseCount)
      for (index, field) in message.fields.enumerated() where field.number < denseCount {
        dense[field.number] = Int32(index)
      }
      (plans + index).initialize(
        to: MessagePlan(
          descriptor: UnsafePointer(descriptors + index), fields: region.copy(fields),
          fieldCount: fields.count, names: try table(names, of: message.fullName, in: region),
          dense: region.copy(dense), denseCount: denseCount, wellKnown: wellKnown,
          fullName: region.bytes(message.fullName), types: types))
    }
    return messages.indices.map { Permanent(pointer: UnsafePointer(plans + $0)) }
  }

  private static func table(
    _ names: [(String, Int)], of message: String, in region: SchemaRegion
  ) throws(SchemaError) -> NameTable {
    switch NameTable.build(names, in: region) {
    case .success(let table): return table
    case .failure(let ambiguity):
      throw SchemaError(
        .unsupported, subject: message,
        reason: "the JSON name \(ambiguity.name) stands for two fields")
    }
  }

  private static func fieldPlans(
    _ message: MessageDraft, layout: MessageLayout, plans: UnsafeMutablePointer<MessagePlan>,
    _ messages: [MessageDraft], _ enums: [EnumSchema], in region: SchemaRegion
  ) -> [FieldPlan] {
    var singularMessages: UInt64 = 0
    return message.fields.enumerated().map { index, field in
      let isNullValue =
        field.enumIndex.map { enums[$0].fullName == "google.protobuf.NullValue" } ?? false
      let isValue =
        field.messageIndex.map { messages[$0].fullName == "google.protobuf.Value" } ?? false
      var seenBit: UInt64 = 0
      if field.kind == .message, !field.isRepeated {
        // Beyond 64 such fields the last bit is shared: a false alarm costs time, not truth.
        seenBit = 1 << min(singularMessages, 63)
        singularMessages += 1
      }
      let tag = PlanBuilder.tag(field)
      return FieldPlan(
        number: UInt32(field.number), offset: layout.places[index].offset,
        quantifier: layout.places[index].quantifier, size: field.kind.size, index: index,
        kind: field.kind, cardinality: field.cardinality, takesNull: isNullValue || isValue,
        isNullValue: isNullValue, seenBit: seenBit,
        // As with `seenBit`, oneofs beyond 64 share the last bit.
        oneofBit: field.oneofIndex.map { 1 << UInt64(min($0, 63)) } ?? 0,
        isPacked: field.isPacked, tag: tag.bytes, tagCount: tag.count,
        key: region.padded(JSONText.quoted(field.jsonName) + ":"),
        nameKey: region.padded(JSONText.quoted(field.name) + ":"),
        name: region.bytes(field.name),
        message: field.messageIndex.map { UnsafePointer(plans + $0) },
        enumeration: field.enumIndex.map { enums[$0].plan.pointer })
    }
  }

  private static func tag(_ field: FieldDraft) -> (bytes: UInt64, count: Int) {
    var rest = UInt64(field.number) << 3 | UInt64(field.isPacked ? 2 : field.kind.wireType)
    var bytes: UInt64 = 0
    var count = 0
    while rest >= 0x80 {
      bytes |= (rest & 0x7f | 0x80) << UInt64(8 * count)
      count += 1
      rest >>= 7
    }
    return (bytes | rest << UInt64(8 * count), count + 1)
  }

  private static func descriptor(
    _ message: MessageDraft, layout: MessageLayout,
    descriptors: UnsafeMutablePointer<ProtobufCMessageDescriptor>, in region: SchemaRegion
  ) -> ProtobufCMessageDescriptor {
    var fields: [ProtobufCFieldDescriptor] = []
    var ranges: [ProtobufCIntRange] = []
    for (index, field) in message.fields.enumerated() {
      var descriptor = ProtobufCFieldDescriptor()
      descriptor.name = cString(field.name, in: region)
      descriptor.id = UInt32(field.number)
      descriptor.label = field.isRepeated ? PROTOBUF_C_LABEL_REPEATED : PROTOBUF_C_LABEL_OPTIONAL
      descriptor.type = field.kind.type
      descriptor.offset = UInt32(layout.places[index].offset)
      descriptor.quantifier_offset = UInt32(layout.places[index].quantifier)
      descriptor.descriptor = field.messageIndex.map { UnsafeRawPointer(descriptors + $0) }
      if field.isPacked { descriptor.flags |= PROTOBUF_C_FIELD_FLAG_PACKED.rawValue }
      if field.oneofIndex != nil { descriptor.flags |= PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue }
      fields.append(descriptor)
      if index == 0 || message.fields[index - 1].number + 1 != field.number {
        ranges.append(
          ProtobufCIntRange(start_value: Int32(field.number), orig_index: UInt32(index)))
      }
    }
    var descriptor = ProtobufCMessageDescriptor()
    descriptor.magic = UInt32(PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC)
    descriptor.name = cString(message.fullName, in: region)
    descriptor.short_name = descriptor.name
    descriptor.c_name = descriptor.name
    descriptor.package_name = cString("", in: region)
    descriptor.sizeof_message = layout.size
    descriptor.n_fields = UInt32(fields.count)
    descriptor.fields = fields.isEmpty ? nil : region.copy(fields)
    descriptor.n_field_ranges = UInt32(ranges.count)
    // One more than counted ends the last range.
    ranges.append(ProtobufCIntRange(start_value: 0, orig_index: UInt32(fields.count)))
    descriptor.field_ranges = region.copy(ranges)
    return descriptor
  }

  private static func cString(
    _ text: String, in region: SchemaRegion
  ) -> UnsafePointer<CChar> {
    region.copy(text.utf8CString.map { $0 })
  }
}

extension FieldDraft {
  fileprivate var cardinality: Cardinality {
    if isMap { return .map }
    if isRepeated { return .repeated }
    if oneofIndex != nil { return .oneof }
    if kind == .message { return .submessage }
    return hasPresence ? .explicit : .implicit
  }
}
