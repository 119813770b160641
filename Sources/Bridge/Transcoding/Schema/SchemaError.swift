/// Why a descriptor set, or a binding over it, cannot be served.
///
/// Such an error is met when the process starts, never during a call.
public struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: Sendable, Equatable {
    /// The bytes are not a `google.protobuf.FileDescriptorSet`.
    case notADescriptorSet
    /// A type is named that no file of the set defines, or one name is defined twice.
    case unresolvedType
    /// A feature of the language that this bridge does not speak, such as groups.
    case unsupported
    /// A `google.api.http` rule that the rules of http.proto do not allow.
    case invalidBinding
  }

  /// What is wrong.
  public let code: Code
  /// Where: a full name, such as `package.Message.field` or `/package.Service/Method`.
  public let subject: String
  /// The reason, for people.
  public let reason: String

  /// Makes an error.
  public init(_ code: Code, subject: String, reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  public var description: String { subject.isEmpty ? reason : "\(subject): \(reason)" }
}
