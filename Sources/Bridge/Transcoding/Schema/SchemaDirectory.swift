/// Every message and enum of a schema, by index: message types refer to each other in circles, so
/// fields hold an index and this directory.
///
/// `@unchecked Sendable`: both arrays are assigned once, by `Schema.init` on one thread, before the
/// schema and so any reader exists; afterwards they are only read.
final class SchemaDirectory: @unchecked Sendable {
  var messages: [MessageSchema] = []
  var enums: [EnumSchema] = []
}
