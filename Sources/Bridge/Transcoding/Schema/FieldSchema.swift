public import GeneratedOptions

/// A field of a message.
public final class FieldSchema: Sendable {
  /// The name in the contract, such as `page_token`.
  public let name: String
  /// The name in JSON, such as `pageToken`.
  public let jsonName: String
  /// The number on the wire.
  public let number: Int
  /// The type of the value, or of each element.
  public let kind: FieldKind
  /// Whether the field holds a list. A map is a list of entries, so this is true for a map as well.
  public let isRepeated: Bool
  /// Whether the field is a map; `message` is then its entry, with the fields 1 (key) and 2 (value).
  public let isMap: Bool
  /// Whether an unset field differs from one that holds its type's default. Never for a list.
  public let hasPresence: Bool
  /// The index of the oneof among those of the message; nil outside of a oneof. The synthetic
  /// oneof of a proto3 `optional` is no oneof.
  public let oneofIndex: Int?
  /// What values the field takes, if the contract says.
  public let rules: Artel_Options_V1_FieldRules?
  /// What the field holds.
  public let dataClass: Artel_Options_V1_DataClass
  /// How a stored value is kept so that only its owner's key opens it; nil where it is not.
  public let sealed: Artel_Options_V1_SealedField?
  /// The scope that shows the field in answers; nil where every caller sees it.
  public let shownWith: String?

  let messageIndex: Int?
  let enumIndex: Int?
  private let directory: SchemaDirectory

  init(_ draft: FieldDraft, directory: SchemaDirectory) {
    name = draft.name
    jsonName = draft.jsonName
    number = draft.number
    kind = draft.kind
    isRepeated = draft.isRepeated
    isMap = draft.isMap
    hasPresence = draft.hasPresence
    oneofIndex = draft.oneofIndex
    rules = draft.rules
    dataClass = draft.dataClass
    sealed = draft.sealed
    shownWith = draft.shownWith
    messageIndex = draft.messageIndex
    enumIndex = draft.enumIndex
    self.directory = directory
  }

  /// The type of the value where the kind is `message`. Made anew for each call.
  public var message: MessageSchema? { messageIndex.map { directory.message($0) } }

  /// The type of the value where the kind is `enum`.
  public var enumeration: EnumSchema? { enumIndex.map { directory.enums[$0] } }

  /// Whether the rules demand a value that is not the type's default.
  public var isRequired: Bool { rules?.required ?? false }
}
