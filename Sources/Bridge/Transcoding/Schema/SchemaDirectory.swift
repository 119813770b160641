/// Every message and enum of a schema, by index: message types refer to each other in circles, so
/// fields hold an index and this directory. It holds no `MessageSchema`, since each holds it.
///
/// `@unchecked Sendable`: everything is assigned once, by `Schema.init` on one thread, before the
/// schema and so any reader exists; afterwards it is only read.
final class SchemaDirectory: @unchecked Sendable {
  let region: SchemaRegion
  var enums: [EnumSchema] = []
  private(set) var drafts: [MessageDraft] = []
  private(set) var plans: [Permanent<MessagePlan>] = []

  init(region: SchemaRegion) { self.region = region }

  func add(_ drafts: [MessageDraft], _ plans: [Permanent<MessagePlan>]) {
    self.drafts = drafts
    self.plans = plans
  }

  /// The message type with an index.
  func message(_ index: Int) -> MessageSchema {
    MessageSchema(draft: drafts[index], plan: plans[index], directory: self)
  }
}
