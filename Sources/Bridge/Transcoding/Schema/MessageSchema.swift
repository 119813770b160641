/// A message type.
public final class MessageSchema: Sendable {
  /// `package.Message`, or `package.Outer.Inner`.
  public let fullName: String
  /// The fields, by number.
  public let fields: [FieldSchema]
  /// The names of the oneofs; `FieldSchema.oneofIndex` points here.
  public let oneofNames: [String]
  /// Whether this is the entry of a map field, which no contract names.
  public let isMapEntry: Bool

  let plan: Permanent<MessagePlan>
  /// Keeps what the plan points at.
  let region: SchemaRegion

  init(draft: MessageDraft, plan: Permanent<MessagePlan>, directory: SchemaDirectory) {
    fullName = draft.fullName
    fields = draft.fields.map { FieldSchema($0, directory: directory) }
    oneofNames = draft.oneofNames
    isMapEntry = draft.isMapEntry
    self.plan = plan
    region = directory.region
  }

  /// The field with this number on the wire.
  public func field(number: Int) -> FieldSchema? {
    guard let number = UInt32(exactly: number) else { return nil }
    let index = plan.pointee.index(number: number)
    return index < 0 ? nil : fields[index]
  }

  /// The field with this name, which may be the JSON name or that of the contract.
  public func field(jsonOrProtoName name: String) -> FieldSchema? {
    var name = name
    let index = name.withUTF8 { plan.pointee.names.find(Bytes($0)) }
    return index < 0 ? nil : fields[index]
  }
}
