import Mutation
public import Transcoding

/// What of a message type may be kept: made once of its contract, for it and all types below it.
public final class RedactionPlan: Sendable {
  /// What is done with a field's value.
  enum Disposal: Sendable {
    case kept, personal, secret
    /// What nobody can look into, such as the message in an Any.
    case opaque
  }

  struct Field: Sendable {
    let number: Int
    let name: String
    /// The name as JSON has it: quoted, with the colon.
    let member: [UInt8]
    let kind: FieldKind
    let isRepeated: Bool
    let disposal: Disposal
    /// The plan of the message, by its index.
    let message: Int?
    /// The names of the enum's numbers, quoted.
    let values: [Int32: String]
    /// The oneof that it is a member of.
    let oneof: Int?
  }

  struct Message: Sendable {
    /// In the order of their numbers.
    let fields: [Field]
    /// Where the field of a number is.
    let indexes: [Int: Int]
    /// The members of each oneof, by their place in `fields`.
    let oneofs: [[Int]]

    init(_ fields: [Field], oneofs count: Int) {
      self.fields = fields.sorted { $0.number < $1.number }
      var indexes: [Int: Int] = [:]
      var oneofs = [[Int]](repeating: [], count: count)
      for (index, field) in self.fields.enumerated() {
        indexes[field.number] = index
        if let oneof = field.oneof { oneofs[oneof].append(index) }
      }
      self.indexes = indexes
      self.oneofs = oneofs
    }
  }

  /// The root's is the first.
  let messages: [Message]
  /// Whether a value of the type may hold a credential.
  public let holdsSecrets: Bool
  /// Whether it may hold personal data.
  public let holdsPersonalData: Bool
  /// Whether everything of a value may be kept.
  public var isClean: Bool { !holdsSecrets && !holdsPersonalData }

  /// Makes the plan of a message type.
  public init(_ root: MessageSchema) {
    var order = [root]
    var indexes = [root.fullName: 0]
    var messages: [Message] = []
    var (secrets, personal) = (false, false)
    while messages.count < order.count {
      let message = order[messages.count]
      var fields: [Field] = []
      for field in message.fields {
        let disposal = Self.disposal(of: field, in: message)
        if disposal == .secret || disposal == .opaque { secrets = true }
        if disposal == .personal { personal = true }
        var child: Int?
        if let below = field.message {
          if indexes[below.fullName] == nil {
            indexes[below.fullName] = order.count
            order.append(below)
          }
          child = indexes[below.fullName]
        }
        fields.append(
          Field(
            number: field.number, name: field.jsonName,
            member: Array("\(JSONText.quoted(field.jsonName)):".utf8), kind: field.kind,
            isRepeated: field.isRepeated, disposal: disposal, message: child,
            values: Dictionary(
              (field.enumeration?.values ?? []).map { ($0.number, JSONText.quoted($0.name)) },
              uniquingKeysWith: { first, _ in first }), oneof: field.oneofIndex))
      }
      messages.append(Message(fields, oneofs: message.oneofNames.count))
    }
    self.messages = messages
    holdsSecrets = secrets
    holdsPersonalData = personal
  }

  private static func disposal(of field: FieldSchema, in message: MessageSchema) -> Disposal {
    switch field.dataClass {
    case .secret: Mutation.isOn(.keepsSecretsOfBodies) ? .kept : .secret
    case .personal: .personal
    case .unspecified, .internal, .UNRECOGNIZED:
      message.fullName == "google.protobuf.Any" && field.name == "value" ? .opaque : .kept
    }
  }
}
