import GeneratedOptions
public import Transcoding

/// Checks the rules of `artel.options.v1` on the bytes of a request, before a handler sees it.
///
/// The rules of a message type are compiled once. A check walks the wire format in place, in one
/// pass for each level of nesting, and reads it as a decoder would: the last occurrence of a
/// singular field counts, submessages merge, a oneof keeps its last member.
public struct MessageValidator: Sendable {
  private let plan: ValidationPlan

  /// Compiles the rules of a message type and of all types below it.
  ///
  /// - Parameters:
  ///   - schema: the type of a request.
  ///   - outputOnly: fields that a caller must not set (S-D22).
  /// - Returns: nil when there is no rule: such requests need no check.
  /// - Throws: `ValidationRuleError` for a rule that makes no sense for its field.
  public init?(
    schema: MessageSchema, outputOnly: OutputOnlyFields = OutputOnlyFields()
  ) throws(ValidationRuleError) {
    guard let plan = try ValidationPlan(root: schema, outputOnly: outputOnly) else { return nil }
    self.plan = plan
  }

  /// Checks one message.
  ///
  /// - Parameter bytes: the serialized message, read during the call only.
  public func validate(_ bytes: UnsafeRawBufferPointer) -> ValidationResult {
    var walk = ValidationWalk(bytes: bytes, plan: plan)
    do {
      try walk.run()
    } catch {
      return .malformed
    }
    return walk.violations.isEmpty ? .valid : .violations(walk.violations)
  }
}
